"""Whoever asks the command line for something that it cannot do is told what, in Chinese (issue 3)."""

import pytest
from click.testing import CliRunner

from deploy.cli.main import main

USAGE_ERROR = 2


def shell() -> CliRunner:
    """A shell that says where things are, so that the command joins no stack that runs beside the tests."""
    return CliRunner(env={"TANFANG_DATABASE_HOST": "127.0.0.1"})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["dance"], "没有 dance 这个命令"),
        (["--dance"], "没有 --dance 这个选项"),
        (["policy", "dance"], "没有 dance 这个命令"),
        (["policy", "check"], "缺少 FILES..."),
        (["policy", "check", "none.toml"], "FILES...：找不到“none.toml”"),
        (["policy", "show", "zibo_zichuan", "--on", "2026-13-01"], "--on：应当写成 2026-11-21 这样的日期"),
        (["policy", "show", "zibo_zichuan", "--kind"], "--kind 后面要写上内容"),
        (["policy", "publish", "zibo_zichuan", "more"], "多写了内容，或写法不对"),
        (["import-roster", __file__], "缺少 --jurisdiction"),
        (["workdays", "import", __file__], "FILE：文件名应当以 workdays_ 开头"),
    ],
)
def test_a_command_typed_wrongly_says_what_is_wrong(typed: list[str], said: str) -> None:
    refused = shell().invoke(main, typed)

    assert refused.exit_code == USAGE_ERROR
    assert f"不能执行：{said}" in refused.stderr
    assert "Usage" not in refused.stderr


def test_how_it_is_written_and_where_its_help_is_stand_above() -> None:
    refused = shell().invoke(main, ["policy", "check"])

    assert "用法：tanfang policy check [OPTIONS] FILES..." in refused.stderr.replace("main", "tanfang")
    assert "policy check --help”查看说明" in refused.stderr


def test_a_group_without_a_command_shows_its_help() -> None:
    shown = shell().invoke(main, ["policy"])

    assert "Look after the policy files." in shown.output
