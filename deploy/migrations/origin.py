"""Which files made a database: until the first release they are rewritten in place, numbers and all."""

from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, text

HERE = Path(__file__).parent
FILES = (*sorted((HERE / "versions").glob("*.py")), *sorted((HERE / "sql").glob("*.sql")))

IS_EMPTY = text("SELECT to_regclass('kit.alembic_version') IS NULL")
ORIGIN = text("SELECT obj_description('kit'::regnamespace, 'pg_namespace')")


class OtherOriginError(RuntimeError):
    """The database was made by other files than these."""


def check_origin(connection: Connection) -> None:
    """Refuse a database that other files made. Raises OtherOriginError; nothing has been changed by then."""
    if connection.execute(IS_EMPTY).scalar_one() or connection.execute(ORIGIN).scalar_one() == fingerprint():
        return
    raise OtherOriginError(
        "the database was made by another version of the migrations, which are rewritten in place until the"
        " first release; `make reset` wipes a local one, and the next `make run` makes it anew"
    )


def note_origin(connection: Connection) -> None:
    """Write down which files have made this database."""
    connection.execute(text(f"COMMENT ON SCHEMA kit IS '{fingerprint()}'"))


def fingerprint() -> str:
    """What all files together say."""
    digest = sha256()
    for file in FILES:
        digest.update(file.read_bytes())
    return digest.hexdigest()
