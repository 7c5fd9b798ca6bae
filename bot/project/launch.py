"""Trains and serves the Rasa project: `launch.py train --output MODEL` and `launch.py serve --model MODEL`.

One JSON object a line goes to standard output (`step`, `state`, …); everything Rasa prints goes to standard error.
"""

import argparse
import os
import sys
from pathlib import Path

from launcher import early, parent, report

PROJECT = Path(__file__).resolve().parent


def arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Train or serve the Rasa project.")
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="train a model from this folder")
    train.add_argument("--output", type=Path, required=True, help="the model to write, *.tar.gz")
    serve = commands.add_parser("serve", help="answer turns on 127.0.0.1")
    serve.add_argument("--model", type=Path, required=True, help="the model to load, *.tar.gz")
    serve.add_argument("--port", type=int, default=0, help="0: a free one, which is printed")
    return parser.parse_args()


def main() -> int:
    """Runs one command; gives the exit code."""
    given = arguments()
    parent.die_with_parent()
    lines = report.to_standard_output()
    lines.say("import", "start")
    early.prepare()
    # Rasa looks for components and relative paths from the project.
    model = (given.output if given.command == "train" else given.model).resolve()
    os.chdir(PROJECT)
    early.quiet()
    if given.command == "train":
        from launcher.train import train

        return train(model, lines)
    from launcher.serve import serve

    return serve(model, given.port, lines)


if __name__ == "__main__":
    sys.exit(main())
