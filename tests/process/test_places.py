"""`tanfang places set-up`: a place costs its file and a list of its committees, and no code."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner

from deploy.cli.main import main
from services.identity.handlers.directory import areas, units
from services.identity.handlers.setting_up import Committee, SetUp, set_up
from shared.contracts.access import Principal
from shared.domain.errors import Invalid
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook
from shared.policies.model import Policy
from shared.process.directory import load_directory
from tests.builders import at
from tests.policies.test_third_place import PLACE, TODAY, folder_with, written
from tests.process.conftest import PLACE as INSTALLED

NOW = at("2026-11-18 10:00")
WHO = Principal(account_id=UUID(int=7), jurisdiction_id=PLACE)
VILLAGES = (
    Committee(area_code="539902101201", name="河湾村"),
    Committee(area_code="539902101202", name="石桥村"),
)


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """The invented district of third_place.md."""
    folder = folder_with(tmp_path_factory.mktemp("policies"), written())
    return PolicyBook.load(folder).in_force(PLACE, TODAY)


@pytest.fixture(scope="module")
def identity(settings: Settings) -> Iterator[Database]:
    database = Database(settings, Login.IDENTITY)
    yield database
    database.close()


def put(identity: Database, policy: Policy, committees: tuple[Committee, ...]) -> SetUp:
    with identity.begin(WHO, NOW) as work:
        return set_up(policy, committees, work)


def test_units_and_areas_of_a_third_place_come_from_its_file_and_a_list(
    identity: Database, third: Policy
) -> None:
    assert put(identity, third, VILLAGES) == SetUp(units=5, areas=4, out_of_use=0)
    with identity.begin(WHO, NOW) as work:
        named = [unit.name for unit in units(work)]
        known = [area.code for area in areas(work)]
        tree = load_directory(work.session, PLACE)
    assert "河湾村村民委员会" in named
    assert known == ["539902000000", "539902101000", "539902101201", "539902101202"]
    assert tree.town_of("539902101201") == f"{PLACE}:town_101"
    assert tree.parent_of(tree.committee_of("539902101201")) == f"{PLACE}:town_101"


def test_again_it_renews_and_what_the_plan_no_longer_names_is_out_of_use(
    identity: Database, third: Policy
) -> None:
    put(identity, third, VILLAGES)
    smaller = replace(third, units=tuple(unit for unit in third.units if unit.code != "town_101"))
    assert put(identity, smaller, VILLAGES[:1]).out_of_use == 1
    with identity.begin(WHO, NOW) as work:
        named = [unit.name for unit in units(work)]
    assert "青禾镇人民政府" not in named
    assert {"河湾村村民委员会", "石桥村村民委员会"} <= set(named)
    assert put(identity, third, ()).out_of_use == 0


def test_a_committee_of_another_place_is_refused_and_nothing_is_set_up(
    identity: Database, third: Policy
) -> None:
    with pytest.raises(Invalid, match="area_outside"):
        put(identity, third, (Committee(area_code="370302115201", name="南村"),))


def test_the_command_reads_a_list_as_offices_keep_it(tanfang: CliRunner, tmp_path: Path) -> None:
    listed = tmp_path / "villages.csv"
    listed.write_text("代码,名称\n370302115901,新村\n", encoding="utf-8-sig")
    done = tanfang.invoke(main, ["places", "set-up", INSTALLED, "--committees", str(listed)])
    assert (done.exit_code, "单位 24 个" in done.stdout) == (0, True)

    listed.write_text("539902101201,河湾村\n", encoding="utf-8")
    refused = tanfang.invoke(main, ["places", "set-up", INSTALLED, "--committees", str(listed)])
    assert (refused.exit_code, "河湾村（539902101201）" in refused.stderr) == (1, True)

    listed.write_text("370302115901\n", encoding="utf-8")
    assert tanfang.invoke(main, ["places", "set-up", INSTALLED, "--committees", str(listed)]).exit_code == 2
    assert tanfang.invoke(main, ["places", "set-up", "nowhere"]).exit_code == 2


@pytest.mark.parametrize(
    ("login", "name", "word"), [("A B", "何平", "账号"), ("zc.first", "何" * 41, "姓名")]
)
def test_the_first_administrator_gets_no_login_that_nobody_could_sign_in_with(
    tanfang: CliRunner, login: str, name: str, word: str
) -> None:
    said = ["accounts", "open-admin", "--jurisdiction", INSTALLED, "--login", login, "--name", name]
    refused = tanfang.invoke(main, said, input="winter 2027\nwinter 2027\n")

    assert (refused.exit_code, f"{word}：" in refused.stderr) == (1, True)


def test_a_list_that_is_no_text_in_utf8_is_refused_in_a_line(tanfang: CliRunner, tmp_path: Path) -> None:
    listed = tmp_path / "villages.csv"
    listed.write_text("370302115901,新村\n", encoding="gb18030")

    refused = tanfang.invoke(main, ["places", "set-up", INSTALLED, "--committees", str(listed)])
    assert (refused.exit_code, "不是 UTF-8 编码的 CSV 文件" in refused.stderr) == (2, True)
