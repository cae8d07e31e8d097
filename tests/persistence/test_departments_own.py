"""What a department keeps of its own is read by its service alone: the database refuses every other."""

import psycopg
import pytest
from psycopg import sql

from shared.platform.logins import Login
from shared.platform.settings import Settings

OWNERS = {"justice": Login.JUSTICE, "health": Login.HEALTH, "public_security": Login.PUBLIC_SECURITY}

FOR_OTHERS = {
    Login.VISITS: {"health.sign_for_others"},
    Login.COORDINATION: {"health.sign_for_others"},
    Login.CARE_REGISTER: {"public_security.change_words"},
}
"""The views through which others learn the least: that a reading was abnormal, the words of news."""

RELATIONS = """
SELECT n.nspname, c.relname, c.relkind = 'r' AS is_table
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = ANY(%s) AND c.relkind IN ('r', 'p', 'v', 'm')
"""
READ = "EXPLAIN SELECT FROM {}"
VERBS = (
    READ,
    "EXPLAIN INSERT INTO {} DEFAULT VALUES",
    "EXPLAIN UPDATE {} SET area_code = area_code",
    "EXPLAIN DELETE FROM {}",
)
"""Asked for without being done: the right is looked at all the same."""


@pytest.fixture
def kept(settings: Settings) -> dict[str, str]:
    """Every table and view of the departments as it stands in the database, and whose it is."""
    with psycopg.connect(settings.database_url(Login.OWNER)) as connection:
        rows = connection.execute(RELATIONS, [list(OWNERS)]).fetchall()
    assert {schema for schema, _, is_table in rows if is_table} == set(OWNERS)
    return {f"{schema}.{name}": schema for schema, name, _ in rows}


@pytest.mark.parametrize("login", sorted(set(Login) - {Login.OWNER}))
def test_a_login_reaches_nothing_of_a_department_but_its_own_and_the_views_made_for_it(
    settings: Settings, login: Login, kept: dict[str, str]
) -> None:
    """Every table there is, those that come tomorrow included; to read and to write."""
    reached = {verb: reachable(settings, login, verb, kept) for verb in VERBS}
    own = {relation for relation, schema in kept.items() if OWNERS[schema] is login}

    for verb, relations in reached.items():
        assert relations - own == (FOR_OTHERS.get(login, set()) if verb == READ else set()), verb
    # Without this the refusals might be about anything.
    assert bool(reached[READ] & own) == (login in OWNERS.values())


def reachable(settings: Settings, login: Login, verb: str, kept: dict[str, str]) -> set[str]:
    """What the login may do this to: anything but a refusal by grant."""
    found = set()
    with psycopg.connect(settings.database_url(login), autocommit=True) as connection:
        for relation in kept:
            statement = sql.SQL(verb).format(sql.Identifier(*relation.split(".")))
            try:
                connection.execute(statement)
            except psycopg.errors.InsufficientPrivilege:
                continue
            found.add(relation)
    return found
