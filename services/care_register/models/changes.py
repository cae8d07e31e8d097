"""News of residents from other services (人口信息变化, J-71), waiting for a person of the register."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.care_register.codes import ProposalStatus
from shared.domain.population import PopulationChange
from shared.persistence.base import Base, Located


class ReportedChange(Located, Base):
    """A death, a move or a correction as it was reported; who reported it does not decide on it.

    state_id: the state that acts on visits until then. Its words stay with the service that reported it.
    """

    __tablename__ = "reported_change"
    __table_args__ = (
        Index(None, "enrolment_id"),
        Index("ix_reported_change_waiting", "confirm_by", postgresql_where=text("status = 'proposed'")),
        CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name="decided_has_a_time"),
        {"schema": "care_register"},
    )

    change_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("care_register.enrolment.enrolment_id"))
    kind: Mapped[PopulationChange]
    happened_on: Mapped[date]
    unit_id: Mapped[str]
    state_id: Mapped[UUID | None] = mapped_column(ForeignKey("care_register.state.state_id"))
    reported_at: Mapped[datetime]
    reported_by: Mapped[UUID]
    confirm_by: Mapped[datetime]
    status: Mapped[ProposalStatus]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
