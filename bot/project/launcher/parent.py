"""The child must not outlive the process that started it, however that one ends."""

import ctypes
import os
import signal
import sys
import threading

_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ends this process as soon as the parent named by PARLEY_PARENT is gone; without it does nothing.

    Linux sends a signal; everywhere, end of file on the pipe that the parent holds as our standard input tells the same.
    """
    parent = os.environ.get("PARLEY_PARENT")
    if not parent:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    threading.Thread(target=_watch_input, name="parent", daemon=True).start()
    if os.getppid() != int(parent):
        # It died before we asked for the signal.
        os._exit(1)


def _watch_input() -> None:
    while os.read(0, 1024):
        pass
    os._exit(1)
