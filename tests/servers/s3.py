"""A store that speaks S3, in a process of its own: moto's server, which keeps everything in memory."""

import itertools
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.servers.programs import LOOPBACK, end, free_ports, wait_for_ports

KEY_ID = "a-key"
SECRET = "a-secret-that-nobody-may-read"


@dataclass(slots=True)
class S3:
    """``address`` is where it answers; whoever has a key may do everything."""

    address: str
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def create_bucket(self) -> str:
        """One of its own for a test; its name."""
        name = f"bucket-{next(self._numbers)}"
        with closing(HTTPConnection(urlsplit(self.address).netloc, timeout=60)) as asked:
            asked.request("PUT", f"/{name}")
            assert asked.getresponse().status == 200
        return name


@contextmanager
def running_s3(folder: Path) -> Iterator[S3]:
    """Its log lies in ``folder``."""
    (port,) = free_ports(1)
    log = folder / "s3.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", LOOPBACK, "-p", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            process_group=0,
        )
    try:
        wait_for_ports(process, [port], log)
        yield S3(f"http://{LOOPBACK}:{port}")
    finally:
        end(process)
