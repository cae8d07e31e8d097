"""What is known of an elder is corrected: scales keep their words, hardship ends, households are checked."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.care_register.forms import corrected_facts
from services.care_register.handlers.correcting import CorrectFacts, correct_facts
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import enrol
from services.care_register.handlers.entry import Entry, entry
from services.care_register.repository.elders import Tag
from services.care_register.schemas.changes import CorrectFactsSchema
from shared.domain.codes import Ability, Circumstance
from shared.domain.errors import Invalid
from shared.domain.facts import AssessedAbility, ElderFacts, Hardship
from shared.process.subjects import enrolled_elders
from tests.services.care_register.conftest import Begin, an_elder
from tests.services.care_register.test_import import elder_row, take_all, uploaded, workbook

SHANGHAI = AssessedAbility(
    level=Ability.MODERATE, scale="shanghai_care_need", version="2019", assessed_on=date(2026, 5, 1)
)


def known(begin: Begin, desk: Desk, sequence: int, **facts: object) -> UUID:
    command = an_elder(sequence)
    with begin() as work:
        return enrol(replace(command, facts=replace(command.facts, **facts)), work, desk).enrolment_id


def corrected(begin: Begin, desk: Desk, enrolment_id: UUID, **typed: object) -> Entry:
    """As the form sends it."""
    with begin() as work:
        command = corrected_facts(enrolment_id, CorrectFactsSchema().load(typed), work, desk)
        correct_facts(command, work, desk)
    with begin() as work:
        return entry(enrolment_id, work, desk)


def test_a_level_typed_by_hand_gets_the_scale_of_the_place(begin: Begin, desk: Desk) -> None:
    """Domain §1.3: a level without its scale says nothing."""
    shown = corrected(begin, desk, known(begin, desk, 61), ability="severe", assessed_on="2026-11-01")

    assert shown.facts.ability == AssessedAbility(
        level=Ability.SEVERE, scale="GB/T 42195-2022", version="2022", assessed_on=date(2026, 11, 1)
    )


def test_an_assessment_in_another_scale_stays_what_it_was(begin: Begin, desk: Desk) -> None:
    """Scales are never converted silently: the form knows the level alone."""
    elder = known(begin, desk, 62, ability=SHANGHAI)
    kept = corrected(begin, desk, elder, ability="moderate", assessed_on="2026-05-01", household_size=2)
    assert (kept.facts.ability, kept.facts.household_size) == (SHANGHAI, 2)

    other = corrected(begin, desk, elder, ability="severe", assessed_on="2026-05-01")
    assert other.facts.ability
    assert other.facts.ability.scale == "GB/T 42195-2022"
    assert corrected(begin, desk, elder).facts.ability is None


def test_hardship_ends_on_the_plans_last_day_if_nobody_says_when(begin: Begin, desk: Desk) -> None:
    """J-09: 阶段性临时困难 has an end, at most 180 days on [P]."""
    elder = known(begin, desk, 63)
    shown = corrected(begin, desk, elder, hardships=["family_upheaval"])
    assert shown.hardship_until == date(2027, 5, 17)
    sooner = corrected(begin, desk, elder, hardships=["family_upheaval"], hardship_until="2026-12-24")
    assert sooner.hardship_until == date(2026, 12, 24)
    assert corrected(begin, desk, elder).hardship_until is None


def test_hardship_for_longer_than_the_plan_allows_is_refused(begin: Begin, desk: Desk) -> None:
    elder = known(begin, desk, 64)
    with pytest.raises(Invalid) as refused:
        corrected(begin, desk, elder, circumstances=["temporary_hardship"], hardship_until="2027-05-18")
    assert (refused.value.code, refused.value.params) == ("hardship_too_long", {"max_days": 180})


def test_an_elder_enrolled_in_hardship_has_an_end_to_it_too(begin: Begin, desk: Desk) -> None:
    command = an_elder(65)
    tag = Tag(circumstance=Circumstance.TEMPORARY_HARDSHIP, source="survey", dated_on=date(2026, 11, 1))
    hard = replace(command, tags=(tag,), facts=ElderFacts(hardships=(Hardship.ACCIDENT,)))
    with begin() as work:
        enrolment_id = enrol(hard, work, desk).enrolment_id
        assert entry(enrolment_id, work, desk).hardship_until == date(2027, 5, 1)


def test_a_hardship_that_a_list_names_ends_too(begin: Begin, desk: Desk) -> None:
    """J-09: of who was in the register already it stood for ever, and nobody looked at it again."""
    elder = an_elder(69)
    with begin() as work:
        enrolment_id = enrol(elder, work, desk).enrolment_id
    row = elder_row(69, id=elder.person.id_number, category="阶段性临时困难")
    take_all(begin, desk, uploaded(desk, "临时困难.xlsx", workbook(row)))
    with begin() as work:
        assert entry(enrolment_id, work, desk).hardship_until == date(2027, 5, 17)


def test_a_household_of_elders_with_somebody_younger_is_a_thing_to_verify(begin: Begin, desk: Desk) -> None:
    """J-08 纯老家庭: all members are sixty or older; other services see the same fact."""
    elder = known(begin, desk, 66)
    typed = {"circumstances": ["elders_only_household"], "household_size": 2}
    old = corrected(begin, desk, elder, **typed, youngest_birth_on="1960-01-01")
    assert "circumstance_conflict" not in old.classes[0].to_verify
    young = corrected(begin, desk, elder, **typed, youngest_birth_on="1990-01-01")

    assert "circumstance_conflict" in young.classes[0].to_verify
    with begin() as work:
        assert enrolled_elders(work.session, [elder])[elder].facts.youngest_birth_on == date(1990, 1, 1)


def test_a_handler_takes_facts_as_they_are(begin: Begin, desk: Desk) -> None:
    elder = known(begin, desk, 67)
    facts = ElderFacts(ability=SHANGHAI, youngest_birth_on=date(1955, 1, 1))
    with begin() as work:
        correct_facts(
            CorrectFacts(enrolment_id=elder, facts=facts, source="hand", dated_on=date(2026, 11, 17)),
            work,
            desk,
        )
        shown = entry(elder, work, desk)

    assert (shown.facts.ability, shown.facts.youngest_birth_on) == (SHANGHAI, date(1955, 1, 1))
