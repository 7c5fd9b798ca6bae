"""Trains a model and puts it in place in one step, so that a half-written one is never found."""

import logging
import tempfile
from pathlib import Path

from launcher.report import Report

log = logging.getLogger("parley.train")


def train(output: Path, lines: Report) -> int:
    """Trains from the project in the working directory; gives the exit code."""
    lines.say("train", "start")
    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=output.parent, prefix=".training-") as folder:
            _train_into(folder, output)
    # Rasa leaves by SystemExit where it does not like the data.
    except (Exception, SystemExit) as error:
        log.exception("training failed")
        lines.say("train", "failed", detail=" ".join(f"{type(error).__name__}: {error}".split()))
        return 1
    lines.say("train", "done", model=str(output))
    return 0


def _train_into(folder: str, output: Path) -> None:
    from rasa.model_training import train as train_model

    name = output.name.removesuffix(".tar.gz")
    result = train_model("domain.yml", "config.yml", "data", folder, fixed_model_name=name)
    if result.code != 0 or result.model is None:
        raise RuntimeError(f"Rasa ended with code {result.code}")
    Path(result.model).replace(output)
