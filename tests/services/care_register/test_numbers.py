"""An ID number that was lost comes later (待补号): by hand or by the next list, and nobody is doubled."""

from dataclasses import replace
from datetime import date
from http import HTTPStatus
from uuid import UUID

import pytest

from services.care_register.codes import ElderField, RowOutcome, Sex
from services.care_register.forms import corrected_person
from services.care_register.handlers import batches, importing, taking_in
from services.care_register.handlers import entry as entries
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled, enrol
from services.care_register.handlers.importing import ChooseRows
from services.care_register.handlers.personal import CorrectPerson, correct_person
from services.care_register.repository.listing import EntryFilter
from services.care_register.repository.listing import entries as listed
from services.care_register.schemas.changes import CorrectPersonSchema
from shared.domain.errors import Conflict, Invalid
from shared.domain.roster.findings import FindingCode, Verdict
from tests.services.care_register.browsers import Staff
from tests.services.care_register.conftest import OTHER_TOWN, Begin, an_elder, number_of
from tests.services.care_register.test_import import uploaded, workbook

NAMES = iter("赵钱孙李周吴郑王冯陈")


@pytest.fixture
def name() -> str:
    """Of somebody new."""
    return f"{next(NAMES)}补号"


@pytest.fixture
def waiting(begin: Begin, desk: Desk, name: str) -> Enrolled:
    """Somebody without a number; nothing is known of the birth."""
    command = an_elder()
    person = replace(command.person, name=name, id_number="", birth_on=None)
    with begin() as work:
        return enrol(replace(command, person=person), work, desk)


def supplied(begin: Begin, desk: Desk, enrolment_id: UUID, **typed: str) -> None:
    with begin() as work:
        correct_person(
            corrected_person(enrolment_id, CorrectPersonSchema().load(typed), work, desk), work, desk
        )


def taken_in(begin: Begin, desk: Desk, *row: object) -> tuple[Verdict, list[FindingCode], RowOutcome, UUID]:
    """A list of one, taken in."""
    with begin() as work:
        command = uploaded(desk, "list.xlsx", workbook(list(row)))
        batch_id = importing.upload(command, work, desk).batch_id
        importing.choose_rows(ChooseRows(batch_id=batch_id), work)
    taking_in.take_in(batch_id, begin, desk, most=9)
    with begin() as work:
        (shown,) = batches.batch_rows(batch_id, work, desk)
    assert shown.enrolment_id
    return (
        shown.verdict,
        [each.code for each in shown.reading.findings],
        shown.outcome,
        shown.enrolment_id,
    )


def test_a_number_typed_later_says_birth_and_sex_and_the_elder_waits_no_more(
    begin: Begin, desk: Desk, waiting: Enrolled, name: str
) -> None:
    with begin() as work:
        before = listed(work.session, EntryFilter(is_unnumbered=True), after=None, limit=500)
    supplied(begin, desk, waiting.enrolment_id, name=name, id_number=number_of("19440303", 901))

    with begin() as work:
        shown = entries.entry(waiting.enrolment_id, work, desk)
        after = listed(work.session, EntryFilter(is_unnumbered=True), after=None, limit=500)
    assert (shown.is_id_pending, shown.person.birth_on, shown.person.sex) == (
        False,
        date(1944, 3, 3),
        Sex.MALE,
    )
    assert {each.enrolment_id for each in before} - {each.enrolment_id for each in after} == {
        waiting.enrolment_id
    }


def test_a_birth_date_told_without_a_number_counts_until_the_number_says_another(
    begin: Begin, desk: Desk, waiting: Enrolled, name: str
) -> None:
    """核实出生日期 was asked for, and nobody could answer it of an elder without papers."""

    def shown() -> tuple[int | None, bool]:
        with begin() as work:
            entry = entries.entry(waiting.enrolment_id, work, desk)
        assert entry.in_force is not None
        return entry.age, "birth_date" in entry.in_force.to_verify

    assert shown() == (None, True)
    supplied(begin, desk, waiting.enrolment_id, name=name, birth_on="1945-03-03")
    assert shown() == (81, False)
    supplied(begin, desk, waiting.enrolment_id, name=name, id_number=number_of("19440303", 907))
    supplied(begin, desk, waiting.enrolment_id, name=name, birth_on="1945-03-03")
    assert shown() == (82, False)


@pytest.mark.parametrize(("typed", "code"), [("2199-01-01", "born_in_future"), ("1990-03-03", "too_young")])
def test_a_birth_date_that_cannot_be_is_refused(
    begin: Begin, desk: Desk, waiting: Enrolled, name: str, typed: str, code: str
) -> None:
    with pytest.raises(Invalid, match=code):
        supplied(begin, desk, waiting.enrolment_id, name=name, birth_on=typed)


@pytest.mark.parametrize(
    ("typed", "code"), [("370302194403039019", "id_number_wrong"), (number_of("19900303"), "too_young")]
)
def test_a_wrong_number_typed_later_is_refused_as_at_the_beginning(
    begin: Begin, desk: Desk, waiting: Enrolled, name: str, typed: str, code: str
) -> None:
    with pytest.raises(Invalid, match=code):
        supplied(begin, desk, waiting.enrolment_id, name=name, id_number=typed)


def test_the_form_of_who_typed_a_wrong_number_stays_open_with_what_was_typed(
    clerk: Staff, waiting: Enrolled, name: str
) -> None:
    """It was folded away, and the page told of a fault that nobody saw."""
    wrong = {"name": name, "address": "", "id_number": "370302194403039019"}
    refused = clerk.post(f"/entries/{waiting.enrolment_id}/person", wrong)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "<details open><summary>补身份证号" in refused.text
    assert wrong["id_number"] in refused.text


def test_the_next_list_brings_the_number_of_who_had_none(
    begin: Begin, desk: Desk, waiting: Enrolled, name: str
) -> None:
    """J-02: one ID number, one elder; the corrected list made a second one, with a round of its own."""
    row = (1, name, "女", 81, number_of("19450303", 902), "洪山镇南村63号", "独居", "健康", None)
    verdict, found, outcome, enrolment_id = taken_in(begin, desk, *row)

    assert (verdict, found) == (Verdict.NEEDS_CONFIRMING, [FindingCode.IN_REGISTER_SAME_DOOR])
    assert (outcome, enrolment_id) == (RowOutcome.MERGED, waiting.enrolment_id)
    with begin() as work:
        shown = entries.entry(enrolment_id, work, desk)
    assert (shown.is_id_pending, shown.person.birth_on) == (False, date(1945, 3, 3))


def test_a_list_without_the_number_finds_who_has_one(begin: Begin, desk: Desk, name: str) -> None:
    command = an_elder(903)
    with begin() as work:
        known = enrol(replace(command, person=replace(command.person, name=name)), work, desk)
    row = (1, name, "女", 76, None, command.person.address, "空巢", "健康", None)
    verdict, _, outcome, enrolment_id = taken_in(begin, desk, *row)

    assert (verdict, outcome) == (Verdict.NEEDS_CONFIRMING, RowOutcome.MERGED)
    assert enrolment_id == known.enrolment_id
    with begin() as work:
        assert not entries.entry(enrolment_id, work, desk).is_id_pending


def test_two_of_one_name_at_one_door_who_both_have_a_number_are_two(begin: Begin, desk: Desk) -> None:
    with begin() as work:
        assert enrol(an_elder(904), work, desk).elder_id != enrol(an_elder(905), work, desk).elder_id


def test_what_makes_an_elder_somebody_known_in_another_town_is_refused_with_words(
    begin: Begin, desk: Desk, waiting: Enrolled, name: str
) -> None:
    """The row of the other town is out of sight, and the database alone said no: the page failed."""
    elsewhere = an_elder(906, area_code="370302116201")
    person = replace(elsewhere.person, name=name, address="别处1号", id_number="")
    with begin(OTHER_TOWN) as work:
        enrol(replace(elsewhere, person=person), work, desk)
    moved = CorrectPerson(enrolment_id=waiting.enrolment_id, changes={ElderField.ADDRESS: "别处1号"})
    with pytest.raises(Conflict, match="known_elsewhere"), begin() as work:
        correct_person(moved, work, desk)
