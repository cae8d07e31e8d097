"""What each section of a policy decides, through the functions that services and processes call.

A decision takes the policy, the entry of its section (or nothing) and elders who differ in what the key asks.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import product

from shared.domain.classification import classify
from shared.domain.codes import Force, Reach, StateKind, VisitMode
from shared.domain.findings import Question, all_unchanged, answered
from shared.domain.phones import read_phone
from shared.domain.visit_modes import Attempt, judge
from shared.policies.directory import directory_of
from shared.policies.faults import Faults
from shared.policies.floors import check_floor
from shared.policies.forces import counted_as
from shared.policies.forms import class_cell, remark_cell
from shared.policies.handling import (
    last_day,
    next_review,
    overridden_until,
    scale_of,
)
from shared.policies.model import Policy
from shared.policies.resolve import (
    Setting,
    confirm_override_by,
    kind_spec,
    obligations_of,
    plan_for,
    responsible_unit,
    unseen_limit_days,
    verify_by,
    worth,
)
from shared.policies.visiting import contents_of
from tests.policies.decided_of_health import cared_for
from tests.policies.decided_of_justice import kept
from tests.policies.decided_of_occasions import alarmed, feast, overlaid, reported
from tests.policies.decided_of_work import assisted, attached, climbed, handed, paused, seen, worked
from tests.policies.elders import NOON, Elders
from tests.policies.leaves import tables_of
from tests.policies.plans import TODAY, directory

Decision = Callable[[Policy, str, Elders], Iterator[object]]


def place(policy: Policy, _: str, elders: Elders) -> Iterator[object]:
    here, units = policy.jurisdiction, directory(policy)
    setting = Setting(policy=policy, subject=elders[0], directory=units)
    selectors = ("coordinator", "working_group", "duty_room", "committee", "town")
    yield [setting.unit_id(selector) for selector in selectors]
    yield units, kind_spec("chase", setting).calendar, plan_for(policy, elders[0], units).calendar
    yield read_phone("67891234", here.phone_area), read_phone("6789123", here.phone_area)


def unit(policy: Policy, code: str, elders: Elders) -> Iterator[object]:
    units = directory_of(policy)
    setting = Setting(policy=policy, subject=elders[0], directory=units, receiving_unit_id=units.id_of(code))
    yield units.unit(units.id_of(code)), units.parent_of(units.id_of(code))
    yield kind_spec("drill", setting).calendar


def answering(policy: Policy, _: str, elders: Elders) -> Iterator[object]:
    return (responsible_unit(policy, elder, directory(policy)) for elder in elders)


def circumstance(policy: Policy, _: str, __: Elders) -> Iterator[object]:
    yield last_day(policy.passing, TODAY), next_review(policy.passing, TODAY, TODAY)


def classes(policy: Policy, _: str, elders: Elders) -> Iterator[object]:
    """The class, and by which rules; which values of a rule fitted is its reason and no decision."""
    yield overridden_until(policy.override, TODAY), confirm_override_by(policy, NOON)
    for elder in elders:
        found = classify(elder.facts, policy.classification, TODAY)
        codes = [reason.code for reason in found.reasons]
        yield found.tier, found.groups, found.presumptive, found.to_verify, codes


def doubt(policy: Policy, code: str, _: Elders) -> Iterator[object]:
    yield verify_by(policy, code, NOON)


def scale(policy: Policy, _: str, __: Elders) -> Iterator[object]:
    levels = {level for each in policy.scales for level in each.levels}
    return (scale_of(policy.scales, level) for level in sorted(levels))


def refusals(policy: Policy, _: str, __: Elders) -> Iterator[object]:
    """Whom a place would leave below the floor: as it is, and if it owed nothing at all."""
    for place in (policy, replace(policy, obligations=())):
        faults = Faults()
        check_floor(place, tables_of(policy.id), faults)
        yield faults.found


def owed(policy: Policy, _: str, elders: Elders) -> Iterator[object]:
    units = directory(policy)
    for elder in elders:
        yield plan_for(policy, elder, units).obligations
        rules = obligations_of(policy, elder)
        yield [(rule.in_principle, responsible_unit(policy, elder, units, rule.code)) for rule in rules]
    yield from counted(policy, "", elders)


def counted(policy: Policy, _: str, elders: Elders) -> Iterator[object]:
    for force, elder, mode in product(Force, elders, VisitMode):
        verdict = judge(Attempt(mode=mode, reach=Reach.SPOKEN_WITH, force=force), elder, policy.contacts)
        yield verdict.counts_for, verdict.to_verify, verdict.reason.params, verdict.withheld


def contact(policy: Policy, _: str, elders: Elders) -> Iterator[object]:
    for mode, reach in product(VisitMode, (Reach.SPOKEN_WITH, Reach.SEEN)):
        attempt = Attempt(mode=mode, reach=reach, force=Force.VISITOR)
        yield judge(attempt, elders[0], policy.contacts).is_contact


def agreed(policy: Policy, state: str, elders: Elders) -> Iterator[object]:
    tries = [Attempt(mode=mode, reach=Reach.SPOKEN_WITH, force=Force.VISITOR) for mode in VisitMode]
    return (worth(policy, each, elders[1], StateKind(state)) for each in tries)


def unseen(policy: Policy, _: str, elders: Elders) -> Iterator[object]:
    return (unseen_limit_days(policy, elder) for elder in elders)


def timing(policy: Policy, _: str, elders: Elders) -> Iterator[object]:
    units = directory(policy)
    plan = plan_for(policy, elders[0], units)
    yield plan.first_visit_days, plan.return_check_hours, plan.overtaken_minutes
    setting = Setting(policy=policy, subject=elders[0], directory=units)
    yield kind_spec("chase", setting).declines_before_ruling
    yield policy.timing.rule_within, policy.timing.idle_after, policy.timing.held_at_most
    yield policy.timing.breach_causes


def recorded(policy: Policy, _: str, elders: Elders) -> Iterator[object]:
    recording = policy.recording
    questions = [Question(code=each.code, options=each.options) for each in recording.findings]
    yield all_unchanged(questions), answered(questions, all_unchanged(questions)), questions
    yield [contents_of(recording, [item]) for item in ITEMS]
    yield plan_for(policy, elders[0], directory(policy)).late_entry_hours


def taking_part(policy: Policy, code: str, _: Elders) -> Iterator[object]:
    yield counted_as(policy.forces, code)


def printed(policy: Policy, _: str, elders: Elders) -> Iterator[object]:
    for elder in elders:
        yield class_cell(policy.forms, elder, policy.label), remark_cell(policy.forms, elder, policy.label)


ITEMS = (
    "health", "home_safety", "daily_care", "rehabilitation", "comfort", "environment", "rescue", "activities",
    "other_service", "policy_link", "emergency_help", "greetings",
)  # fmt: skip
DECISIONS: Mapping[str, Decision] = {
    "jurisdiction": place,
    "units": unit,
    "responsible": answering,
    "circumstances": circumstance,
    "classification": classes,
    "verification": doubt,
    "scales": scale,
    "floors": refusals,
    "obligations": owed,
    "counting": counted,
    "contact": contact,
    "states": agreed,
    "timing": timing,
    "unseen": unseen,
    "recording": recorded,
    "ladders": climbed,
    "kinds": worked,
    "justice": kept,
    "pauses": paused,
    "handlings": paused,
    "views": seen,
    "handing": handed,
    "assistance": assisted,
    "attachments": attached,
    "participants": taking_part,
    "overlays": overlaid,
    "overlay_sharing": overlaid,
    "festivals": feast,
    "alarms": alarmed,
    "reports": reported,
    "forms": printed,
    "health_care": cared_for,
}
