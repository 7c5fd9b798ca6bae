"""What the real mail servers of the tests share: free ports, waiting until one answers, ending a process by its pid."""

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path

START_S = 240.0
STOP_S = 30.0
LOOPBACK = "127.0.0.1"


class NoProgramError(Exception):
    """A server that tests need is not installed on this machine."""


def free_ports(count: int) -> list[int]:
    """Different ones on loopback that nobody listens on right now."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((LOOPBACK, 0))
        return [int(each.getsockname()[1]) for each in sockets]


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex((LOOPBACK, port)) == 0


def wait_for_ports(process: subprocess.Popen[bytes], ports: Iterable[int], log: Path) -> None:
    """Until all of them answer. Raises RuntimeError with the end of the log when the process ends before."""
    until = time.monotonic() + START_S
    waiting = list(ports)
    while waiting := [port for port in waiting if not answers(port)]:
        if process.poll() is not None or time.monotonic() > until:
            told = log.read_text(errors="replace")[-3000:] if log.exists() else ""
            raise RuntimeError(f"{process.args!r} does not answer on {waiting}:\n{told}")
        breathe(0.01)


def breathe(seconds: float) -> None:
    """Give the processor away for a moment: between two looks at a server that cannot call us."""
    signal.sigtimedwait([], seconds)


def end(process: subprocess.Popen[bytes] | None) -> None:
    """Ask this process to end, and end what is left of its group, which is its own; all of it is gone afterwards."""
    if process is None:
        return
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """As a power cut would. Started with ``process_group=0``, a process has a group of its own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@cache
def unprivileged() -> pwd.struct_passwd:
    """Whose the mail is: somebody who is not root, or who we are where we are not root ourselves."""
    return pwd.getpwnam("mail") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
