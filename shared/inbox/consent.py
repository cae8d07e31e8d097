"""The elder's word on a referral (本人意愿): who agreed, or why nobody had to be asked (domain §0.2-8)."""

import json
from dataclasses import asdict, dataclass

from shared.domain.errors import Invalid
from shared.inbox.codes import Consent
from shared.policies.referring import ElderWord


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenWord:
    """The word as it was given: who spoke for the elder and why, or the clause that makes it needless."""

    consent: Consent
    who: str = ""
    why: str = ""
    clause: str = ""


def check_word(given: GivenWord, needed: ElderWord) -> None:
    """Hold the word against what the kind needs.

    Raises Invalid: a proxy has a name and a reason, and unless the kind itself is free of it (law, emergency)
    only a named clause stands in for somebody's word.
    """
    if given.consent is Consent.BY_PROXY and not (given.who.strip() and given.why.strip()):
        raise Invalid("proxy_needs_name_and_reason")
    if given.consent is not Consent.NOT_NEEDED or needed is ElderWord.NONE:
        return
    if not given.clause.strip():
        raise Invalid("word_needed")


def word_as_text(given: GivenWord) -> str:
    """What is sealed beside the consent's code: a name and a reason are personal."""
    return json.dumps({key: value for key, value in asdict(given).items() if key != "consent"})


def word_from_text(consent: Consent, text: str) -> GivenWord:
    """The word again."""
    return GivenWord(consent=consent, **json.loads(text))
