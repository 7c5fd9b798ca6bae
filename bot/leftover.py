"""Ends children that a killed server left behind, and never anybody else's process that got the same number."""

import asyncio
import contextlib
import os
import signal
import subprocess
from pathlib import Path

import msgspec

_LOOK_EVERY_S = 0.05
_STATE_FIELD, _START_FIELD = 0, 19
"""Fields of /proc/PID/stat after the name in brackets (proc(5), there counted from 3)."""


class Record(msgspec.Struct, frozen=True):
    """A process: its number, and what tells it from a later one with the same number."""

    pid: int
    identity: str


class Leftovers:
    """Records of the running children, one small file each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def remember(self, name: str, pid: int) -> None:
        """To be called when the child has started; a child that has ended already is not recorded."""
        told = identity(pid)
        if told is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._path(name).write_bytes(msgspec.json.encode(Record(pid, told)))

    def forget(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    async def end_all(self, limit_s: float) -> list[int]:
        """Ends what is recorded and still runs; gives the numbers of those."""
        ended = []
        for path in sorted(self._folder.glob("*.process")):
            record = _read(path)
            if record is not None and identity(record.pid) == record.identity:
                await _end(record, limit_s)
                ended.append(record.pid)
            path.unlink(missing_ok=True)
        return ended

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.process"


def identity(pid: int) -> str | None:
    """Start time and command line of a running process; None when there is none, or only its zombie."""
    stat, command = Path(f"/proc/{pid}/stat"), Path(f"/proc/{pid}/cmdline")
    if not Path("/proc/self/stat").exists():
        return _identity_by_ps(pid)
    try:
        fields = stat.read_text().rpartition(")")[2].split()
        words = command.read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[_STATE_FIELD] == "Z" else f"{fields[_START_FIELD]} {words}"


def _identity_by_ps(pid: int) -> str | None:
    command = ["/bin/ps", "-o", "lstart=,command=", "-p", str(pid)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def _read(path: Path) -> Record | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Record)
    except (OSError, msgspec.MsgspecError):
        return None


async def _end(record: Record, limit_s: float) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(record.pid, number)
        try:
            async with asyncio.timeout(limit_s):
                while identity(record.pid) == record.identity:  # noqa: ASYNC110 - not our child: it cannot be waited for
                    await asyncio.sleep(_LOOK_EVERY_S)
        except TimeoutError:
            continue
        return
