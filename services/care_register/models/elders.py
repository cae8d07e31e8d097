"""Elders: what names them is sealed under each elder's own key; what the rules must read stays readable."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.care_register.codes import ConsentItem, ConsentMethod, ElderField, ProposalStatus, SaidBy, Sex
from shared.domain.codes import Ability, Circumstance, Health, Mobility
from shared.persistence.base import Base, Located

_REGISTER = {"schema": "care_register"}
_ELDER = "care_register.elder.elder_id"


class Elder(Located, Base):
    """One elder: the wrapped data key, what it seals, and the little that rules must read."""

    __tablename__ = "elder"
    __table_args__ = (Index("uq_elder_identity", "jurisdiction_id", "identity_index", unique=True), _REGISTER)

    elder_id: Mapped[UUID] = mapped_column(primary_key=True)
    key_id: Mapped[str]
    wrapped_key: Mapped[bytes]
    identity_index: Mapped[bytes]
    is_id_pending: Mapped[bool]
    name_sealed: Mapped[bytes]
    id_number_sealed: Mapped[bytes | None]
    phone_sealed: Mapped[bytes | None]
    address_sealed: Mapped[bytes | None]
    contacts_sealed: Mapped[bytes | None]
    door_note_sealed: Mapped[bytes | None]
    notes_sealed: Mapped[bytes | None]
    birth_on: Mapped[date | None]
    sex: Mapped[Sex]
    created_at: Mapped[datetime]


class KnownFacts(Located, Base):
    """What is known of an elder for the rules (`ElderFacts`): a missing value is one nobody has said yet."""

    __tablename__ = "facts"
    __table_args__ = _REGISTER

    elder_id: Mapped[UUID] = mapped_column(ForeignKey(_ELDER), primary_key=True)
    disability_level: Mapped[int | None] = mapped_column(SmallInteger())
    has_disability_card: Mapped[bool]
    ability_level: Mapped[Ability | None]
    ability_scale: Mapped[str]
    ability_version: Mapped[str]
    ability_assessed_on: Mapped[date | None]
    care_level: Mapped[int | None] = mapped_column(SmallInteger())
    mobility: Mapped[Mobility | None]
    health: Mapped[Health | None]
    surveyed_healthy: Mapped[bool]
    hardships: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    hardship_until: Mapped[date | None]
    household_size: Mapped[int | None] = mapped_column(SmallInteger())
    youngest_birth_on: Mapped[date | None]
    updated_at: Mapped[datetime]


class CircumstanceTag(Located, Base):
    """One circumstance of an elder (困难类别), with the list it came from and that list's date (J-02)."""

    __tablename__ = "circumstance"
    __table_args__ = (PrimaryKeyConstraint("elder_id", "circumstance", "source"), _REGISTER)

    elder_id: Mapped[UUID] = mapped_column(ForeignKey(_ELDER))
    circumstance: Mapped[Circumstance]
    source: Mapped[str]
    dated_on: Mapped[date]
    recorded_at: Mapped[datetime]
    ended_on: Mapped[date | None]


class ConsentRecord(Located, Base):
    """One consent given or withdrawn; the newest row of an item is what holds."""

    __tablename__ = "consent"
    __table_args__ = (Index(None, "elder_id", "item", "recorded_at"), _REGISTER)

    consent_id: Mapped[UUID] = mapped_column(primary_key=True)
    elder_id: Mapped[UUID] = mapped_column(ForeignKey(_ELDER))
    item: Mapped[ConsentItem]
    is_given: Mapped[bool]
    method: Mapped[ConsentMethod]
    said_by: Mapped[SaidBy]
    said_by_sealed: Mapped[bytes | None]
    text_version: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID]


class ChangeProposal(Located, Base):
    """A personal field that another source says differently: a person decides, both values stay (J-02)."""

    __tablename__ = "change_proposal"
    __table_args__ = (
        Index("ix_change_waiting", "elder_id", postgresql_where=text("status = 'proposed'")),
        _REGISTER,
    )

    proposal_id: Mapped[UUID] = mapped_column(primary_key=True)
    elder_id: Mapped[UUID] = mapped_column(ForeignKey(_ELDER))
    field: Mapped[ElderField]
    value_sealed: Mapped[bytes]
    source: Mapped[str]
    dated_on: Mapped[date]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[UUID]
    status: Mapped[ProposalStatus]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
