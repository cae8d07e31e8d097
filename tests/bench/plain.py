"""What a contact costs at least: the same sign-in and the same rows, one plain statement per table.

The rows are those of the elder's last real contact under new ids: the route knows no rules and no territory.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import psycopg
from flask import Blueprint, Response, jsonify, request
from psycopg import Connection, sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from sqlalchemy import Engine, create_engine

from shared.contracts.access import Role
from shared.platform.settings import Settings
from shared.web.access import allow

JSONB = 3802
"""The type number of jsonb, which PostgreSQL never changes."""

SAMPLES = {
    "visits.contact": (
        "SELECT * FROM visits.contact WHERE enrolment_id = %(enrolment_id)s AND is_reached"
        " ORDER BY recorded_at DESC LIMIT 1"
    ),
    "visits.finding": "SELECT * FROM visits.finding WHERE contact_id = %(contact_id)s",
    "kit.history": (
        "SELECT * FROM kit.history WHERE action = 'contact_recorded'"
        " AND detail ->> 'contact_id' = %(contact_id)s::text LIMIT 1"
    ),
    "kit.history_head": "SELECT * FROM kit.history_head LIMIT 1",
    "kit.outbox": (
        "SELECT key, verb, name, payload, message_id, created_at FROM kit.outbox WHERE name = 'take_in'"
        " AND strpos(payload::text, %(contact_id)s::text) > 0 LIMIT 1"
    ),
}

Rows = Mapping[str, list[dict[str, Any]]]

blueprint = Blueprint("plain", __name__, url_prefix="/visits/api/plain")


@blueprint.put("/<uuid:contact_id>")
@allow(Role.VISITOR)
def record(contact_id: UUID) -> Response:
    """Store the rows of a contact."""
    rows = _sample(UUID(request.get_json()["enrolment_id"]))
    with _engine().begin() as transaction:
        connection = transaction.connection.driver_connection
        assert isinstance(connection, Connection)
        for table, values in _renewed(rows, contact_id).items():
            connection.cursor().executemany(_insert(table, tuple(values[0])), values)
    return jsonify({"contact_id": str(contact_id)})


@cache
def _engine() -> Engine:
    settings = Settings.from_env()
    url = settings.admin_url(settings.database_name).replace("postgresql://", "postgresql+psycopg://")
    return create_engine(url, pool_size=settings.database_pool_size)


@cache
def _sample(enrolment_id: UUID) -> Rows:
    settings = Settings.from_env()
    with psycopg.connect(settings.admin_url(settings.database_name), row_factory=dict_row) as connection:
        known: dict[str, Any] = {"enrolment_id": enrolment_id}
        found: dict[str, list[dict[str, Any]]] = {}
        for table, query in SAMPLES.items():
            found[table] = _adapted(connection.execute(query.encode(), known))
            known |= found["visits.contact"][0]
    return found


def _adapted(found: psycopg.Cursor[dict[str, Any]]) -> list[dict[str, Any]]:
    jsons = {column.name for column in found.description or () if column.type_code == JSONB}
    return [
        {name: Jsonb(value) if name in jsons else value for name, value in row.items()}
        for row in found.fetchall()
    ]


def _renewed(rows: Rows, contact_id: UUID) -> Rows:
    """The sample as rows of this contact, with a history of its own and a message to its cycle."""
    message_id, stream = uuid4(), f"bench:{contact_id}"
    old = rows["kit.outbox"][0]
    payload = json.dumps(old["payload"].obj).replace(str(old["message_id"]), str(message_id))
    payload = payload.replace(str(rows["visits.contact"][0]["contact_id"]), str(contact_id))
    changes: Mapping[str, dict[str, Any]] = {
        "visits.contact": {"contact_id": contact_id},
        "visits.finding": {"contact_id": contact_id},
        "kit.history": {"stream": stream},
        "kit.history_head": {"stream": stream},
        "kit.outbox": {"message_id": message_id, "payload": Jsonb(json.loads(payload))},
    }
    return {table: [row | changes[table] for row in values] for table, values in rows.items()}


@cache
def _insert(table: str, columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(*table.split(".")),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(map(sql.Placeholder, columns)),
    )
