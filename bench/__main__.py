"""`python -m bench NAME [--quick] [--data DIR]`: runs one bench, prints one JSON object as its last line.

What runs is said on standard error. It exits 0 whether the aims are met or not, and non-zero only when it could not measure. `all` runs every bench that
needs no data, in its quick form if asked to.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path

from bench.harness import Options, Result, Spent, machine
from core.errors import ParleyError

NAMES = (
    "live",
    "telegram",
    "bot",
    "dialogue",
    "outcomes",
    "nlu",
    "start",
    "search",
    "publish",
    "loop",
    "help",
    "replies",
    "mail",
    "threading",
    "policy",
    "rules",
    "ledger",
    "relay",
    "scale",
    "routing",
    "limits",
)
NEEDS_DATA = frozenset({"nlu", "search", "loop", "replies", "threading"})


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=(*NAMES, "all"))
    parser.add_argument("--quick", action="store_true", help="under 60 s; an aim it is too short for is null")
    parser.add_argument(
        "--scale", action="store_true", help="search: what it costs at up to 100,000 articles"
    )
    parser.add_argument("--short", action="store_true", help="ledger: a tenth of the claims; nlu: no DIET")
    parser.add_argument("--articles", type=int, help="publish: so many beside the sample's, such as 10000")
    parser.add_argument("--data", type=Path, help="a folder laid out like the project's shared data")
    parser.add_argument(
        "--scenario", type=Path, help="policy: a scenario as JSON (docs/simulation.md) instead"
    )
    parser.add_argument("--json", action="store_true", help="policy: without the table of that scenario")
    options = parser.parse_args(arguments)
    names = [name for name in NAMES if name not in NEEDS_DATA] if options.name == "all" else [options.name]
    for at, name in enumerate(names, 1):
        print(f"bench {name}, {at} of {len(names)}", file=sys.stderr, flush=True)
        began = Spent.now()
        try:
            result = run(name, _options(options))
        except (RuntimeError, ParleyError) as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 1
        print(json.dumps(result.as_json(name, machine() | began.since()), ensure_ascii=False), flush=True)
    return 0


def _options(given: argparse.Namespace) -> Options:
    return Options(
        given.quick,
        given.data,
        given.scenario,
        table=not given.json,
        short=given.short,
        scale=given.scale,
        articles=given.articles,
    )


def run(name: str, options: Options) -> Result:
    """Each bench is a module with a function ``measure``; RuntimeError says why nothing could be measured."""
    module = importlib.import_module(f"bench.{name}")
    result: Result = module.measure(options)
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
