"""Elders' cards: how a service that has work about an elder learns the name, the door and the telephone.

A card is opened with the elder's own key for one request and kept no longer. Lists show it masked
(domain §3.5); who needs it whole reads it whole, and the view decides whom one may read at all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
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
    " FROM care_register.elder_card WHERE enrolment_id = ANY(:enrolments)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElderCard:
    """What somebody at the door or on the telephone needs.

    A value is opened when it is asked for, and once: a list that shows a surname opens no telephone number.
    Each raises UnreadableError if the elder's key does not open it.
    """

    enrolment_id: UUID
    elder_id: UUID
    area_code: str
    birth_on: date | None
    sex: str
    mobility: Mobility | None
    reveal: Callable[[str], str] = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """Whole; `masked_name` is for lists."""
        return self.reveal(NAME)

    @property
    def address(self) -> str:
        """Where the elder lives."""
        return self.reveal(ADDRESS)

    @property
    def phones(self) -> tuple[str, ...]:
        """The elder's own numbers, in the order written down."""
        return tuple(self.reveal(PHONE).splitlines())

    @property
    def contacts(self) -> str:
        """Whom to call besides, one a line as written down."""
        return self.reveal(CONTACTS)

    @property
    def door_note(self) -> str:
        """What to know before one rings."""
        return self.reveal(DOOR_NOTE)

    @property
    def phone(self) -> str:
        """The first number, or nothing: many elders have none."""
        return next(iter(self.phones), "")

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

        Raises UnreadableError for a key that no master key opens.
        """
        wanted = list(set(enrolment_ids))
        if not wanted:
            return {}
        rows = session.execute(CARDS, {"enrolments": wanted})
        return {row.enrolment_id: self._open(row) for row in rows}

    def _open(self, row: Row[Any]) -> ElderCard:
        key = self._vault.open(WrappedKey(key_id=row.key_id, wrapped=row.wrapped_key))
        reveal = revealer(key, row.elder_id)
        sealed = {
            NAME: row.name_sealed,
            ADDRESS: row.address_sealed,
            PHONE: row.phone_sealed,
            CONTACTS: row.contacts_sealed,
            DOOR_NOTE: row.door_note_sealed,
        }
        return ElderCard(
            enrolment_id=row.enrolment_id,
            elder_id=row.elder_id,
            area_code=row.area_code,
            birth_on=row.birth_on,
            sex=row.sex,
            mobility=Mobility(row.mobility) if row.mobility else None,
            reveal=cache(lambda place: reveal(sealed[place], place)),
        )


def revealer(key: ElderKey, elder_id: UUID) -> Callable[[bytes | None, str], str]:
    """Opens values of one elder; what nobody wrote down is an empty text."""
    return lambda sealed, column: key.reveal(sealed, place_of(column, elder_id)) if sealed else ""
