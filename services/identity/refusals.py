"""A refused sign-in as page and API tell it; the length of the wait is said in one place, the handler."""

from datetime import timedelta

from services.identity.handlers.sign_in import SignInRefused
from shared.web.problems import Problem, Refused, Throttled


def problem_for(refused: SignInRefused) -> Problem:
    """Throttled, with the minutes to wait, or refused for good."""
    if refused.retry_after is None:
        return Refused(refused.code)
    facts = {"minutes": refused.retry_after // timedelta(minutes=1)}
    return Throttled(refused.code, retry_after=refused.retry_after, facts=facts)
