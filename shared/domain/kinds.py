"""What kind of work a referral is: its clocks, ladders and endings, as policy gave them at the offer."""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.calendars import Limit, WorkCalendar
from shared.domain.codes import Force, Reach, Urgency, VisitMode
from shared.domain.plan import Recipient


class EndsBy(StrEnum):
    """What may close a referral: the holder's outcome, or a fact nobody can assert (domain §0.2-2)."""

    OUTCOME = "outcome"
    FACT = "fact"


class Effect(StrEnum):
    """What completing a piece of work does besides ending it (办结之后); which, the policy says.

    FOLLOW_MOVE is the register's alone to announce: an elder lives elsewhere in the place. FOLLOW_HOME_BED
    and VOID_CONTACT are the health centre's: a bed is in use or no longer, a round is struck from its record.
    """

    TELL_ELDER = "tell_elder"
    REVIEW_CLASS = "review_class"
    RECORD_ABILITY = "record_ability"
    RECORD_STATE = "record_state"
    RECORD_CONTACT = "record_contact"
    CHANGE_VISITOR = "change_visitor"
    CHANGE_DETAILS = "change_details"
    CLOSE_HAZARD = "close_hazard"
    MEET_NEED = "meet_need"
    ASK_AGAIN_LATER = "ask_again_later"
    OPEN_NEXT = "open_next"
    FOLLOW_MOVE = "follow_move"
    FOLLOW_HOME_BED = "follow_home_bed"
    VOID_CONTACT = "void_contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class HowSeen:
    """What RECORD_CONTACT puts on record: by whom, and how, the elder was met while the work was done."""

    mode: VisitMode
    reach: Reach
    force: Force


class Join(StrEnum):
    """When the lead unit may end what others support (主办、协办): after all, after any, or as it decides."""

    ALL = "all"
    ANY = "any"
    LEAD = "lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of a ladder: `after` past the limit, tell `recipient`, as `action` (a code with a label)."""

    number: int
    after: Limit
    recipient: Recipient
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """One clock: its limit, reminders in percent of it, and the rungs past it. No limit means no clock."""

    limit: Limit | None = None
    reminders: tuple[int, ...] = ()
    ladder: tuple[Rung, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSpec:
    """A kind of referral resolved for one receiving unit; carried by the process, <= 2 kB.

    calendar: the receiving unit's own working hours. declines_before_ruling: how many refusals until the
    coordinator names the unit (指定承办单位). overtaken_minutes: a rung this late is recorded as not sent.
    """

    code: str
    policy_id: str
    policy_hash: str
    accept: ClockRule
    complete: ClockRule
    calendar: WorkCalendar
    ends_by: EndsBy
    needs_confirmation: bool
    outcomes: tuple[str, ...]
    urgency: Urgency
    declines_before_ruling: int
    overtaken_minutes: int
    coordinator_unit_id: str
    is_drill: bool = False
