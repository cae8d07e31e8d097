"""A referral's decisions as rows of `process` and `notices`."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from uuid import uuid5

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from shared.contracts.referral import PendingReferralRows, Projected, ReferralProjection, VacantRung
from shared.contracts.wire import encode
from shared.domain.referral.rows import RungRow, TellRow
from shared.domain.referral.standing import Standing
from shared.persistence.base import table_of
from shared.process.recipients import About, People
from shared.process.tables import Referral, ReferralLedger, Rung
from shared.process.tells import NOTICE, NOTICE_COLUMNS, Row
from shared.process.upserts import add, one_statement, put
from shared.process.watched import PARTIES, TELL_WATCHERS, WATCHED, parties_of

STANDING = tuple(field.name for field in fields(Standing))
REFERRAL, LEDGER, RUNG = table_of(Referral), table_of(ReferralLedger), table_of(Rung)

OFFERED = "offered"
"""The notice by which a unit learns that there is work for it."""

FORGOTTEN = (
    f"DELETE FROM {LEDGER.fullname} AS l WHERE l.referral_id = (SELECT won.referral_id FROM won)"  # noqa: S608 - a name of our own
    " AND l.seq >= %(seq)s AND l.task_at < %(task_at)s"
)
"""Lines that activations wrote which history has forgotten: numbers from ours on, with an older time."""

_QUIETLY = {"forgotten": FORGOTTEN, "noted": add(LEDGER), "watched": TELL_WATCHERS}
_STANDS = f"{put(REFERRAL)} RETURNING t.referral_id"

WRITE_QUIETLY = one_statement(_STANDS, **_QUIETLY)
"""What a claim writes: PostgreSQL would prepare the rest each time to do nothing."""

WRITE = one_statement(_STANDS, **_QUIETLY, climbed=add(RUNG), told=add(NOTICE, NOTICE_COLUMNS))
"""All rows of a referral's decisions. A decision that history forgot changes nothing."""


def is_quiet(projection: ReferralProjection) -> bool:
    """Whether nobody is told and nothing has ended: then `WRITE_QUIETLY` does everything."""
    decided = [batch.rows for batch in projection.batches]
    return not any(
        rows.rungs or rows.tells or rows.endings or rows.supports or rows.partings for rows in decided
    )


def quiet_rows(projection: ReferralProjection, watched: list[Row]) -> dict[str, object]:
    """What `WRITE_QUIETLY` asks for: nobody is told but those who watch."""
    return _asked(projection, rungs=[], notices=[], watched=watched)


def write_referral_rows(
    session: Session, projection: ReferralProjection, *, day: date, watched: list[Row]
) -> Projected | None:
    """Write the rows, and whom they tell; answer the rungs that found nobody; None if forgotten."""
    rungs = [row for batch in projection.batches for row in batch.rows.rungs]
    tells = [row for batch in projection.batches for row in batch.rows.tells]
    standing = projection.standing
    about = About(enrolment_id=standing.subject_id, holder_id=standing.holder_id)
    recipients = [row.recipient for row in rungs] + [row.recipient for row in tells]
    people = People(session, recipients, about=about, day=day)
    asked = _asked(
        projection,
        rungs=[_rung(standing, row, people) for row in rungs],
        notices=[row for tell in tells for row in _notices(standing, tell, people)],
        watched=watched,
    )
    is_written = session.connection().exec_driver_sql(WRITE, asked).scalar_one()
    if not is_written:
        return None
    return Projected(vacant=_vacant(session, standing, rungs), is_unmanned=_is_unmanned(tells, people))


def _asked(
    projection: ReferralProjection, *, rungs: list[Row], notices: list[Row], watched: list[Row]
) -> dict[str, object]:
    rows = {
        REFERRAL.name: [_referral(projection)],
        LEDGER.name: _ledger(projection),
        RUNG.name: rungs,
        NOTICE.name: notices,
        PARTIES: parties_of(projection.standing),
        WATCHED: watched,
    }
    first = projection.batches[0]
    return {"rows": encode(rows), "seq": first.seq, "task_at": first.task_at}


def _referral(projection: ReferralProjection) -> Row:
    standing, last = projection.standing, projection.batches[-1]
    return {
        **{name: getattr(standing, name) for name in STANDING},
        "seq": last.seq,
        "task_at": last.task_at,
        "closed_at": None if standing.status.is_open else _ended_at(last),
        "next_wake_at": last.due,
    }


def _ended_at(last: PendingReferralRows) -> datetime:
    return last.rows.ledger[-1].at if last.rows.ledger else last.task_at


def _ledger(projection: ReferralProjection) -> list[Row]:
    return [
        {
            "referral_id": projection.standing.referral_id,
            **_place(projection.standing),
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
            "other_id": line.other_id,
        }
        for batch in projection.batches
        for position, line in enumerate(batch.rows.ledger)
    ]


def _rung(standing: Standing, row: RungRow, people: People) -> Row:
    return {
        "referral_id": standing.referral_id,
        **_place(standing),
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


def _notices(standing: Standing, tell: TellRow, people: People) -> Iterable[Row]:
    told = (tell.account_id,) if tell.account_id else people.behind(tell.recipient)
    for account_id in told:
        yield {
            "notice_id": uuid5(standing.referral_id, f"{tell.key}/{account_id}"),
            **_place(standing),
            "account_id": account_id,
            "recipient_role": tell.recipient.role,
            "unit_id": tell.recipient.unit_id,
            "referral_id": standing.referral_id,
            "enrolment_id": standing.subject_id,
            "code": tell.code,
            "params": {"kind": standing.kind, "count": 1},
            "urgency": tell.urgency,
            "created_at": tell.at,
            "not_before": tell.not_before,
        }


def _is_unmanned(tells: Iterable[TellRow], people: People) -> bool:
    """Whether it was offered to a unit in which nobody is that day."""
    offers = [tell for tell in tells if tell.code == OFFERED]
    return bool(offers) and not people.behind(offers[-1].recipient)


def _vacant(session: Session, standing: Standing, rungs: Iterable[RungRow]) -> tuple[VacantRung, ...]:
    """As first recorded: a second writing of the same rows answers the same, whoever has joined since."""
    keys = [(row.clock, row.turn, row.number) for row in rungs]
    if not keys:
        return ()
    found = session.execute(
        select(Rung.clock, Rung.number)
        .where(
            Rung.referral_id == standing.referral_id,
            tuple_(Rung.clock, Rung.turn, Rung.number).in_(keys),
            Rung.is_vacant,
        )
        .order_by(Rung.turn, Rung.number)
    )
    return tuple(VacantRung(clock=clock, number=number) for clock, number in found)


def _place(standing: Standing) -> Row:
    return {"jurisdiction_id": standing.jurisdiction_id, "area_code": standing.area_code}
