"""`python -m bench NAME [--quick] [--data DIR]`: runs one bench, prints one JSON object as its last line.

It exits 0 whether the aims are met or not, and non-zero only when it could not measure. `all` runs every bench that
needs no data, in its quick form if asked to.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path

from bench.harness import Options, Result, machine

NAMES = ("live", "telegram", "bot", "start", "search", "replies", "mail", "threading")
NEEDS_DATA = frozenset({"search", "replies", "threading"})


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=(*NAMES, "all"))
    parser.add_argument("--quick", action="store_true", help="under 60 s; an aim it is too short for is null")
    parser.add_argument("--data", type=Path, help="a folder laid out like the project's shared data")
    options = parser.parse_args(arguments)
    names = [name for name in NAMES if name not in NEEDS_DATA] if options.name == "all" else [options.name]
    for name in names:
        try:
            result = run(name, Options(quick=options.quick, data=options.data))
        except RuntimeError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 1
        print(json.dumps(result.as_json(name, machine()), ensure_ascii=False))
    return 0


def run(name: str, options: Options) -> Result:
    """Each bench is a module with a function ``measure``; RuntimeError says why nothing could be measured."""
    module = importlib.import_module(f"bench.{name}")
    result: Result = module.measure(options)
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
