"""The worker seals a day of the history; the administrator checks it and keeps its root elsewhere (X-08)."""

from datetime import UTC, datetime

from click.testing import CliRunner

from deploy.cli.main import main
from shared.contracts.review import SealAsOf
from shared.platform.logins import Login
from shared.process.writing import ProcessRows
from tests.process.conftest import TUESDAY, Village

AFTER_MIDNIGHT = datetime(2026, 11, 20, 16, 10, tzinfo=UTC)
"""Ten past midnight of the 21st in China."""


def test_the_day_that_has_ended_is_sealed_and_a_root_noted_elsewhere_is_found_again(
    village: Village, writer: ProcessRows, tanfang: CliRunner
) -> None:
    with village.database(Login.VISITS).begin(village.somebody, TUESDAY) as work:
        work.record(stream="elder:sealed", action="contacted")
    writer.seal_history(SealAsOf(as_of=AFTER_MIDNIGHT))
    writer.seal_history(SealAsOf(as_of=AFTER_MIDNIGHT))

    said = tanfang.invoke(main, ["db", "verify-history"])
    assert (said.exit_code, "1 daily seals checked, 0 broken" in said.output) == (0, True)
    day, root = said.output.splitlines()[-1].removeprefix("root of ").split(": ")
    assert day == "2026-11-20"
    assert tanfang.invoke(main, ["db", "verify-history", "--root", root]).exit_code == 0
    assert tanfang.invoke(main, ["db", "verify-history", "--root", "ab" * 32]).exit_code == 1
    assert tanfang.invoke(main, ["db", "verify-history", "--root", ""]).exit_code == 1
