"""Trains, serves and judges the Rasa project: `launch.py train --output MODEL`, `serve [--model MODEL]`, `judge --plan FILE --output FILE`.

One JSON object a line goes to standard output (`step`, `state`, …); everything Rasa prints goes to standard error.
"""

import argparse
import os
import sys
from pathlib import Path

from launcher import early, parent, report

GENTLY = 10
PROJECT = Path(__file__).resolve().parent


def arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Train, serve or judge the Rasa project.")
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="train a model from this folder")
    train.add_argument("--project", type=Path, default=PROJECT, help="another folder like this one")
    train.add_argument("--gently", action="store_true", help="leave the processor to others")
    train.add_argument("--output", type=Path, required=True, help="the model to write, *.tar.gz")
    serve = commands.add_parser("serve", help="answer turns")
    serve.add_argument("--model", type=Path, help="the model to load, *.tar.gz; without it Parley sends one")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen at; a private one")
    serve.add_argument("--port", type=int, default=0, help="0: a free one, which is printed")
    judge = commands.add_parser("judge", help="say what models take sentences for")
    judge.add_argument("--plan", type=Path, required=True, help="what to ask which model, JSON")
    judge.add_argument("--output", type=Path, required=True, help="where the answers go, JSON")
    return parser.parse_args()


def main() -> int:
    """Runs one command; gives the exit code."""
    given = arguments()
    parent.die_with_parent()
    lines = report.to_standard_output()
    lines.say("import", "start")
    early.prepare()
    if given.command == "judge" or (given.command == "train" and given.gently):
        os.nice(GENTLY)
    early.quiet()
    if given.command == "judge":
        from launcher.judge import judge

        return judge(given.plan.resolve(), given.output.resolve(), lines)
    # Rasa looks for relative paths from the project, and for components from here.
    if given.command == "train":
        from launcher.train import train

        output = given.output.resolve()
        os.chdir(given.project)
        return train(output, lines)
    from launcher.serve import serve

    model = None if given.model is None else given.model.resolve()
    os.chdir(PROJECT)

    return serve(model, (given.host, given.port), lines)


if __name__ == "__main__":
    sys.exit(main())
