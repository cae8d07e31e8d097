"""The care register's entry for gunicorn."""

from services.care_register.app import create
from shared.platform.logs import configure_logs
from shared.platform.settings import Settings

_settings = Settings.from_env()
configure_logs(_settings, process="care_register")
app = create(_settings)
