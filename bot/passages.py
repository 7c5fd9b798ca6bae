"""How much of an article is told at once, in its own words: short first, and then on from there; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.parts import subjects
from core.answer import Answer

_NEARLY = 1.25
"""What is hardly longer than the limit is told whole: nobody asks for "more" to get one sentence."""
_SEEN = 60
"""So many characters of an excerpt find its place in the text."""
_HEADING = 80
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_SENTENCE = re.compile(r"[.!?…](?=\s)|[。！？]")
_STOPS = tuple(".!?…。！？;；")
_BULLETS = re.compile(r"\s*(?:[•☑☐]|\d+\.)\s")


@dataclass(frozen=True, slots=True)
class Cut:
    """Words of a text, as they stand there.

    Telling began at character ``origin``, goes on to the end and then from the beginning; ``told`` characters are told
    now, these words included. ``left``: there is more.
    """

    words: str
    origin: int
    told: int
    left: bool


def short(answer: Answer, limit: int, question: str = "") -> Cut:
    """The beginning, where that has the passage for the question, else the passage; about ``limit`` characters, wide ones count double."""
    text, most = answer.text, _room(answer.text, limit)
    if len(text) <= most * _NEARLY:
        return Cut(text.strip(), 0, len(text), left=False)
    place = place_for(answer, question)
    end = _end(text, 0, len(text), most)
    if place + _SEEN > end:
        return _cut(text, place, place, _end(text, place, len(text), most), 0)
    return _cut(text, 0, 0, end, 0)


def covering(answer: Answer, places: Sequence[int], limit: int) -> Cut | None:
    """All of these places told at once, the whole where it is no longer than ``limit``; None where they are too far apart."""
    text, most = answer.text, _room(answer.text, limit)
    if len(text) <= most * _NEARLY:
        return Cut(text.strip(), 0, len(text), left=False)
    start = min(places)
    end = _end(text, start, len(text), most)
    reaches = max(places) + _SEEN <= end or end == len(text)
    return _cut(text, start, start, end, 0) if reaches else None


def further(answer: Answer, origin: int, told: int, limit: int) -> Cut:
    """What comes after ``told`` characters from ``origin``; empty words when all is told."""
    text, most = answer.text, _room(answer.text, limit)
    if told >= len(text):
        return Cut("", origin, len(text), left=False)
    wrapped = origin + told >= len(text)
    start = origin + told - (len(text) if wrapped else 0)
    stop = origin if wrapped else len(text)
    return _cut(text, origin, start, _end(text, start, stop, most), told)


def tells(answer: Answer, origin: int, told: int, question: str = "") -> bool:
    """Whether the passage for the question is among what was told of the same text."""
    place = place_for(answer, question)
    return (place - origin) % max(len(answer.text), 1) < told


def place_for(answer: Answer, question: str) -> int:
    """Where the passage for the question begins.

    The best passage counts only where it has more of what the question is about than the beginning: an article is found
    by its title, too, and then any passage may be the best by words that say nothing.
    """
    place = passage_at(answer)
    asked = subjects(question)
    if not place or not asked:
        return place
    there, first = subjects(answer.excerpt), subjects(answer.text[: max(len(answer.excerpt), _SEEN)])
    return place if len(asked & there) > len(asked & first) else 0


def passage_at(answer: Answer) -> int:
    """Where the best passage begins in the text; 0 where it cannot be found."""
    places = [at for at, char in enumerate(answer.text) if not char.isspace()]
    flat = "".join(answer.text[at] for at in places)
    begins = "".join(answer.excerpt.removesuffix("…").split())[:_SEEN]
    found = flat.find(begins) if begins else -1
    return places[found] if found > 0 else 0


def _room(text: str, limit: int) -> int:
    """A Chinese character says as much as two or three letters."""
    return limit // 2 if len(_WIDE.findall(text)) * 3 > len(text) else limit


def _cut(text: str, origin: int, start: int, end: int, before: int) -> Cut:
    told = before + end - start
    rest = text[end:] + text[:origin] if end > origin or start >= origin else text[end:origin]
    return Cut(text[start:end].strip(), origin, told if rest.strip() else len(text), bool(rest.strip()))


def _end(text: str, start: int, stop: int, limit: int) -> int:
    """Where to stop: after a paragraph, else a line, a sentence, a word; never after a heading or a lead-in."""
    if stop - start <= limit * _NEARLY:
        return stop
    window = text[start : start + limit]
    for end in (window.rfind("\n\n"), window.rfind("\n"), _last_sentence(window), window.rfind(" ")):
        if end >= limit // 3:
            return start + _without_lead(window[:end])
    return start + limit


def _last_sentence(window: str) -> int:
    return max((found.end() for found in _SENTENCE.finditer(window)), default=-1)


def _without_lead(words: str) -> int:
    """The length of these words without a last line that only leads to what follows."""
    kept = words.rstrip()
    before, line_break, line = kept.rpartition("\n")
    leads = line.endswith((":", "：")) or (
        len(line) <= _HEADING and not line.endswith(_STOPS) and not _BULLETS.match(line)
    )
    return len(before) if line_break and before.strip() and leads else len(kept)
