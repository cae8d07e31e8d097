"""One's own password (修改密码): changed by whoever knows the old one."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from services.identity.handlers import passwords
from services.identity.handlers.accounts import account
from services.identity.handlers.sign_in import SignInRefused, SignInTry, prove
from services.identity.repository import accounts, sign_ins
from shared.contracts.access import Principal
from shared.domain.errors import Invalid
from shared.persistence.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword:
    """The old password proves that it is not somebody at an unattended screen."""

    old: str = field(repr=False)
    new: str = field(repr=False)


def change_my_password(
    command: ChangePassword, me: Principal, database: Database, *, now: datetime, ip: str, keep: bytes
) -> SignInRefused | None:
    """Change one's own password; every sign-in but the present one (`keep`, its hash) is closed.

    Answers why not if the old one is wrong or was tried too often from `ip`. Raises Invalid if the new one is
    weak or is the old one.
    """
    with database.begin(me, now) as work:
        login = account(me.account_id, work).login
    refused = prove(SignInTry(login=login, password=command.old, ip=ip), database, now=now)
    if refused:
        is_wrong = refused.retry_after is None
        return replace(refused, code="wrong_old_password") if is_wrong else refused
    if command.new == command.old:
        raise Invalid("password_not_new")
    passwords.check_new(command.new, login=login)
    with database.begin(me, now) as work:
        accounts.change(work.session, me.account_id, password_hash=passwords.hash_password(command.new))
        sign_ins.revoke_all(work.session, me.account_id, at=now, but=keep)
        work.record(stream=f"account:{me.account_id}", action="password_changed", detail={})
    return None
