"""Which role may use which route, of every service: `python -m tests.web.access_matrix` writes it down."""

from importlib import import_module
from pathlib import Path

from shared.contracts.places import PREFIXES
from shared.platform.settings import Settings
from shared.web.access import access_matrix

TARGET = Path(__file__).with_suffix(".txt")


def matrix() -> str:
    """The matrix of all services as text, one paragraph each."""
    paragraphs = []
    for service in sorted(PREFIXES):
        app = import_module(f"services.{service}.app").create(Settings())
        paragraphs.append("\n".join([f"# {service}", *access_matrix(app), ""]))
    return "\n".join(paragraphs)


if __name__ == "__main__":
    TARGET.write_text(matrix(), encoding="utf-8")
