"""`tanfang demo accounts`: who can sign in to the demonstration."""

import click

from deploy.cli.demo.files import places, staff
from services.identity.handlers.passwords import DEMONSTRATION_PASSWORD


@click.command("accounts")
def accounts() -> None:
    """Print who can sign in, with which roles and units."""
    click.echo(f"  demonstration accounts (password: {DEMONSTRATION_PASSWORD})")
    for place in places():
        click.echo(f"  {place.jurisdiction_id}")
        for login, person in staff(place).items():
            roles = " ".join(person.roles)
            units = " ".join(unit.partition(":")[2] for unit in person.units)
            click.echo(f"    {login:<20}{roles:<32}{units}")
