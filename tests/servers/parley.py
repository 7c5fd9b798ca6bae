"""A real Parley server in a process of its own: started, killed, started again, spoken to."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_S = 240.0


@dataclass(slots=True)
class Server:
    """``folder`` outlives the process; ``address`` and ``internal`` are where the last one that started listens; ``tree`` is what it runs from."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ("--sample",)
    address: str = ""
    internal: str = ""
    process: subprocess.Popen[bytes] | None = None
    tree: Path = ROOT

    def start(self) -> float:
        """Until it answers; seconds it took. Raises RuntimeError with its output when it does not."""
        self.folder.mkdir(parents=True, exist_ok=True)
        began = time.monotonic()
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
            ready.bind("")  # the system picks an abstract name
            name = "@" + ready.getsockname()[1:].decode()
            with (self.folder / "server.log").open("ab") as output:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "app", "serve", *self.arguments],
                    cwd=self.tree,
                    env={**self._environment(), "NOTIFY_SOCKET": name},
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                )
            facts = self._told(ready)
            self.address, self.internal = facts["STATUS"], facts["INTERNAL"]
        return time.monotonic() - began

    def _told(self, ready: socket.socket) -> dict[str, str]:
        """The server's READY message."""
        assert self.process is not None
        ready.settimeout(0.5)
        for _ in range(int(START_S / 0.5)):
            try:
                return dict(line.split("=", 1) for line in ready.recv(4096).decode().splitlines())
            except TimeoutError:
                if self.process.poll() is not None:
                    break
        raise RuntimeError(f"Parley did not start:\n{self.log()[-4000:]}")

    def kill(self) -> None:
        """As a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """As Ctrl-C would; its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`parley` with these arguments, on the same installation, to its end."""
        return subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            cwd=self.tree,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=START_S,
            check=False,
        )

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")

    def sign_ins(self) -> dict[str, str]:
        """The sample people's passwords, by e-mail address, as the server printed them."""
        return dict(re.findall(r"^\s+(\S+@\S+)\s+(\S+)", self.log(), re.MULTILINE))

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
        return {
            **kept,
            "PARLEY_FOLDER": str(self.folder),
            "PARLEY_PORT": "0",
            "PARLEY_ENGINE_KIND": "scripted",
            # Loading the models and comparing the sample's articles takes ten seconds of CPU at each start.
            "PARLEY_KNOWLEDGE_EMBEDDING_ENGLISH": "none",
            "PARLEY_KNOWLEDGE_EMBEDDING_OTHER": "none",
            **self.environment,
        }


@contextmanager
def running_parley(folder: Path, **environment: str) -> Iterator[Server]:
    """With the sample company, the scripted bot and search by words alone, unless the environment says otherwise."""
    server = Server(folder, environment)
    server.start()
    try:
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.stop()
