"""Every table, generated from the models by `tanfang db regenerate`; do not edit by hand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the schemas, then the tables in the order of their references."""
    op.execute("CREATE SCHEMA IF NOT EXISTS kit")
    _kit_clock_shift()
    _kit_history()
    _kit_history_head()
    _kit_history_seal()
    _kit_idempotency()
    _kit_outbox()
    _kit_search_token()


def _kit_clock_shift() -> None:
    op.create_table(
        "clock_shift",
        sa.Column("id", sa.Integer(), server_default="1", autoincrement=False, nullable=False),
        sa.Column("shift", sa.Interval(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_clock_shift_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_shift")),
        schema="kit",
    )


def _kit_history() -> None:
    op.create_table(
        "history",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_history")),
        schema="kit",
    )
    op.create_index(
        op.f("ix_history_jurisdiction_id_recorded_at"),
        "history",
        ["jurisdiction_id", "recorded_at"],
        unique=False,
        schema="kit",
    )


def _kit_history_head() -> None:
    op.create_table(
        "history_head",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_history_head")),
        schema="kit",
    )


def _kit_history_seal() -> None:
    op.create_table(
        "history_seal",
        sa.Column("sealed_on", sa.Date(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("streams", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sealed_on", name=op.f("pk_history_seal")),
        schema="kit",
    )


def _kit_idempotency() -> None:
    op.create_table(
        "idempotency",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("pk_idempotency")),
        schema="kit",
    )


def _kit_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column(
            "verb",
            sa.Enum("start", "update", name="verb", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "delivered",
                "closed",
                "refused",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
        schema="kit",
    )
    op.create_index(
        "ix_outbox_unsent",
        "outbox",
        ["key", "id"],
        unique=False,
        schema="kit",
        postgresql_where=sa.text("sent_at IS NULL"),
    )


def _kit_search_token() -> None:
    op.create_table(
        "search_token",
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "name",
                "pinyin",
                "initials",
                "id_number",
                "id_last4",
                "phone",
                "phone_last4",
                name="tokenkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("elder_id", "kind", "token", name=op.f("pk_search_token")),
        schema="kit",
    )
    op.create_index(
        op.f("ix_search_token_token_kind"), "search_token", ["token", "kind"], unique=False, schema="kit"
    )
