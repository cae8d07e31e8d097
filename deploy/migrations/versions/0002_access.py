"""Who may see what: functions, grants, row policies and views, from the files of `deploy/migrations/sql`."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """Run each file as it stands; the connection of the migration is the owner's."""
    connection = op.get_bind().connection.cursor()
    for file in sorted(SQL.glob("*.sql")):
        connection.execute(file.read_bytes())
