"""What a contact costs at least: the same sign-in, login and row policies, and one plain statement per table.

The rows are those of the elder's last real contact under new ids: the route knows no rules of visiting.
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

from shared.contracts.access import Role
from shared.persistence.engine import act_as
from shared.platform.settings import Settings
from shared.web import current
from shared.web.access import allow

PERMISSION = (
    "GRANT INSERT ON kit.history, kit.history_head, kit.outbox TO tf_visits",
    "CREATE POLICY bench ON kit.outbox FOR INSERT TO tf_visits WITH CHECK (true)",
)
"""The plain route writes without the kit's functions, which the service's login may not do elsewhere."""

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
    "kit.history_head": "SELECT * FROM kit.history_head WHERE jurisdiction_id = %(jurisdiction_id)s LIMIT 1",
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
    with current.kit().database.engine.begin() as transaction:
        act_as(transaction, current.principal())
        connection = transaction.connection.driver_connection
        assert isinstance(connection, Connection)
        for table, values in _renewed(rows, contact_id).items():
            every = [value for row in values for value in row.values()]
            connection.execute(_insert(table, tuple(values[0]), len(values)), every)
    return jsonify({"contact_id": str(contact_id)})


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
    detail = rows["kit.history"][0]["detail"].obj | {"contact_id": str(contact_id)}
    old = rows["kit.outbox"][0]
    payload = json.dumps(old["payload"].obj).replace(str(old["message_id"]), str(message_id))
    payload = payload.replace(str(rows["visits.contact"][0]["contact_id"]), str(contact_id))
    changes: Mapping[str, dict[str, Any]] = {
        "visits.contact": {"contact_id": contact_id},
        "visits.finding": {"contact_id": contact_id},
        "kit.history": {"stream": stream, "detail": Jsonb(detail)},
        "kit.history_head": {"stream": stream},
        "kit.outbox": {"message_id": message_id, "payload": Jsonb(json.loads(payload))},
    }
    return {table: [row | changes[table] for row in values] for table, values in rows.items()}


@cache
def _insert(table: str, columns: tuple[str, ...], rows: int) -> bytes:
    row = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))
    statement = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(*table.split(".")),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join([row] * rows),
    )
    return statement.as_bytes()
