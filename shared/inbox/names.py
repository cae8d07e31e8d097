"""Names of staff and units for screens, read through identity's directories; only those that a page shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

NAMES = text(
    "SELECT account_id, '' AS unit_id, name FROM identity.account_name WHERE account_id = ANY(:accounts)"
    " UNION ALL"
    " SELECT NULL, unit_id, name FROM identity.unit_directory WHERE unit_id = ANY(:units)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names by id; whom nobody knows any more has an empty one, and a unit then keeps its code."""

    accounts: dict[UUID, str]
    units: dict[str, str]

    def account(self, account_id: UUID | None) -> str:
        """A member of staff's name."""
        return self.accounts.get(account_id, "") if account_id else ""

    def hiding(self, account_id: UUID | None, words: str) -> "Names":
        """The names without that person's, which reads as those words; nobody hides nobody."""
        hidden = {account_id: words} if account_id else {}
        return replace(self, accounts={**self.accounts, **hidden})

    def unit(self, unit_id: str) -> str:
        """A unit's name."""
        return self.units.get(unit_id) or unit_id.partition(":")[2]


def load_names(session: Session, *, accounts: Iterable[UUID | None], units: Iterable[str]) -> Names:
    """The names of these accounts and units, in one trip."""
    wanted = {"accounts": list({each for each in accounts if each}), "units": list({*units} - {""})}
    if not any(wanted.values()):
        return Names(accounts={}, units={})
    found = session.execute(NAMES, wanted).all()
    return Names(
        accounts={row.account_id: row.name for row in found if row.account_id},
        units={row.unit_id: row.name for row in found if row.unit_id},
    )
