"""What the form of a new referral offers: kinds of work for this elder, by the unit that would get each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from shared.contracts.access import Principal
from shared.domain.calendars import Limit
from shared.domain.codes import Urgency
from shared.domain.conditions import holds
from shared.domain.errors import Invalid
from shared.inbox.codes import Consent, Word
from shared.inbox.consent import GivenWord
from shared.inbox.offering import Offer, grew_from
from shared.inbox.schemas import Wish
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.policies.referring import Opening, ReferralKind
from shared.policies.resolve import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One kind of work as the form explains it; `accept` and `complete` are its limits."""

    code: str
    words: str
    unit: str
    accept: Limit | None
    complete: Limit | None
    is_urgent: bool
    emergency_numbers: tuple[str, ...]


def choices_for(setting: Setting, person: Principal) -> Sequence[tuple[str, list[Choice]]]:
    """The kinds that this person may open for the elder, grouped by receiving unit, in the policy's order."""
    policy = setting.policy
    may = [kind for kind in policy.kinds if _may_open(kind, policy, person)]
    choices = sorted((_choice(kind, setting) for kind in may), key=lambda choice: choice.unit)
    return [(unit, list(group)) for unit, group in groupby(choices, key=lambda choice: choice.unit)]


def offer_from(wish: Wish, person: Principal, *, key: str, unit_id: str) -> Offer:
    """The offer that a wish amounts to, one for each key of a person; the elder does not refuse it."""
    given = GivenWord(consent=Consent(wish.word.value), who=wish.who, why=wish.why, clause=wish.clause)
    return Offer(
        business_id=f"{person.account_id}/{key}",
        kind=wish.kind,
        enrolment_id=wish.enrolment_id,
        requesting_unit_id=unit_id,
        text=wish.text,
        word=given,
        origin_id=wish.origin_id,
    )


def requesting_unit(wish: Wish, person: Principal) -> str:
    """In whose name: the unit that was named, else the person's first. Raises Invalid if there is none."""
    unit_id = wish.requesting_unit_id or next(iter(person.units), "")
    if not unit_id:
        raise Invalid("no_requesting_unit")
    return unit_id


def check_kind(wish: Wish, policy: Policy, person: Principal) -> None:
    """Raises Invalid for a kind that is not shown to this person."""
    known = (kind.code for kind in policy.kinds if _may_open(kind, policy, person))
    if wish.kind not in known:
        raise Invalid("unknown_kind", kind=wish.kind)


def check_origin(wish: Wish, work: UnitOfWork) -> None:
    """Raises Invalid `unknown_origin` for no contact and no referral of this elder that the person sees."""
    if wish.origin_id is not None and not grew_from(work, wish.origin_id, wish.enrolment_id):
        raise Invalid("unknown_origin", field="origin_id")


def refuses(wish: Wish) -> bool:
    """Whether the elder does not want it."""
    return wish.word is Word.DISAGREES


def _may_open(kind: ReferralKind, policy: Policy, person: Principal) -> bool:
    """A restricted kind (计生特殊家庭) is not even named to those whom it does not concern.

    A drill (演练) is about nobody: it is started from the board.
    """
    if kind.opened is not Opening.BY_HAND or not kind.routes or kind.is_drill:
        return False
    return not kind.restricted_to or bool(set(kind.restricted_to) & set(_roles_of(policy, person)))


def _roles_of(policy: Policy, person: Principal) -> Iterator[str]:
    codes = {unit.partition(":")[2] for unit in person.units}
    return (role for unit in policy.units if unit.code in codes for role in unit.roles)


def _choice(kind: ReferralKind, setting: Setting) -> Choice:
    unit_id = setting.unit_id(next(route.to for route in kind.routes if holds(route.when, setting.subject)))
    unit = setting.directory.unit(unit_id)
    return Choice(
        code=kind.code,
        words=setting.policy.label("kinds", kind.code),
        unit=unit.name if unit else unit_id.partition(":")[2],
        accept=kind.accept.limit,
        complete=kind.complete.limit,
        is_urgent=kind.urgency is Urgency.URGENT,
        emergency_numbers=kind.emergency_numbers,
    )
