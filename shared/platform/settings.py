"""Settings: everything that differs between a laptop, a test and an office, read once from `TANFANG_*`.

Production refuses to start with a default key or password, with demonstration accounts, with the test clock,
or with a sign-in cookie that may travel without TLS.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote, urlencode

from environs import Env, EnvError

from shared.platform.logins import Login
from shared.platform.messages import REFUSALS

DEFAULT_MASTER_KEYS = "local:dGFuZmFuZyBsb2NhbCBtYXN0ZXIga2V5LCAzMiBiISE="
DEFAULT_INDEX_KEY = "dGFuZmFuZyBsb2NhbCBpbmRleCBrZXksIDMyIGJ5dC4="
DEFAULT_PASSWORD = "tanfang-local"  # noqa: S105 - known to everybody, and refused in production


class Environment(StrEnum):
    """Where this process runs."""

    LOCAL = "local"
    TEST = "test"
    PRODUCTION = "production"


class Cipher(StrEnum):
    """The algorithm for personal data; SM4 where commercial cryptography (商密) is asked for."""

    AES = "aes-256-gcm"
    SM4 = "sm4-gcm"


class SettingsRefusedError(Exception):
    """Tanfang will not start with these settings; the text says so in English and Chinese."""

    def __init__(self, code: str, **details: str) -> None:
        """Name the reason by its code in `messages.REFUSALS`."""
        self.code = code
        words = " ".join([f"settings refused: {code}", *(f"{key}={value}" for key, value in details.items())])
        super().__init__(f"{words}\n{REFUSALS[code].format(**details)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one process; secrets never show in its repr."""

    environment: Environment = Environment.LOCAL
    log_level: str = "INFO"

    database_host: str = "127.0.0.1"
    database_port: int = 5432
    database_name: str = "tanfang"
    database_admin: str = "postgres"
    database_admin_password: str = field(default="", repr=False)
    database_passwords: Mapping[Login, str] = field(default_factory=dict, repr=False)
    database_pool_size: int = 5

    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    temporal_ui_origin: str = "http://127.0.0.1:8233"

    master_keys: str = field(default=DEFAULT_MASTER_KEYS, repr=False)
    index_key: str = field(default=DEFAULT_INDEX_KEY, repr=False)
    cipher: Cipher = Cipher.AES

    public_origin: str = "http://127.0.0.1:8000"
    cookie_secure: bool = False
    behind_proxy: bool = False
    unit: str | None = None
    demonstration: bool = True
    test_clock: bool = False

    webhook_url: str | None = field(default=None, repr=False)
    sms_url: str | None = None
    sms_token: str = field(default="", repr=False)
    notice_tries: int = 8

    @classmethod
    def from_env(cls) -> "Settings":
        """Read and check the environment.

        Raises SettingsRefusedError for a value that cannot be read or that production must not have.
        """
        try:
            settings = _read(Env(expand_vars=False))
        except (EnvError, ValueError) as error:
            raise SettingsRefusedError("malformed", detail=str(error)) from error
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse what must not run in production."""
        if self.environment is not Environment.PRODUCTION:
            return
        for code, refused in self._production_refusals().items():
            if refused:
                raise SettingsRefusedError(code)

    def database_url(self, login: Login) -> str:
        """The address for one login role, understood by SQLAlchemy and psycopg alike."""
        password = self.database_password(login)
        return self._url(user=login.role_name, password=password, database=self.database_name)

    def database_password(self, login: Login) -> str:
        """The password of one login role; SettingsRefusedError if production was not given one."""
        password = self.database_passwords.get(login)
        if password is None and self.environment is Environment.PRODUCTION:
            raise SettingsRefusedError("missing_database_password", login=login)
        return password or DEFAULT_PASSWORD

    def admin_url(self, database: str = "postgres") -> str:
        """The address for the administrator, who makes the roles and the database and nothing else."""
        return self._url(user=self.database_admin, password=self.database_admin_password, database=database)

    def _url(self, *, user: str, password: str, database: str) -> str:
        # A host that begins with a slash is a socket's folder, which a URL can only carry as a parameter.
        place = urlencode({"host": self.database_host, "port": self.database_port})
        secret = f":{quote(password, safe='')}" if password else ""
        return f"postgresql://{quote(user, safe='')}{secret}@/{quote(database, safe='')}?{place}"

    def _production_refusals(self) -> dict[str, bool]:
        default_keys = DEFAULT_MASTER_KEYS.partition(":")[2]
        return {
            "default_master_key": default_keys in self.master_keys,
            "default_index_key": self.index_key == DEFAULT_INDEX_KEY,
            "default_database_password": DEFAULT_PASSWORD in self.database_passwords.values(),
            "demonstration_accounts": self.demonstration,
            "insecure_cookie": not self.cookie_secure,
            "test_clock": self.test_clock,
        }


def _read(env: Env) -> Settings:
    with env.prefixed("TANFANG_"):
        environment = Environment(env.str("ENVIRONMENT", Environment.LOCAL))
        production = environment is Environment.PRODUCTION
        return Settings(
            environment=environment,
            log_level=env.str("LOG_LEVEL", "INFO"),
            database_host=env.str("DATABASE_HOST", "127.0.0.1"),
            database_port=env.int("DATABASE_PORT", 5432),
            database_name=env.str("DATABASE_NAME", "tanfang"),
            database_admin=env.str("DATABASE_ADMIN", "postgres"),
            database_admin_password=env.str("DATABASE_ADMIN_PASSWORD", ""),
            database_passwords=_passwords(env),
            database_pool_size=env.int("DATABASE_POOL_SIZE", 5),
            temporal_address=env.str("TEMPORAL_ADDRESS", "127.0.0.1:7233"),
            temporal_namespace=env.str("TEMPORAL_NAMESPACE", "default"),
            temporal_ui_origin=env.str("TEMPORAL_UI_ORIGIN", "http://127.0.0.1:8233"),
            master_keys=env.str("MASTER_KEYS", DEFAULT_MASTER_KEYS),
            index_key=env.str("INDEX_KEY", DEFAULT_INDEX_KEY),
            cipher=Cipher(env.str("CIPHER", Cipher.AES)),
            public_origin=env.str("PUBLIC_ORIGIN", "http://127.0.0.1:8000"),
            cookie_secure=env.bool("COOKIE_SECURE", default=production),
            behind_proxy=env.bool("BEHIND_PROXY", default=False),
            unit=env.str("UNIT", None),
            demonstration=env.bool("DEMONSTRATION", default=not production),
            test_clock=env.bool("TEST_CLOCK", default=environment is Environment.TEST),
            webhook_url=env.str("WEBHOOK_URL", None),
            sms_url=env.str("SMS_URL", None),
            sms_token=env.str("SMS_TOKEN", ""),
            notice_tries=env.int("NOTICE_TRIES", 8),
        )


def _passwords(env: Env) -> dict[Login, str]:
    found = {login: env.str(f"DATABASE_PASSWORD_{login.upper()}", "") for login in Login}
    return {login: password for login, password in found.items() if password}
