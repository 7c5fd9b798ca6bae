"""What runs in a worker process: one policy on one day's traffic, and the summary of all; it ends with the server."""

import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import replace
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread

from core.texts import Texts
from routing.simulation.measure import Counts
from routing.simulation.plain import plain
from routing.simulation.report import page
from routing.simulation.results import results
from routing.simulation.runner import run
from routing.simulation.scenario import Scenario
from routing.simulation.tables import saying

LANGUAGES = ("en", "zh")
_PARENT_GONE = 3
_POLITE = 10


def begin(memory_bytes: int) -> None:
    """Once a worker: it gives way to the server, takes so much more memory at most, and watches the parent."""
    Thread(target=_end_with_parent, name="parent", daemon=True).start()
    os.nice(_POLITE)
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


def run_one(scenario: Scenario, seed: int, contender: int) -> Counts:
    """The same traffic for every contender of a seed, because it is drawn from the seed alone."""
    alone = replace(scenario, contenders=(scenario.contenders[contender],))
    (counts,) = run(alone, seed)
    return replace(counts, contender=contender)


def summary(scenario: Scenario, counts: Sequence[Counts], locales: Path) -> dict[str, object]:
    """What is stored: all figures, and the report in each language."""
    found, texts = results(scenario, counts), Texts(locales)
    reports = {tag: page(found, saying(texts, tag), tag) for tag in LANGUAGES}
    return {"v": 1, **plain(found), "reports": reports}


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(_PARENT_GONE)
