"""A Parley server for the benches, with the sample company, the scripted bot and rate limits out of the way."""

import json
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.process import program

UNLIMITED = "1000000000"
_LIMITS = (
    "PARLEY_LIVE_FRAMES_BURST",
    "PARLEY_LIVE_MESSAGES_BURST",
    "PARLEY_LIVE_SESSIONS_BURST",
    "PARLEY_LIVE_INBOX_MESSAGES_BURST",
    "PARLEY_LIVE_INBOX_SESSIONS_BURST",
    "PARLEY_LIVE_SOCKETS_PER_ADDRESS",
    "PARLEY_CONSOLE_LIVE_TOPICS",
    "PARLEY_CONSOLE_LIVE_FRAMES_BURST",
)
_START_S = 120.0


@dataclass(frozen=True, slots=True)
class Server:
    """Where it is, its process, and the sample people's passwords by e-mail address."""

    address: str
    pid: int
    sign_ins: dict[str, str]


@contextmanager
def parley(folder: Path, **environment: str) -> Iterator[Server]:
    """Until it is ready. Raises RuntimeError when it does not start."""
    with _serving(folder, ("--sample",), environment) as (address, pid):
        people = json.loads((folder / "sample-sign-ins.json").read_text())
        yield Server(address, pid, {email: password for _, email, password, _ in people})


@contextmanager
def parley_beside(folder: Path, **environment: str) -> Iterator[Server]:
    """Another one on the same database, with nobody of its own."""
    with _serving(folder, (), environment) as (address, pid):
        yield Server(address, pid, {})


@contextmanager
def _serving(
    folder: Path, arguments: tuple[str, ...], environment: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    settings = {
        "PARLEY_FOLDER": str(folder),
        "PARLEY_PORT": "0",
        "PARLEY_ENGINE_KIND": "scripted",
        "PARLEY_LOG_LEVEL": "warning",
        **dict.fromkeys(_LIMITS, UNLIMITED),
        **environment,
    }
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
        ready.bind("")  # the system picks an abstract name
        ready.settimeout(_START_S)
        settings["NOTIFY_SOCKET"] = "@" + ready.getsockname()[1:].decode()
        with program("app", "serve", *arguments, environment=settings) as process:
            try:
                told = dict(line.split("=", 1) for line in ready.recv(4096).decode().splitlines())
            except TimeoutError as error:
                raise RuntimeError("the server did not start") from error
            yield told["STATUS"], process.pid


def open_files() -> int:
    """How many files this process may have open."""
    return os.sysconf("SC_OPEN_MAX")
