"""The demonstration's staff: units, areas and accounts, through identity's handlers."""

from datetime import datetime
from typing import Any

from deploy.cli.demo.files import DemoPlace, account_id, principal_of
from services.identity.codes import Position
from services.identity.handlers.accounts import PutAccount, Rights, list_accounts, put_account
from services.identity.handlers.passwords import DEMONSTRATION_PASSWORD
from services.identity.handlers.setting_up import Committee, set_up
from shared.contracts.access import Principal, Role
from shared.persistence.engine import Database
from shared.policies.model import Policy

MOST_ACCOUNTS = 10_000


def installer(policy: Policy) -> Principal:
    """Who loads the demonstration: an administrator of the whole place."""
    place = policy.jurisdiction
    return Principal(
        account_id=account_id(f"installer/{place.id}"),
        jurisdiction_id=place.id,
        roles=tuple(Role),
        areas=(place.area_code,),
        name="tanfang",
    )


def put_people(place: DemoPlace, policy: Policy, database: Database, now: datetime) -> None:
    """Units of the plan, areas and committees of the file, and an account for everybody who has none yet."""
    committees = [Committee(area_code=area["code"], name=area["name"]) for area in place.areas]
    with database.begin(installer(policy), now) as work:
        set_up(policy, committees, work)
    with database.begin(installer(policy), now) as work:
        everybody = list_accounts(work, search=None, after=None, limit=MOST_ACCOUNTS)
        known = {line.account_id for line in everybody}
        for command in (_account(account, place) for account in place.accounts):
            if command.account_id not in known:
                put_account(command, work)


def _account(account: dict[str, Any], place: DemoPlace) -> PutAccount:
    principal = principal_of(account, place)
    positions = dict(account.get("units", {}))
    return PutAccount(
        account_id=principal.account_id,
        login=str(account["login"]),
        name=principal.name,
        password=DEMONSTRATION_PASSWORD,
        rights=Rights(
            roles=principal.roles,
            units={f"{place.jurisdiction_id}:{code}": Position(held) for code, held in positions.items()},
            areas=principal.areas,
        ),
        is_demo=True,
    )
