"""What a subject is about, apart from what clients, lists and ticket systems add to it."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from channels.email.threading.prefixes import AUTOMATIC, FORWARD, REPLY, WARNING

_MOST_CHARACTERS = 1_000
_MOST_PREFIXES = 40
_LONG_ENOUGH = 12
"""Characters from which on one subject may be a cut or lengthened form of another."""


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_COUNT: Final = r"(?:\s?[\[(*^]?\s?\d{1,3}\s?[\])]?)?"
_COLON: Final = r"\s?[:：︰﹕]\s*"
_PREFIX: Final = re.compile(
    rf"(?:(?P<reply>{_any(REPLY)}){_COUNT}|(?:{_any(FORWARD)}){_COUNT}|{_any(AUTOMATIC)}|(?:{_any(WARNING)})){_COLON}"
)
_FORWARDED: Final = re.compile(r"\[fwd?: (?P<inner>.*)\]")
_TAG: Final = re.compile(
    r"\[(?P<square>[^\[\]]{0,60})\]\s*|【(?P<full>[^【】]{0,60})】\s*|[({*]{1,3}(?:spam|ext|external)\??[)}*]{1,3}\s*"
)
_TICKET: Final = re.compile(
    r"[\[(【](?P<tag>(?:[^\[\]()【】\d]{0,30}[#＃№:：\s-])?\s?[a-z]{0,8}[-_]?\d[\w.-]{2,30})[\])】]|(?<!\S)(?P<bare>#{1,2}\d{3,20}#{0,2})(?!\S)"
)
_WAS: Final = re.compile(r"[\[(]?\bwas\b\s?(?:[:：]|-+>)?\s*(?P<old>.{3,}?)[\])]?$")
_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Subject:
    """``key`` is what two subjects on one matter have in common, empty when there is nothing to read.

    ``numbers`` stand in ticket systems' tags, theirs or ours. ``reply``: it says that it is an answer. ``was`` is the key
    of the subject that it names as its former one.
    """

    key: str
    numbers: frozenset[str] = frozenset()
    reply: bool = False
    was: str | None = None


def read_subject(text: str) -> Subject:
    rest = " ".join(unicodedata.normalize("NFKC", text[:_MOST_CHARACTERS]).casefold().split())
    numbers = frozenset(number for found in _TICKET.finditer(rest) for number in _NUMBER.findall(found[0]))
    rest, reply = _stripped(_without_tickets(rest))
    changed = _WAS.search(rest)
    was = None
    if changed is not None and changed.start() > 0:
        was = _key(_stripped(_without_tickets(changed["old"]))[0])
        rest = rest[: changed.start()]
    return Subject(_key(rest), numbers, reply, was or None)


def _without_tickets(text: str) -> str:
    """Unless there is nothing else."""
    return " ".join(_TICKET.sub(" ", text).split()) or text


def _stripped(text: str) -> tuple[str, bool]:
    """Without what stands before it, and whether an answer's prefix was among that."""
    reply = False
    for _ in range(_MOST_PREFIXES):
        inner = _FORWARDED.fullmatch(text)
        found = _PREFIX.match(text) or _TAG.match(text)
        if inner is not None:
            text = inner["inner"]
        elif found is None or not text[found.end() :].strip():
            return ("", True) if found is not None and found.groupdict().get("reply") else (text, reply)
        else:
            reply = reply or bool(found.groupdict().get("reply"))
            text = text[found.end() :].lstrip()
    return text, reply


def _key(text: str) -> str:
    """Without white space, which encoding and folding add and take away, and without what ends a sentence."""
    joined = "".join(text.split()).strip(" .,;:!?。，；：！？-_*\"'")
    broken = joined.count("\ufffd") + joined.count("?")
    return "" if broken * 3 > len(joined) else joined


def same_matter(one: Subject, other: Subject) -> bool:
    """Whether one may stand in the conversation of the other; a subject that cannot be read changes nothing."""
    if not one.key or not other.key:
        return True
    return equal_subjects(one, other) or (not _at_odds(one, other) and _contains(one.key, other.key))


def equal_subjects(one: Subject, other: Subject) -> bool:
    """The same words, and no two tickets."""
    return bool(one.key) and one.key == other.key and not _at_odds(one, other)


def _at_odds(one: Subject, other: Subject) -> bool:
    return bool(one.numbers and other.numbers) and one.numbers.isdisjoint(other.numbers)


def _contains(one: str, other: str) -> bool:
    """Cut off at the end by a server, or with more before it than is known here."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _LONG_ENOUGH and (long.startswith(short) or long.endswith(short))
