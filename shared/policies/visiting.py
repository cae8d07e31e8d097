"""What a policy says about visiting: obligations, states, what is asked, and the plan-wide numbers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from shared.domain.calendars import Limit
from shared.domain.codes import StateKind, VisitMode
from shared.domain.conditions import Condition
from shared.domain.plan import Period

SHORTEST_DAYS = {Period.WEEK: 7, Period.MONTH: 28, Period.QUARTER: 90}
LONGEST_DAYS = {Period.WEEK: 7, Period.MONTH: 31, Period.QUARTER: 92}
"""How long a natural period can be; one of days is as long as it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRule:
    """A warning before a window of an obligation closes: on which day of the period, when, and whom."""

    day: int
    time: str
    whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """What a higher level demands at least (底线): a place may ask for more, never for less (Z-05)."""

    code: str
    who: Condition
    period: Period
    length_days: int
    times: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationRule:
    """What is owed, to whom, and how often (探访义务). `in_principle` (原则上) allows approved exceptions.

    `responsible` overrides the unit that answers for it; `counting` names the rule that says what counts.
    `layer` is the town's file that says so, with a slash; empty for what the whole place is owed.
    """

    code: str
    who: Condition
    period: Period
    length_days: int
    times: int
    distinct_days: bool
    min_gap_hours: int
    binds_from_days: int
    active_days: int
    in_principle: bool
    counting: str
    responsible: str
    warnings: tuple[WarningRule, ...]
    source: str
    layer: str = ""

    @property
    def path(self) -> str:
        """Where the policy says so (`Policy.why`)."""
        return f"{self.layer}obligations.{self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRule:
    """One state that keeps an elder from being visited (状态, domain §0.2-3).

    usual_days: the expected end that the form offers. second_person: by when another person confirms.
    reask_days: how often somebody asks again; 0 for never. stops_contact: nobody calls or knocks meanwhile.
    """

    kind: StateKind
    usual_days: int
    max_days: int
    second_person: Limit
    reask_days: int
    stops_contact: bool
    alternative_modes: tuple[VisitMode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing asked at each contact (情况), with the answers offered; the first is "no change"."""

    code: str
    options: tuple[str, ...]
    offers_kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What is asked at a contact, and how late it may be recorded.

    contents: for each of the plan's contents, the service items (form columns) that it ticks.
    red_flags: what makes an unreached try an alarm at once (domain §2.4 step 3).
    clock_off_minutes: a sender's clock that differs more than this from ours is believed about nothing.
    void_own_hours: how long who visited or recorded may void the record; after that it takes somebody else.
    void_at_source: why a contact is voided whose own record another service has struck out.
    """

    findings: tuple[Finding, ...]
    service_items: tuple[str, ...]
    red_flags: tuple[str, ...]
    contents: Mapping[str, tuple[str, ...]]
    reason_after: Limit
    counts_until_hours: int
    clock_off_minutes: int
    void_own_hours: int
    void_reasons: tuple[str, ...]
    void_at_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The plan-wide numbers of domain §0.2, in the unit of each name.

    late_notice_minutes: a routine notice that is so late, because we or a provider were away, waits for
    office hours again. rule_within: how soon the coordinator names a unit. idle_after: a claim of which
    nobody has heard for so long goes back to its unit. held_at_most: so much routine work one person may
    hold at a time. breach_causes: what may have made somebody late. substitution_days: who stands in for
    longer is another visitor. assignment_days: so far from today, either way, a visitor may begin.
    delegation_days: who stands in for a holder for longer should have the work. written_later_days: a day
    that was longer ago than that is no day on which something begins or was done, but a slip of the pen.
    extra_visit_days: until then an extra visit (加访) may be asked for. exception_begins_days: so far from
    now, either way, an approved exception may begin; exception_days: so long it may last. ask_again_days:
    when somebody asks again about what an elder did not want. urge_again_minutes: how soon after one urging
    (催办) the same work may be urged again.
    """

    first_visit_days: int
    return_check_hours: int
    overtaken_minutes: int
    declines_before_ruling: int
    rule_within: Limit
    idle_after: Limit
    held_at_most: int
    breach_causes: tuple[str, ...]
    acknowledge_within: Limit
    late_notice_minutes: int
    substitution_days: int
    assignment_days: int
    delegation_days: int
    written_later_days: int
    extra_visit_days: int
    exception_begins_days: int
    exception_days: int
    ask_again_days: int
    urge_again_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnseenLimit:
    """After how many days without being seen an elder is flagged (久未见到), for whom `when` describes."""

    when: Condition
    days: int


def contents_of(recording: Recording, items: Collection[str]) -> tuple[str, ...]:
    """Which of the plan's contents (服务内容) a contact with those service items belongs to (domain §5.4)."""
    return tuple(code for code, ticked in recording.contents.items() if set(ticked) & set(items))
