"""Visits' entry for gunicorn."""

from services.visits.app import create
from shared.platform.logs import configure_logs
from shared.platform.settings import Settings

_settings = Settings.from_env()
configure_logs(_settings, process="visits")
app = create(_settings)
