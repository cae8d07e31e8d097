"""The words of rosters, put together for one place: what differs between places is in its policy."""

from services.care_register.rosters import messages
from shared.domain.conditions import CriterionName
from shared.domain.roster.words import RosterWords
from shared.policies.model import Policy


def words_for(policy: Policy) -> RosterWords:
    """How the place's offices write their lists."""
    return RosterWords(
        headings=messages.HEADINGS,
        sums=messages.SUMS,
        gone=messages.GONE,
        when=messages.WHEN,
        sexes=messages.SEXES,
        separators=messages.SEPARATORS,
        categories={word: code for word, code in messages.CATEGORIES.items() if code in policy.circumstances},
        conditions=messages.CONDITIONS,
        care_levels=messages.CARE_LEVELS,
        insured=messages.INSURED,
        card_words=messages.CARD_WORDS,
        agreements=messages.AGREEMENTS,
        weekdays=messages.WEEKDAYS,
        services_title="".join(messages.FORM_SERVICES.split()),
        services=frozenset(policy.label("service_items", each) for each in policy.recording.service_items),
        not_ticked=messages.NOT_TICKED,
        phones=policy.jurisdiction.phone_area,
        elder_from=elder_from(policy),
        dependent_from=_dependent_from(policy),
    )


def elder_from(policy: Policy) -> int:
    """The age below which the plan says that somebody is not eligible."""
    tests = (test for rule in policy.classification.eligible for test in rule.when.tests)
    return next(int(test.values[0]) for test in tests if test.name is CriterionName.AGE_BELOW)


def _dependent_from(policy: Policy) -> int | None:
    """The lowest care level that the plan's groups name; levels below say nothing of dependence."""
    tests = (test for rule in policy.classification.groups for test in rule.when.tests)
    return min(
        (int(test.values[0]) for test in tests if test.name is CriterionName.CARE_LEVEL_AT_LEAST),
        default=None,
    )
