"""The demonstration's referrals: offered some working hours ago, then worked on by the officers."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from deploy.cli.demo.elders import Loading
from deploy.cli.demo.files import NAMESPACE, enrolment_id, staff
from deploy.cli.demo.stories import working_ago
from shared.contracts.access import Principal
from shared.domain.errors import Conflict, NotFound
from shared.domain.referral.moves import Move
from shared.inbox.acts import Act
from shared.inbox.codes import Consent
from shared.inbox.consent import GivenWord
from shared.inbox.desk import Desk
from shared.inbox.handlers import perform
from shared.inbox.offering import Offer, offer
from shared.policies.referring import ElderWord
from shared.temporal.errors import OutcomeUnknown, ProcessAway, ProcessNotFound

PATIENCE = timedelta(seconds=30)
"""How long a referral that was just announced may take to start, or one to answer on a busy machine."""


def put_referral(referral: dict[str, Any], loading: Loading, desk: Desk) -> UUID:
    """Offer one referral in the past; the same one again is found, not repeated."""
    by = staff(loading.place)[referral["by"]]
    offered_at = working_ago(timedelta(hours=referral["offered_hours_ago"]), loading.now, loading.calendar)
    kind = loading.policy.kind(referral["kind"])
    needs_nobody = kind.elders_word is ElderWord.NONE
    offered = Offer(
        business_id=f"demo/{uuid5(NAMESPACE, referral['text'])}",
        kind=kind.code,
        enrolment_id=enrolment_id(referral["elder"]),
        requesting_unit_id=by.units[0],
        text=referral["text"],
        word=GivenWord(consent=Consent.NOT_NEEDED if needs_nobody else Consent.AGREED),
    )
    with desk.database.begin(by, offered_at) as work:
        return offer(work, offered, book=desk.book, vault=desk.vault)


def work_on(
    referral: dict[str, Any], referral_id: UUID, loading: Loading, desk: Desk, now: Callable[[], datetime]
) -> None:
    """What officers do with it, one after the other; what somebody has done with it since stays as it is."""
    people = staff(loading.place)
    for number, step in enumerate(referral.get("then", ()), start=1):
        key = f"demo/{referral_id}/{number}"
        try:
            _perform(step, people[step["login"]], referral_id, desk=desk, key=key, now=now)
        except Conflict:
            return


def _perform(
    step: dict[str, Any],
    person: Principal,
    referral_id: UUID,
    *,
    desk: Desk,
    key: str,
    now: Callable[[], datetime],
) -> None:
    act = _act(step, person, referral_id, key=key, at=now())
    give_up_at = act.at + PATIENCE
    while True:
        try:
            perform(desk, act)
        except (ProcessNotFound, NotFound, ProcessAway, OutcomeUnknown):
            if now() > give_up_at:
                raise
            time.sleep(0.2)
        else:
            return


def _act(step: dict[str, Any], person: Principal, referral_id: UUID, *, key: str, at: datetime) -> Act:
    return Act(
        person=person,
        move=Move(step["move"]),
        referral_id=referral_id,
        at=at,
        key=key,
        code=step.get("code", ""),
        text=step.get("text", ""),
        level=step.get("level", ""),
    )
