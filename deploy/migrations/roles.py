"""The login roles and the database itself, made by the administrator before any migration.

Safe to run again: it renews what is there.
"""

from psycopg import Connection, connect, sql

from shared.platform.logins import Login
from shared.platform.settings import Settings

ONE_AT_A_TIME = 7_450_001
"""The advisory lock of this step: roles belong to the whole server, where two runs would collide."""


def make_roles(settings: Settings) -> None:
    """Make or renew every login role, make the database, and let nobody else in."""
    with connect(settings.admin_url(), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        for login in Login:
            _make_role(admin, login, settings.database_password(login))
        _make_database(admin, settings.database_name)


def _make_role(admin: Connection, login: Login, password: str) -> None:
    name = sql.Identifier(login.role_name)
    known = admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [login.role_name]).fetchone()
    if known is None:
        admin.execute(sql.SQL("CREATE ROLE {}").format(name))
    # Hashed here, so that the server's log of statements never holds a password.
    hashed = admin.pgconn.encrypt_password(password.encode(), login.role_name.encode(), b"scram-sha-256")
    # The owner's views and functions carry their own predicates: row policies must not apply there again.
    bypass = sql.SQL("BYPASSRLS" if login is Login.OWNER else "NOBYPASSRLS")
    admin.execute(
        sql.SQL("ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE {} PASSWORD {}").format(
            name, bypass, hashed.decode()
        )
    )


def _make_database(admin: Connection, database: str) -> None:
    name, owner = sql.Identifier(database), sql.Identifier(Login.OWNER.role_name)
    if admin.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(name, owner)
        )
    admin.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, owner))
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    everybody = sql.SQL(", ").join(sql.Identifier(login.role_name) for login in Login)
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, everybody))
