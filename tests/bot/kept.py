"""The sentences in bot/project/tests/ that training never sees, and the examples that it does."""

import re
from collections.abc import Iterator
from pathlib import Path

from deploy.setup.places import ROOT

PROJECT = ROOT / "bot" / "project"
LANGUAGES = ("en", "zh")
_MARKED = re.compile(r"\[([^\]]*)\]\(\w+\)")


def kept(language: str) -> list[tuple[str, str]]:
    """Intent and sentence."""
    return list(_sentences(PROJECT / "tests" / f"kept.{language}.yml"))


def held_back(language: str) -> list[tuple[str, str]]:
    """Intent and sentence of every file there: models are compared by all of them."""
    return [
        pair for path in sorted((PROJECT / "tests").glob(f"*.{language}.yml")) for pair in _sentences(path)
    ]


def examples(language: str) -> list[tuple[str, str]]:
    """Intent and sentence, the marks of entities taken off."""
    return [
        pair for path in sorted((PROJECT / "data").glob(f"*.{language}.yml")) for pair in _sentences(path)
    ]


def bare(text: str) -> str:
    """A sentence without its case and last sign: two that differ in no more are one."""
    return text.casefold().strip(" .!?。！？")


def _sentences(path: Path) -> Iterator[tuple[str, str]]:
    intent = None
    for line in path.read_text().splitlines():
        if line.startswith("- "):
            intent = line.removeprefix("- intent: ") if line.startswith("- intent: ") else None
        elif intent is not None and line.startswith("    - "):
            yield intent, _MARKED.sub(r"\1", line.removeprefix("    - "))
