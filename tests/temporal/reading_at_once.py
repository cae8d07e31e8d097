"""`python -m tests.temporal.reading_at_once`: threads of a new process that read what comes in at once."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from shared.contracts.referral import StartReferral
from shared.contracts.wire import read

READERS = 8


def main() -> None:
    """Let them begin together, and take turns as often as they can."""
    sys.setswitchinterval(1e-6)
    payload, together = sys.stdin.buffer.read(), Barrier(READERS)

    def reads() -> str:
        together.wait()
        return type(read(StartReferral, payload)).__name__

    with ThreadPoolExecutor(READERS) as pool:
        read_by_all = [pool.submit(reads) for _ in range(READERS)]
        print(*(each.result() for each in read_by_all))  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main()
