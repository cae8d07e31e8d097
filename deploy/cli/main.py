"""The command `tanfang`: one group, one module per kind of work."""

import click

from deploy.cli.db import db
from deploy.cli.demo.commands import demo
from deploy.cli.reconcile import reconcile
from services.identity.cli import group as accounts


@click.group()
def main() -> None:
    """探访 Tanfang: run and look after the visit-and-care service."""


for command in (db, accounts, demo, reconcile):
    main.add_command(command)
