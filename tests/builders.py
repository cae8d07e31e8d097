"""What tests start from: small honest values, changed by name where a test needs it otherwise."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from shared.contracts.effects import CarryOut
from shared.contracts.wire import encode
from shared.domain.calendars import Limit, LimitUnit, WorkCalendar
from shared.domain.codes import RecipientRole, StateKind, StateStatus, Urgency
from shared.domain.kinds import ClockRule, Effect, EndsBy, KindSpec, Rung
from shared.domain.periods import local_day
from shared.domain.plan import Obligation, Period, Plan, Recipient, WindowWarning
from shared.domain.referral.commands import Appoint, Complete, Decline, FollowFact, MakeMove, TakeCalendar
from shared.domain.referral.moves import Move
from shared.domain.referral.state import Actor, ReferralState
from shared.domain.visit_cycle.facts import ContactFact, ExceptionFact, Facts, StateFact
from shared.domain.visit_cycle.state import CycleState

ZONE = "Asia/Shanghai"
SOMEBODY = UUID("00000000-0000-4000-8000-000000000001")
WEEKLY, MONTHLY = "weekly_visit", "monthly_visit"
OFFICE = "test_place:office"
JUSTICE = "test_place:justice_office"
COORDINATORS = "test_place:coordinators"


def at(text: str) -> datetime:
    """An instant from a wall time in Shanghai: "2026-11-18 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def on_the_wire(instant: datetime) -> str:
    """An instant as a process is told it."""
    return str(json.loads(encode(instant)))


def a_calendar(**changes: object) -> WorkCalendar:
    """Office hours of a usual town hall, no holidays."""
    base = WorkCalendar(
        zone=ZONE, hours=(("08:30", "11:30"), ("13:30", "17:30")), known_until=date(2027, 12, 31)
    )
    return replace(base, **changes)


def a_weekly(**changes: object) -> Obligation:
    """One contact a week, warned on Thursday 10:00, binding from four days on."""
    warning = WindowWarning(day=4, time="10:00", recipient=Recipient(role=RecipientRole.ASSIGNEE))
    base = Obligation(
        code=WEEKLY, period=Period.WEEK, times=1, binds_from_days=4, active_days=4, warnings=(warning,)
    )
    return replace(base, **changes)


def a_monthly(**changes: object) -> Obligation:
    """One contact a month, binding from ten days on."""
    base = Obligation(code=MONTHLY, period=Period.MONTH, times=1, binds_from_days=10, active_days=15)
    return replace(base, **changes)


def a_plan(*obligations: Obligation, **changes: object) -> Plan:
    """A plan of the given obligations; one weekly visit if none is given."""
    base = Plan(
        policy_id="test_place",
        policy_hash="0" * 64,
        zone=ZONE,
        obligations=obligations or (a_weekly(),),
        calendar=a_calendar(),
        late_entry_hours=48,
        first_visit_days=7,
        return_check_hours=24,
        overtaken_minutes=10,
    )
    return replace(base, **changes)


def a_cycle(*, enrolled_at: datetime, plan: Plan | None = None, coming: Facts | None = None) -> CycleState:
    """A cycle that has not begun."""
    return CycleState(
        enrolment_id=uuid4(),
        elder_id=uuid4(),
        jurisdiction_id="test_place",
        area_code="370302115201",
        enrolled_at=enrolled_at,
        plan=plan or a_plan(),
        coming=coming or Facts(),
    )


def an_effect(**changes: object) -> CarryOut:
    """What should follow from the end of some work: a state to be recorded, unless said otherwise."""
    base = CarryOut(
        effect_id=uuid4(),
        effect=Effect.RECORD_STATE,
        jurisdiction_id="test_place",
        enrolment_id=uuid4(),
        at=at("2026-11-18 10:00"),
        account_id=uuid4(),
        unit_id=OFFICE,
    )
    return replace(base, **changes)


def a_contact(
    occurred_at: datetime, *counts_for: str, known_at: datetime | None = None, is_reached: bool = True
) -> ContactFact:
    """A contact; it counts for the weekly visit unless told otherwise, and is on record at once."""
    return ContactFact(
        contact_id=uuid5(SOMEBODY, f"{occurred_at}{counts_for}{known_at}"),
        occurred_at=occurred_at,
        known_at=known_at or occurred_at,
        is_reached=is_reached,
        counts_for=counts_for or (WEEKLY,),
    )


def a_state(known_at: datetime, status: StateStatus = StateStatus.REPORTED, **changes: object) -> StateFact:
    """In hospital from then on."""
    base = StateFact(
        state_id=SOMEBODY, kind=StateKind.IN_HOSPITAL, status=status, starts_at=known_at, known_at=known_at
    )
    return replace(base, **changes)


def an_exception(starts_at: datetime, ends_at: datetime, *, known_at: datetime) -> ExceptionFact:
    """An approved exception for every obligation."""
    return ExceptionFact(
        exception_id=uuid4(), obligation="", starts_at=starts_at, ends_at=ends_at, known_at=known_at
    )


def minutes(amount: int) -> Limit:
    """A limit on the clock."""
    return Limit(amount=amount, unit=LimitUnit.MINUTES)


def working_hours(amount: int) -> Limit:
    """A limit in working time."""
    return Limit(amount=amount, unit=LimitUnit.WORKING_HOURS)


def a_rung(number: int, after: Limit, unit_id: str = OFFICE) -> Rung:
    """A rung that tells the leads of a unit."""
    recipient = Recipient(role=RecipientRole.LEAD, unit_id=unit_id)
    return Rung(number=number, after=after, recipient=recipient, action="escalate")


def a_kind(**changes: object) -> KindSpec:
    """Legal advice: four working hours to accept, two working days to answer, no confirmation."""
    ladder = (a_rung(1, working_hours(0)), a_rung(2, working_hours(2), COORDINATORS))
    base = KindSpec(
        code="legal_consultation",
        policy_id="test_place",
        policy_hash="0" * 64,
        accept=ClockRule(limit=working_hours(4), reminders=(50, 80), ladder=ladder),
        complete=ClockRule(
            limit=Limit(amount=2, unit=LimitUnit.WORKING_DAYS), reminders=(50,), ladder=ladder
        ),
        calendar=a_calendar(),
        ends_by=EndsBy.OUTCOME,
        needs_confirmation=False,
        outcomes=("advised", "forwarded"),
        urgency=Urgency.ROUTINE,
        declines_before_ruling=3,
        overtaken_minutes=10,
        coordinator_unit_id=COORDINATORS,
    )
    return replace(base, **changes)


def a_chase(**changes: object) -> KindSpec:
    """A chase: climbs until claimed, ends by a fact only."""
    ladder = (a_rung(1, minutes(0)), a_rung(2, minutes(60)), a_rung(3, minutes(120), COORDINATORS))
    base = a_kind(
        code="chase",
        accept=ClockRule(limit=minutes(0), ladder=ladder),
        complete=ClockRule(),
        ends_by=EndsBy.FACT,
        outcomes=(),
    )
    return replace(base, **changes)


def a_referral(*, offered_at: datetime, kind: KindSpec | None = None, **changes: object) -> ReferralState:
    """A referral from the office to the justice office that has not begun."""
    base = ReferralState(
        referral_id=uuid4(),
        jurisdiction_id="test_place",
        area_code="370302115201",
        kind=kind or a_kind(),
        unit_id=JUSTICE,
        requesting_unit_id=OFFICE,
        offered_at=offered_at,
        subject_id=uuid4(),
    )
    return replace(base, **changes)


def in_an_unknown_year(offered_at: datetime) -> ReferralState:
    """A referral with two working days to accept; since the day before no table says which days those are."""
    known_until = local_day(offered_at, ZONE) - timedelta(days=1)
    calendar = a_calendar(hours=(("00:00", "24:00"),), known_until=known_until)
    limit = Limit(amount=2, unit=LimitUnit.WORKING_DAYS)
    return a_referral(
        offered_at=offered_at,
        kind=a_kind(calendar=calendar, accept=ClockRule(limit=limit), complete=ClockRule()),
    )


def a_table(acted_at: datetime) -> TakeCalendar:
    """Tomorrow is free, and no weekend is: on whatever day, that moves what is `in_an_unknown_year`."""
    today = local_day(acted_at, ZONE)
    free = today + timedelta(days=1)
    days = tuple(today + timedelta(days=number) for number in range(-1, 14))
    return TakeCalendar(
        request_id=str(uuid4()),
        acted_at=acted_at,
        holidays=(free,),
        workdays=tuple(day for day in days if day != free),
        known_until=days[-1],
    )


def an_officer(unit_id: str = JUSTICE, account_id: UUID | None = None) -> Actor:
    """Somebody of the unit."""
    return Actor(account_id=account_id or uuid4(), unit_id=unit_id)


def a_move(move: Move, actor: Actor, acted_at: datetime, **changes: object) -> MakeMove:
    """A simple move."""
    base = MakeMove(request_id=str(uuid4()), move=move, actor=actor, acted_at=acted_at)
    return replace(base, **changes)


def a_refusal(actor: Actor, acted_at: datetime, **changes: object) -> Decline:
    """The unit declines; policy names the office as the next."""
    base = Decline(
        request_id=str(uuid4()),
        actor=actor,
        acted_at=acted_at,
        reason="not_our_duty",
        next_unit_id=OFFICE,
        next_kind=a_kind(),
    )
    return replace(base, **changes)


def an_outcome(actor: Actor, acted_at: datetime, outcome: str = "advised") -> Complete:
    """The holder states the outcome."""
    return Complete(request_id=str(uuid4()), actor=actor, acted_at=acted_at, outcome=outcome)


def a_ruling(acted_at: datetime, unit_id: str = JUSTICE) -> Appoint:
    """The coordinator names the unit."""
    return Appoint(
        request_id=str(uuid4()),
        actor=an_officer(COORDINATORS),
        acted_at=acted_at,
        unit_id=unit_id,
        kind=a_kind(),
    )


def a_followed_fact(move: Move, moment: datetime, reason: str = "contact") -> FollowFact:
    """A fact delivered by the relay."""
    return FollowFact(request_id=str(uuid4()), move=move, at=moment, reason=reason)


def later(moment: datetime, **amount: float) -> datetime:
    """So much later on the clock."""
    return moment + timedelta(**amount)
