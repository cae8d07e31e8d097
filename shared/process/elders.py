"""Elders' cards: how a service that has work about an elder learns the name, the door and the telephone.

A card is opened with the elder's own key for one request and kept no longer. Lists show it masked
(domain §3.5); who needs it whole reads it whole, and the view decides whom one may read at all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, text
from sqlalchemy.orm import Session

from shared.domain.codes import Mobility
from shared.platform.masking import mask_address, mask_name, mask_phone
from shared.platform.privacy import ElderKey, Vault, WrappedKey, place_of

NAME = "care_register.elder.name"
ADDRESS = "care_register.elder.address"
PHONE = "care_register.elder.phone"
CONTACTS = "care_register.elder.contacts"
DOOR_NOTE = "care_register.elder.door_note"
"""Where each sealed value lives: the register seals for these places, this reader opens them."""

CARDS = text(
    "SELECT enrolment_id, elder_id, area_code, key_id, wrapped_key, name_sealed, address_sealed,"
    " phone_sealed, contacts_sealed, door_note_sealed, birth_on, sex, mobility"
    " FROM care_register.elder_card WHERE enrolment_id IN :enrolments"
).bindparams(bindparam("enrolments", expanding=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class ElderCard:
    """What somebody at the door or on the telephone needs; `contacts` one a line as written down."""

    enrolment_id: UUID
    elder_id: UUID
    area_code: str
    name: str
    address: str
    phones: tuple[str, ...]
    contacts: str
    door_note: str
    birth_on: date | None
    sex: str
    mobility: Mobility | None = None

    @property
    def phone(self) -> str:
        """The first number, or nothing: many elders have none."""
        return self.phones[0] if self.phones else ""

    @property
    def masked_name(self) -> str:
        """The surname, for lists."""
        return mask_name(self.name)

    @property
    def masked_address(self) -> str:
        """The estate or village, for lists."""
        return mask_address(self.address)

    @property
    def masked_phone(self) -> str:
        """First three and last four digits."""
        return mask_phone(self.phone)


class ElderCards:
    """Opens cards for services; made once per process."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def for_enrolments(self, session: Session, enrolment_ids: Iterable[UUID]) -> dict[UUID, ElderCard]:
        """The cards that who asks may read; an enrolment that is not theirs is left out.

        Raises UnreadableError for a value that the elder's key does not open.
        """
        wanted = list(set(enrolment_ids))
        if not wanted:
            return {}
        rows = session.execute(CARDS, {"enrolments": wanted})
        return {row.enrolment_id: self._open(row) for row in rows}

    def _open(self, row: Row[Any]) -> ElderCard:
        key = self._vault.open(WrappedKey(key_id=row.key_id, wrapped=row.wrapped_key))
        reveal = revealer(key, row.elder_id)
        return ElderCard(
            enrolment_id=row.enrolment_id,
            elder_id=row.elder_id,
            area_code=row.area_code,
            name=reveal(row.name_sealed, NAME),
            address=reveal(row.address_sealed, ADDRESS),
            phones=tuple(reveal(row.phone_sealed, PHONE).splitlines()),
            contacts=reveal(row.contacts_sealed, CONTACTS),
            door_note=reveal(row.door_note_sealed, DOOR_NOTE),
            birth_on=row.birth_on,
            sex=row.sex,
            mobility=Mobility(row.mobility) if row.mobility else None,
        )


def revealer(key: ElderKey, elder_id: UUID) -> Callable[[bytes | None, str], str]:
    """Opens values of one elder; what nobody wrote down is an empty text."""
    return lambda sealed, column: key.reveal(sealed, place_of(column, elder_id)) if sealed else ""
