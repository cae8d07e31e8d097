"""What a policy gives one elder, said so fully that two policies can be compared by it."""

from collections.abc import Iterator
from dataclasses import replace

from deploy.cli import messages
from services.coordination.policy_page.lines import joined
from services.coordination.policy_page.visits import owed_words, terms_of
from shared.domain.classification import classify
from shared.domain.conditions import Subject, holds
from shared.domain.visit_modes import CountingRule
from shared.policies.model import Policy
from shared.policies.visiting import ObligationRule


class Standing:
    """The class of each elder, what is owed by it, on which terms, and what counts, in a policy's words."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._owed = {rule.path: tuple(_owed(policy, rule)) for rule in policy.obligations}

    def of(self, subject: Subject) -> tuple[str, ...]:
        """Everything that the rules give the elder, classed as they would class today."""
        policy = self._policy
        found = classify(subject.facts, policy.classification, subject.on)
        classed = replace(subject, tier=found.tier, groups=found.groups)
        words = [policy.label("tiers", found.tier)] if found.tier else []
        words += [policy.label("groups", group) for group in found.groups]
        for rule, counting in zip(policy.obligations, policy.contacts.counting, strict=True):
            if holds(rule.who, classed):
                words += [*self._owed[rule.path], self._counts(rule, counting, classed)]
        return tuple(words)

    def _counts(self, rule: ObligationRule, counting: CountingRule, subject: Subject) -> str:
        """By which modes and forces the duty is done for this elder."""
        decides = next((each for each in counting.modes if holds(each.when, subject)), None)
        modes = joined(self._policy, "modes", decides.modes) if decides else messages.NOTHING
        name = self._policy.label("obligations", rule.code)
        if not counting.forces:
            return messages.COUNTS.format(name=name, modes=modes)
        forces = joined(self._policy, "forces", counting.forces)
        return messages.COUNTS_BY.format(name=name, modes=modes, forces=forces)


def _owed(policy: Policy, rule: ObligationRule) -> Iterator[str]:
    yield owed_words(policy, rule)
    yield from (line.words for line in terms_of(policy, rule))
