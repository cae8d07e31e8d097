"""Which ports are free on this machine, and who holds those that are not."""

import contextlib
import socket

import psutil

HOST = "127.0.0.1"
HIGHEST = 65535


class PortTakenError(Exception):
    """A port that we need is held by another program."""

    def __init__(self, *, port: int, purpose: str, setting: str) -> None:
        holder = _holder(port)
        super().__init__(
            f"port {port} ({purpose}) is taken{f' by {holder}' if holder else ''};"
            f" stop that program or choose another port with {setting}"
        )


class NoPortError(Exception):
    """A setting that should name a port names none."""


def port_in(written: str, setting: str) -> int:
    """The port that a setting names. Raises NoPortError for anything else."""
    if written.isascii() and written.isdecimal() and 0 < int(written) <= HIGHEST:
        return int(written)
    raise NoPortError(f"{setting}={written} is no port; write a number from 1 to {HIGHEST}")


def answers(port: int) -> bool:
    """Whether somebody accepts connections there."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((HOST, port)) == 0


def is_free(port: int) -> bool:
    """Whether we could listen there; a connection that is just closing does not count as taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def _holder(port: int) -> str:
    """Name and pid of who listens on the port, as far as this account may see it."""
    with contextlib.suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            listens = connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,)
            if listens and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (pid {connection.pid})"
    return ""
