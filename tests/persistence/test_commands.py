"""`tanfang db`: what an administrator runs."""

import psycopg
import pytest
from click.testing import CliRunner

from deploy.cli.main import main
from deploy.migrations.origin import fingerprint
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.persistence.conftest import CLERK, NOW


@pytest.fixture
def tanfang(settings: Settings) -> CliRunner:
    """The command, pointed at this module's database."""
    return CliRunner(
        env={
            "TANFANG_ENVIRONMENT": "test",
            "TANFANG_DATABASE_HOST": settings.database_host,
            "TANFANG_DATABASE_PORT": str(settings.database_port),
            "TANFANG_DATABASE_NAME": settings.database_name,
            "TANFANG_DATABASE_ADMIN": settings.database_admin,
            "TANFANG_DATABASE_ADMIN_PASSWORD": settings.database_admin_password,
        }
    )


def test_upgrading_again_changes_nothing(tanfang: CliRunner, settings: Settings) -> None:
    with psycopg.connect(settings.database_url(Login.OWNER)) as owner:
        before = owner.execute("SELECT version_num FROM kit.alembic_version").fetchall()
    assert tanfang.invoke(main, ["db", "upgrade"]).exit_code == 0
    with psycopg.connect(settings.database_url(Login.OWNER)) as owner:
        assert owner.execute("SELECT version_num FROM kit.alembic_version").fetchall() == before


def test_a_database_that_other_files_made_is_refused_before_anything_changes(
    tanfang: CliRunner, settings: Settings
) -> None:
    """Until the first release migrations are rewritten in place: their numbers would say "newest"."""
    with psycopg.connect(settings.database_url(Login.OWNER), autocommit=True) as owner:
        owner.execute("COMMENT ON SCHEMA kit IS 'other files'")
        refused = tanfang.invoke(main, ["db", "upgrade"])
        note_made_by_these(owner)

    assert refused.exit_code != 0
    assert "make reset" in refused.output
    assert tanfang.invoke(main, ["db", "upgrade"]).exit_code == 0


def note_made_by_these(owner: psycopg.Connection) -> None:
    owner.execute(f"COMMENT ON SCHEMA kit IS '{fingerprint()}'")


def test_a_whole_history_is_reported_whole_and_a_broken_one_fails(
    tanfang: CliRunner, settings: Settings, visits: Database
) -> None:
    """An altered log is detected (X-08)."""
    for stream in ("elder:1", "elder:2"):
        with visits.begin(CLERK, NOW) as work:
            work.record(stream=stream, action="contacted")
    whole = tanfang.invoke(main, ["db", "verify-history"])
    assert (whole.exit_code, whole.stdout) == (0, "2 chains and 0 daily seals checked, 0 broken\n")

    with psycopg.connect(settings.database_url(Login.OWNER)) as owner:
        owner.execute("UPDATE kit.history SET action = 'revealed' WHERE stream = 'elder:2'")
    broken = tanfang.invoke(main, ["db", "verify-history"])
    assert (broken.exit_code, broken.stdout) == (1, "2 chains and 0 daily seals checked, 1 broken\n")
    assert "elder:2 at entry 1" in broken.stderr


def test_refused_settings_are_said_in_both_languages(tanfang: CliRunner) -> None:
    refused = tanfang.invoke(main, ["db", "upgrade"], env={"TANFANG_DATABASE_PORT": "many"})
    assert refused.exit_code == 1
    assert "settings refused: malformed" in refused.stderr
    assert "配置项" in refused.stderr
