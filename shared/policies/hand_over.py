"""Handing work to a unit, and work without a kind of its own (交办、其他协助事项). Pure, as `resolve` is."""

from dataclasses import dataclass, replace

from shared.domain.kinds import KindSpec
from shared.policies.handling import Assistance, Field, handing_between
from shared.policies.model import Policy
from shared.policies.resolve import Setting, kind_spec

OTHER_ASSISTANCE = "other_assistance"
"""The kind as which every matter without a kind of its own is worked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Where work handed to a unit goes first, and on what terms.

    `unit_id` differs from the unit that was meant where somebody must stand in between.
    """

    unit_id: str
    is_direct: bool
    needs_list_item: bool
    refusable: bool
    source: str


def hand_over(setting: Setting, from_unit_id: str, to_unit_id: str) -> Handover:
    """Whether the unit may hand work about this elder to the other directly (X-13)."""
    rule = handing_between(
        setting.policy.handling,
        _roles(setting, from_unit_id),
        _roles(setting, to_unit_id),
    )
    between = setting.unit_id(rule.through) if rule.through else to_unit_id
    is_direct = between in {from_unit_id, to_unit_id}
    return Handover(
        unit_id=to_unit_id if is_direct else between,
        is_direct=is_direct,
        needs_list_item=rule.needs_list_item,
        refusable=rule.refusable,
        source=rule.source,
    )


def assistance_of(setting: Setting, unit_id: str) -> tuple[Assistance, ...]:
    """What may be asked of the unit as 其他协助事项."""
    return tuple(each for each in setting.policy.handling.assistance if setting.unit_id(each.unit) == unit_id)


def assistance_spec(code: str, setting: Setting) -> KindSpec:
    """The matter as its unit works it: 其他协助事项 with its own clocks. LookupError: no such matter."""
    found = next((each for each in setting.policy.handling.assistance if each.code == code), None)
    if found is None:
        raise LookupError(f"this policy knows no assistance {code}")
    at_unit = replace(setting, receiving_unit_id=setting.unit_id(found.unit))
    usual = kind_spec(OTHER_ASSISTANCE, at_unit)
    return replace(
        usual,
        accept=replace(usual.accept, limit=found.accept),
        complete=replace(usual.complete, limit=found.complete),
    )


def fields_for(policy: Policy, kind: str) -> tuple[Field, ...]:
    """What the receiving unit may see of the elder."""
    view = policy.kind(kind).view
    return next(each.fields for each in policy.handling.views if each.code == view)


def _roles(setting: Setting, unit_id: str) -> tuple[str, ...]:
    """What the unit plays: the plan's own bodies by the plan, committees by the directory."""
    own = next((each for each in setting.policy.units if setting.own(each.code) == unit_id), None)
    known = setting.directory.unit(unit_id)
    return own.roles if own else known.roles if known else ()
