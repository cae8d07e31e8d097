"""人工调整 (X-15): a class by hand has a reason, a second person and a last day; the rules go on beside."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest

from services.care_register.codes import ProposalStatus
from services.care_register.handlers.classifying import (
    DecideClassification,
    confirm_if_waiting,
    decide_classification,
)
from services.care_register.handlers.correcting import CorrectFacts, correct_facts
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled
from services.care_register.handlers.entry import entry
from services.care_register.handlers.overriding import OverrideClass, override_class
from services.care_register.handlers.queue import queue
from services.care_register.handlers.review import review
from services.care_register.repository import classes
from services.care_register.repository.classes import ClassRow
from shared.contracts.access import Role
from shared.domain.codes import Ability, Circumstance, Mobility, Tier
from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.facts import AssessedAbility, ElderFacts
from shared.process.subjects import enrolled_elders
from tests.builders import at
from tests.services.care_register.conftest import CADRE, CLERK, NOW, Begin, somebody

_minutes = count(1)
SECOND = somebody(12, role=Role.COORDINATOR)
LAST_DAY = date(2027, 5, 17)
"""180 days from 18 November 2026 on (national.toml: classification.override)."""


@pytest.fixture(autouse=True)
def nothing_else_is_due(begin: Begin, desk: Desk) -> None:
    """What earlier tests have left is settled first."""
    reviewed(begin, desk, "2027-05-18")


@pytest.fixture
def standing(begin: Begin, desk: Desk, enrolled: Enrolled) -> UUID:
    """An elder whose class by the rules (一般人群) somebody has confirmed."""
    decided(begin, desk, enrolled.enrolment_id, by=0)
    return enrolled.enrolment_id


def later() -> datetime:
    """Nothing happens at the same instant twice."""
    return NOW + timedelta(minutes=next(_minutes))


def rows(begin: Begin, enrolment_id: UUID) -> list[ClassRow]:
    with begin() as work:
        return classes.classes_of(work.session, enrolment_id)


def in_force(begin: Begin, enrolment_id: UUID) -> tuple[Tier | None, date | None]:
    """As the register has it, and as every other service reads it: they must say the same."""
    with begin() as work:
        row = classes.in_force(classes.classes_of(work.session, enrolment_id))
        seen = enrolled_elders(work.session, [enrolment_id])[enrolment_id]
    assert row is not None
    assert (row.tier, row.until_on) == (seen.tier, seen.class_until_on)
    return row.tier, row.until_on


def asked(
    begin: Begin, desk: Desk, enrolment_id: UUID, tier: Tier | None = Tier.FOCUS, **changes: object
) -> UUID:
    command = OverrideClass(enrolment_id=enrolment_id, tier=tier, groups=(), reason="独子上月病故，无人照应")
    with begin(CLERK, later()) as work:
        return override_class(replace(command, **changes), work, desk)  # type: ignore[arg-type]


def decided(begin: Begin, desk: Desk, enrolment_id: UUID, *, by: int = 12, confirms: bool = True) -> None:
    """Decide on the newest class that waits."""
    waiting = [row for row in rows(begin, enrolment_id) if row.status is ProposalStatus.PROPOSED]
    command = DecideClassification(classification_id=waiting[0].classification_id, is_confirmed=confirms)
    with begin(somebody(by, role=Role.COORDINATOR), later()) as work:
        decide_classification(command, work, desk)


def becomes(begin: Begin, desk: Desk, enrolment_id: UUID, facts: ElderFacts) -> UUID | None:
    known = replace(facts, circumstances=(Circumstance.LIVING_ALONE,))
    command = CorrectFacts(
        enrolment_id=enrolment_id, facts=known, source="survey", dated_on=date(2026, 11, 18)
    )
    with begin(CLERK, later()) as work:
        return correct_facts(command, work, desk)


def reviewed(begin: Begin, desk: Desk, on: str) -> int:
    as_of: datetime = at(f"{on} 06:00")
    return review(lambda: begin(CADRE, as_of), desk).overrides_ended


MODERATE = ElderFacts(ability=AssessedAbility(level=Ability.MODERATE))
BEDRIDDEN = ElderFacts(mobility=Mobility.BEDRIDDEN)


def test_a_class_by_hand_stands_from_the_second_persons_word_until_its_last_day(
    begin: Begin, desk: Desk, standing: UUID
) -> None:
    asked(begin, desk, standing)
    assert in_force(begin, standing) == (Tier.GENERAL, None)
    decided(begin, desk, standing)
    assert in_force(begin, standing) == (Tier.FOCUS, LAST_DAY)


def test_who_asked_cannot_confirm_and_nobody_confirms_it_among_many(
    begin: Begin, desk: Desk, standing: UUID
) -> None:
    classification_id = asked(begin, desk, standing)
    command = DecideClassification(classification_id=classification_id, is_confirmed=True)
    with begin(CLERK) as work, pytest.raises(Forbidden, match="second_person_needed"):
        decide_classification(command, work, desk)
    with begin(SECOND) as work:
        assert not confirm_if_waiting(command, work, desk)
    assert in_force(begin, standing) == (Tier.GENERAL, None)


def test_asked_for_before_anybody_has_confirmed_a_class_it_does_not_stand_yet(
    begin: Begin, desk: Desk, enrolled: Enrolled
) -> None:
    asked(begin, desk, enrolled.enrolment_id)
    assert in_force(begin, enrolled.enrolment_id) == (Tier.GENERAL, None)
    decided(begin, desk, enrolled.enrolment_id)
    assert in_force(begin, enrolled.enrolment_id) == (Tier.FOCUS, LAST_DAY)
    assert not [row for row in rows(begin, enrolled.enrolment_id) if row.status is ProposalStatus.PROPOSED]


def test_a_changed_fact_proposes_what_the_rules_say_and_the_class_by_hand_stands_until_a_person_decides(
    begin: Begin, desk: Desk, standing: UUID
) -> None:
    """Z-13: proposed again as the rules say; kept, it is not proposed the next day again."""
    asked(begin, desk, standing)
    decided(begin, desk, standing)
    assert becomes(begin, desk, standing, MODERATE) is not None
    assert in_force(begin, standing) == (Tier.FOCUS, LAST_DAY)
    decided(begin, desk, standing, confirms=False)
    assert becomes(begin, desk, standing, MODERATE) is None
    assert in_force(begin, standing) == (Tier.FOCUS, LAST_DAY)
    assert becomes(begin, desk, standing, ElderFacts(surveyed_healthy=True)) is not None


def test_the_rules_class_confirmed_meanwhile_ends_the_class_by_hand(
    begin: Begin, desk: Desk, standing: UUID
) -> None:
    asked(begin, desk, standing)
    decided(begin, desk, standing)
    becomes(begin, desk, standing, MODERATE)
    decided(begin, desk, standing)
    assert in_force(begin, standing) == (Tier.SECONDARY, None)
    assert reviewed(begin, desk, "2027-05-18") == 1
    assert in_force(begin, standing) == (Tier.SECONDARY, None)


def test_one_still_waiting_falls_when_the_rules_class_is_confirmed(
    begin: Begin, desk: Desk, enrolled: Enrolled
) -> None:
    by_rules = rows(begin, enrolled.enrolment_id)[0].classification_id
    by_hand = asked(begin, desk, enrolled.enrolment_id)
    with begin(SECOND) as work:
        decide_classification(DecideClassification(classification_id=by_rules, is_confirmed=True), work, desk)
        fallen = classes.lock_class(work.session, by_hand)
    assert fallen is not None
    assert fallen.status is ProposalStatus.SUPERSEDED


def test_after_its_last_day_the_rules_speak_anew_and_at_once(
    begin: Begin, desk: Desk, standing: UUID
) -> None:
    """Lowered by hand and bedridden since: nothing that a person confirmed earlier hides that."""
    becomes(begin, desk, standing, MODERATE)
    decided(begin, desk, standing)
    asked(begin, desk, standing, Tier.GENERAL)
    decided(begin, desk, standing)
    becomes(begin, desk, standing, BEDRIDDEN)
    assert reviewed(begin, desk, "2027-05-17") == 0
    assert in_force(begin, standing) == (Tier.GENERAL, LAST_DAY)
    assert reviewed(begin, desk, "2027-05-18") == 1
    assert in_force(begin, standing) == (Tier.FOCUS, None)
    assert reviewed(begin, desk, "2027-05-18") == 0


def test_one_that_nobody_confirmed_by_its_last_day_is_gone(begin: Begin, desk: Desk, standing: UUID) -> None:
    classification_id = asked(begin, desk, standing)
    assert reviewed(begin, desk, "2027-05-18") == 1
    found = {row.classification_id: row.status for row in rows(begin, standing)}
    assert found[classification_id] is ProposalStatus.SUPERSEDED
    assert in_force(begin, standing) == (Tier.GENERAL, None)


def test_the_same_asked_twice_is_asked_once_and_another_takes_its_place(
    begin: Begin, desk: Desk, standing: UUID
) -> None:
    first = asked(begin, desk, standing)
    assert asked(begin, desk, standing) == first
    second = asked(begin, desk, standing, Tier.SECONDARY)
    waiting = [row for row in rows(begin, standing) if row.status is ProposalStatus.PROPOSED]
    assert [row.classification_id for row in waiting] == [second]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "  "}, "reason_missing"),
        ({"tier": None}, "class_not_in_plan"),
        ({"groups": ("focus_care",)}, "class_not_in_plan"),
        ({"tier": Tier.GENERAL}, "rules_say_so"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(
    begin: Begin, desk: Desk, standing: UUID, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid, match=code):
        asked(begin, desk, standing, **changes)  # type: ignore[arg-type]


def test_nobody_refuses_the_only_class_without_a_reason(begin: Begin, desk: Desk, enrolled: Enrolled) -> None:
    """Refused, it would leave the elder in no class: whoever disagrees asks for another and says why."""
    with pytest.raises(Conflict, match="no_class_to_keep"):
        decided(begin, desk, enrolled.enrolment_id, confirms=False)


def test_the_reason_is_sealed_and_shown_to_who_decides(begin: Begin, desk: Desk, standing: UUID) -> None:
    classification_id = asked(begin, desk, standing)
    stored = rows(begin, standing)[0]
    assert "病故".encode() not in (stored.reason_sealed or b"")
    with begin(SECOND) as work:
        (waiting,) = [
            each for each in queue(work, desk).classes if each.proposed.classification_id == classification_id
        ]
        shown = entry(standing, work, desk)
    assert waiting.reason == shown.class_reasons[classification_id] == "独子上月病故，无人照应"
    assert not waiting.is_mine
    assert waiting.confirm_by
    assert waiting.confirm_by.date() == date(2026, 11, 25)
