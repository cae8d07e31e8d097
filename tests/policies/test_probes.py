"""No dead configuration: whatever key is written otherwise, some decision changes (rule 4 of the house)."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from shared.domain.conditions import CriterionName
from tests.policies.decided import DECISIONS
from tests.policies.elders import asked_around, elders
from tests.policies.leaves import Leaf, leaves_of, lost_of, with_others
from tests.policies.plans import JIANGPU, ZICHUAN, plan

STEMS = ("national", JIANGPU, ZICHUAN)
ROOT = Path(__file__).parents[2]

READ_AS_IT_IS: Mapping[str, tuple[str, str]] = {
    r"jurisdiction\.(id|name)": ("services/identity/labels.py", "name"),
    r"jurisdiction\.committee_name": ("services/identity/handlers/setting_up.py", "committee_name"),
    r"units\.\w+\.service": ("services/identity/handlers/setting_up.py", "service"),
    r"circumstances\.active": ("shared/policies/floors.py", "circumstances"),
    r"circumstances\.definitions\.\w+\.evidence": ("services/coordination/policy_page/people.py", "evidence"),
    r"forces\.\w+\.counts_as": ("services/coordination/policy_page/people.py", "counts_as"),
    r"forms\.sheets\.\w+\.name": ("services/care_register/rosters/official.py", "name"),
    r"forms\.sheets\.\w+\.title": ("services/coordination/policy_page/people.py", "title"),
    r"forms\.sheets\.\w+\.landscape": ("services/coordination/policy_page/people.py", "is_landscape"),
    r"forms\.sheets\.\w+\.columns": ("services/coordination/policy_page/people.py", "columns"),
    r"forms\.sheets\.\w+\.foot": ("services/coordination/policy_page/people.py", "foot"),
    r"health_care\.vitals\.\w+\.decimals": ("services/health/templates/follow_up.html", "decimals"),
    r"justice\.aid_matters\.\w+\.no_means_test": ("services/justice/step_forms.py", "no_means_test"),
    r"justice\.papers\.items": ("services/justice/handlers/checking.py", "papers"),
    r"kinds\.\w+\.decline_reasons": ("shared/inbox/pages.py", "decline_reasons"),
    r"kinds\.\w+\.elders_word": ("shared/inbox/offering.py", "elders_word"),
    r"kinds\.\w+\.emergency_numbers": ("shared/inbox/offer_form.py", "emergency_numbers"),
    r"kinds\.\w+\.external\.\w+\.body": ("shared/inbox/templates/inbox/limits.html", "body"),
    r"kinds\.\w+\.external\.\w+\.limit": ("shared/inbox/templates/inbox/limits.html", "limit"),
    r"kinds\.\w+\.support_outcomes": ("shared/inbox/reading.py", "stated"),
    r"kinds\.\w+\.feedback": ("shared/inbox/receipts.py", "feedback"),
    r"kinds\.\w+\.needs_receipt": ("shared/inbox/receipts.py", "needs_receipt"),
    r"kinds\.\w+\.shields_reporter": ("shared/inbox/reader.py", "shields_reporter"),
    r"kinds\.\w+\.opened": ("shared/inbox/offering.py", "opened"),
    r"kinds\.\w+\.restricted_to": ("shared/inbox/offer_form.py", "restricted_to"),
    r"kinds\.\w+\.word_basis": ("shared/inbox/reading.py", "word_basis"),
    r"police\.welfare_check\.arrive_within": (
        "services/public_security/handlers/welfare.py",
        "arrive_within",
    ),
    r"police\.welfare_check\.entries": ("services/public_security/handlers/welfare.py", "entries"),
    r"police\.welfare_check\.decided": ("services/public_security/handlers/welfare.py", "decided"),
    r"police\.fraud\.topics": ("services/public_security/handlers/fraud.py", "topics"),
    r"police\.fraud\.ways": ("services/public_security/handlers/fraud.py", "ways"),
    r"population\.\w+\.within": ("services/care_register/handlers/population.py", "within"),
    r"population\.\w+\.state": ("services/care_register/handlers/population.py", "state"),
    r"population\.\w+\.second_person": ("services/care_register/handlers/population.py", "second_person"),
    r"recording\.findings\.\w+\.offers\[\]\.\w+": ("services/visits/handlers/aftermath.py", "offers_kinds"),
    r"recording\.late_entry\.clock_off_minutes": (
        "services/visits/handlers/judging.py",
        "clock_off_minutes",
    ),
    r"recording\.late_entry\.reason_after": ("services/visits/handlers/judging.py", "reason_after"),
    r"recording\.not_seen\.red_flags": ("services/visits/handlers/judging.py", "red_flags"),
    r"recording\.service\.items": ("services/visits/handlers/judging.py", "service_items"),
    r"recording\.voiding\.own_hours": ("services/visits/handlers/voiding.py", "void_own_hours"),
    r"recording\.voiding\.at_source": ("services/visits/handlers/effects.py", "void_at_source"),
    r"recording\.voiding\.reasons": ("services/visits/handlers/voiding.py", "void_reasons"),
    r"scales\..+\.version": ("services/coordination/policy_page/people.py", "version"),
    r"states\.\w+\.max_days": ("services/care_register/handlers/states.py", "max_days"),
    r"states\.\w+\.reask_days": ("services/care_register/handlers/states.py", "reask_days"),
    r"states\.\w+\.second_person": ("services/care_register/handlers/states.py", "second_person"),
    r"states\.\w+\.stops_contact": ("services/care_register/handlers/review.py", "stops_contact"),
    r"states\.\w+\.usual_days": ("services/care_register/handlers/states.py", "usual_days"),
    r"timing\.late_notice\.minutes": ("shared/notices/sending.py", "late_notice_minutes"),
    r"timing\.unwanted\.ask_again_days": ("services/visits/handlers/effects.py", "ask_again_days"),
    r"timing\.urging\.minutes": ("shared/inbox/terms.py", "urge_again_minutes"),
    r"timing\.substitution\.max_days": ("services/visits/handlers/assigning.py", "substitution_days"),
    r"timing\.assignment\.begins_within_days": ("services/visits/handlers/assigning.py", "assignment_days"),
    r"timing\.delegation\.max_days": ("shared/inbox/terms.py", "delegation_days"),
    r"timing\.written_later\.within_days": (
        "services/public_security/handlers/written_later.py",
        "written_later_days",
    ),
    r"timing\.extra_visit\.within_days": ("services/coordination/handlers.py", "extra_visit_days"),
    r"timing\.exception\.begins_within_days": (
        "services/care_register/handlers/exceptions.py",
        "exception_begins_days",
    ),
    r"timing\.exception\.max_days": ("services/care_register/handlers/exceptions.py", "exception_days"),
    r"timing\.acknowledge\.within": ("services/coordination/board.py", "acknowledge_within"),
}
"""Keys that no rule turns into something else: who reads each of them, and under what name."""


def decides(leaf: Leaf) -> bool:
    """Whether something else at the key changes a decision about some elder."""
    names = asked_around(leaf)
    as_it_is = decided(leaf.place, leaf.section, leaf.entry, names)
    decision, who = DECISIONS[leaf.section], elders(leaf.place, names)
    return any(
        one != other
        for policy in with_others(leaf)
        for one, other in zip(
            chain(as_it_is, END), chain(decision(policy, leaf.entry, who), END), strict=False
        )
    )


class Kept:
    """What is decided, worked out as far as somebody has asked, and once."""

    def __init__(self, decisions: Iterator[object]) -> None:
        self._known: list[object] = []
        self._others = decisions

    def __iter__(self) -> Iterator[object]:
        yield from self._known
        for each in self._others:
            self._known.append(each)
            yield each


@cache
def decided(place: str, section: str, entry: str, names: frozenset[CriterionName]) -> Kept:
    """What the plan decides as it is: the same for all keys of an entry that ask the same of an elder."""
    return Kept(DECISIONS[section](plan(place), entry, elders(place, names)))


def is_read_as_it_is(leaf: Leaf) -> bool:
    return re.fullmatch("|".join(READ_AS_IT_IS), leaf.shape) is not None


END = ("no more",)
"""After the last decision: one fewer is a change too."""


@pytest.mark.parametrize("stem", STEMS)
def test_every_key_written_otherwise_changes_a_decision(stem: str) -> None:
    """Each key of the file in turn, in memory; labels, documents and provenance are words."""
    asked = [leaf for leaf in leaves_of(stem) if not is_read_as_it_is(leaf)]

    assert [leaf.path for leaf in asked if not decides(leaf)] == []


@pytest.mark.parametrize(("reader", "name"), sorted(set(READ_AS_IT_IS.values())))
def test_what_no_rule_turns_into_something_else_is_read_by_somebody(reader: str, name: str) -> None:
    """Shown, stored or checked as it is written."""
    assert name in attributes(reader)


@cache
def attributes(reader: str) -> frozenset[str]:
    """What a program or a template asks of something else, by name."""
    text = (ROOT / reader).read_text(encoding="utf-8")
    if reader.endswith(".html"):
        return frozenset(re.findall(r"\.(\w+)", text))
    return frozenset(node.attr for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute))


def test_no_key_is_set_down_as_read_that_no_file_writes() -> None:
    shapes = {leaf.shape for stem in STEMS for leaf in leaves_of(stem)}

    assert [each for each in READ_AS_IT_IS if not any(re.fullmatch(each, shape) for shape in shapes)] == []


@pytest.mark.parametrize("stem", STEMS)
def test_every_key_of_a_file_stands_in_some_place(stem: str) -> None:
    """A parent's key that every place writes anew would say nothing to anybody."""
    assert lost_of(stem) == set()
