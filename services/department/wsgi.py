"""The other units' entry for gunicorn."""

from services.department.app import create
from shared.platform.logs import configure_logs
from shared.platform.settings import Settings

_settings = Settings.from_env()
configure_logs(_settings, process="department")
app = create(_settings)
