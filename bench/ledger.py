"""How fast offers are committed, beside bare transactions that write the same rows, and what contention breaks: nothing.

Rate: sixteen clients at once, each offers a conversation and accepts it, in two transactions; in turns with clients
that write the same rows, byte by byte, with plain statements handed to the driver, and check nothing. Contention: four processes claim, accept, decline and
pass on at random, with old generations and versions among their claims; a trigger counts every load above capacity.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from bench.harness import Aim, Options, Result
from bench.ledger_contention import Contention, contend
from bench.ledger_rate import Rates, rates
from tests.builders import sqlite_url
from tests.servers.postgres import NoPostgresError, running_cluster

_RATIO = 0.5
_QUICK_CLAIMS, _SHORT_CLAIMS, _CLAIMS = 500, 100_000, 1_000_000
_QUICK_ROUNDS, _ROUNDS = 2, 20
_QUICK_EACH, _EACH = 4, 12


def measure(options: Options) -> Result:
    claims = _QUICK_CLAIMS if options.quick else _SHORT_CLAIMS if options.short else _CLAIMS
    rounds, each = (_QUICK_ROUNDS, _QUICK_EACH) if options.quick else (_ROUNDS, _EACH)
    figures: dict[str, object] = {}
    aims: dict[str, Aim] = {}
    for name, addresses in _databases():
        rate = asyncio.run(rates(next(addresses), rounds, each))
        contention = contend(next(addresses), claims)
        figures[name] = {**_said(rate), **contention.as_json()}
        aims |= _aims(name, rate, contention, long_enough=not options.quick)
    config = {"claims": claims, "processes": 4, "clients": 16, "databases": list(figures)}
    return Result(config, figures, aims)


def _databases() -> Iterator[tuple[str, Iterator[str]]]:
    """The databases that are here, each with addresses of new ones; PostgreSQL only where it is installed."""
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        yield "sqlite", (sqlite_url(_new(Path(folder), number)) for number in count())
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(running_cluster())
        except NoPostgresError:
            return
        yield "postgresql", (cluster.url(cluster.create_database()) for _ in count())


def _new(folder: Path, number: int) -> Path:
    made = folder / str(number)
    made.mkdir()
    return made


def _said(rate: Rates) -> dict[str, object]:
    return {
        "commits_per_s": round(rate.ours),
        "bare_per_s": round(rate.bare),
        "ratio": round(rate.ratio, 3),
    }


def _aims(name: str, rate: Rates, contention: Contention, *, long_enough: bool) -> dict[str, Aim]:
    return {
        f"{name}_ratio": Aim.at_least(rate.ratio, _RATIO, long_enough=long_enough),
        f"{name}_double": Aim.at_most(contention.verdict.double, 0),
        f"{name}_over_capacity": Aim.at_most(
            contention.verdict.over_capacity + contention.verdict.wrong_loads, 0
        ),
    }
