"""The secrets of one local installation: made once, kept in its folder, readable by its owner alone."""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from shared.platform.logins import Login

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What the settings need and nobody should share between two installations."""

    database_admin: str
    database_login: str
    master: str
    index: str

    def settings(self) -> dict[str, str]:
        """As settings of a service; the administrator's password is not among them."""
        passwords = {f"TANFANG_DATABASE_PASSWORD_{login.upper()}": self.database_login for login in Login}
        return {**passwords, "TANFANG_MASTER_KEYS": f"local:{self.master}", "TANFANG_INDEX_KEY": self.index}


def keys_of(folder: Path) -> Keys:
    """The keys of this installation; new ones if it has none."""
    file = folder / "keys.json"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(json.dumps(asdict(_new_keys())), encoding="utf-8")
    return Keys(**json.loads(file.read_text(encoding="utf-8")))


def note_settings(folder: Path, settings: Mapping[str, str]) -> None:
    """Leave the settings of this stack where the command `tanfang` finds them; for its owner alone, too."""
    file = folder / "settings.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps(dict(settings)), encoding="utf-8")


def _new_keys() -> Keys:
    return Keys(
        database_admin=secrets.token_urlsafe(_KEY_BYTES),
        database_login=secrets.token_urlsafe(_KEY_BYTES),
        master=base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode(),
        index=base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode(),
    )
