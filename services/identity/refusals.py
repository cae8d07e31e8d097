"""A refused password as page and API tell it; the length of the wait is said in one place, the handler."""

from datetime import timedelta

from services.identity import devices
from services.identity.handlers.own_password import ChangePassword, change_my_password
from services.identity.handlers.sign_in import SignInRefused
from shared.web import current, signin
from shared.web.problems import Problem, Refused, Throttled


def problem_for(refused: SignInRefused) -> Problem:
    """Throttled, with the minutes to wait, or refused for good."""
    if refused.retry_after is None:
        return Refused(refused.code)
    facts = {"minutes": refused.retry_after // timedelta(minutes=1)}
    return Throttled(refused.code, retry_after=refused.retry_after, facts=facts)


def on_change(command: ChangePassword) -> Problem | None:
    """Change the password of whoever asks; why not, if the old one is refused."""
    refused = change_my_password(
        command,
        current.principal(),
        current.kit().database,
        now=current.now(),
        ip=devices.address(),
        keep=signin.hash_of_request(),
    )
    return problem_for(refused) if refused else None
