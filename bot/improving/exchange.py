"""Examples as a file of Rasa's training data, out and in; texts that would mean two things are named and left alone."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from bot.improving.contract import IMPORT_SOURCE
from bot.improving.example import Clash, Example, once
from bot.improving.labels import bring, meant
from bot.improving.sameness import key_of
from bot.improving.training_data import spoken
from bot.text import language_of
from core.errors import Invalid
from core.store.tx import Tx

LARGEST = 20_000_000
"""Bytes of a file."""

_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_ABOUT = "What customers wrote and people labelled, without what could name or reach anybody."

Redact = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Brought:
    """``known`` texts have this meaning already; ``clashes`` were not brought in: what they mean here stays."""

    new: int
    known: int
    clashes: tuple[Clash, ...]


def exported(examples: Sequence[Example]) -> str:
    """As Rasa reads it; texts redacted, with stand-ins for what was taken out, and nothing that Rasa obeys."""
    by_intent: dict[str, list[str]] = {}
    for each in examples:
        by_intent.setdefault(each.intent, []).append(spoken(each.text))
    nlu = [
        {"intent": intent, "examples": _Block("".join(f"- {line}\n" for line in lines))}
        for intent, lines in sorted(by_intent.items())
    ]
    text = yaml.dump(
        {"version": _Quoted("3.1"), "nlu": nlu}, Dumper=_Writing, allow_unicode=True, sort_keys=False
    )
    return f"# {_ABOUT}\n{text}"


def read(text: str, intents: Collection[str], redact: Redact) -> list[Example]:
    """Raises Invalid, which names what is wrong: no such file, or an intent that the project does not have."""
    found: list[Example] = []
    for intent, said in _blocks(text):
        if intent not in intents:
            raise Invalid(f"intent {intent}", "one of " + ", ".join(intents))
        for line in said:
            clean = redact(_ENTITY.sub(r"\1", line))
            key = key_of(clean)
            if key is not None:
                found.append(Example(key, clean, intent, language_of(clean) or "en"))
    return found


def bring_in(tx: Tx, examples: Sequence[Example], *, trial: bool) -> Brought:
    """New texts become examples; ``trial``: it is only said what would be."""
    first, twice = once(examples)
    doubtful = {key_of(each.text) for each in twice}
    sure = [each for each in first if each.key not in doubtful]
    here = meant(tx, [each.key for each in sure])
    clashing = [
        Clash(each.text, here[each.key] or "-", each.intent)
        for each in sure
        if each.key in here and here[each.key] != each.intent
    ]
    new = [each for each in sure if each.key not in here]
    if not trial:
        bring(tx, new, IMPORT_SOURCE)
    return Brought(len(new), len(sure) - len(new) - len(clashing), (*twice, *clashing))


def _blocks(text: str) -> list[tuple[str, list[str]]]:
    try:
        whole: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise Invalid("file", f"YAML: {' '.join(str(error).split())}") from None
    nlu = whole.get("nlu") if isinstance(whole, dict) else None
    if not isinstance(nlu, list):
        raise Invalid("nlu", "a list of intents with their examples, as Rasa's training data has it")
    return [
        (str(each["intent"]), _lines(each.get("examples")))
        for each in nlu
        if isinstance(each, dict) and "intent" in each
    ]


def _lines(examples: Any) -> list[str]:
    if isinstance(examples, list):
        return [str(each.get("text", "") if isinstance(each, dict) else each).strip() for each in examples]
    lines = [line.strip() for line in str(examples or "").splitlines()]
    return [line.removeprefix("-").strip() for line in lines if line.startswith("-")]


class _Writing(yaml.SafeDumper):
    """Examples as a block, one a line."""


class _Block(str):
    __slots__ = ()


class _Quoted(str):
    __slots__ = ()


_Writing.add_representer(
    _Block, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|")
)
_Writing.add_representer(
    _Quoted, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"')
)
