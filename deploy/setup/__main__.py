"""`python3 -m deploy.setup WHAT`: makes the tree ready to run, to be checked or to be tested; a second run does nothing.

WHAT is one of
  app    `.venv` with the server's packages, and the web pages
  check  `.venv` with the tests' packages, and the packages of the web pages
  rasa   `.venv-rasa`, Rasa's own environment
  test   all of these, and the programs that tests drive (Chromium, fonts, PostgreSQL, Dovecot, Postfix)
  locks  the lock files anew, from pyproject.toml and the .in files; needs `check` first

`rasa` is also started by the running server, which reads its progress from standard output as JSON lines
(the others print plain text; `--json` and `--plain` choose):

  {"step": "Python 3.10 for Rasa", "state": "start", "seconds": 0.0, "detail": ""}

`step` is what is being done, in English; `state` is start, then any number of progress, then done or failed;
`seconds` counts from the step's start; `detail` is the newest news, or what went wrong and what to install.
The last line has the step "ready": done with the path of Rasa's Python as its detail (at once when there is
nothing to do), or failed; the exit code is then 0, or 1. Two at a time wait for one another. SIGTERM ends it
and its child processes; the next run begins that step again.
"""

import signal
import sys
from collections.abc import Callable

from deploy.setup import debian, environment, locked, rasa, web
from deploy.setup.lock import alone
from deploy.setup.progress import Progress, SetupError, json_lines, plain_text

OLDEST_PYTHON = (3, 11)


def app(progress: Progress) -> str:
    with alone("venv"):
        environment.ensure_venv(progress)
        environment.ensure_app_packages(progress)
        web.ensure_built(progress)
    return ""


def check(progress: Progress) -> str:
    with alone("venv"):
        environment.ensure_venv(progress)
        environment.ensure_test_packages(progress)
        web.ensure_packages(progress)
    return ""


def test(progress: Progress) -> str:
    check(progress)
    with alone("venv"):
        web.ensure_built(progress)
        debian.ensure_test_programs(progress)
    try:
        rasa.ensure(progress)
    except SetupError:
        progress.note("Tests that need Rasa will fail and say so.")
    return ""


def locks(progress: Progress) -> str:
    locked.make_all(progress)
    return ""


def only_rasa(progress: Progress) -> str:
    return str(rasa.ensure(progress))


COMMANDS: dict[str, Callable[[Progress], str]] = {
    "app": app,
    "check": check,
    "locks": locks,
    "rasa": only_rasa,
    "test": test,
}


def main(arguments: list[str]) -> int:
    words = [word for word in arguments if word not in ("--json", "--plain")]
    if len(words) != 1 or words[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    if sys.version_info < OLDEST_PYTHON:
        print(
            f"Parley needs Python 3.11 or newer, this is {sys.version}. `make PYTHON=/path/to/python3.11 …`"
        )
        return 1
    what = words[0]
    as_json = "--json" in arguments or (what == "rasa" and "--plain" not in arguments)
    return run(what, json_lines() if as_json else plain_text())


def run(what: str, progress: Progress) -> int:
    try:
        progress.close("done", COMMANDS[what](progress))
    except SetupError as error:
        progress.close("failed", str(error))
        return 1
    except KeyboardInterrupt:
        progress.close("failed", "interrupted; run it again and it goes on")
        return 130
    return 0


def start(arguments: list[str]) -> int:
    """As a program: a request to end is an interruption, so that children are ended too."""
    signal.signal(signal.SIGTERM, _interrupt)
    return main(arguments)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
