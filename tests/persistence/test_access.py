"""Who may see what: the database itself refuses, whatever a service forgets."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import Connection, NullPool, create_engine, exists, literal_column, select, text

from shared.contracts.access import Principal
from shared.persistence.engine import Database, act_as
from shared.persistence.search_tokens import SearchTerm, find_elders, save_terms
from shared.persistence.tables import TokenKind
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from tests.persistence.conftest import CLERK, NOW, STRANGER, WORKER
from tests.persistence.every_table import fill_every_table

SERVICES = [login for login in Login if login is not Login.OWNER]
READABLE = """
SELECT
    format('%I.%I', n.nspname, c.relname) AS relation,
    (
        SELECT quote_ident(a.attname) FROM pg_attribute AS a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND has_column_privilege(c.oid, a.attnum, 'SELECT')
        LIMIT 1
    ) AS readable
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname !~ '^(pg_|information_schema|public)'
    AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
"""
OPEN = {"kit.clock_shift"}
"""Seen without a principal: the test clock, which is about nobody."""
OPEN_TO_STAFF = {"coordination.policy_on_record", "coordination.published_policy", "kit.outbox_state"}
"""Seen by whoever is signed in, wherever: published plans, and counts of what waits to be sent."""


@pytest.fixture(scope="module", autouse=True)
def rows_of_a_town(settings: Settings) -> None:
    """Something to be seen: one row of the clerk's town in every table."""
    engine = create_engine(settings.database_url(Login.OWNER), poolclass=NullPool)
    with engine.begin() as connection:
        fill_every_table(connection)


@pytest.mark.parametrize("login", SERVICES)
def test_with_nothing_set_a_login_sees_no_row_of_anything(settings: Settings, login: Login) -> None:
    """Unset means no rows: a transaction that forgot its principal reads and counts nothing."""
    assert relations_seen(settings, login, principal=None) == set()


@pytest.mark.parametrize("login", SERVICES)
def test_as_another_town_a_login_sees_no_row_of_this_one(settings: Settings, login: Login) -> None:
    """A clerk of one town never sees another's elders, counts included."""
    assert relations_seen(settings, login, principal=STRANGER) <= OPEN_TO_STAFF


@pytest.mark.parametrize("login", sorted(set(SERVICES) - {Login.WORKER, Login.RELAY}))
def test_the_star_means_nothing_in_the_hands_of_a_service(settings: Settings, login: Login) -> None:
    """Only the worker and the relay act for every jurisdiction."""
    assert relations_seen(settings, login, principal=WORKER) <= OPEN_TO_STAFF


def test_the_walk_would_notice(settings: Settings) -> None:
    """The rows are there to be seen: the worker, acting for everybody, sees those it may read."""
    assert {"process.visit_cycle", "process.referral"} <= relations_seen(
        settings, Login.WORKER, principal=WORKER
    )


def test_another_town_sees_no_elder_and_finds_none(database_of: Callable[[Login], Database]) -> None:
    register = database_of(Login.CARE_REGISTER)
    with register.begin(CLERK, NOW) as work:
        save_terms(
            work,
            vault(),
            elder_id=uuid4(),
            jurisdiction_id=CLERK.jurisdiction_id,
            area_code="370302115201",
            terms=[SearchTerm(kind=TokenKind.NAME, value="张桂花")],
        )
        assert len(find_elders(work, vault(), "张桂花", limit=10)) == 1
    with register.begin(STRANGER, NOW) as work:
        assert find_elders(work, vault(), "张桂花", limit=10) == []


def test_nobody_writes_into_another_town(database_of: Callable[[Login], Database]) -> None:
    register = database_of(Login.CARE_REGISTER)
    with pytest.raises(Exception, match="row-level security"), register.begin(STRANGER, NOW) as work:
        save_terms(
            work,
            vault(),
            elder_id=uuid4(),
            jurisdiction_id=CLERK.jurisdiction_id,
            area_code="370302115201",
            terms=[SearchTerm(kind=TokenKind.NAME, value="李四")],
        )


def test_what_was_set_ends_with_its_transaction(database_of: Callable[[Login], Database]) -> None:
    """A pooled connection carries nobody's rights to the next request."""
    engine = database_of(Login.CARE_REGISTER).engine
    with engine.connect() as connection:
        act_as(connection, CLERK)
        connection.commit()
        left = connection.exec_driver_sql("SELECT current_setting('tf.areas', true)").scalar_one()
    assert not left


def relations_seen(settings: Settings, login: Login, *, principal: Principal | None) -> set[str]:
    """Every table and view of which the login sees at least one row."""
    engine = create_engine(settings.database_url(login), poolclass=NullPool)
    with engine.connect() as connection:
        if principal:
            act_as(connection, principal)
        readable = connection.execute(text(READABLE)).all()
        return {relation for relation, column in readable if sees_a_row(connection, relation, column)} - OPEN


def sees_a_row(connection: Connection, relation: str, column: str) -> bool:
    """Whether any row of it is visible; one column stands for the row, because grants may name columns."""
    return bool(
        connection.execute(
            select(exists(select(literal_column(column)).select_from(text(relation))))
        ).scalar()
    )


def vault() -> Vault:
    return Vault.from_settings(Settings())
