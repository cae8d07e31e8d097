"""Ending a process that has spoken to Temporal."""

import logging
import os
import sys
from typing import NoReturn


def leave(status: int = 0) -> NoReturn:
    """End the process here and now, after everything has been given back.

    The SDK's threads may outlive the interpreter and abort it on its way out (temporalio/sdk-python#300).
    """
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
