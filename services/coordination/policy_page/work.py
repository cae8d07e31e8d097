"""The policy page about work handed to units: who gets it, its clocks, who is told, what it leads to."""

from collections.abc import Iterator

from services.coordination.policy_page.conditions import who_words
from services.coordination.policy_page.lines import PolicyLine, joined, limit_words, line, whom_words
from services.coordination.policy_page.messages import POLICY
from shared.policies.handling import Handing
from shared.policies.model import Policy
from shared.policies.referring import ClockSpec, ReferralKind


def ladders(policy: Policy) -> Iterator[PolicyLine]:
    """Each rung: how long after the limit, whom, and what is done."""
    for code, rungs in policy.ladders.items():
        for number, rung in enumerate(rungs, start=1):
            yield line(
                policy,
                f"ladders.{code}.rungs[{number - 1}]",
                "rung",
                name=policy.label("ladders", code),
                number=number,
                after=limit_words(rung.after),
                whom=whom_words(policy, rung.whom),
                action=policy.label("actions", rung.action),
            )


def kinds(policy: Policy) -> Iterator[PolicyLine]:
    """Each kind of work, with the limits that bind others beside it."""
    for kind in policy.kinds:
        path, name = f"kinds.{kind.code}", policy.label("kinds", kind.code)
        basis = POLICY["basis"].format(clause=policy.clause(kind.word_basis)) if kind.word_basis else ""
        handling, view = policy.label("handlings", kind.handling), policy.label("views", kind.view)
        word = policy.label("elders_word", kind.elders_word) + basis
        yield line(policy, path, "kind", name=name, handling=handling, view=view, word=word)
        yield from _clocks(policy, kind)
        for number, route in enumerate(kind.routes):
            said = {"who": who_words(policy, route.when, after=number), "whom": whom_words(policy, route.to)}
            yield line(policy, f"{path}.routes[{number}]", "route", name=name, **said)
        if kind.outcomes:
            outcomes = joined(policy, "outcomes", kind.outcomes)
            yield line(policy, f"{path}.outcomes", "outcomes", name=name, outcomes=outcomes)
        yield from _effects(policy, kind)
        if kind.emergency_numbers:
            numbers = POLICY["comma"].join(kind.emergency_numbers)
            yield line(policy, f"{path}.emergency_numbers", "emergency", name=name, numbers=numbers)
        for outside in kind.external:
            what, limit = policy.label("external", outside.code), limit_words(outside.limit)
            said = {"what": what, "limit": limit, "body": policy.label("bodies", outside.body)}
            yield line(policy, f"{path}.external.{outside.code}", "external", name=name, **said)


def handling(policy: Policy) -> Iterator[PolicyLine]:
    """Grounds and caps of pauses, extensions, what a receiver may see, and what may be attached."""
    rules = policy.handling
    for pause in rules.pauses:
        name = policy.label("pauses", pause.code)
        yield line(policy, f"pauses.{pause.code}", "pause", name=name, days=pause.max_days)
    for each in rules.handlings:
        is_free = each.pauses or each.extensions_at_most
        yield line(
            policy,
            f"handlings.{each.code}",
            "handling" if is_free else "handling_none",
            name=policy.label("handlings", each.code),
            times=each.pauses_at_most,
            days=each.paused_days_at_most,
            extensions=each.extensions_at_most,
            by=limit_words(each.extension),
        )
    for view in rules.views:
        if view.fields:
            name, fields = policy.label("views", view.code), joined(policy, "fields", view.fields)
            yield line(policy, f"views.{view.code}", "view", name=name, fields=fields)
    files = rules.attachments
    most = {"files": files.files, "size": files.megabytes, "pixels": files.megapixels}
    yield line(policy, "attachments", "attachments", **most)


def handing(policy: Policy) -> Iterator[PolicyLine]:
    """Who may hand work to whom, and what may be asked of each unit."""
    for number, row in enumerate(policy.handling.handing):
        origin, to = _role(policy, row.from_role), _role(policy, row.to_role)
        how, terms = _how(policy, row), _terms(row)
        yield line(policy, f"handing[{number}]", "handing", origin=origin, to=to, how=how, terms=terms)
    for matter in policy.handling.assistance:
        yield line(
            policy,
            f"assistance.{matter.code}",
            "assistance",
            unit=whom_words(policy, matter.unit),
            text=matter.text,
            accept=limit_words(matter.accept),
            complete=limit_words(matter.complete),
        )


def _clocks(policy: Policy, kind: ReferralKind) -> Iterator[PolicyLine]:
    path, name = f"kinds.{kind.code}", policy.label("kinds", kind.code)
    written = [(f"{path}.{each}", "", each, getattr(kind, each)) for each in ("accept", "complete")]
    for number, variant in enumerate(kind.variants):
        who = POLICY["for_whom"].format(who=who_words(policy, variant.when))
        at = f"{path}.variants[{number}]"
        written += [(f"{at}.{each}", who, each, getattr(variant, each)) for each in ("accept", "complete")]
    for at, who, clock, spec in written:
        if spec:
            words = _clock(policy, spec)
            yield line(
                policy, at, "clock", name=name, who=who, clock=policy.label("clocks", clock), words=words
            )


def _clock(policy: Policy, spec: ClockSpec) -> str:
    """The limit, when somebody is reminded on the way, and who is told once it is over."""
    words = limit_words(spec.limit)
    if spec.reminders:
        percents = POLICY["comma"].join(f"{each}%" for each in spec.reminders)
        words += POLICY["reminders"].format(percents=percents)
    return words + (
        POLICY["climbs"].format(ladder=policy.label("ladders", spec.ladder)) if spec.ladder else ""
    )


def _effects(policy: Policy, kind: ReferralKind) -> Iterator[PolicyLine]:
    for number, row in enumerate(kind.effects):
        does = joined(policy, "effects", row.does)
        if row.state:
            does += POLICY["as"].format(what=policy.label("states", row.state))
        if row.next_kind:
            does += POLICY["as"].format(what=policy.label("kinds", row.next_kind))
        outcome = policy.label("outcomes", row.outcome) if row.outcome else POLICY["other_outcomes"]
        name, at = policy.label("kinds", kind.code), f"kinds.{kind.code}.effects[{number}]"
        yield line(policy, at, "effect", name=name, outcome=outcome, does=does)


def _role(policy: Policy, role: str) -> str:
    return policy.label("unit_roles", role) if role else POLICY["anybody"]


def _how(policy: Policy, row: Handing) -> str:
    if not row.through:
        return POLICY["directly"]
    return POLICY["through"].format(whom=whom_words(policy, row.through))


def _terms(row: Handing) -> str:
    return (POLICY["list_item"] if row.needs_list_item else "") + (
        POLICY["refusable"] if row.refusable else ""
    )
