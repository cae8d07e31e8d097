"""What people read of a referral is what its process decided: once, in order, and never a ghost's word."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from shared.contracts.referral import Projected, VacantRung
from shared.domain.referral import referral
from shared.domain.referral.moves import Move
from shared.domain.referral.state import ClockName, ReferralState
from shared.platform.logins import Login
from shared.process.writing import ProcessRows
from tests.builders import a_chase, a_kind, a_move, a_referral, an_officer, minutes
from tests.process.conftest import (
    BUREAU,
    JUSTICE,
    PLACE,
    TUESDAY,
    VILLAGE,
    VILLAGE_AREA,
    Village,
    projected,
)

A_SECOND = timedelta(seconds=1)
CLOSING = f"{PLACE}:closing"


def offered() -> ReferralState:
    """A referral from the village to the justice bureau."""
    kind = a_kind(coordinator_unit_id=BUREAU)
    state = a_referral(offered_at=TUESDAY, kind=kind, jurisdiction_id=PLACE, area_code=VILLAGE_AREA)
    return replace(state, unit_id=JUSTICE, requesting_unit_id=VILLAGE)


def everything(village: Village, state: ReferralState) -> list[object]:
    """All rows of the referral."""
    statements = (
        "SELECT * FROM process.referral WHERE referral_id = :id",
        "SELECT * FROM process.referral_ledger WHERE referral_id = :id ORDER BY seq, task_at, position",
        "SELECT * FROM process.rung WHERE referral_id = :id ORDER BY clock, turn, number",
        "SELECT * FROM notices.notice WHERE referral_id = :id ORDER BY notice_id",
    )
    return [village.read(statement, id=state.referral_id) for statement in statements]


def ledger(village: Village, state: ReferralState) -> list[str]:
    """What the history of the referral says."""
    rows = village.read(
        "SELECT code FROM process.referral_ledger WHERE referral_id = :id ORDER BY seq, task_at, position",
        id=state.referral_id,
    )
    return [row.code for row in rows]


def holder(village: Village, state: ReferralState) -> object:
    """Who has it, as people read it."""
    [row] = village.read(
        "SELECT holder_id FROM process.referral WHERE referral_id = :id", id=state.referral_id
    )
    return row.holder_id


def test_writing_again_changes_nothing(village: Village, writer: ProcessRows) -> None:
    village.joins(JUSTICE)
    begun = referral.begin(offered(), TUESDAY)
    projection = projected(begun, task_at=TUESDAY)

    writer.write_referral(projection)
    once = everything(village, begun.state)
    writer.write_referral(projection)

    assert everything(village, begun.state) == once


def test_a_claim_that_history_forgot_loses_to_the_one_that_counted(
    village: Village, writer: ProcessRows
) -> None:
    """Architecture §6-2: PostgreSQL names the same winner as the workflow, whatever died in between.

    The forgotten activation had written a note as well: its number is higher, its time is older.
    """
    begun = referral.begin(offered(), TUESDAY)
    writer.write_referral(projected(begun, task_at=TUESDAY))
    ghost_officer, officer = an_officer(JUSTICE), an_officer(JUSTICE)

    died_at, again_at = TUESDAY + A_SECOND, TUESDAY + 12 * A_SECOND
    noted = referral.make(begun.state, a_move(Move.NOTE, ghost_officer, died_at), died_at)
    ghost = referral.make(noted.state, a_move(Move.ACCEPT, ghost_officer, died_at), died_at)
    writer.write_referral(projected(noted, ghost, task_at=died_at))
    won = referral.make(begun.state, a_move(Move.ACCEPT, officer, again_at), again_at)
    writer.write_referral(projected(won, task_at=again_at))

    assert holder(village, won.state) == officer.account_id
    assert ledger(village, won.state) == ["offered", "accept"]


def test_a_ghost_that_writes_late_changes_nothing(village: Village, writer: ProcessRows) -> None:
    begun = referral.begin(offered(), TUESDAY)
    officer, died_at, again_at = an_officer(JUSTICE), TUESDAY + A_SECOND, TUESDAY + 12 * A_SECOND
    ghost = referral.make(begun.state, a_move(Move.ACCEPT, an_officer(JUSTICE), died_at), died_at)
    won = referral.make(begun.state, a_move(Move.ACCEPT, officer, again_at), again_at)
    writer.write_referral(projected(begun, task_at=TUESDAY))
    writer.write_referral(projected(won, task_at=again_at))
    before = everything(village, won.state)

    writer.write_referral(projected(ghost, task_at=died_at))

    assert everything(village, won.state) == before


def test_each_of_a_unit_is_told_once_whatever_else_they_do(village: Village, writer: ProcessRows) -> None:
    cadre, lead = village.joins(VILLAGE), village.joins(VILLAGE, position="lead", role="unit_lead")
    village.joins(VILLAGE, role="visitor")
    state = replace(offered(), unit_id=VILLAGE)

    writer.write_referral(projected(referral.begin(state, TUESDAY), task_at=TUESDAY))

    told = village.read(
        "SELECT account_id, code, params FROM notices.notice WHERE referral_id = :id", id=state.referral_id
    )
    assert {row.account_id for row in told} == {cadre, lead}
    assert {row.code for row in told} == {"offered"}
    assert told[0].params == {"kind": "legal_consultation", "count": 1}


def test_a_rung_without_anybody_is_answered_as_vacant_and_stays_so(
    village: Village, writer: ProcessRows
) -> None:
    empty = f"{PLACE}:{uuid4()}"
    village.opens_unit(empty)
    village.joins(JUSTICE)
    ladder = tuple(
        replace(rung, recipient=replace(rung.recipient, unit_id=unit))
        for rung, unit in zip(a_chase().accept.ladder, (empty, empty, BUREAU), strict=True)
    )
    kind = a_chase(
        coordinator_unit_id=BUREAU, accept=replace(a_chase().accept, limit=minutes(0), ladder=ladder)
    )
    state = replace(offered(), kind=kind)
    projection = projected(referral.begin(state, TUESDAY), task_at=TUESDAY)

    first = writer.write_referral(projection)
    village.joins(empty, position="lead")
    again = writer.write_referral(projection)

    assert first == again == Projected(vacant=(VacantRung(clock=ClockName.ACCEPT, number=1),))


def test_an_offer_to_a_unit_without_people_or_one_that_was_closed_is_said_to_be_unmanned(
    village: Village, writer: ProcessRows
) -> None:
    """Acceptance: a unit deactivated a minute ago is no black hole."""
    village.run(
        Login.IDENTITY,
        "INSERT INTO identity.unit (unit_id, jurisdiction_id, code, name, kind)"
        " VALUES (:unit_id, :place, 'closing', 'closing', 'office')",
        unit_id=CLOSING,
        place=PLACE,
    )

    def is_unmanned() -> bool:
        begun = referral.begin(replace(offered(), unit_id=CLOSING, referral_id=uuid4()), TUESDAY)
        return writer.write_referral(projected(begun, task_at=TUESDAY)).is_unmanned

    assert is_unmanned()
    village.joins(CLOSING)
    assert not is_unmanned()
    close = "UPDATE identity.unit SET active = FALSE WHERE unit_id = :unit_id"
    village.run(Login.IDENTITY, close, unit_id=CLOSING)
    assert is_unmanned()
