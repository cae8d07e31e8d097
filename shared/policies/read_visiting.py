"""Reading the sections about visiting: obligations, what counts, states, recording, timing."""

from dataclasses import replace

from shared.domain.codes import Force, StateKind, VisitMode
from shared.domain.conditions import Condition
from shared.domain.plan import Period
from shared.domain.visit_modes import ContactRules, CountingRule, ModeRule
from shared.policies.messages import LIST_MARK
from shared.policies.read_conditions import read_condition
from shared.policies.reader import Reader
from shared.policies.visiting import (
    SHORTEST_DAYS,
    Finding,
    Floor,
    ObligationRule,
    Recording,
    StateRule,
    Timing,
    UnseenLimit,
    WarningRule,
)

HOURS_A_DAY = 24
MOST_TIMES = 100
MOST_DAYS = 366
"""Whoever writes more has written a figure too many."""


def read_obligations(root: Reader) -> tuple[ObligationRule, ...]:
    """The section [obligations]. Layers add up: each applies to everybody whom its `who` describes."""
    return tuple(_obligation(reader) for reader in root.entries("obligations"))


def _obligation(reader: Reader) -> ObligationRule:
    period = reader.one_of("period", Period)
    length_days = _length_days(reader, period)
    days = SHORTEST_DAYS.get(period, length_days)  # A later day would never come in a February.
    distinct = reader.child("distinct").flag("days", default=False)
    times = reader.integer("times", least=1, most=days if distinct else MOST_TIMES)
    return ObligationRule(
        code=reader.code,
        who=read_condition(reader, "who"),
        period=period,
        length_days=length_days,
        times=times,
        distinct_days=distinct,
        min_gap_hours=reader.child("gap").integer("hours", 0, most=days * HOURS_A_DAY // max(times - 1, 1)),
        binds_from_days=reader.child("first_window").integer("binds_from_days", 0, most=days),
        active_days=reader.child("adjusted").integer("active_days", 0, most=days),
        in_principle=reader.child("exceptions").flag("allowed", default=False),
        counting=reader.text("counting"),
        responsible=reader.text("responsible", ""),
        warnings=tuple(
            WarningRule(
                day=row.integer("day", least=1, most=days), time=row.clock("time"), whom=row.text("whom")
            )
            for row in reader.rows("warnings")
        ),
        source=reader.source,
    )


def _length_days(reader: Reader, period: Period) -> int:
    """Of how many days a period of days is; in others it says nothing, though a parent may write it."""
    if period is Period.DAYS:
        return reader.integer("length_days", least=1, most=MOST_DAYS)
    reader.integer("length_days", 0)
    return 0


def read_floors(root: Reader) -> tuple[Floor, ...]:
    """The section [floors]: demands that are not visited by themselves but that no place may fall below."""
    return tuple(
        Floor(
            code=reader.code,
            who=read_condition(reader, "who"),
            period=(period := reader.one_of("period", Period)),
            length_days=_length_days(reader, period),
            times=reader.integer("times", least=1, most=MOST_TIMES),
            source=reader.source,
        )
        for reader in root.entries("floors")
    )


def read_contacts(root: Reader, obligations: tuple[ObligationRule, ...]) -> ContactRules:
    """The sections [contact] and [counting], joined to the obligations that name them."""
    reader = root.child("contact")
    known = {each.code: _counting(each) for each in root.entries("counting")}
    named = [obligation for obligation in obligations if obligation.counting in known]
    return ContactRules(
        counting=tuple(
            replace(known[each.counting], obligation=each.code, who=each.who, source=each.source)
            for each in named
        ),
        device_modes=reader.some_of("device_modes", VisitMode, least=0),
        seen_suffices_in=reader.child("seen").some_of("suffices_in", VisitMode, least=0),
    )


def _counting(reader: Reader) -> CountingRule:
    return CountingRule(
        obligation="",
        who=Condition(),
        forces=reader.some_of("forces", Force, ()),
        modes=tuple(
            ModeRule(
                code=row.text("code"),
                when=read_condition(row, "when"),
                modes=row.some_of("modes", VisitMode),
                to_verify=row.texts("to_verify", ()),
                source=row.source,
            )
            for row in reader.rows("modes", least=1)
        ),
    )


def read_states(root: Reader) -> tuple[StateRule, ...]:
    """The section [states]."""
    return tuple(
        StateRule(
            kind=StateKind(reader.code),
            usual_days=reader.span("usual_days"),
            max_days=reader.span("max_days"),
            second_person=reader.limit("second_person"),
            reask_days=reader.span("reask_days", 0),
            stops_contact=reader.flag("stops_contact", default=False),
            alternative_modes=reader.some_of("alternative_modes", VisitMode, ()),
        )
        for reader in root.entries("states")
        if _is_state(reader)
    )


def _is_state(reader: Reader) -> bool:
    if reader.code in set(StateKind):
        return True
    reader.report("", "unknown_code", key="states", value=reader.code, known=LIST_MARK.join(StateKind))
    return False


def read_recording(root: Reader) -> Recording:
    """The section [recording]: findings, service items, contents, and how late a record may come."""
    reader = root.child("recording")
    late, voiding = reader.child("late_entry"), reader.child("voiding")
    contents = reader.child("contents")
    return Recording(
        findings=tuple(
            Finding(
                code=each.code,
                options=each.texts("options"),
                offers_kinds={row.text("option"): row.text("kind") for row in each.rows("offers")},
            )
            for each in reader.entries("findings")
        ),
        service_items=reader.child("service").texts("items"),
        contents={each.code: each.texts("items") for each in contents.entries("mapping")},
        red_flags=reader.child("not_seen").texts("red_flags"),
        reason_after=late.limit("reason_after"),
        counts_until_hours=late.integer("counts_until_hours"),
        clock_off_minutes=late.integer("clock_off_minutes"),
        void_own_hours=voiding.integer("own_hours"),
        void_reasons=voiding.texts("reasons"),
        void_at_source=voiding.text("at_source"),
    )


def read_timing(root: Reader) -> Timing:
    """The section [timing]."""
    reader = root.child("timing")
    return Timing(
        first_visit_days=reader.child("first_visit").span("days"),
        return_check_hours=reader.child("return_check").integer("hours", least=1),
        overtaken_minutes=reader.child("overtaken").integer("minutes"),
        declines_before_ruling=reader.child("ruling").integer("declines", least=1),
        rule_within=reader.child("ruling").limit("within"),
        idle_after=reader.child("held").limit("idle_after"),
        held_at_most=reader.child("held").integer("at_most", least=1),
        breach_causes=reader.child("breach").texts("causes"),
        acknowledge_within=reader.child("acknowledge").limit("within"),
        late_notice_minutes=reader.child("late_notice").integer("minutes"),
        substitution_days=reader.child("substitution").span("max_days"),
        assignment_days=reader.child("assignment").span("begins_within_days"),
        delegation_days=reader.child("delegation").span("max_days"),
        written_later_days=reader.child("written_later").span("within_days"),
        extra_visit_days=reader.child("extra_visit").span("within_days"),
        exception_begins_days=reader.child("exception").span("begins_within_days"),
        exception_days=reader.child("exception").span("max_days"),
        ask_again_days=reader.child("unwanted").span("ask_again_days"),
        urge_again_minutes=reader.child("urging").integer("minutes"),
    )


def read_unseen(root: Reader) -> tuple[UnseenLimit, ...]:
    """The list [[unseen]] (久未见到): the first row that describes the elder decides."""
    return tuple(
        UnseenLimit(when=read_condition(row, "when"), days=row.span("days")) for row in root.rows("unseen")
    )
