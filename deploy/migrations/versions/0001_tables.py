"""Every table, generated from the models by `tanfang db regenerate`; do not edit by hand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the schemas, then the tables in the order of their references."""
    op.execute("CREATE SCHEMA IF NOT EXISTS care_register")
    op.execute("CREATE SCHEMA IF NOT EXISTS coordination")
    op.execute("CREATE SCHEMA IF NOT EXISTS health")
    op.execute("CREATE SCHEMA IF NOT EXISTS identity")
    op.execute("CREATE SCHEMA IF NOT EXISTS justice")
    op.execute("CREATE SCHEMA IF NOT EXISTS kit")
    op.execute("CREATE SCHEMA IF NOT EXISTS notices")
    op.execute("CREATE SCHEMA IF NOT EXISTS process")
    op.execute("CREATE SCHEMA IF NOT EXISTS public_security")
    op.execute("CREATE SCHEMA IF NOT EXISTS referral_file")
    op.execute("CREATE SCHEMA IF NOT EXISTS visits")
    for make_table in (
        _care_register_elder,
        _care_register_import_batch,
        _care_register_place,
        _coordination_extra_visit,
        _coordination_published_policy,
        _health_contract,
        _health_family_contact,
        _health_follow_up,
        _health_follow_up_plan,
        _health_home_bed,
        _identity_account,
        _identity_area,
        _identity_sign_in_attempt,
        _identity_unit,
        _justice_record,
        _kit_clock_shift,
        _kit_history,
        _kit_history_head,
        _kit_history_seal,
        _kit_history_sealed,
        _kit_idempotency,
        _kit_outbox,
        _kit_search_token,
        _notices_attempt,
        _notices_notice,
        _notices_refused_effect,
        _process_referral,
        _process_referral_ledger,
        _process_rung,
        _process_visit_cycle,
        _process_visit_warning,
        _process_visit_window,
        _public_security_beat,
        _public_security_change,
        _public_security_feed,
        _public_security_fraud_talk,
        _public_security_missing_person,
        _public_security_welfare_check,
        _referral_file_attachment,
        _referral_file_draft,
        _referral_file_field_answer,
        _referral_file_field_request,
        _referral_file_file,
        _referral_file_note,
        _referral_file_watcher,
        _visits_assignment,
        _visits_contact,
        _visits_need,
        _visits_not_seen,
        _care_register_change_proposal,
        _care_register_circumstance,
        _care_register_consent,
        _care_register_enrolment,
        _care_register_facts,
        _care_register_import_row,
        _health_home_bed_step,
        _health_sign,
        _identity_access_token,
        _identity_account_role,
        _identity_membership,
        _identity_sign_in,
        _identity_territory,
        _justice_entry,
        _public_security_feed_row,
        _visits_addition,
        _care_register_classification,
        _care_register_exception,
        _care_register_home_bed,
        _care_register_state,
        _visits_finding,
        _care_register_reported_change,
    ):
        make_table()


def _care_register_elder() -> None:
    op.create_table(
        "elder",
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("identity_index", sa.LargeBinary(), nullable=False),
        sa.Column("is_id_pending", sa.Boolean(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contacts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("door_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("notes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("birth_on", sa.Date(), nullable=True),
        sa.Column(
            "sex",
            sa.Enum(
                "male", "female", "unknown", name="sex", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("elder_id", name=op.f("pk_elder")),
        schema="care_register",
    )
    op.create_index(
        "uq_elder_identity",
        "elder",
        ["jurisdiction_id", "identity_index"],
        unique=True,
        schema="care_register",
    )


def _care_register_import_batch() -> None:
    op.create_table(
        "import_batch",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("file_hash", sa.LargeBinary(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("unread", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "previewed",
                "confirming",
                name="batchstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_import_batch")),
        schema="care_register",
    )
    op.create_index(
        "uq_import_batch_file",
        "import_batch",
        ["jurisdiction_id", "area_code", "file_hash"],
        unique=True,
        schema="care_register",
    )


def _care_register_place() -> None:
    op.create_table(
        "place",
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "road", "village", name="placekind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lane_from", sa.Integer(), nullable=False),
        sa.Column("lane_to", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.CheckConstraint("lane_to >= lane_from", name=op.f("ck_place_lanes_rise")),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_place")),
        schema="care_register",
    )
    op.create_index(
        "uq_place",
        "place",
        ["jurisdiction_id", "kind", "name", "lane_from"],
        unique=True,
        schema="care_register",
    )


def _coordination_extra_visit() -> None:
    op.create_table(
        "extra_visit",
        sa.Column("extra_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("extra_id", name=op.f("pk_extra_visit")),
        schema="coordination",
    )
    op.create_index(
        op.f("ix_extra_visit_enrolment_id"),
        "extra_visit",
        ["enrolment_id"],
        unique=False,
        schema="coordination",
    )


def _coordination_published_policy() -> None:
    op.create_table(
        "published_policy",
        sa.Column("policy_hash", sa.Text(), nullable=False),
        sa.Column("policy_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("policy_hash", name=op.f("pk_published_policy")),
        schema="coordination",
    )


def _health_contract() -> None:
    op.create_table(
        "contract",
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("void_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("ends_on > begins_on", name=op.f("ck_contract_not_backwards")),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_contract")),
        schema="health",
    )
    op.create_index(
        op.f("ix_contract_enrolment_id"), "contract", ["enrolment_id"], unique=False, schema="health"
    )
    op.create_index(
        op.f("ix_contract_unit_id_ends_on"), "contract", ["unit_id", "ends_on"], unique=False, schema="health"
    )


def _health_family_contact() -> None:
    op.create_table(
        "family_contact",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column(
            "post",
            sa.Enum(
                "street_cadre",
                "village_cadre",
                name="contactpost",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_family_contact")),
        schema="health",
    )
    op.create_index(
        "uq_family_contact_open",
        "family_contact",
        ["enrolment_id", "unit_id", "post"],
        unique=True,
        schema="health",
        postgresql_where=sa.text("ended_on IS NULL"),
    )


def _health_follow_up() -> None:
    op.create_table(
        "follow_up",
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "at_home",
                "in_clinic",
                "phone",
                name="followupway",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "result",
            sa.Enum(
                "stable",
                "not_controlled",
                "sent_to_hospital",
                "not_reached",
                name="followupresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("readings_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("void_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("follow_up_id", name=op.f("pk_follow_up")),
        schema="health",
    )
    op.create_index(
        op.f("ix_follow_up_enrolment_id_programme_done_on"),
        "follow_up",
        ["enrolment_id", "programme", "done_on"],
        unique=False,
        schema="health",
    )


def _health_follow_up_plan() -> None:
    op.create_table(
        "follow_up_plan",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("enrolment_id", "unit_id", "programme", name=op.f("pk_follow_up_plan")),
        schema="health",
    )


def _health_home_bed() -> None:
    op.create_table(
        "home_bed",
        sa.Column("bed_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "seen",
                "open",
                "discharged",
                "not_opened",
                "voided",
                name="bedstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bed_id", name=op.f("pk_home_bed")),
        schema="health",
    )
    op.create_index(
        "uq_home_bed_open",
        "home_bed",
        ["enrolment_id", "unit_id"],
        unique=True,
        schema="health",
        postgresql_where=sa.text("status NOT IN ('discharged', 'not_opened', 'voided')"),
    )


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
        sa.Column("service", sa.Text(), server_default="department", nullable=False),
        sa.Column("parent_unit_id", sa.Text(), nullable=True),
        sa.Column("area_code", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit")),
        schema="identity",
    )
    op.create_index(
        op.f("ix_unit_jurisdiction_id"), "unit", ["jurisdiction_id"], unique=False, schema="identity"
    )


def _justice_record() -> None:
    op.create_table(
        "record",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "consultation",
                "forwarding",
                "mediation",
                "protection",
                "family_duty",
                name="recordkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("elder_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("kept_by", sa.Uuid(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "open",
                "waiting_for_papers",
                "forwarded",
                "aid_granted",
                "aid_refused",
                "objected",
                "mediating",
                "settled",
                "confirming",
                "filed",
                "order_refused",
                "in_review",
                "in_force",
                "ended",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("client_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_record")),
        sa.UniqueConstraint(
            "referral_id", "unit_id", "kind", name=op.f("uq_record_referral_id_unit_id_kind")
        ),
        schema="justice",
    )
    op.create_index(
        op.f("ix_record_unit_id_stage"), "record", ["unit_id", "stage"], unique=False, schema="justice"
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


def _kit_history_sealed() -> None:
    op.create_table(
        "history_sealed",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("sealed_on", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "sealed_on", name=op.f("pk_history_sealed")),
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
                "surname",
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


def _notices_attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "in_app",
                "webhook",
                "sms",
                name="channelcode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "delivered",
                "failed",
                name="attemptoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        schema="notices",
    )
    op.create_index(op.f("ix_attempt_notice_id"), "attempt", ["notice_id"], unique=False, schema="notices")


def _notices_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recipient_role",
            sa.Enum(
                "assignee",
                "members",
                "lead",
                "holder",
                name="recipientrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "urgency",
            sa.Enum(
                "routine", "urgent", name="urgency", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sending_id", sa.Uuid(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phoned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phoned_by", sa.Uuid(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_notice")),
        schema="notices",
    )
    op.create_index("ix_notice_mine", "notice", ["account_id", "not_before"], unique=False, schema="notices")
    op.create_index(
        "ix_notice_next",
        "notice",
        [sa.literal_column("urgency DESC"), "not_before", "notice_id"],
        unique=False,
        schema="notices",
        postgresql_where=sa.text(
            "sent_at IS NULL AND given_up_at IS NULL AND acknowledged_at IS NULL AND phoned_at IS NULL"
        ),
    )
    op.create_index(
        "ix_notice_referral",
        "notice",
        ["referral_id"],
        unique=False,
        schema="notices",
        postgresql_where=sa.text("referral_id IS NOT NULL"),
    )
    op.create_index(
        "ix_notice_unanswered",
        "notice",
        ["account_id", "not_before"],
        unique=False,
        schema="notices",
        postgresql_where=sa.text("acknowledged_at IS NULL AND phoned_at IS NULL"),
    )
    op.create_index(
        "ix_notice_waiting",
        "notice",
        ["account_id"],
        unique=False,
        schema="notices",
        postgresql_where=sa.text(
            "sent_at IS NULL AND given_up_at IS NULL AND acknowledged_at IS NULL AND phoned_at IS NULL"
        ),
    )


def _notices_refused_effect() -> None:
    op.create_table(
        "refused_effect",
        sa.Column("effect_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column(
            "effect",
            sa.Enum(
                "tell_elder",
                "review_class",
                "record_ability",
                "record_state",
                "record_contact",
                "change_visitor",
                "change_details",
                "close_hazard",
                "meet_need",
                "ask_again_later",
                "open_next",
                "follow_move",
                "follow_home_bed",
                "void_contact",
                name="effect",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("effect_id", name=op.f("pk_refused_effect")),
        schema="notices",
    )
    op.create_index(
        op.f("ix_refused_effect_jurisdiction_id_settled_at"),
        "refused_effect",
        ["jurisdiction_id", "settled_at"],
        unique=False,
        schema="notices",
    )


def _process_referral() -> None:
    op.create_table(
        "referral",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("task_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("policy_id", sa.Text(), nullable=False),
        sa.Column("policy_hash", sa.Text(), nullable=False),
        sa.Column("is_drill", sa.Boolean(), nullable=False),
        sa.Column(
            "urgency",
            sa.Enum(
                "routine", "urgent", name="urgency", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "offered",
                "to_rule",
                "accepted",
                "completed",
                "closed",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("requesting_unit_id", sa.Text(), nullable=False),
        sa.Column("coordinator_unit_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accept_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("complete_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clocks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("breaches", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("declines", sa.Integer(), nullable=False),
        sa.Column("is_appointed", sa.Boolean(), nullable=False),
        sa.Column("urged", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_for", sa.Text(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("grantor_unit_id", sa.Text(), nullable=False),
        sa.Column("delegate_id", sa.Uuid(), nullable=True),
        sa.Column("delegate_from_on", sa.Date(), nullable=True),
        sa.Column("delegate_to_on", sa.Date(), nullable=True),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_wake_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_referral")),
        schema="process",
    )
    op.create_index(
        "ix_referral_delegate",
        "referral",
        ["delegate_id"],
        unique=False,
        schema="process",
        postgresql_where=sa.text("delegate_id IS NOT NULL"),
    )
    op.create_index(
        "ix_referral_done",
        "referral",
        ["unit_id", "closed_at", "referral_id"],
        unique=False,
        schema="process",
        postgresql_where=sa.text("closed_at IS NOT NULL"),
    )
    op.create_index(
        "ix_referral_grantor",
        "referral",
        ["grantor_unit_id"],
        unique=False,
        schema="process",
        postgresql_where=sa.text("grantor_unit_id <> ''"),
    )
    op.create_index(
        "ix_referral_holder",
        "referral",
        ["holder_id"],
        unique=False,
        schema="process",
        postgresql_where=sa.text("holder_id IS NOT NULL"),
    )
    op.create_index(
        "ix_referral_inbox",
        "referral",
        ["unit_id", "status", sa.literal_column("(urgency <> 'urgent')"), "offered_at", "referral_id"],
        unique=False,
        schema="process",
    )
    op.create_index(
        "ix_referral_late",
        "referral",
        ["unit_id", sa.literal_column("(urgency <> 'urgent')"), "offered_at", "referral_id"],
        unique=False,
        schema="process",
        postgresql_where=sa.text("closed_at IS NULL AND jsonb_array_length(breaches) > 0"),
    )
    op.create_index(
        "ix_referral_lead",
        "referral",
        ["lead_id"],
        unique=False,
        schema="process",
        postgresql_where=sa.text("lead_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_referral_requesting_unit_id_kind"),
        "referral",
        ["requesting_unit_id", "kind"],
        unique=False,
        schema="process",
    )
    op.create_index(
        "ix_referral_ruled_late",
        "referral",
        ["coordinator_unit_id", sa.literal_column("(urgency <> 'urgent')"), "offered_at", "referral_id"],
        unique=False,
        schema="process",
        postgresql_where=sa.text("closed_at IS NULL AND jsonb_array_length(breaches) > 0"),
    )
    op.create_index(
        "ix_referral_sent",
        "referral",
        ["requesting_unit_id", sa.literal_column("(urgency <> 'urgent')"), "offered_at", "referral_id"],
        unique=False,
        schema="process",
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_referral_sent_done",
        "referral",
        ["requesting_unit_id", "closed_at", "referral_id"],
        unique=False,
        schema="process",
        postgresql_where=sa.text("closed_at IS NOT NULL"),
    )
    op.create_index(
        "ix_referral_sent_late",
        "referral",
        ["requesting_unit_id", sa.literal_column("(urgency <> 'urgent')"), "offered_at", "referral_id"],
        unique=False,
        schema="process",
        postgresql_where=sa.text("closed_at IS NULL AND jsonb_array_length(breaches) > 0"),
    )
    op.create_index(
        op.f("ix_referral_subject_id"), "referral", ["subject_id"], unique=False, schema="process"
    )
    op.create_index(
        "ix_referral_to_rule",
        "referral",
        ["coordinator_unit_id", sa.literal_column("(urgency <> 'urgent')"), "offered_at", "referral_id"],
        unique=False,
        schema="process",
        postgresql_where=sa.text("status = 'to_rule'"),
    )
    op.create_index(
        op.f("ix_referral_unit_id_kind"), "referral", ["unit_id", "kind"], unique=False, schema="process"
    )
    op.create_index(
        "ix_referral_wake",
        "referral",
        ["next_wake_at"],
        unique=False,
        schema="process",
        postgresql_where=sa.text("next_wake_at IS NOT NULL"),
    )


def _process_referral_ledger() -> None:
    op.create_table(
        "referral_ledger",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("task_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("is_clock_off", sa.Boolean(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("referral_id", "seq", "task_at", "position", name=op.f("pk_referral_ledger")),
        schema="process",
    )


def _process_rung() -> None:
    op.create_table(
        "rung",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column(
            "clock",
            sa.Enum(
                "accept",
                "complete",
                "ruling",
                "idle",
                name="clockname",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column(
            "recipient_role",
            sa.Enum(
                "assignee",
                "members",
                "lead",
                "holder",
                name="recipientrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recipient_unit_id", sa.Text(), nullable=False),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.Column("is_vacant", sa.Boolean(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("referral_id", "clock", "turn", "number", name=op.f("pk_rung")),
        schema="process",
    )


def _process_visit_cycle() -> None:
    op.create_table(
        "visit_cycle",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("task_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "quiet_because",
            sa.Enum(
                "in_hospital",
                "away",
                "short_stay",
                "declines_visits",
                "presumed_dead",
                "presumed_moved",
                name="statekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("chase_referral_id", sa.Uuid(), nullable=True),
        sa.Column("next_wake_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_steps", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_visit_cycle")),
        schema="process",
    )
    op.create_index(
        op.f("ix_visit_cycle_jurisdiction_id_area_code"),
        "visit_cycle",
        ["jurisdiction_id", "area_code"],
        unique=False,
        schema="process",
    )


def _process_visit_warning() -> None:
    op.create_table(
        "visit_warning",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("obligation", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column(
            "recipient_role",
            sa.Enum(
                "assignee",
                "members",
                "lead",
                "holder",
                name="recipientrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recipient_unit_id", sa.Text(), nullable=False),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "enrolment_id", "obligation", "opens_at", "number", name=op.f("pk_visit_warning")
        ),
        schema="process",
    )


def _process_visit_window() -> None:
    op.create_table(
        "visit_window",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("obligation", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("required", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "open",
                "met",
                "missed",
                "met_late",
                "excepted",
                "void",
                name="windowoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "was",
            sa.Enum(
                "open",
                "met",
                "missed",
                "met_late",
                "excepted",
                "void",
                name="windowoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("is_excused", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("task_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("enrolment_id", "obligation", "opens_at", name=op.f("pk_visit_window")),
        schema="process",
    )
    op.create_index(
        op.f("ix_visit_window_jurisdiction_id_closes_at"),
        "visit_window",
        ["jurisdiction_id", "closes_at"],
        unique=False,
        schema="process",
    )


def _public_security_beat() -> None:
    op.create_table(
        "beat",
        sa.Column("beat_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("road", "village", name="beatkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lane_from", sa.Integer(), nullable=False),
        sa.Column("lane_to", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.CheckConstraint("lane_to >= lane_from", name=op.f("ck_beat_lanes_rise")),
        sa.PrimaryKeyConstraint("beat_id", name=op.f("pk_beat")),
        schema="public_security",
    )
    op.create_index(
        "uq_beat", "beat", ["unit_id", "kind", "name", "lane_from"], unique=True, schema="public_security"
    )


def _public_security_change() -> None:
    op.create_table(
        "change",
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "died",
                "moved_away",
                "moved_within",
                "corrected",
                name="populationchange",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("void_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_change")),
        schema="public_security",
    )
    op.create_index(
        "ix_change_referral",
        "change",
        ["referral_id"],
        unique=False,
        schema="public_security",
        postgresql_where=sa.text("referral_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_change_unit_id_recorded_at"),
        "change",
        ["unit_id", "recorded_at"],
        unique=False,
        schema="public_security",
    )


def _public_security_feed() -> None:
    op.create_table(
        "feed",
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("feed_id", name=op.f("pk_feed")),
        schema="public_security",
    )
    op.create_index("uq_feed_file", "feed", ["unit_id", "file_hash"], unique=True, schema="public_security")


def _public_security_fraud_talk() -> None:
    op.create_table(
        "fraud_talk",
        sa.Column("talk_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "education",
                "dissuasion",
                name="fraudrecord",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("void_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_fraud_talk_somebody_was_there")),
        sa.PrimaryKeyConstraint("talk_id", name=op.f("pk_fraud_talk")),
        schema="public_security",
    )
    op.create_index(
        "ix_fraud_talk_referral",
        "fraud_talk",
        ["referral_id"],
        unique=False,
        schema="public_security",
        postgresql_where=sa.text("referral_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_fraud_talk_unit_id_recorded_at"),
        "fraud_talk",
        ["unit_id", "recorded_at"],
        unique=False,
        schema="public_security",
    )


def _public_security_missing_person() -> None:
    op.create_table(
        "missing_person",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_code", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("void_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (end_code = '')", name=op.f("ck_missing_person_ends_with_a_reason")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_missing_person")),
        schema="public_security",
    )
    op.create_index(
        "ix_missing_person_referral",
        "missing_person",
        ["referral_id"],
        unique=False,
        schema="public_security",
        postgresql_where=sa.text("referral_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_missing_person_unit_id_recorded_at"),
        "missing_person",
        ["unit_id", "recorded_at"],
        unique=False,
        schema="public_security",
    )


def _public_security_welfare_check() -> None:
    op.create_table(
        "welfare_check",
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrive_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("void_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "ended_at IS NULL OR (arrived_at IS NOT NULL AND found <> '')",
            name=op.f("ck_welfare_check_ends_with_a_finding"),
        ),
        sa.CheckConstraint("arrived_at >= called_at", name=op.f("ck_welfare_check_arrives_after_the_call")),
        sa.PrimaryKeyConstraint("check_id", name=op.f("pk_welfare_check")),
        schema="public_security",
    )
    op.create_index(
        "ix_welfare_check_referral",
        "welfare_check",
        ["referral_id"],
        unique=False,
        schema="public_security",
        postgresql_where=sa.text("referral_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_welfare_check_unit_id_recorded_at"),
        "welfare_check",
        ["unit_id", "recorded_at"],
        unique=False,
        schema="public_security",
    )


def _referral_file_attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "jpeg", "png", "pdf", name="filekind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_attachment")),
        schema="referral_file",
    )
    op.create_index(
        op.f("ix_attachment_referral_id"), "attachment", ["referral_id"], unique=False, schema="referral_file"
    )


def _referral_file_draft() -> None:
    op.create_table(
        "draft",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("referral_id", "account_id", name=op.f("pk_draft")),
        schema="referral_file",
    )


def _referral_file_field_answer() -> None:
    op.create_table(
        "field_answer",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("is_granted", sa.Boolean(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_field_answer")),
        schema="referral_file",
    )
    op.create_index(
        op.f("ix_field_answer_referral_id"),
        "field_answer",
        ["referral_id"],
        unique=False,
        schema="referral_file",
    )


def _referral_file_field_request() -> None:
    op.create_table(
        "field_request",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("fields", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_field_request")),
        schema="referral_file",
    )
    op.create_index(
        op.f("ix_field_request_referral_id"),
        "field_request",
        ["referral_id"],
        unique=False,
        schema="referral_file",
    )


def _referral_file_file() -> None:
    op.create_table(
        "file",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("requesting_unit_id", sa.Text(), nullable=False),
        sa.Column("coordinator_unit_id", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "consent",
            sa.Enum(
                "agreed",
                "by_proxy",
                "not_needed",
                name="consent",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("consent_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("offered_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_file")),
        schema="referral_file",
    )
    op.create_index(
        op.f("ix_file_enrolment_id"), "file", ["enrolment_id"], unique=False, schema="referral_file"
    )


def _referral_file_note() -> None:
    op.create_table(
        "note",
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "progress",
                "reason",
                "outcome",
                "comment",
                "instruction",
                "remark",
                "unfounded",
                name="notekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_note")),
        schema="referral_file",
    )
    op.create_index(
        op.f("ix_note_referral_id"), "note", ["referral_id"], unique=False, schema="referral_file"
    )


def _referral_file_watcher() -> None:
    op.create_table(
        "watcher",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("referral_id", "account_id", name=op.f("pk_watcher")),
        schema="referral_file",
    )
    op.create_index(
        op.f("ix_watcher_account_id"), "watcher", ["account_id"], unique=False, schema="referral_file"
    )


def _visits_assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "regular",
                "substitute",
                name="assignmentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("assigned_by", sa.Uuid(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind = 'regular' OR to_on IS NOT NULL", name=op.f("ck_assignment_substitute_ends")
        ),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_assignment")),
        schema="visits",
    )
    op.create_index(
        op.f("ix_assignment_account_id_to_on"),
        "assignment",
        ["account_id", "to_on"],
        unique=False,
        schema="visits",
    )
    op.create_index(
        op.f("ix_assignment_enrolment_id"), "assignment", ["enrolment_id"], unique=False, schema="visits"
    )
    op.create_index(
        "uq_assignment_regular_open",
        "assignment",
        ["enrolment_id"],
        unique=True,
        schema="visits",
        postgresql_where=sa.text("kind = 'regular' AND to_on IS NULL"),
    )


def _visits_contact() -> None:
    op.create_table(
        "contact",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visited_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column(
            "force",
            sa.Enum(
                "visitor",
                "committee_cadre",
                "care_institution",
                "social_worker",
                "family_doctor",
                "seniors_association",
                "property_company",
                "volunteer",
                "neighbour_or_kin",
                "care_insurance_carer",
                "police",
                name="force",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "mode",
            sa.Enum(
                "at_home",
                "at_door",
                "phone",
                "video",
                "chance_meeting",
                "remote_monitoring",
                name="visitmode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reach",
            sa.Enum(
                "spoken_with",
                "seen",
                "no_answer_phone",
                "no_answer_door",
                "others_answered",
                name="reach",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_reached", sa.Boolean(), nullable=False),
        sa.Column(
            "entry_consent",
            sa.Enum(
                "oral",
                "supporter",
                "standing",
                "missing",
                "not_needed",
                name="entryconsent",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("service_items", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("red_flags", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("counts_for", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=False),
        sa.Column("reason_params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason_source", sa.Text(), nullable=False),
        sa.Column("withheld", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("to_verify", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("policy_id", sa.Text(), nullable=False),
        sa.Column("policy_hash", sa.Text(), nullable=False),
        sa.Column(
            "lateness",
            sa.Enum(
                "on_time",
                "late",
                "too_late",
                name="lateness",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_clock_off", sa.Boolean(), nullable=False),
        sa.Column("gaps", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("late_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("vouched_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("next_contact_on", sa.Date(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_contact")),
        schema="visits",
    )
    op.create_index(
        "ix_contact_batch",
        "contact",
        ["batch_id"],
        unique=False,
        schema="visits",
        postgresql_where=sa.text("batch_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_contact_enrolment_id_occurred_at"),
        "contact",
        ["enrolment_id", "occurred_at"],
        unique=False,
        schema="visits",
    )
    op.create_index(
        op.f("ix_contact_visited_by_occurred_at"),
        "contact",
        ["visited_by", "occurred_at"],
        unique=False,
        schema="visits",
    )


def _visits_need() -> None:
    op.create_table(
        "need",
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "met",
                "removed",
                "unwanted",
                name="needstanding",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ask_again_on", sa.Date(), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("need_id", name=op.f("pk_need")),
        schema="visits",
    )
    op.create_index(
        op.f("ix_need_enrolment_id_kind_said_at"),
        "need",
        ["enrolment_id", "kind", "said_at"],
        unique=False,
        schema="visits",
    )


def _visits_not_seen() -> None:
    op.create_table(
        "not_seen",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("has_red_flag", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_not_seen")),
        schema="visits",
    )
    op.create_index(
        op.f("ix_not_seen_enrolment_id"), "not_seen", ["enrolment_id"], unique=False, schema="visits"
    )
    op.create_index(
        "uq_not_seen_open",
        "not_seen",
        ["enrolment_id"],
        unique=True,
        schema="visits",
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _care_register_change_proposal() -> None:
    op.create_table(
        "change_proposal",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "name",
                "id_number",
                "sex",
                "birth_on",
                "phone",
                "address",
                "contacts",
                "door_note",
                "notes",
                "ability",
                "care_level",
                "disability_level",
                "mobility",
                "health",
                name="elderfield",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "confirmed",
                "refused",
                "superseded",
                name="proposalstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["elder_id"], ["care_register.elder.elder_id"], name=op.f("fk_change_proposal_elder_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_change_proposal")),
        schema="care_register",
    )
    op.create_index(
        "ix_change_waiting",
        "change_proposal",
        ["elder_id"],
        unique=False,
        schema="care_register",
        postgresql_where=sa.text("status = 'proposed'"),
    )


def _care_register_circumstance() -> None:
    op.create_table(
        "circumstance",
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column(
            "circumstance",
            sa.Enum(
                "living_alone",
                "empty_nest",
                "left_behind",
                "elders_only_household",
                "care_dependent",
                "dementia",
                "severe_disability",
                "special_family_planning",
                "temporary_hardship",
                "other",
                name="circumstance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["elder_id"], ["care_register.elder.elder_id"], name=op.f("fk_circumstance_elder_id")
        ),
        sa.PrimaryKeyConstraint("elder_id", "circumstance", "source", name=op.f("pk_circumstance")),
        schema="care_register",
    )


def _care_register_consent() -> None:
    op.create_table(
        "consent",
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column(
            "item",
            sa.Enum(
                "phone",
                "home_entry",
                "health_data",
                "device_data",
                "sharing",
                "photo",
                "emergency_entry",
                name="consentitem",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "oral",
                "signed",
                "witnessed",
                "recorded",
                name="consentmethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "said_by",
            sa.Enum(
                "elder",
                "family",
                "neighbour",
                "committee",
                "institution",
                "police",
                "visitor",
                "roster",
                name="saidby",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("said_by_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["elder_id"], ["care_register.elder.elder_id"], name=op.f("fk_consent_elder_id")
        ),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_consent")),
        schema="care_register",
    )
    op.create_index(
        op.f("ix_consent_elder_id_item_recorded_at"),
        "consent",
        ["elder_id", "item", "recorded_at"],
        unique=False,
        schema="care_register",
    )


def _care_register_enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "lead",
                "survey",
                "awaiting_consent",
                "active",
                "left",
                name="enrolmentstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enrolled_by", sa.Uuid(), nullable=False),
        sa.Column("is_placed", sa.Boolean(), nullable=False),
        sa.Column("agreed_weekdays", postgresql.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("plan_hash", sa.Text(), nullable=False),
        sa.Column("cycle_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "removal_reason",
            sa.Enum(
                "died",
                "moved_away",
                "long_stay",
                "no_longer_eligible",
                "own_wish",
                "entered_by_mistake",
                name="removalreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("removal_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("removal_requested_by", sa.Uuid(), nullable=True),
        sa.Column("removal_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_by", sa.Uuid(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(status = 'left') = (left_at IS NOT NULL)", name=op.f("ck_enrolment_left_has_a_time")
        ),
        sa.ForeignKeyConstraint(
            ["elder_id"], ["care_register.elder.elder_id"], name=op.f("fk_enrolment_elder_id")
        ),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_enrolment")),
        schema="care_register",
    )
    op.create_index(
        op.f("ix_enrolment_jurisdiction_id_area_code"),
        "enrolment",
        ["jurisdiction_id", "area_code"],
        unique=False,
        schema="care_register",
    )
    op.create_index(
        "uq_enrolment_open",
        "enrolment",
        ["elder_id"],
        unique=True,
        schema="care_register",
        postgresql_where=sa.text("status <> 'left'"),
    )


def _care_register_facts() -> None:
    op.create_table(
        "facts",
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column("disability_level", sa.SmallInteger(), nullable=True),
        sa.Column("has_disability_card", sa.Boolean(), nullable=False),
        sa.Column(
            "ability_level",
            sa.Enum(
                "intact",
                "mild",
                "moderate",
                "severe",
                "complete",
                name="ability",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("ability_scale", sa.Text(), nullable=False),
        sa.Column("ability_version", sa.Text(), nullable=False),
        sa.Column("ability_assessed_on", sa.Date(), nullable=True),
        sa.Column("care_level", sa.SmallInteger(), nullable=True),
        sa.Column(
            "mobility",
            sa.Enum(
                "self_caring",
                "limited",
                "bedridden",
                name="mobility",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "health",
            sa.Enum(
                "good",
                "chronic_stable",
                "poor",
                "seriously_ill",
                name="health",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("surveyed_healthy", sa.Boolean(), nullable=False),
        sa.Column("hardships", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("hardship_until", sa.Date(), nullable=True),
        sa.Column("household_size", sa.SmallInteger(), nullable=True),
        sa.Column("youngest_birth_on", sa.Date(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["elder_id"], ["care_register.elder.elder_id"], name=op.f("fk_facts_elder_id")
        ),
        sa.PrimaryKeyConstraint("elder_id", name=op.f("pk_facts")),
        schema="care_register",
    )


def _care_register_import_row() -> None:
    op.create_table(
        "import_row",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "accepted",
                "needs_confirming",
                "refused",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reading_sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "pending",
                "chosen",
                "enrolled",
                "merged",
                "conflict",
                "unchanged",
                "failed",
                name="rowoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["care_register.import_batch.batch_id"], name=op.f("fk_import_row_batch_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", "position", name=op.f("pk_import_row")),
        schema="care_register",
    )


def _health_home_bed_step() -> None:
    op.create_table(
        "home_bed_step",
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("bed_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column(
            "move",
            sa.Enum(
                "apply",
                "first_visit",
                "agree",
                "round",
                "discharge",
                "give_up",
                name="bedmove",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("void_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["bed_id"], ["health.home_bed.bed_id"], name=op.f("fk_home_bed_step_bed_id")),
        sa.PrimaryKeyConstraint("step_id", name=op.f("pk_home_bed_step")),
        sa.UniqueConstraint("bed_id", "seq", name=op.f("uq_home_bed_step_bed_id_seq")),
        schema="health",
    )


def _health_sign() -> None:
    op.create_table(
        "sign",
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column(
            "handling",
            sa.Enum(
                "to_refer",
                "referred",
                "elder_declines",
                name="signhandling",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("elder_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["health.follow_up.follow_up_id"], name=op.f("fk_sign_follow_up_id")
        ),
        sa.PrimaryKeyConstraint("follow_up_id", "code", name=op.f("pk_sign")),
        schema="health",
    )
    op.create_index(
        "uq_sign_open",
        "sign",
        ["enrolment_id", "unit_id", "code"],
        unique=True,
        schema="health",
        postgresql_where=sa.text("ended_on IS NULL"),
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


def _justice_entry() -> None:
    op.create_table(
        "entry",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "opened",
                "noted",
                "violence_seen",
                "no_longer_wished",
                "ended",
                "person_named",
                "visit_agreed",
                "advised",
                "limitation_known",
                "papers_asked",
                "papers_came",
                "started_early",
                "forwarded",
                "aid_granted",
                "aid_refused",
                "aid_appointed",
                "objected",
                "objection_answered",
                "elder_agreed",
                "other_agreed",
                "elder_refused",
                "other_refused",
                "refusal_taken_back",
                "started",
                "session_held",
                "settled",
                "not_settled",
                "confirmation_asked",
                "confirmed",
                "evidence_kept",
                "filed",
                "filed_urgently",
                "order_made",
                "order_refused",
                "review_asked",
                "review_answered",
                "member_named",
                "member_struck",
                "family_complete",
                "assessed",
                "reminded",
                "persuaded",
                "mediated",
                "went_to_law",
                "pack_exported",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["justice.record.record_id"], name=op.f("fk_entry_record_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_entry")),
        sa.UniqueConstraint("record_id", "seq", name=op.f("uq_entry_record_id_seq")),
        schema="justice",
    )


def _public_security_feed_row() -> None:
    op.create_table(
        "feed_row",
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "in_register",
                "not_in_register",
                "refused",
                "sent_before",
                name="feedverdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("faults", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("reading_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["public_security.feed.feed_id"], name=op.f("fk_feed_row_feed_id")
        ),
        sa.PrimaryKeyConstraint("feed_id", "position", name=op.f("pk_feed_row")),
        schema="public_security",
    )


def _visits_addition() -> None:
    op.create_table(
        "addition",
        sa.Column("addition_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column(
            "entry_consent",
            sa.Enum(
                "oral",
                "supporter",
                "standing",
                "missing",
                "not_needed",
                name="entryconsent",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("service_items", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("closes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("late_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["visits.contact.contact_id"], name=op.f("fk_addition_contact_id")
        ),
        sa.PrimaryKeyConstraint("addition_id", name=op.f("pk_addition")),
        schema="visits",
    )
    op.create_index(op.f("ix_addition_contact_id"), "addition", ["contact_id"], unique=False, schema="visits")


def _care_register_classification() -> None:
    op.create_table(
        "classification",
        sa.Column("classification_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "tier",
            sa.Enum(
                "focus",
                "secondary",
                "general",
                name="tier",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("groups", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("to_verify", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("presumptive", sa.Boolean(), nullable=False),
        sa.Column("policy_id", sa.Text(), nullable=False),
        sa.Column("policy_hash", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "confirmed",
                "refused",
                "superseded",
                name="proposalstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("instead_of", sa.Uuid(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR status <> 'confirmed' OR decided_by <> proposed_by",
            name=op.f("ck_classification_second_person"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(reason_sealed, until_on, instead_of) IN (0, 3)",
            name=op.f("ck_classification_by_hand_is_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["care_register.enrolment.enrolment_id"],
            name=op.f("fk_classification_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["instead_of"],
            ["care_register.classification.classification_id"],
            name=op.f("fk_classification_instead_of"),
        ),
        sa.PrimaryKeyConstraint("classification_id", name=op.f("pk_classification")),
        schema="care_register",
    )
    op.create_index(
        "ix_classification_by_hand",
        "classification",
        ["until_on"],
        unique=False,
        schema="care_register",
        postgresql_where=sa.text("until_on IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_classification_enrolment_id_proposed_at"),
        "classification",
        ["enrolment_id", "proposed_at"],
        unique=False,
        schema="care_register",
    )
    op.create_index(
        "ix_classification_waiting",
        "classification",
        ["enrolment_id"],
        unique=False,
        schema="care_register",
        postgresql_where=sa.text("status = 'proposed'"),
    )


def _care_register_exception() -> None:
    op.create_table(
        "exception",
        sa.Column("exception_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("obligation", sa.Text(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["care_register.enrolment.enrolment_id"], name=op.f("fk_exception_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("exception_id", name=op.f("pk_exception")),
        schema="care_register",
    )
    op.create_index(
        op.f("ix_exception_enrolment_id"), "exception", ["enrolment_id"], unique=False, schema="care_register"
    )


def _care_register_home_bed() -> None:
    op.create_table(
        "home_bed",
        sa.Column("bed_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_home_bed_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["care_register.enrolment.enrolment_id"], name=op.f("fk_home_bed_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("bed_id", name=op.f("pk_home_bed")),
        schema="care_register",
    )
    op.create_index(
        op.f("ix_home_bed_enrolment_id"), "home_bed", ["enrolment_id"], unique=False, schema="care_register"
    )


def _care_register_state() -> None:
    op.create_table(
        "state",
        sa.Column("state_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "in_hospital",
                "away",
                "short_stay",
                "declines_visits",
                "presumed_dead",
                "presumed_moved",
                name="statekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "reported",
                "confirmed",
                "refused",
                "ended",
                name="statestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expected_end_on", sa.Date(), nullable=True),
        sa.Column(
            "said_by",
            sa.Enum(
                "elder",
                "family",
                "neighbour",
                "committee",
                "institution",
                "police",
                "visitor",
                "roster",
                name="saidby",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.Uuid(), nullable=False),
        sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("ask_again_on", sa.Date(), nullable=True),
        sa.Column("asked_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status <> 'ended' OR ended_at IS NOT NULL", name=op.f("ck_state_ended_has_a_time")
        ),
        sa.CheckConstraint("decided_by <> reported_by", name=op.f("ck_state_second_person")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["care_register.enrolment.enrolment_id"], name=op.f("fk_state_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("state_id", name=op.f("pk_state")),
        schema="care_register",
    )
    op.create_index(
        op.f("ix_state_enrolment_id"), "state", ["enrolment_id"], unique=False, schema="care_register"
    )
    op.create_index(
        "ix_state_open",
        "state",
        ["status"],
        unique=False,
        schema="care_register",
        postgresql_where=sa.text("status IN ('reported', 'confirmed')"),
    )


def _visits_finding() -> None:
    op.create_table(
        "finding",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("addition_id", sa.Uuid(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["addition_id"], ["visits.addition.addition_id"], name=op.f("fk_finding_addition_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["visits.contact.contact_id"], name=op.f("fk_finding_contact_id")
        ),
        sa.PrimaryKeyConstraint("contact_id", "kind", name=op.f("pk_finding")),
        schema="visits",
    )


def _care_register_reported_change() -> None:
    op.create_table(
        "reported_change",
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "died",
                "moved_away",
                "moved_within",
                "corrected",
                name="populationchange",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("state_id", sa.Uuid(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.Uuid(), nullable=False),
        sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "confirmed",
                "refused",
                "superseded",
                name="proposalstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("jurisdiction_id", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(status = 'proposed') = (decided_at IS NULL)", name=op.f("ck_reported_change_decided_has_a_time")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["care_register.enrolment.enrolment_id"],
            name=op.f("fk_reported_change_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["state_id"], ["care_register.state.state_id"], name=op.f("fk_reported_change_state_id")
        ),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_reported_change")),
        schema="care_register",
    )
    op.create_index(
        op.f("ix_reported_change_enrolment_id"),
        "reported_change",
        ["enrolment_id"],
        unique=False,
        schema="care_register",
    )
    op.create_index(
        "ix_reported_change_waiting",
        "reported_change",
        ["confirm_by"],
        unique=False,
        schema="care_register",
        postgresql_where=sa.text("status = 'proposed'"),
    )
