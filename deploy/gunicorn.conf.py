"""How gunicorn serves a service, in a container and in `make run` alike; the address is its argument."""

import gc

worker_class = "gthread"
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
