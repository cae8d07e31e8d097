"""What the sections about handling, overlays, alarms and reports say of each other."""

from collections.abc import Iterator

from shared.domain.kinds import Effect
from shared.policies.check_names import Found, unknown
from shared.policies.faults import Faults
from shared.policies.layers import Layered
from shared.policies.model import Policy
from shared.policies.places import Selector
from shared.policies.referring import ElderWord, Opening, ReferralKind

ANNOUNCED = frozenset({Effect.FOLLOW_MOVE, Effect.FOLLOW_HOME_BED, Effect.VOID_CONTACT})
MAY_DO = tuple(effect for effect in Effect if effect not in ANNOUNCED)
"""What a file may ask for; the others are announced by the service alone that holds the fact."""


def check_handling(policy: Policy, layered: Layered, faults: Faults) -> None:
    """Note every fault between these sections."""
    for part in (_kinds, _pauses, _handing, _overlays, _alarms, _definitions):
        for path, code, params in part(policy):
            faults.found.append(layered.fault(path, code, **params))


def selectors_of(policy: Policy) -> Iterator[tuple[str, str, bool]]:
    """Path, selector, and whether it may mean a person, of every selector in these sections."""
    rules = policy.handling
    for each in rules.handlings:
        if each.extension:
            yield f"handlings.{each.code}.extension.granted_by", each.extended_by, False
    for index, row in enumerate(rules.handing):
        if row.through:
            yield f"handing[{index}].through", row.through, False
    for matter in rules.assistance:
        yield f"assistance.{matter.code}.unit", matter.unit, False
    for report in policy.reports:
        yield f"reports.{report.code}.signed_by", report.signed_by, False


def _kinds(policy: Policy) -> Found:
    handlings = [each.code for each in policy.handling.handlings]
    views = [each.code for each in policy.handling.views]
    for kind in policy.kinds:
        path = f"kinds.{kind.code}"
        yield from unknown(f"{path}.handling", [kind.handling], handlings)
        yield from unknown(f"{path}.view", [kind.view], views)
        named = [row.outcome for row in kind.effects if row.outcome]
        yield from unknown(f"{path}.effects", named, kind.outcomes)
        yield from _dead_effects(kind)
        yield from _effects(kind, policy)
        yield from _basis(kind, policy)


def _dead_effects(kind: ReferralKind) -> Found:
    open_to_all = [number for number, row in enumerate(kind.effects, start=1) if not row.outcome]
    for number in range((open_to_all or [len(kind.effects)])[0] + 1, len(kind.effects) + 1):
        yield f"kinds.{kind.code}.effects[{number - 1}]", "dead_effect", {"number": str(number)}


def _effects(kind: ReferralKind, policy: Policy) -> Found:
    """What is recorded or opened is named in the same row."""
    scales = [each.code for each in policy.scales]
    by_hand = [each.code for each in policy.kinds if each.opened is Opening.BY_HAND]
    for number, row in enumerate(kind.effects):
        path = f"kinds.{kind.code}.effects[{number}]"
        if (Effect.RECORD_STATE in row.does) is not (row.state is not None):
            yield path, "effect_incomplete", {"value": Effect.RECORD_STATE, "key": "state"}
        if (Effect.OPEN_NEXT in row.does) is not bool(row.next_kind):
            yield path, "effect_incomplete", {"value": Effect.OPEN_NEXT, "key": "next"}
        if (Effect.RECORD_CONTACT in row.does) is not (row.seen is not None):
            yield path, "effect_incomplete", {"value": Effect.RECORD_CONTACT, "key": "seen"}
        if (Effect.RECORD_ABILITY in row.does) is not bool(row.scale):
            yield path, "effect_incomplete", {"value": Effect.RECORD_ABILITY, "key": "scale"}
        yield from unknown(f"{path}.scale", [row.scale], scales)
        yield from unknown(f"{path}.does", row.does, MAY_DO)
        yield from unknown(f"{path}.next", [row.next_kind], by_hand)


def _basis(kind: ReferralKind, policy: Policy) -> Found:
    """Who acts without anybody's word names the clause that allows it (domain §0.2-8)."""
    if kind.elders_word is not ElderWord.NONE or kind.is_drill:
        return
    code, _, clause = kind.word_basis.partition(":")
    document = policy.documents.get(code)
    if document is None or (document.clauses and clause not in document.clauses):
        yield f"kinds.{kind.code}", "no_basis", {"key": kind.code, "value": kind.word_basis}


def _pauses(policy: Policy) -> Found:
    known = [pause.code for pause in policy.handling.pauses]
    for each in policy.handling.handlings:
        yield from unknown(f"handlings.{each.code}.pauses", each.pauses, known)


def _handing(policy: Policy) -> Found:
    rows = policy.handling.handing
    if not rows or rows[-1].from_role or rows[-1].to_role:
        yield "handing", "no_handing", {}
    listed = {row.to_role: row for row in rows if row.needs_list_item}
    for kind in policy.kinds:
        for index, route in enumerate(kind.routes):
            if route.to == Selector.COMMITTEE and route.to in listed:
                through = listed[route.to].through
                yield f"kinds.{kind.code}.routes[{index}]", "not_through", {"value": through}


def _overlays(policy: Policy) -> Found:
    festivals = [festival.code for festival in policy.festivals]
    for rule in policy.overlays.overlays:
        if rule.occasion == "festival":
            yield from unknown(f"overlays.{rule.code}.names", rule.names, festivals)
        for index, extra in enumerate(rule.extra):
            path = f"overlays.{rule.code}.extra[{index}].first_modes"
            yield from unknown(path, extra.first_modes, extra.modes)
    if policy.overlays.shares and not policy.overlays.may_share:
        yield "overlay_sharing.switched_on", "sharing_not_written", {}


def _alarms(policy: Policy) -> Found:
    rules = policy.alarms
    levels, reports = [level.code for level in rules.severities], [each.code for each in policy.reports]
    for level in rules.severities:
        path = f"alarms.severities.{level.code}"
        yield from _ladder(path, level.ladder, policy)
        yield from unknown(f"{path}.report", [level.report], reports)
    for index, row in enumerate(rules.signals):
        yield from unknown(f"alarms.signals[{index}].severity", [row.severity], levels)
    signals = [row.signal for row in rules.signals]
    for index, reading in enumerate(rules.readings.rows):
        yield from unknown(f"alarms.readings[{index}].signal", [reading.signal], signals)
    for report in policy.reports:
        yield from _ladder(f"reports.{report.code}", report.ladder, policy)


def _definitions(policy: Policy) -> Found:
    defined = {rule.code for rule in policy.definitions}
    for code in policy.circumstances:
        if code not in defined:
            yield "circumstances.definitions", "missing", {"key": code}


def _ladder(path: str, ladder: str, policy: Policy) -> Found:
    if ladder not in policy.ladders:
        yield path, "unknown_ladder", {"key": path, "value": ladder}
