"""Which contact counts as a visit (探访), and for which obligations: frequency by class, mode by health.

A contact that counts for nothing is still stored and still worth something: it is 已联系. Missing consent to
enter never makes a contact count less (domain §0.2-7), and what a device says is never a contact.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from shared.domain.classification import Reason
from shared.domain.codes import Force, Reach, VisitMode
from shared.domain.conditions import Condition, Subject, holds

COUNTS = "counts"
NOT_REACHED = "not_reached"
DEVICE_ONLY = "device_only"
SEEN_FROM_AFAR = "seen_from_afar"
CONTACT_ONLY = "contact_only"
NOTHING_OWED = "nothing_owed"
HAS_LEFT = "has_left"
"""The elder has left the register: the contact is kept, and nothing is owed that it could count for."""

OTHER_FORCE = "other_force"
AGREED_ALTERNATIVE = "agreed_alternative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to reach an elder: how, what came of it, and who made it."""

    mode: VisitMode
    reach: Reach
    force: Force


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeRule:
    """For elders whom `when` describes, these modes count; the first such rule decides."""

    code: str
    when: Condition
    modes: tuple[VisitMode, ...]
    to_verify: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingRule:
    """What counts for one obligation. `forces` names who must have made the contact; empty means anybody."""

    obligation: str
    who: Condition
    modes: tuple[ModeRule, ...]
    forces: tuple[Force, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRules:
    """What a policy says about contacts. Seeing suffices in `seen_suffices_in`, elsewhere it is a clue."""

    counting: tuple[CountingRule, ...]
    device_modes: tuple[VisitMode, ...]
    seen_suffices_in: tuple[VisitMode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one contact is worth: the obligations it counts for, why, and why not for the others."""

    counts_for: tuple[str, ...]
    reason: Reason
    is_contact: bool
    withheld: tuple[tuple[str, Reason], ...] = ()
    to_verify: tuple[str, ...] = ()


def judge(attempt: Attempt, subject: Subject, rules: ContactRules) -> Verdict:
    """Judge a try under the rules in force on its day (J-06, Z-66)."""
    obstacle = _obstacle(attempt, rules)
    if obstacle:
        return Verdict(counts_for=(), reason=Reason(code=obstacle), is_contact=False)
    owed = [rule for rule in rules.counting if holds(rule.who, subject)]
    judged = [(rule.obligation, *_judge_one(attempt, subject, rule)) for rule in owed]
    return Verdict(
        counts_for=tuple(code for code, counted, _, _ in judged if counted),
        reason=_headline([(counted, reason) for _, counted, reason, _ in judged]),
        is_contact=True,
        withheld=tuple((code, reason) for code, counted, reason, _ in judged if not counted),
        to_verify=tuple(dict.fromkeys(task for *_, tasks in judged for task in tasks)),
    )


def set_apart(verdict: Verdict, mode: VisitMode, agreed: Collection[VisitMode], *, source: str) -> Verdict:
    """The verdict while the elder's state agrees to other modes (谢绝上门): they count for no visit.

    Such a contact is shown apart from one that was made in the wrong way (domain §0.2-7).
    """
    if verdict.counts_for or not verdict.withheld or mode not in agreed:
        return verdict
    reason = Reason(code=AGREED_ALTERNATIVE, params=(("mode", mode),), source=source)
    return replace(verdict, reason=reason)


def _obstacle(attempt: Attempt, rules: ContactRules) -> str:
    if attempt.mode in rules.device_modes:
        return DEVICE_ONLY
    if not attempt.reach.is_reached:
        return NOT_REACHED
    if attempt.reach is Reach.SEEN and attempt.mode not in rules.seen_suffices_in:
        return SEEN_FROM_AFAR
    return ""


def _judge_one(
    attempt: Attempt, subject: Subject, rule: CountingRule
) -> tuple[bool, Reason, tuple[str, ...]]:
    if rule.forces and attempt.force not in rule.forces:
        return False, Reason(code=OTHER_FORCE, params=(("force", attempt.force),), source=rule.source), ()
    mode_rule = next((each for each in rule.modes if holds(each.when, subject)), None)
    if mode_rule is None:
        return False, Reason(code=CONTACT_ONLY, params=(("mode", attempt.mode),), source=rule.source), ()
    counted = attempt.mode in mode_rule.modes
    params = (("rule", mode_rule.code), ("mode", attempt.mode))
    code = COUNTS if counted else CONTACT_ONLY
    return counted, Reason(code=code, params=params, source=mode_rule.source), mode_rule.to_verify


def _headline(judged: list[tuple[bool, Reason]]) -> Reason:
    """One sentence for the visitor: what it counted by, else the first thing that stood in the way."""
    counted = [reason for is_counted, reason in judged if is_counted]
    if counted:
        return counted[0]
    return judged[0][1] if judged else Reason(code=NOTHING_OWED)
