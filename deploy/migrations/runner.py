"""Brings the database to the newest step; safe to call again and from several machines at once."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from shared.platform.settings import Settings


def upgrade(settings: Settings) -> None:
    """Run the missing steps as the owner."""
    command.upgrade(configuration(settings), "head")


def configuration(settings: Settings) -> Config:
    """Alembic's configuration, without a file: there is one history, and the settings say where."""
    config = Config(attributes={"settings": settings})
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config
