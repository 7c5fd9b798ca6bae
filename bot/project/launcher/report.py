"""Tells the parent how far we are: one JSON object a line, on what was standard output."""

import json
import os
import sys
import time
from typing import Any


class Report:
    """Writes lines; each carries the seconds since this process began to report."""

    def __init__(self, descriptor: int) -> None:
        """Takes the open descriptor to write to."""
        self._descriptor = descriptor
        self._began = time.monotonic()

    def say(self, step: str, state: str, **more: Any) -> None:
        """Writes one line; a parent that is gone is noticed elsewhere."""
        seconds = round(time.monotonic() - self._began, 2)
        line = json.dumps({"step": step, "state": state, "seconds": seconds, **more})
        try:
            os.write(self._descriptor, line.encode() + b"\n")
        except BrokenPipeError:
            return


def to_standard_output() -> Report:
    """Keeps standard output for the lines and sends everything else that is printed to standard error."""
    sys.stdout.flush()
    descriptor = os.dup(1)
    os.dup2(2, 1)
    return Report(descriptor)
