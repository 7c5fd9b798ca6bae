"""The scripted conversations of `bench dialogue`: who says what, what must come of it, and what would be wrong."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "dialogues"
LANGUAGES = ("en", "zh")
_KINDS = ("article", "order", "wish", "number", "person", "none")


@dataclass(frozen=True, slots=True)
class Goal:
    """``article``: one of ``names`` is shown ("ask": or the order's number is asked for); ``order``: its ``state`` is told;

    ``wish``: the order is taken up, by questions, an article or a person; ``number``: it is asked for; ``person``: takes
    over; ``none``: no article is shown.
    """

    kind: str
    names: tuple[str, ...] = ()
    state: str = ""

    @classmethod
    def read(cls, text: str) -> "Goal":
        """Of ``article:returns|refunds``, ``order:LL-10234=shipped``, ``person``, … Raises RuntimeError."""
        kind, _, rest = text.partition(":")
        if kind not in _KINDS:
            raise RuntimeError(f"goal {text!r}: expected one of {', '.join(_KINDS)}")
        names, _, state = rest.partition("=")
        return cls(kind, tuple(filter(None, names.split("|"))), state)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """``say``: messages one after another; those in one tuple come without waiting for an answer between them.

    ``fine``: articles that are no goal, but not wrong either. ``may_hand_over``: a person is neither needed nor wrong.
    """

    id: str
    language: str
    say: tuple[tuple[str, ...], ...]
    goals: tuple[Goal, ...]
    fine: frozenset[str] = frozenset()
    may_hand_over: bool = False

    @property
    def needs_person(self) -> bool:
        return any(goal.kind == "person" for goal in self.goals)

    @property
    def articles(self) -> frozenset[str]:
        """Those that may be shown."""
        named = (name for goal in self.goals if goal.kind == "article" for name in goal.names)
        return self.fine.union(named)


def dialogues(languages: Sequence[str] = LANGUAGES, every: int = 1) -> list[Dialogue]:
    """All of them, or each ``every``-th of a language."""
    return [
        _read(line, language)
        for language in languages
        for line in (FOLDER / f"{language}.jsonl").read_text("utf-8").splitlines()[::every]
    ]


def _read(line: str, language: str) -> Dialogue:
    found = json.loads(line)
    return Dialogue(
        found["id"],
        language,
        tuple((each,) if isinstance(each, str) else tuple(each) for each in found["say"]),
        tuple(map(Goal.read, found["goals"])),
        frozenset(found.get("fine", ())),
        found.get("person") == "may",
    )
