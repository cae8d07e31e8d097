"""What stands in each list of an inbox, and how many: written once, who reads and when are parameters.

A unit may hold thousands; nothing here reads more of them than a person looks at.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)

from shared.domain.periods import local_day
from shared.domain.referral.moves import Status
from shared.inbox.codes import View
from shared.inbox.reader import Reader
from shared.inbox.tables import ReferralWatcher
from shared.process.tables import Referral

HELD = (Status.ACCEPTED, Status.COMPLETED)
UNITS: BindParameter[Any] = bindparam("units", expanding=True)
ME: BindParameter[Any] = bindparam("me")
NOW: BindParameter[Any] = bindparam("now")
TODAY: BindParameter[Any] = bindparam("today")

RECEIVED = Referral.unit_id.in_(UNITS)
ASKED = Referral.requesting_unit_id.in_(UNITS)
RULED = Referral.coordinator_unit_id.in_(UNITS)
IS_OPEN = Referral.closed_at.is_(None)
IS_LATE = and_(
    IS_OPEN,
    func.jsonb_array_length(Referral.breaches) > literal_column("0"),
    Referral.status != Status.COMPLETED,
    Referral.suspended_at.is_(None),
    or_(Referral.accept_by < NOW, Referral.complete_by < NOW),
)
"""Past a real limit: a limit of nothing leaves no breach behind."""

IS_NAMED = or_(
    Referral.kind.not_in(bindparam("shielded", expanding=True)),
    and_(
        Referral.lead_id.is_(None),
        or_(
            and_(bindparam("reads_received", type_=Boolean), RECEIVED),
            and_(bindparam("reads_asked", type_=Boolean), ASKED),
        ),
    ),
)
"""What the reader may know by its kind, of reports that few read (X-11); the rule is the reader's own."""

TO_DECIDE = and_(
    Referral.grantor_unit_id.in_(UNITS),
    Referral.grantor_unit_id != literal_column("''"),
    Referral.status == Status.ACCEPTED,
)
"""More time has been asked for, and one of the person's units decides."""

STANDS_IN = and_(
    Referral.delegate_id == ME, Referral.delegate_from_on <= TODAY, Referral.delegate_to_on >= TODAY
)
"""In the holder's place for today (委托)."""

WATCHED = select(ReferralWatcher.referral_id).where(
    ReferralWatcher.account_id == ME, ReferralWatcher.ended_at.is_(None)
)

BRANCHES: Mapping[View, tuple[ColumnElement[bool], ...]] = {
    View.POOL: (
        and_(RECEIVED, Referral.status == Status.OFFERED),
        and_(RULED, Referral.status == literal_column("'to_rule'")),
        TO_DECIDE,
    ),
    View.MINE: tuple(
        and_(RECEIVED, is_mine, Referral.status.in_(HELD))
        for is_mine in (Referral.holder_id == ME, STANDS_IN)
    ),
    View.UNIT: tuple(and_(RECEIVED, Referral.status == status) for status in HELD),
    View.SENT: (and_(ASKED, IS_OPEN),),
    View.WATCHING: (and_(Referral.referral_id.in_(WATCHED), IS_OPEN),),
    View.OVERDUE: tuple(and_(is_ours, IS_LATE) for is_ours in (RECEIVED, ASKED, RULED)),
    View.DONE: tuple(and_(is_ours, Referral.closed_at.is_not(None)) for is_ours in (RECEIVED, ASKED)),
}
"""What stands in a list stands in one of its branches; each follows an index of its own."""


def asked_for(reader: Reader) -> dict[str, Any]:
    """The parameters of everything above."""
    units = list(reader.person.units)
    return {
        "units": units,
        "unit_list": units,
        "me": reader.person.account_id,
        "now": reader.now,
        "today": local_day(reader.now, reader.policy.jurisdiction.zone),
        "shielded": [kind.code for kind in reader.policy.kinds if kind.shields_reporter],
        "reads_received": not reader.is_at_doors,
        "reads_asked": reader.leads,
    }
