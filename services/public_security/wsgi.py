"""The police station's entry for gunicorn."""

from services.public_security.app import create
from shared.platform.logs import configure_logs
from shared.platform.settings import Settings

_settings = Settings.from_env()
configure_logs(_settings, process="public_security")
app = create(_settings)
