"""A referral's decisions as rows of `process` and `notices`."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import uuid5

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from shared.contracts.referral import PendingReferralRows, Projected, ReferralProjection, VacantRung
from shared.contracts.wire import encode
from shared.domain.referral.rows import RungRow, TellRow
from shared.domain.referral.state import ClockName, ReferralState
from shared.persistence.base import table_of
from shared.process.recipients import About, People
from shared.process.tables import Referral, ReferralLedger, Rung
from shared.process.tells import NOTICE, NOTICE_COLUMNS, Row
from shared.process.upserts import add, one_statement, put

REFERRAL, LEDGER, RUNG = table_of(Referral), table_of(ReferralLedger), table_of(Rung)

FORGOTTEN = (
    f"DELETE FROM {LEDGER.fullname} AS l USING won"  # noqa: S608 - a name of our own
    " WHERE l.referral_id = won.referral_id AND l.seq >= :seq AND l.task_at < :task_at"
)
"""Lines that activations wrote which history has forgotten: numbers from ours on, with an older time."""

WRITE = one_statement(
    f"{put(REFERRAL)} RETURNING t.referral_id",
    forgotten=FORGOTTEN,
    noted=add(LEDGER),
    climbed=add(RUNG),
    told=add(NOTICE, NOTICE_COLUMNS),
)


def write_referral_rows(session: Session, projection: ReferralProjection, *, day: date) -> Projected:
    """Write the rows; answer the rungs that found nobody. A decision that history forgot changes nothing."""
    rungs = [row for batch in projection.batches for row in batch.rows.rungs]
    tells = [row for batch in projection.batches for row in batch.rows.tells]
    state, first = projection.state, projection.batches[0]
    about = About(enrolment_id=state.subject_id, holder_id=state.holder_id)
    recipients = [row.recipient for row in rungs] + [row.recipient for row in tells]
    people = People(session, recipients, about=about, day=day)
    rows = {
        REFERRAL.name: [_referral(projection)],
        LEDGER.name: _ledger(projection),
        RUNG.name: [_rung(state, row, people) for row in rungs],
        NOTICE.name: [row for tell in tells for row in _notices(state, tell, people)],
    }
    asked = {"rows": encode(rows), "seq": first.seq, "task_at": first.task_at}
    is_written = session.execute(WRITE, asked).scalar_one()
    return Projected(vacant=_vacant(session, state, rungs)) if is_written else Projected()


def _referral(projection: ReferralProjection) -> Row:
    state, last = projection.state, projection.batches[-1]
    accept, complete = state.clock(ClockName.ACCEPT), state.clock(ClockName.COMPLETE)
    kind = state.kind
    return {
        "referral_id": state.referral_id,
        **_place(state),
        "seq": last.seq,
        "task_at": last.task_at,
        "kind": kind.code,
        "policy_id": kind.policy_id,
        "policy_hash": kind.policy_hash,
        "is_drill": kind.is_drill,
        "urgency": kind.urgency,
        "status": state.status,
        "unit_id": state.unit_id,
        "requesting_unit_id": state.requesting_unit_id,
        "coordinator_unit_id": kind.coordinator_unit_id,
        "subject_id": state.subject_id,
        "origin_id": state.origin_id,
        "offered_at": state.offered_at,
        "acknowledged_at": state.acknowledged_at,
        "holder_id": state.holder_id,
        "held_since": state.held_since,
        "accept_by": accept.limit_at if accept else None,
        "complete_by": complete.limit_at if complete else None,
        "clocks": state.clocks,
        "breaches": state.breaches,
        "rung": _highest_rung(state),
        "declines": state.declines,
        "is_appointed": state.is_appointed,
        "urged": state.urged,
        "outcome": state.outcome,
        "suspended_at": state.suspended_at,
        "closed_at": None if state.status.is_open else _ended_at(last),
        "next_wake_at": last.due,
    }


def _highest_rung(state: ReferralState) -> int:
    """How far the running clocks have climbed; a clock that stopped has climbed down."""
    return max((0, *(clock.passed - clock.limit_index - 1 for clock in state.clocks)))


def _ended_at(last: PendingReferralRows) -> datetime:
    return last.rows.ledger[-1].at if last.rows.ledger else last.task_at


def _ledger(projection: ReferralProjection) -> list[Row]:
    return [
        {
            "referral_id": projection.state.referral_id,
            **_place(projection.state),
            "seq": batch.seq,
            "task_at": batch.task_at,
            "position": position,
            "at": line.at,
            "code": line.code,
            "account_id": line.account_id,
            "unit_id": line.unit_id,
            "detail": line.detail,
            "note_id": line.note_id,
            "is_clock_off": line.is_clock_off,
        }
        for batch in projection.batches
        for position, line in enumerate(batch.rows.ledger)
    ]


def _rung(state: ReferralState, row: RungRow, people: People) -> Row:
    return {
        "referral_id": state.referral_id,
        **_place(state),
        "clock": row.clock,
        "turn": row.turn,
        "number": row.number,
        "due_at": row.due_at,
        "action": row.action,
        "recipient_role": row.recipient.role,
        "recipient_unit_id": row.recipient.unit_id,
        "is_sent": row.is_sent,
        "is_vacant": row.is_sent and not people.behind(row.recipient),
    }


def _notices(state: ReferralState, tell: TellRow, people: People) -> Iterable[Row]:
    for account_id in people.behind(tell.recipient):
        yield {
            "notice_id": uuid5(state.referral_id, f"{tell.key}/{account_id}"),
            **_place(state),
            "account_id": account_id,
            "recipient_role": tell.recipient.role,
            "unit_id": tell.recipient.unit_id,
            "referral_id": state.referral_id,
            "enrolment_id": state.subject_id,
            "code": tell.code,
            "params": {"kind": state.kind.code, "count": 1},
            "urgency": tell.urgency,
            "created_at": tell.at,
            "not_before": tell.not_before,
        }


def _vacant(session: Session, state: ReferralState, rungs: Iterable[RungRow]) -> tuple[VacantRung, ...]:
    """As first recorded: a second writing of the same rows answers the same, whoever has joined since."""
    keys = [(row.clock, row.turn, row.number) for row in rungs]
    if not keys:
        return ()
    found = session.execute(
        select(Rung.clock, Rung.number)
        .where(
            Rung.referral_id == state.referral_id,
            tuple_(Rung.clock, Rung.turn, Rung.number).in_(keys),
            Rung.is_vacant,
        )
        .order_by(Rung.turn, Rung.number)
    )
    return tuple(VacantRung(clock=clock, number=number) for clock, number in found)


def _place(state: ReferralState) -> Row:
    return {"jurisdiction_id": state.jurisdiction_id, "area_code": state.area_code}
