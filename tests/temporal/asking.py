"""`python -m tests.temporal.asking ADDRESS`: forks as gunicorn does, and asks on both sides."""

import os
import sys
from dataclasses import replace
from uuid import uuid4

from shared.platform.leaving import leave
from shared.platform.settings import Settings
from shared.temporal.errors import ProcessNotFound
from shared.temporal.gateway import Gateway


def is_answered(gateway: Gateway) -> bool:
    """Whether the server answers: it knows no such process."""
    try:
        gateway.explain_cycle(uuid4())
    except ProcessNotFound:
        return True
    return False


def main() -> None:
    """Ask, fork, ask in the child and in the parent."""
    gateway = Gateway.from_settings(replace(Settings(), temporal_address=sys.argv[1]), identity="test")
    before = is_answered(gateway)
    child = os.fork()
    after = is_answered(gateway)
    if not child:
        os._exit(0 if after else 1)
    _, status = os.waitpid(child, 0)
    sys.stdout.write(f"{before} {after} {os.waitstatus_to_exitcode(status) == 0}\n")
    leave()


if __name__ == "__main__":
    main()
