"""A visit cycle's decisions as rows of `process` and `notices`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from shared.contracts.visit_cycle import CycleProjection, PendingCycleRows
from shared.contracts.wire import encode
from shared.domain.codes import Urgency
from shared.domain.plan import Recipient
from shared.domain.visit_cycle.rows import WarningRow, WindowRow
from shared.persistence.base import table_of
from shared.process.recipients import About, People
from shared.process.tables import VisitCycle, VisitWarning, VisitWindow
from shared.process.tells import NOTICE, NOTICE_COLUMNS, Row
from shared.process.upserts import add, one_statement, put

WARNING, VACANT = "warning", "warning_vacant"
"""The notices that a window will close unmet, and that there is nobody to tell so."""


CYCLE, WINDOW, VISIT_WARNING = table_of(VisitCycle), table_of(VisitWindow), table_of(VisitWarning)

WRITE = one_statement(
    f"{put(CYCLE)} RETURNING 1",
    judged=put(WINDOW, if_won=True),
    warned=add(VISIT_WARNING),
    told=add(NOTICE, NOTICE_COLUMNS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """On which day people are looked for, and who is told of a place where there is nobody."""

    day: date
    coordinator: Recipient


def write_cycle_rows(session: Session, projection: CycleProjection, told: Telling) -> bool:
    """Write the rows. Answers False if a later decision has been written already: then nothing is done."""
    warnings = [row for batch in projection.batches for row in batch.rows.warnings]
    rows = {
        CYCLE.name: [_cycle(projection)],
        WINDOW.name: _windows(projection),
        VISIT_WARNING.name: [_warning(projection, row) for row in warnings],
        NOTICE.name: list(_notices(session, projection, warnings, told)),
    }
    asked = {"rows": encode(rows)}
    is_written: bool = session.connection().exec_driver_sql(WRITE, asked).scalar_one()
    return is_written


def _cycle(projection: CycleProjection) -> Row:
    last = projection.batches[-1]
    return {
        **_place(projection),
        "elder_id": projection.elder_id,
        "seq": last.seq,
        "task_at": last.task_at,
        "is_closed": last.row.is_closed,
        "last_seen_at": last.row.last_seen_at,
        "quiet_because": last.row.quiet_because,
        "chase_referral_id": last.row.chase_referral_id,
        "next_wake_at": last.due,
        "next_steps": last.row.next_steps,
    }


def _windows(projection: CycleProjection) -> list[Row]:
    """The last word on each window: one statement cannot write a row twice."""
    latest = {
        (row.obligation, row.opens_at): _window(projection, batch, row)
        for batch in projection.batches
        for row in batch.rows.windows
    }
    return list(latest.values())


def _window(projection: CycleProjection, batch: PendingCycleRows, row: WindowRow) -> Row:
    return {
        **_place(projection),
        "obligation": row.obligation,
        "opens_at": row.opens_at,
        "closes_at": row.closes_at,
        "required": row.required,
        "done": row.done,
        "outcome": row.outcome,
        "was": row.was,
        "is_excused": row.is_excused,
        "seq": batch.seq,
        "task_at": batch.task_at,
    }


def _warning(projection: CycleProjection, row: WarningRow) -> Row:
    return {
        **_place(projection),
        "obligation": row.obligation,
        "opens_at": row.opens_at,
        "number": row.number,
        "due_at": row.due_at,
        "missing": row.missing,
        "recipient_role": row.recipient.role,
        "recipient_unit_id": row.recipient.unit_id,
        "is_sent": row.is_sent,
    }


def _notices(
    session: Session, projection: CycleProjection, warnings: Sequence[WarningRow], told: Telling
) -> Iterable[Row]:
    """Whom each warning reaches; of one that finds nobody the coordinator is told: a vacancy is an alarm."""
    sent = [row for row in warnings if row.is_sent]
    if not sent:
        return
    about, behind = About(enrolment_id=projection.enrolment_id), [row.recipient for row in sent]
    people = People(session, [*behind, told.coordinator], about=about, day=told.day)
    for row in sent:
        if found := people.behind(row.recipient):
            yield from _said(projection, row, code=WARNING, recipient=row.recipient, accounts=found)
        else:
            found = people.behind(told.coordinator)
            yield from _said(projection, row, code=VACANT, recipient=told.coordinator, accounts=found)


def _said(
    projection: CycleProjection,
    row: WarningRow,
    *,
    code: str,
    recipient: Recipient,
    accounts: Iterable[UUID],
) -> Iterable[Row]:
    key = f"{code}/{row.obligation}/{row.opens_at.isoformat()}/{row.number}"
    for account_id in accounts:
        yield {
            **_place(projection),
            "notice_id": uuid5(projection.enrolment_id, f"{key}/{account_id}"),
            "account_id": account_id,
            "recipient_role": recipient.role,
            "unit_id": recipient.unit_id,
            "referral_id": None,
            "code": code,
            "params": {"obligation": row.obligation, "missing": row.missing, "count": 1},
            "urgency": Urgency.ROUTINE,
            "created_at": row.due_at,
            "not_before": row.not_before,
        }


def _place(projection: CycleProjection) -> Row:
    return {
        "enrolment_id": projection.enrolment_id,
        "jurisdiction_id": projection.jurisdiction_id,
        "area_code": projection.area_code,
    }
