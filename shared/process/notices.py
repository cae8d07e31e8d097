"""Notices, schema `notices`: whom to tell what, recorded exactly once; each try to send it, as it went."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.domain.codes import RecipientRole, Urgency
from shared.domain.kinds import Effect
from shared.persistence.base import Base, Located

NOTICES = {"schema": "notices"}

WAITS = "sent_at IS NULL AND given_up_at IS NULL AND acknowledged_at IS NULL AND phoned_at IS NULL"
"""A notice that the sender still has to do with: who knows already is not told again."""

UNANSWERED = "acknowledged_at IS NULL AND phoned_at IS NULL"
"""A notice about which somebody may have to ring, as the view of that name has it."""

NEXT_FIRST = (text("urgency DESC"), "not_before", "notice_id")
"""The order of sending, in which urgent stands before routine: the alphabet is on our side."""


class ChannelCode(StrEnum):
    """How a notice is sent: inside the system, by webhook (企业微信、政务微信), by text message."""

    IN_APP = "in_app"
    WEBHOOK = "webhook"
    SMS = "sms"


class AttemptOutcome(StrEnum):
    """What the provider said."""

    DELIVERED = "delivered"
    FAILED = "failed"


class Notice(Located, Base):
    """The intent to tell one person one thing. Its id is the provider's key, so a resend is recognised.

    Several with the same words go out together: `sending_id` is then the id of the one that leads them.
    `try_at` is the sender's: not before then again. Given up or not acknowledged, a person telephones.
    `code` picks the words from the policy; `params` hold numbers, codes and ids, never a name or an illness.
    Not acknowledged within the policy's limit it appears under 待电话通知: a query, no timer.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_mine", "account_id", "not_before"),
        Index("ix_notice_next", *NEXT_FIRST, postgresql_where=text(WAITS)),
        Index("ix_notice_waiting", "account_id", postgresql_where=text(WAITS)),
        Index("ix_notice_unanswered", "account_id", "not_before", postgresql_where=text(UNANSWERED)),
        Index("ix_notice_referral", "referral_id", postgresql_where=text("referral_id IS NOT NULL")),
        NOTICES,
    )

    notice_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID]
    recipient_role: Mapped[RecipientRole]
    unit_id: Mapped[str]
    referral_id: Mapped[UUID | None]
    enrolment_id: Mapped[UUID | None]
    code: Mapped[str]
    params: Mapped[dict[str, Any]]
    urgency: Mapped[Urgency]
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    sending_id: Mapped[UUID | None]
    tries: Mapped[int] = mapped_column(server_default="0")
    try_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    phoned_at: Mapped[datetime | None]
    phoned_by: Mapped[UUID | None]


class RefusedEffect(Located, Base):
    """What should have followed from the end of a piece of work, and the owner's rules refused (办结之后).

    `reason` is the code of the rule; `kind` and `referral_id` are the work, if a referral asked for it. It
    stands before the coordinator until somebody has seen to it.
    """

    __tablename__ = "refused_effect"
    __table_args__ = (Index(None, "jurisdiction_id", "settled_at"), NOTICES)

    effect_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID]
    referral_id: Mapped[UUID | None]
    effect: Mapped[Effect]
    kind: Mapped[str]
    unit_id: Mapped[str]
    reason: Mapped[str]
    refused_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[UUID | None]


class NoticeAttempt(Located, Base):
    """One try to send a notice, and what came of it."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "notice_id"), NOTICES)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    notice_id: Mapped[UUID]
    channel: Mapped[ChannelCode]
    at: Mapped[datetime]
    outcome: Mapped[AttemptOutcome]
    detail: Mapped[str]
