"""`python -m shared.relay`: carries announcements to their processes until SIGTERM."""

import asyncio

from shared.platform.clock import SystemClock
from shared.platform.leaving import leave
from shared.platform.logins import Login
from shared.platform.logs import configure_logs
from shared.platform.settings import Settings
from shared.relay.relay import Relay
from shared.temporal.hosting import connected, stop_on_signals


async def relay(settings: Settings) -> None:
    """Deliver until told to stop."""
    stopping = stop_on_signals()
    client = await connected(settings, identity="relay", stopping=stopping)
    if client is None:
        return
    carrier = Relay(client, url=settings.database_url(Login.RELAY), clock=SystemClock())
    await carrier.run(stopping)


def main() -> None:
    """Start with what the environment says."""
    settings = Settings.from_env()
    configure_logs(settings, process="relay")
    asyncio.run(relay(settings))
    leave()


if __name__ == "__main__":
    main()
