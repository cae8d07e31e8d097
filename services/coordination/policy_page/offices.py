"""The policy page about the place and its offices: units, police, health centre, judicial office."""

from collections.abc import Iterator

from services.coordination.policy_page.lines import PolicyLine, hours_words, joined, limit_words, line
from services.coordination.policy_page.messages import DUTY_STEPS, POLICY
from shared.domain.health.rules import Threshold
from shared.policies.model import Policy


def place(policy: Policy) -> Iterator[PolicyLine]:
    """The place itself: its area, hours, who coordinates, how its telephone numbers are written."""
    here = policy.jurisdiction
    hours, notices = hours_words(here.hours), hours_words(here.notice_hours)
    yield line(policy, "jurisdiction.area_code", "area", name=here.name, area=here.area_code)
    yield line(policy, "jurisdiction.hours", "hours", hours=hours)
    yield line(policy, "jurisdiction.notice_hours", "notice_hours", hours=notices)
    coordinator, group = policy.unit(here.coordinator_unit).name, policy.unit(here.working_group_unit).name
    path = "jurisdiction.coordinator_unit"
    yield line(policy, path, "coordinator", coordinator=coordinator, group=group)
    phone = here.phone_area
    yield line(policy, "jurisdiction.phone_code", "phones", code=phone.code, digits=phone.digits)


def units(policy: Policy) -> Iterator[PolicyLine]:
    """Each body with its duties, whom it stands under, and its own territory and hours."""
    here = policy.jurisdiction
    for unit in policy.units:
        duties = POLICY["and"].join(duty.text for duty in unit.duties) or POLICY["no_duty"]
        yield line(policy, f"units.{unit.code}", "unit", name=unit.name, duties=duties)
        if unit.area_code != here.area_code:
            said = {"name": unit.name, "area": unit.area_code}
            yield line(policy, f"units.{unit.code}.area_code", "area", **said)
        if unit.hours != here.hours:
            said = {"name": unit.name, "hours": hours_words(unit.hours)}
            yield line(policy, f"units.{unit.code}.hours", "unit_hours", **said)


def police(policy: Policy) -> Iterator[PolicyLine]:
    """News of residents and by when the register decides on it; the station's own limit."""
    for rule in policy.population:
        at = f"population.{rule.kind}"
        said = {"name": policy.label("population_changes", rule.kind), "within": limit_words(rule.within)}
        said["second"] = POLICY["second_person"] if rule.second_person else ""
        state = policy.label("states", rule.state) if rule.state else ""
        said["meanwhile"] = POLICY["meanwhile"].format(state=state) if state else ""
        yield line(policy, at, "news", **said)
    within = limit_words(policy.policing.arrive_within)
    yield line(policy, "police.welfare_check.arrive_within", "arrive", within=within)


def health(policy: Policy) -> Iterator[PolicyLine]:
    """Contracts, follow-up, home beds, and from which reading on something is wrong."""
    rules = policy.health_care
    contract = {"months": rules.contract.months, "days": rules.contract.renew_within_days}
    yield line(policy, "health_care.contract", "contract", **contract)
    for each in rules.programmes:
        name = policy.label("programmes", each.code)
        at = f"health_care.programmes.{each.code}"
        yield line(policy, at, "programme", name=name, months=each.every_months)
    yield line(policy, "health_care.remind_days", "follow_up_reminder", days=rules.remind_days)
    bed = rules.home_bed
    first, agreement = limit_words(bed.first_visit), limit_words(bed.agreement)
    days = {"round": bed.round_days, "review": bed.review_days}
    yield line(policy, "health_care.home_bed", "home_bed", first=first, agreement=agreement, **days)
    moves = joined(policy, "bed_moves", bed.visits)
    as_what = {"mode": policy.label("modes", bed.seen.mode), "force": policy.label("forces", bed.seen.force)}
    yield line(policy, "health_care.home_bed.seen", "home_bed_seen", moves=moves, **as_what)
    for vital in rules.vitals:
        said = {"name": policy.label("vitals", vital.vital), "least": vital.least, "most": vital.most}
        at = f"health_care.vitals.{vital.vital}"
        yield line(policy, at, "vital", decimals=vital.decimals, **said)
    for number, limit in enumerate(rules.thresholds):
        yield line(policy, f"health_care.thresholds[{number}]", "threshold", **_threshold(policy, limit))


def _threshold(policy: Policy, limit: Threshold) -> dict[str, object]:
    bounds = [POLICY["at_least"].format(value=limit.at_least)] if limit.at_least is not None else []
    bounds += [POLICY["at_most"].format(value=limit.at_most)] if limit.at_most is not None else []
    return {
        "name": policy.label("vitals", limit.vital),
        "bounds": POLICY["comma"].join(bounds),
        "sign": policy.label("signs", limit.sign),
        "urgent": POLICY["urgent"] if limit.is_urgent else "",
    }


def justice(policy: Policy) -> Iterator[PolicyLine]:
    """Legal aid, protection orders, and the steps by which a family is reminded of its duty."""
    rules = policy.justice
    yield line(policy, "justice.early_start", "early_start", days=rules.early_start_days)
    yield line(policy, "justice.protection_order", "protection_order", months=rules.order_months)
    for limit in rules.order_limits:
        what, body = policy.label("external", limit.code), policy.label("bodies", limit.body)
        at = f"justice.protection_order.external.{limit.code}"
        said = {"what": what, "limit": limit_words(limit.limit), "body": body}
        yield line(policy, at, "external", name=POLICY["order"], **said)
    months = rules.assess_months
    yield line(policy, "justice.family_duty.assess_months", "duty_asked", months=months)
    for stage in rules.duty_stages:
        if stage.within:
            at, name = f"justice.family_duty.{stage.step}", DUTY_STEPS[stage.step]
            yield line(policy, at, "duty_stage", name=name, within=limit_words(stage.within))
