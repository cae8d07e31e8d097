"""`python -m deploy.local run|reset`, which `make run` and `make reset` call."""

from pathlib import Path

import click

from deploy.local import launcher

_FOLDER = click.option(
    "--folder", type=click.Path(path_type=Path), default=Path(".tanfang"), help="Where the state is kept."
)


@click.group()
def main() -> None:
    """Tanfang on this machine."""


@main.command()
@_FOLDER
def run(folder: Path) -> None:
    """Start everything; Ctrl-C stops it."""
    launcher.run(folder.resolve())


@main.command()
@_FOLDER
def reset(folder: Path) -> None:
    """Stop what still runs and wipe the state."""
    launcher.reset(folder.resolve())


if __name__ == "__main__":
    main()
