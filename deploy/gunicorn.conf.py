"""How gunicorn serves a service, in a container and in `make run` alike; the address is its argument."""

import gc
import selectors
import socket
import struct
from contextlib import suppress
from functools import partial
from time import monotonic

from gunicorn.workers.gthread import TConn, ThreadWorker

PAUSE = struct.pack("ll", 2, 0)
"""How many seconds, and parts of one, a client may pause within a request: nginx hands over whole ones."""
FAREWELL, LONGEST_FAREWELL = 0.5, 5
"""How many seconds a client that was answered may say nothing, and go on sending, before it is left."""
UNREAD = 65_536


class PatientWorker(ThreadWorker):  # type: ignore[misc] # gunicorn ships no types
    """Lets nobody hold a thread, or the loop that serves all, by saying nothing: sixteen had held all."""

    def enqueue_req(self, conn: TConn) -> None:
        """Wait for a client's first word outside of the threads, and in them never long for the next."""
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, PAUSE)
        conn.sock.settimeout(0)
        conn.set_timeout()
        self.pending_conns.append(conn)
        spoken = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, spoken)

    def handle(self, conn: TConn) -> object:
        """Answer, and wait here for the other side to go: gunicorn would wait for each in the loop."""
        is_kept: object = super().handle(conn)
        if not is_kept:
            _take_leave(conn.sock)
        return is_kept


def _take_leave(sock: socket.socket) -> None:
    """Let the answer arrive whole: a socket that is closed with something unread takes it back.

    Who sends too large a file looks for the answer once all is sent: left before, they wait a minute.
    """
    until = monotonic() + LONGEST_FAREWELL
    with suppress(OSError):
        sock.shutdown(socket.SHUT_WR)
        sock.settimeout(FAREWELL)
        while monotonic() < until and sock.recv(UNREAD):
            pass
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RD)


worker_class = PatientWorker
workers = 2
threads = 8
# One import for both workers. Nothing may connect while importing: a Temporal client does not survive a fork.
preload_app = True
# Its path would be the same for every gunicorn of an account.
control_socket_disable = True
# A little longer than the slowest answer: a synchronous update waits for its workflow.
timeout = 30
graceful_timeout = 10
keepalive = 5
# The most that gunicorn knows, and all that nginx lets through: at 4,094 it answered by itself, in English.
limit_request_line = 8190
# Each request is logged once, structured and without personal data, by the web kit.
accesslog = None
errorlog = "-"


def when_ready(_server: object) -> None:
    """Let the workers share what was imported: a collection writes into every object that it looks at."""
    gc.collect()
    gc.freeze()
