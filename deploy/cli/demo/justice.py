"""The demonstration's records of the judicial office, by the office's own handlers."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from deploy.cli.demo.elders import Loading
from deploy.cli.demo.files import staff
from services.justice.commands import Acting, OpenRecord, TakeStep
from services.justice.handlers.closing import close_referral
from services.justice.handlers.opening import open_record
from services.justice.handlers.stepping import take_step
from shared.contracts.access import Principal
from shared.domain.errors import Conflict
from shared.domain.justice.codes import Channel, RecordKind, Step
from shared.domain.periods import local_day
from shared.inbox.desk import Desk
from shared.persistence.idempotency import IdempotencyMismatchError


def put_record(
    referral: dict[str, Any], referral_id: UUID, loading: Loading, desk: Desk, now: datetime
) -> None:
    """The referral's record, if it has one; what somebody has done with it since stays as it is."""
    written = referral.get("record")
    if written is None:
        return
    by = staff(loading.place)[written["login"]]
    try:
        record_id = open_record(desk, _acting(by, referral_id, 0, now), _opening(written, referral_id))
        for number, step in enumerate(written.get("steps", ()), start=1):
            command = _step(step, record_id, loading, now)
            take_step(desk, _acting(by, referral_id, number, now), command)
            close_referral(desk, _acting(by, referral_id, number, now), record_id, after=command.step)
    except (Conflict, IdempotencyMismatchError):
        return


def _acting(by: Principal, referral_id: UUID, number: int, now: datetime) -> Acting:
    return Acting(person=by, at=now, key=f"demo/{referral_id}/record/{number}")


def _opening(written: dict[str, Any], referral_id: UUID) -> OpenRecord:
    return OpenRecord(
        referral_id=referral_id,
        kind=RecordKind(written["kind"]),
        channel=Channel(written["channel"]) if "channel" in written else None,
        matter=written.get("matter", ""),
        text=written.get("text", ""),
    )


def _step(step: dict[str, Any], record_id: UUID, loading: Loading, now: datetime) -> TakeStep:
    today = local_day(now, loading.policy.jurisdiction.zone)
    return TakeStep(
        record_id=record_id,
        step=Step(step["step"]),
        on=today + timedelta(days=step.get("in_days", 0)),
        detail=tuple(step.get("detail", ())),
        text=step.get("text", ""),
        reply=step.get("reply", ""),
    )
