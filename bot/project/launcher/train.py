"""Trains a model and puts it in place in one step, so that a half-written one is never found."""

import tempfile
from pathlib import Path

from launcher.report import Report


def train(output: Path, lines: Report) -> int:
    """Trains from the project in the working directory; gives the exit code."""
    from rasa.model_training import train as train_model

    lines.say("train", "start")
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=".training-") as folder:
        name = output.name.removesuffix(".tar.gz")
        result = train_model("domain.yml", "config.yml", "data", folder, fixed_model_name=name)
        if result.code != 0 or result.model is None:
            lines.say("train", "failed", detail=f"Rasa ended with code {result.code}")
            return 1
        Path(result.model).replace(output)
    lines.say("train", "done", model=str(output))
    return 0
