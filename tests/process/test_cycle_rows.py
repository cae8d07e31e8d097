"""What people read of a visit cycle, whom its warnings reach, and what its chase is told."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.contracts import names
from shared.contracts.referral import StartReferral
from shared.contracts.visit_cycle import CycleProjection, PendingCycleRows
from shared.domain.visit_cycle import cycle
from shared.domain.visit_cycle.cycle import CycleDecision
from shared.domain.visit_cycle.facts import Facts
from shared.domain.visit_cycle.state import CycleState
from shared.policies.book import PolicyBook
from shared.process.writing import ProcessRows
from shared.temporal.converter import data_converter
from tests.builders import WEEKLY, a_contact, a_cycle, at
from tests.process.conftest import BUREAU, PLACE, TUESDAY, VILLAGE, VILLAGE_AREA, Village

THURSDAY = at("2026-11-26 10:00")
SUNDAY_NIGHT = at("2026-11-30 00:00")


def enrolled() -> CycleState:
    """An elder of the village, enrolled on a Tuesday, owed one visit a week."""
    return replace(a_cycle(enrolled_at=TUESDAY), jurisdiction_id=PLACE, area_code=VILLAGE_AREA)


def projected(*decisions: CycleDecision, task_at: datetime) -> CycleProjection:
    """The decisions as one activity writes them."""
    state = decisions[-1].state
    return CycleProjection(
        workflow_id=names.visit_cycle_id(state.enrolment_id),
        enrolment_id=state.enrolment_id,
        elder_id=state.elder_id,
        jurisdiction_id=state.jurisdiction_id,
        area_code=state.area_code,
        batches=tuple(
            PendingCycleRows(seq=d.state.seq, task_at=task_at, row=d.row, rows=d.rows, due=d.due)
            for d in decisions
        ),
    )


def windows(village: Village, state: CycleState) -> list[tuple[str, str | None, int]]:
    """The windows as the board reads them."""
    rows = village.read(
        "SELECT outcome, was, done FROM process.visit_window WHERE enrolment_id = :id ORDER BY opens_at",
        id=state.enrolment_id,
    )
    return [(row.outcome, row.was, row.done) for row in rows]


def test_windows_are_written_as_they_turn(village: Village, writer: ProcessRows) -> None:
    begun = cycle.begin(enrolled(), TUESDAY)
    met = cycle.take_in(begun.state, Facts(contacts=(a_contact(TUESDAY),)), TUESDAY)

    writer.write_cycle(projected(begun, task_at=TUESDAY))
    assert windows(village, begun.state) == [("open", None, 0)]
    writer.write_cycle(projected(met, task_at=TUESDAY))
    writer.write_cycle(projected(met, task_at=TUESDAY))

    assert windows(village, begun.state) == [("met", "open", 1)]


def test_decisions_that_waited_are_written_together(village: Village, writer: ProcessRows) -> None:
    begun = cycle.begin(enrolled(), TUESDAY)
    met = cycle.take_in(begun.state, Facts(contacts=(a_contact(TUESDAY),)), TUESDAY)

    writer.write_cycle(projected(begun, met, task_at=TUESDAY))

    assert windows(village, begun.state) == [("met", "open", 1)]


def test_an_older_decision_loses(village: Village, writer: ProcessRows) -> None:
    """The guard against ghosts: the older `task_at` loses, whatever its number."""
    begun = cycle.begin(enrolled(), TUESDAY)
    died_at, again_at = TUESDAY + timedelta(seconds=1), TUESDAY + timedelta(seconds=12)
    ghost = cycle.take_in(begun.state, Facts(contacts=(a_contact(TUESDAY),)), died_at)
    kept = cycle.tick(begun.state, again_at)

    writer.write_cycle(projected(begun, kept, task_at=again_at))
    writer.write_cycle(projected(ghost, cycle.tick(ghost.state, died_at), task_at=died_at))

    [row] = village.read(
        "SELECT seq, task_at FROM process.visit_cycle WHERE enrolment_id = :id", id=begun.state.enrolment_id
    )
    assert (row.seq, row.task_at) == (kept.state.seq, again_at)
    assert windows(village, begun.state) == [("open", None, 0)]


def test_a_warning_reaches_the_elders_visitor_once(village: Village, writer: ProcessRows) -> None:
    state = replace(enrolled(), enrolled_at=THURSDAY - timedelta(days=3))
    visitor = village.visits(state.enrolment_id)
    warned = projected(cycle.begin(state, THURSDAY), task_at=THURSDAY)

    writer.write_cycle(warned)
    writer.write_cycle(warned)

    told = village.read("SELECT * FROM notices.notice WHERE enrolment_id = :id", id=state.enrolment_id)
    assert [(row.account_id, row.code, row.not_before) for row in told] == [(visitor, "warning", THURSDAY)]
    assert told[0].params == {"obligation": WEEKLY, "missing": 1, "count": 1}
    passed = village.read(
        "SELECT is_sent FROM process.visit_warning WHERE enrolment_id = :id", id=state.enrolment_id
    )
    assert [row.is_sent for row in passed] == [True]


def test_a_warning_that_finds_nobody_is_told_to_the_coordinator_once(
    village: Village, writer: ProcessRows
) -> None:
    """Architecture §6.8: a vacancy is an alarm, not a skip; the warning went to nobody at all."""
    state = replace(enrolled(), enrolled_at=THURSDAY - timedelta(days=3))
    clerk = village.joins(BUREAU, role="officer")
    warned = projected(cycle.begin(state, THURSDAY), task_at=THURSDAY)

    writer.write_cycle(warned)
    writer.write_cycle(warned)

    told = village.read("SELECT * FROM notices.notice WHERE enrolment_id = :id", id=state.enrolment_id)
    mine = [row for row in told if row.account_id == clerk]
    assert [(row.code, row.unit_id, row.not_before) for row in mine] == [("warning_vacant", BUREAU, THURSDAY)]
    assert {row.code for row in told} == {"warning_vacant"}


def test_a_missed_window_starts_one_chase_and_a_contact_concludes_it(
    village: Village, writer: ProcessRows, book: PolicyBook
) -> None:
    state = replace(enrolled(), enrolled_at=THURSDAY - timedelta(days=3))
    missed = cycle.begin(state, SUNDAY_NIGHT)
    chase = missed.state.chase
    assert chase is not None
    seen = cycle.take_in(
        missed.state, Facts(contacts=(a_contact(SUNDAY_NIGHT, WEEKLY),)), SUNDAY_NIGHT + timedelta(hours=1)
    )

    writer.write_cycle(projected(missed, task_at=SUNDAY_NIGHT))
    writer.write_cycle(projected(missed, task_at=SUNDAY_NIGHT))
    writer.write_cycle(projected(seen, task_at=SUNDAY_NIGHT + timedelta(hours=1)))

    start, conclude = village.sent(names.referral_id(chase.referral_id))
    assert (start.verb, start.name, conclude.name) == ("start", names.REFERRAL, "follow")
    converter = data_converter(None).payload_converter
    opened = converter.from_payload(converter.to_payload(start.payload), StartReferral).state
    assert (opened.referral_id, opened.unit_id, opened.subject_id) == (
        chase.referral_id,
        VILLAGE,
        state.enrolment_id,
    )
    assert opened.kind.policy_hash == book.in_force(PLACE, SUNDAY_NIGHT.date()).hash
    assert conclude.payload["reason"] == "contact_counted"
