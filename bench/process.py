"""Programs that are measured: started beside the bench, their CPU and memory read from the system."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

ROOT = Path(__file__).resolve().parents[1]
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_UTIME, _STIME = 11, 12
"""Fields of /proc/PID/stat, counted after the name in parentheses."""


def cpu_s(pid: int) -> float:
    """Seconds of CPU that the process and its threads have used. Raises RuntimeError when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError as error:
        raise RuntimeError(f"the measured process {pid} is gone") from error
    return (int(fields[_UTIME]) + int(fields[_STIME])) / _TICKS


def children_cpu_s(pid: int) -> float:
    """Of the process, of its children and of those that have ended. Raises RuntimeError when it is gone."""
    while True:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError as error:
            raise RuntimeError(f"the measured process {pid} is gone") from error
        ended = sum(map(int, fields[_UTIME : _STIME + 3])) / _TICKS
        try:
            return ended + sum(cpu_s(int(child)) for child in children)
        except RuntimeError:
            # A child has ended meanwhile: its time is its parent's by now.
            continue


def resident_bytes(pid: int) -> int:
    """Memory in use."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE


@contextmanager
def program(
    module: str, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[Popen[str]]:
    """`python -m MODULE …` with its output to be read, ended with the block."""
    left_out = (
        "PARLEY_",
        "PYTHONDONTWRITEBYTECODE",
    )  # a server that starts twice has its bytecode, as make run does
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**kept, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def first_line(process: Popen[str]) -> str:
    """What it says first. Raises RuntimeError when it ends without a word."""
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        raise RuntimeError(f"{process.args!r} ended with {process.wait()} before it was ready")
    return line.strip()
