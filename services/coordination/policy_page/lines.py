"""One line of the policy page: what a value says, where it comes from and what it is worth."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.coordination.policy_page.messages import LIMIT_UNITS, POLICY, SELECTORS
from shared.domain.calendars import Limit, LimitUnit
from shared.policies.model import Policy
from shared.policies.places import LEAD, TOWN, Hours, Selector, split_selector

DAYS_ON = ("same_day", "next_day")
"""The days that people call by a name, by how many days they are off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLine:
    """One value: what it says, its clause or standing, and why where there is no clause."""

    path: str
    words: str
    clause: str
    standing: str
    because: str


def line(policy: Policy, path: str, code: str, /, **said: object) -> PolicyLine:
    """The line of the value at that path, in the words of `code`."""
    return worded(policy, path, POLICY[code].format(**said))


def worded(policy: Policy, path: str, words: str) -> PolicyLine:
    """The line of the value at that path, in these words."""
    why = policy.why(path)
    return PolicyLine(
        path=path,
        words=words,
        clause=policy.clause(why.source) if why and why.source else "",
        standing=policy.label("standings", why.standing) if why else "",
        because=why.because if why else "",
    )


def limit_words(limit: Limit | None) -> str:
    """An amount with its unit; no limit is said as such."""
    if limit is None:
        return POLICY["no_limit"]
    if limit.at and limit.unit is LimitUnit.DAYS:
        day = DAYS_ON[limit.amount] if limit.amount < len(DAYS_ON) else "day_after"
        return f"{POLICY[day].format(days=limit.amount)} {limit.at}"
    amount = f"{limit.amount}{LIMIT_UNITS[limit.unit]}"
    return f"{amount} {limit.at}" if limit.at else amount


def whom_words(policy: Policy, selector: str) -> str:
    """Whom a selector means, as people call it."""
    name, argument, suffix = split_selector(selector)
    if name == "unit":
        words = policy.unit(argument).name
    elif name in ("district", Selector.TOWN):
        words = policy.label("unit_roles", argument or TOWN)
    elif name == Selector.COMMITTEE:
        words = policy.jurisdiction.committee_name
    else:
        words = SELECTORS[Selector(name)]
    return POLICY["lead"].format(unit=words) if suffix == LEAD else words


def hours_words(hours: Hours) -> str:
    """The hours of a day, one stretch after the other."""
    return POLICY["comma"].join(f"{opens}–{closes}" for opens, closes in hours)


def joined(policy: Policy, section: str, codes: Iterable[str]) -> str:
    """Several codes as people read them."""
    return POLICY["comma"].join(policy.label(section, code) for code in codes)
