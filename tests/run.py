"""`python -m tests.run check|test|soak`: runs the checks and tests part by part, saying how long each takes."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
HEARTBEAT_S = 30.0
REAL = "server or rasa or browser or postgres or soak"
UNMARKED = f"not served and not ({REAL})"
SPREAD = ("-n", "auto", "--dist", "worksteal")
"""Over the cores: for tests that share nothing but the machine."""
BY_FILE = ("-n", "auto", "--dist", "loadfile")
"""The same for tests of one file that share a server, which takes longer to start than each of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to run, with the name it goes by in the summary."""

    name: str
    command: tuple[str, ...]


def pytest_part(name: str, marks: str, *options: str) -> Part:
    return Part(name, (str(BIN / "python"), "-m", "pytest", "-m", marks, *options))


STATIC = (
    Part("formatting", (str(BIN / "ruff"), "format", "--check", ".")),
    Part("lint", (str(BIN / "ruff"), "check", ".")),
    Part("types", (str(BIN / "mypy"),)),
    Part("import contracts", (str(BIN / "lint-imports"), "--no-logo")),
    Part("types of the web pages", ("npm", "run", "--silent", "--prefix", "web", "check")),
    Part("tests of the web pages", ("npm", "run", "--silent", "--prefix", "web", "test")),
)
"""Each keeps one core busy and says little: two of them run at once."""
CHECKS = (
    *STATIC,
    pytest_part("tests that start no server", UNMARKED, *SPREAD),
)
MARKED = (
    pytest_part(
        "tests that serve or compute by themselves",
        f"served and not ({REAL})",
        *SPREAD,
    ),
    pytest_part("tests with real Rasa", "rasa and not soak"),
    pytest_part("tests with a real browser", "browser and not rasa and not soak", *BY_FILE),
    pytest_part(
        "tests with real PostgreSQL",
        "postgres and not rasa and not browser and not soak",
        *SPREAD,
    ),
    pytest_part(
        "tests with a running server",
        "server and not rasa and not browser and not postgres and not soak",
        *BY_FILE,
    ),
)
SOAK = (
    pytest_part("long tests", "soak"),
    pytest_part("properties, on new examples", f"not ({REAL})", *SPREAD, "--hypothesis-profile=exploring"),
    Part("full benches", (sys.executable, "-m", "bench", "all")),
)
PARTS = {"check": CHECKS, "test": (*CHECKS, *MARKED), "soak": SOAK}


def run(part: Part) -> tuple[bool, float]:
    """Run to the end, with a line now and then while it says nothing; whether it passed, and its seconds."""
    print(f"\n── {part.name}", flush=True)
    began = time.monotonic()
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(HEARTBEAT_S):
            print(f"── {part.name}: {time.monotonic() - began:.0f} s so far", flush=True)

    threading.Thread(target=beat, daemon=True).start()
    code = subprocess.run(
        part.command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, check=False
    ).returncode
    ended.set()
    return code == 0, time.monotonic() - began


def run_aside(part: Part) -> tuple[bool, float]:
    """As ``run``, but what it says comes at its end, in one piece."""
    began = time.monotonic()
    done = subprocess.run(
        part.command,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    print(f"\n── {part.name}\n{done.stdout}", end="", flush=True)
    return done.returncode == 0, time.monotonic() - began


def environment() -> dict[str, str]:
    """Compiled modules are kept, whoever runs this: each process would compile all of them anew."""
    plain = {} if sys.stdout.isatty() else {"NO_COLOR": "1"}
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**ours, **plain, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in PARTS:
        print(__doc__, file=sys.stderr)
        return 2
    parts = PARTS[arguments[0]]
    with ThreadPoolExecutor(2) as pool:
        aside = pool.map(run_aside, [part for part in parts if part in STATIC])
        results = [(part, *how) for part, how in zip(STATIC, aside, strict=False)]
    results += [(part, *run(part)) for part in parts if part not in STATIC]
    print(f"\n── make {arguments[0]}")
    for part, passed, seconds in results:
        print(f"  {'✓' if passed else '✗'} {part.name} ({seconds:.0f} s)")
    failed = [part.name for part, passed, _ in results if not passed]
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
