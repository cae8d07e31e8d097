"""Settings: read once from the environment, and refused where they would be dangerous."""

import base64
import os

import pytest

from shared.platform.logins import Login
from shared.platform.settings import DEFAULT_PASSWORD, Environment, Settings, SettingsRefusedError

SAFE = {
    "TANFANG_ENVIRONMENT": "production",
    "TANFANG_MASTER_KEYS": f"k1:{base64.b64encode(os.urandom(32)).decode()}",
    "TANFANG_INDEX_KEY": base64.b64encode(os.urandom(32)).decode(),
    "TANFANG_DATABASE_PASSWORD_VISITS": "s3cret p@ss/word",
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test."""
    for name in [name for name in os.environ if name.startswith("TANFANG_")]:
        monkeypatch.delenv(name)


def read(monkeypatch: pytest.MonkeyPatch, **changed: str) -> Settings:
    for name, value in (SAFE | changed).items():
        monkeypatch.setenv(name, value)
    return Settings.from_env()


def test_a_laptop_needs_no_setting() -> None:
    settings = Settings.from_env()
    assert settings == Settings()
    assert settings.environment is Environment.LOCAL


def test_production_starts_with_its_own_keys_and_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch)
    assert settings.cookie_secure
    assert not settings.demonstration
    assert not settings.test_clock


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("default_master_key", {"TANFANG_MASTER_KEYS": Settings().master_keys}),
        (
            "default_master_key",
            {"TANFANG_MASTER_KEYS": f"{SAFE['TANFANG_MASTER_KEYS']},{Settings().master_keys}"},
        ),
        ("default_index_key", {"TANFANG_INDEX_KEY": Settings().index_key}),
        ("default_database_password", {"TANFANG_DATABASE_PASSWORD_RELAY": DEFAULT_PASSWORD}),
        ("demonstration_accounts", {"TANFANG_DEMONSTRATION": "true"}),
        ("insecure_cookie", {"TANFANG_COOKIE_SECURE": "false"}),
        ("test_clock", {"TANFANG_TEST_CLOCK": "true"}),
        ("malformed", {"TANFANG_DATABASE_PORT": "many"}),
        ("malformed", {"TANFANG_ENVIRONMENT": "prod"}),
    ],
)
def test_production_refuses_what_is_dangerous(
    monkeypatch: pytest.MonkeyPatch, code: str, changed: dict[str, str]
) -> None:
    """Production settings refuse to start with a default key or demonstration accounts, in both languages."""
    with pytest.raises(SettingsRefusedError, match=f"settings refused: {code}") as refused:
        read(monkeypatch, **changed)
    assert refused.value.code == code
    assert "正式环境" in str(refused.value) or "配置项" in str(refused.value)


def test_a_process_of_production_has_only_the_password_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch)
    assert "tf_visits:s3cret%20p%40ss%2Fword@" in settings.database_url(Login.VISITS)
    with pytest.raises(SettingsRefusedError, match="missing_database_password"):
        settings.database_url(Login.RELAY)


def test_a_socket_is_a_host_too() -> None:
    assert "host=%2Frun%2Fpg" in Settings(database_host="/run/pg").database_url(Login.VISITS)


def test_secrets_do_not_show() -> None:
    shown = repr(Settings(database_passwords={Login.VISITS: "hush"}, sms_token="hush", index_key="hush"))
    assert "hush" not in shown
