"""`python -m deploy.local run|reset`, which `make run` and `make reset` call."""

import click

from deploy.local import launcher


@click.group()
def main() -> None:
    """Tanfang on this machine."""


@main.command()
def run() -> None:
    """Start everything; Ctrl-C stops it."""
    launcher.run()


@main.command()
def reset() -> None:
    """Stop what still runs and wipe the state."""
    launcher.reset()


if __name__ == "__main__":
    main()
