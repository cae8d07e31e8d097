"""What no process would take: the board says so, an operator sees how much, and the command sends it."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from deploy.cli.main import main
from shared.contracts.access import Role
from shared.contracts.outbox import OutboxMessage, Verb
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.process.writing import WORKER
from tests.inbox.town import SERVICE_OFFICE
from tests.services.coordination.conftest import Street
from tests.web.browsing import json_of

PARK = text(
    "UPDATE kit.outbox SET attempts = 5, outcome = 'refused', last_error = 'not_found', parked_at = :now"
    " WHERE message_id = :id"
)
WAITING = text(
    "SELECT count(*) FROM kit.outbox WHERE message_id = :id AND parked_at IS NULL AND attempts = 0"
)
HELD_UP = "有登记没能送到办理进程"
Command = Callable[..., str]


@pytest.fixture
def parked(street: Street) -> OutboxMessage:
    """The process that it is for has refused it as often as the relay tries."""
    message = OutboxMessage(
        message_id=uuid4(),
        key=f"visit-cycle/{uuid4()}",
        verb=Verb.UPDATE,
        name="take_in",
        payload={"of": "孙二"},
    )
    with street.database(Login.RELAY).begin(WORKER, datetime.now(UTC)) as work:
        work.announce(message)
    with street.database(Login.RELAY).begin(WORKER, datetime.now(UTC)) as work:
        work.session.execute(PARK, {"id": message.message_id, "now": work.now})
    return message


@pytest.fixture
def outbox(settings: Settings) -> Command:
    """The command `tanfang outbox` against this street."""
    env = {
        "TANFANG_ENVIRONMENT": "test",
        "TANFANG_DATABASE_HOST": settings.database_host,
        "TANFANG_DATABASE_PORT": str(settings.database_port),
        "TANFANG_DATABASE_NAME": settings.database_name,
    }
    return lambda *options: CliRunner(env=env).invoke(main, ["outbox", *options]).stdout


def test_what_no_process_takes_stands_on_the_board_until_it_is_sent_again(
    street: Street, parked: OutboxMessage, outbox: Command
) -> None:
    """Architecture, relay: a refused message parks its key and alarms on the board."""
    street.joins("operating", "郑运", Role.OPERATOR, unit=SERVICE_OFFICE, areas=("310110008",))
    coordinator, operator = street.opens("coordinator"), street.opens("operating")
    held_up = coordinator.get("/coordination/").text
    numbers = operator.get("/coordination/processes").text
    api = json_of(coordinator.get("/coordination/api/board"))

    assert HELD_UP in held_up
    assert "1 条登记没能送到办理进程" in numbers
    assert api["is_held_up"] is True

    shown, again = outbox(), outbox("--retry")
    with street.database(Login.RELAY).begin(WORKER, datetime.now(UTC)) as work:
        waits = work.session.execute(WAITING, {"id": parked.message_id}).scalar_one()

    assert f"{parked.key}  update take_in" in shown
    assert "refused: not_found" in shown
    assert "孙" not in shown
    assert (again.splitlines()[-1], waits) == ("1 sent again", 1)
    assert HELD_UP not in coordinator.get("/coordination/").text
