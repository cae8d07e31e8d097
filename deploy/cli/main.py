"""The command `tanfang`: one group, one module per kind of work."""

import click

from deploy.cli.db import db


@click.group()
def main() -> None:
    """探访 Tanfang: run and look after the visit-and-care service."""


for command in (db,):
    main.add_command(command)
