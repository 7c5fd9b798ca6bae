"""Says what models take sentences for: trained ones, and ones trained here from a folder without some of its sentences."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rasa.core.agent import Agent
from rasa.model_training import train_nlu

if TYPE_CHECKING:
    from launcher.report import Report

log = logging.getLogger("parley.judge")

_NAME = "judged.tar.gz"


def judge(plan: Path, output: Path, lines: Report) -> int:
    """Answers `{"parts": [{"name", "texts", "model" or "project"}, …]}` with `{name: [intent, …]}`; gives the exit code."""
    answers: dict[str, list[str | None]] = {}
    try:
        parts = json.loads(plan.read_text(encoding="utf-8"))["parts"]
        for number, part in enumerate(parts, 1):
            lines.say("judge", "start", detail=f"{number}/{len(parts)}")
            answers[part["name"]] = _answers(part, output.parent)
        draft = output.with_suffix(".new")
        draft.write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
        draft.replace(output)
    # Rasa leaves by SystemExit where it does not like the data.
    except (Exception, SystemExit) as error:
        log.exception("judging failed")
        lines.say("judge", "failed", detail=" ".join(f"{type(error).__name__}: {error}".split()))
        return 1
    lines.say("judge", "done")
    return 0


def _answers(part: dict[str, Any], near: Path) -> list[str | None]:
    if not part["texts"]:
        return []
    if "model" in part:
        return asyncio.run(_parsed(part["model"], part["texts"]))
    with tempfile.TemporaryDirectory(dir=near, prefix=".judging-") as folder:
        os.chdir(part["project"])
        model = train_nlu("config.yml", "data", folder, fixed_model_name=_NAME, domain="domain.yml")
        if model is None:
            raise RuntimeError("Rasa trained nothing")
        return asyncio.run(_parsed(model, part["texts"]))


async def _parsed(model: str, texts: list[str]) -> list[str | None]:
    agent = Agent.load(model)
    if not agent.is_ready():
        raise RuntimeError(f"{model} could not be loaded")
    found = [await agent.parse_message(text) for text in texts]
    return [each.get("intent", {}).get("name") for each in found]
