"""Every table, generated from the models by `tanfang db regenerate`; do not edit by hand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the schemas, then the tables in the order of their references."""
    op.execute("CREATE SCHEMA IF NOT EXISTS identity")
    op.execute("CREATE SCHEMA IF NOT EXISTS kit")
    _identity_account()
    _identity_area()
    _identity_sign_in_attempt()
    _identity_unit()
    _kit_clock_shift()
    _kit_history()
    _kit_history_head()
    _kit_history_seal()
    _kit_idempotency()
    _kit_outbox()
    _kit_search_token()
    _identity_access_token()
    _identity_account_role()
    _identity_membership()
    _identity_sign_in()
    _identity_territory()


def _identity_account() -> None:
    op.create_table(
        "account",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("is_demo", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
        schema="identity",
    )
    op.create_index(
        op.f("ix_account_jurisdiction_id"), "account", ["jurisdiction_id"], unique=False, schema="identity"
    )


def _identity_area() -> None:
    op.create_table(
        "area",
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent_area_code", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("area_code", name=op.f("pk_area")),
        schema="identity",
    )
    op.create_index(
        op.f("ix_area_jurisdiction_id"), "area", ["jurisdiction_id"], unique=False, schema="identity"
    )


def _identity_sign_in_attempt() -> None:
    op.create_table(
        "sign_in_attempt",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("login_hash", sa.LargeBinary(), nullable=False),
        sa.Column("ip", sa.Text(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_sign_in_attempt")),
        schema="identity",
    )
    op.create_index(
        op.f("ix_sign_in_attempt_ip_tried_at"),
        "sign_in_attempt",
        ["ip", "tried_at"],
        unique=False,
        schema="identity",
    )
    op.create_index(
        op.f("ix_sign_in_attempt_login_hash_tried_at"),
        "sign_in_attempt",
        ["login_hash", "tried_at"],
        unique=False,
        schema="identity",
    )


def _identity_unit() -> None:
    op.create_table(
        "unit",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent_unit_id", sa.Text(), nullable=True),
        sa.Column("area_code", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit")),
        schema="identity",
    )
    op.create_index(
        op.f("ix_unit_jurisdiction_id"), "unit", ["jurisdiction_id"], unique=False, schema="identity"
    )


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


def _identity_access_token() -> None:
    op.create_table(
        "access_token",
        sa.Column("access_token_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["identity.account.account_id"], name=op.f("fk_access_token_account_id")
        ),
        sa.PrimaryKeyConstraint("access_token_id", name=op.f("pk_access_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_token_token_hash")),
        schema="identity",
    )
    op.create_index(
        op.f("ix_access_token_account_id"), "access_token", ["account_id"], unique=False, schema="identity"
    )


def _identity_account_role() -> None:
    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "visitor",
                "cadre",
                "officer",
                "unit_lead",
                "coordinator",
                "clerk",
                "duty_officer",
                "auditor",
                "operator",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["identity.account.account_id"], name=op.f("fk_account_role_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "role", name=op.f("pk_account_role")),
        schema="identity",
    )


def _identity_membership() -> None:
    op.create_table(
        "membership",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column(
            "position",
            sa.Enum(
                "member",
                "lead",
                "deputy",
                name="position",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_membership_not_backwards")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["identity.account.account_id"], name=op.f("fk_membership_account_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["identity.unit.unit_id"], name=op.f("fk_membership_unit_id")),
        sa.PrimaryKeyConstraint("account_id", "unit_id", "from_on", name=op.f("pk_membership")),
        schema="identity",
    )
    op.create_index(op.f("ix_membership_unit_id"), "membership", ["unit_id"], unique=False, schema="identity")


def _identity_sign_in() -> None:
    op.create_table(
        "sign_in",
        sa.Column("sign_in_id", sa.Uuid(), nullable=False),
        sa.Column("sid_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("user_agent_family", sa.Text(), nullable=False),
        sa.Column("ip_prefix", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["identity.account.account_id"], name=op.f("fk_sign_in_account_id")
        ),
        sa.PrimaryKeyConstraint("sign_in_id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("sid_hash", name=op.f("uq_sign_in_sid_hash")),
        schema="identity",
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"], unique=False, schema="identity")


def _identity_territory() -> None:
    op.create_table(
        "territory",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("area_prefix", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.CheckConstraint("area_prefix ~ '^\\d{6,12}$'", name=op.f("ck_territory_at_least_a_district")),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_territory_not_backwards")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["identity.account.account_id"], name=op.f("fk_territory_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "area_prefix", "from_on", name=op.f("pk_territory")),
        schema="identity",
    )
