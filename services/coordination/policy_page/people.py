"""The policy page about people: who is meant, which class, what counts, who visits, what is printed."""

from collections.abc import Iterator

from services.coordination.policy_page.conditions import area_words, who_words
from services.coordination.policy_page.lines import PolicyLine, joined, limit_words, line
from services.coordination.policy_page.messages import CELL_PARTS, POLICY
from shared.policies.forms import CellPart
from shared.policies.model import Policy


def circumstances(policy: Policy) -> Iterator[PolicyLine]:
    """What each circumstance of this plan means, and what shows it."""
    for rule in policy.definitions:
        if rule.code in policy.circumstances:
            yield line(
                policy,
                f"circumstances.definitions.{rule.code}",
                "circumstance",
                name=policy.label("circumstances", rule.code),
                text=rule.text,
                evidence=joined(policy, "evidence", rule.evidence),
            )
    passing = policy.passing
    path = "circumstances.temporary"
    yield line(policy, path, "passing", review=passing.review_days, most=passing.max_days)
    for scale in policy.scales:
        name = policy.label("scales", scale.code)
        yield line(policy, f"scales.{scale.code}", "scale", name=name, version=scale.version)


def classification(policy: Policy) -> Iterator[PolicyLine]:
    """Tiers, groups, contradictions, and by when what is unknown is found out."""
    rules = policy.classification
    for number, tier in enumerate(rules.tiers):
        code = "tier_presumptive" if tier.presumptive else "tier"
        said = {
            "name": policy.label("rules", tier.code),
            "tier": policy.label("tiers", tier.tier),
            "verify": joined(policy, "to_verify", tier.to_verify),
            "who": who_words(policy, tier.when, after=number),
        }
        yield line(policy, f"classification.tiers[{number}]", code, **said)
    for number, group in enumerate(rules.groups):
        name, label = policy.label("rules", group.code), policy.label("groups", group.group)
        who = who_words(policy, group.when)
        yield line(policy, f"classification.groups[{number}]", "group", name=name, group=label, who=who)
    for section, checks in (("not_eligible", rules.eligible), ("checks", rules.checks)):
        for number, check in enumerate(checks):
            name, verify = policy.label("rules", check.code), joined(policy, "to_verify", check.to_verify)
            said = {"name": name, "verify": verify, "who": who_words(policy, check.when)}
            yield line(policy, f"classification.{section}[{number}]", "check", **said)
    for code, limit in policy.verification.items():
        name = policy.label("to_verify", code)
        yield line(policy, f"verification.{code}", "verify", name=name, within=limit_words(limit))
    override = policy.override
    within = limit_words(override.second_person)
    yield line(policy, "classification.override", "override", within=within, days=override.valid_days)


def counting(policy: Policy) -> Iterator[PolicyLine]:
    """Which modes count for whom; of a town what it says otherwise."""
    areas = {f"{town.id}/": area_words(policy, town.area_code) for town in policy.towns}
    told: list[object] = []
    for owed, rule in zip(policy.obligations, policy.contacts.counting, strict=True):
        if (rule.modes, rule.forces) in told:
            continue
        told.append((rule.modes, rule.forces))
        path = f"{owed.layer}counting.{owed.counting}"
        for number, mode in enumerate(rule.modes):
            said = {
                "modes": joined(policy, "modes", mode.modes),
                "who": who_words(policy, mode.when, after=number),
            }
            name = policy.label("rules", mode.code)
            if owed.layer:
                name = POLICY["unit"].format(name=areas[owed.layer], duties=name)
            yield line(policy, f"{path}.modes[{number}]", "counting", name=name, **said)
        if rule.forces:
            forces = joined(policy, "forces", rule.forces)
            yield line(policy, f"{path}.forces", "counting_forces", name=name, forces=forces)


def forces(policy: Policy) -> Iterator[PolicyLine]:
    """Who visits."""
    for force in policy.forces.forces:
        name = policy.label("forces_of_plan", force.code)
        yield line(policy, f"forces.{force.code}", "force", name=name, text=force.text)
    for each in policy.forces.participants:
        name, force_name = policy.label("participants", each.code), policy.label("forces", each.counts_as)
        yield line(policy, f"participants.{each.code}", "participant", name=name, force=force_name)


def forms(policy: Policy) -> Iterator[PolicyLine]:
    """What is printed."""
    for sheet in policy.forms.sheets:
        yield line(
            policy,
            f"forms.sheets.{sheet.code}",
            "sheet_with_foot" if sheet.foot else "sheet",
            name=sheet.title,
            format=POLICY["landscape" if sheet.is_landscape else "portrait"],
            columns=POLICY["comma"].join(sheet.columns),
            foot=POLICY["comma"].join(sheet.foot),
        )
    cell, remark = _parts(policy.forms.class_cell), _parts(policy.forms.remark_cell)
    yield line(policy, "forms.class_cell", "class_cell", cell=cell, remark=remark)


def _parts(parts: tuple[CellPart, ...]) -> str:
    return POLICY["comma"].join(CELL_PARTS[part] for part in parts)
