"""Writes the first migration from the models, one function per table, so that a reader can find each one."""

import subprocess
import sys
from pathlib import Path
from typing import Literal

from alembic.autogenerate import render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateIndexOp, CreateTableOp, UpgradeOps
from sqlalchemy import Table

from deploy.migrations.models import metadata, schemas
from shared.persistence.base import Instant

TARGET = Path(__file__).parent / "versions" / "0001_tables.py"

HEAD = '''"""Every table, generated from the models by `tanfang db regenerate`; do not edit by hand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the schemas, then the tables in the order of their references."""
'''


def write_first_migration(target: Path = TARGET) -> Path:
    """Generate the file and format it with ruff."""
    target.write_text(first_migration(), encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "format", "--quiet", str(target)]
    subprocess.run(command, check=True)  # noqa: S603 - our own formatter on our own file
    return target


def first_migration() -> str:
    """The source of the migration."""
    tables = metadata().sorted_tables
    makes = [f'    op.execute("CREATE SCHEMA IF NOT EXISTS {schema}")\n' for schema in schemas()]
    names = "".join(f"        {_function(table)},\n" for table in tables)
    loop = f"    for make_table in (\n{names}    ):\n        make_table()\n"
    return HEAD + "".join(makes) + loop + "".join(_definition(table) for table in tables)


def _definition(table: Table) -> str:
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    ops = UpgradeOps(ops=[CreateTableOp.from_table(table), *map(CreateIndexOp.from_index, indexes)])
    body = render_python_code(
        ops,
        render_item=_render_item,
        migration_context=MigrationContext.configure(dialect_name="postgresql"),
    )
    lines = [line for line in body.splitlines() if not line.lstrip().startswith("#")]
    return "\n".join(["", "", f"def {_function(table)}() -> None:", *lines, ""])


def _function(table: Table) -> str:
    return f"_{table.schema}_{table.name}"


def _render_item(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Instants are written as what the database has: a migration must not change when our own type does."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return False
