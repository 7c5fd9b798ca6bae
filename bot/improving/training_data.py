"""Rasa's training data as text: examples written and read, and a project's own sentences found and taken out; pure."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.improving.example import Example
from bot.improving.sameness import key_of

_HEAD = 'version: "3.1"\nnlu:\n'
_INTENT = re.compile(r"^\s*- intent:\s*(?P<name>[\w/]+)\s*$")
_OTHER = re.compile(r"^\s*- (?:regex|synonym|lookup):")
_SENTENCE = re.compile(r"^(?P<before>\s+- )(?P<text>.*\S)\s*$")
_ENTITY = re.compile(r"\[(?P<text>[^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_STAND_INS = (("[✉]", "me@example.com"), ("[↗]", "https://example.com"), ("[#]", "10234"), ("[…]", "Kim"))
"""What is said in place of what was taken out, so that a model reads sentences as customers write them."""
_SIGNS = str.maketrans({"[": "(", "]": ")", "{": "(", "}": ")", "$": "＄", "\n": " ", "\r": " "})
"""Rasa reads brackets as entities and ``${…}`` as a variable of the environment."""
_UNWRITABLE = frozenset({"Cc", "Cn", "Cs"})
"""Categories of what no file of YAML may hold: one such character, and nothing in it is read."""
_SLASH, _HARMLESS_SLASH = "/", "\uff0f"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One of a project's own, on this line of its file."""

    line: int
    text: str
    intent: str


def spoken(text: str) -> str:
    """As a customer would have written it: one line, with stand-ins for what was taken out, and nothing that Rasa obeys."""
    for mark, instead in _STAND_INS:
        text = text.replace(mark, instead)
    one_line = " ".join(text.translate(_SIGNS).split())
    text = "".join(each for each in one_line if unicodedata.category(each) not in _UNWRITABLE).strip()
    return _HARMLESS_SLASH + text[1:] if text.startswith(_SLASH) else text


def sentences(text: str) -> Iterator[Sentence]:
    """Those of a file of the project that say what an intent looks like, without their marks of entities."""
    intent: str | None = None
    for number, line in enumerate(text.splitlines()):
        named = _INTENT.match(line)
        if named:
            intent = named["name"]
            continue
        if _OTHER.match(line):
            intent = None
        said = _SENTENCE.match(line)
        if said and intent is not None:
            yield Sentence(number, _ENTITY.sub(lambda found: found["text"], said["text"]), intent)


def without(text: str, keys: Container[str]) -> str:
    """A file of the project without the sentences that have one of these keys."""
    gone = {each.line for each in sentences(text) if key_of(each.text) in keys}
    lines = text.splitlines(keepends=True)
    return "".join(line for number, line in enumerate(lines) if number not in gone)


def written(examples: Iterable[Example], about: str) -> str:
    """A file of training data; ``about`` is its first line, a comment."""
    by_intent: dict[str, list[str]] = {}
    for each in examples:
        by_intent.setdefault(each.intent, []).append(spoken(each.text))
    blocks = [
        "".join([f"- intent: {intent}\n  examples: |\n", *(f"    - {line}\n" for line in lines)])
        for intent, lines in sorted(by_intent.items())
    ]
    return f"# {about}\n{_HEAD if blocks else _HEAD.replace('nlu:', 'nlu: []')}" + "".join(blocks)


def languages(examples: Sequence[Example]) -> dict[str, list[Example]]:
    """By language, which names a file: small letters only."""
    found: dict[str, list[Example]] = {}
    for each in examples:
        name = each.language if re.fullmatch(r"[a-z]{2,8}", each.language) else "other"
        found.setdefault(name, []).append(each)
    return found
