"""What travels between Parley and a bot of somebody's own over HTTP; docs/bot.md has it in words."""

import msgspec

VERSION = 1


class Past(msgspec.Struct, frozen=True):
    """An earlier turn of the same conversation; ``outcome`` as ``bot.contract.Outcome`` calls it."""

    text: str
    intent: str | None
    outcome: str


class Asked(msgspec.Struct, frozen=True):
    """One turn. ``text`` is cut and harmless, ``verified``: who writes is proven; no name, address or id of theirs is in it."""

    v: int
    turn: str
    conversation: str
    text: str
    language: str | None
    verified: bool
    history: tuple[Past, ...]


class Text(msgspec.Struct, frozen=True, tag_field="kind", tag="text"):
    """Say this, as plain text; ``answers``: it answers the question, so that the customer is asked whether it helped."""

    text: str
    answers: bool = False


class Knowledge(msgspec.Struct, frozen=True, tag_field="kind", tag="knowledge"):
    """Look into the knowledge base, with these words or the customer's own; Parley decides what is told of what is found."""

    question: str | None = None


class Person(msgspec.Struct, frozen=True, tag_field="kind", tag="person"):
    """The customer wants a person."""


class Complaint(msgspec.Struct, frozen=True, tag_field="kind", tag="complaint"):
    """The customer complains."""


class Yes(msgspec.Struct, frozen=True, tag_field="kind", tag="yes"):
    """A yes to what was asked last."""


class No(msgspec.Struct, frozen=True, tag_field="kind", tag="no"):
    """A no to what was asked last."""


Proposed = Text | Knowledge | Person | Complaint | Yes | No


class Answered(msgspec.Struct, frozen=True):
    """``confidence`` from 0 to 1; ``language`` of the text, null when it shows none; an empty ``proposals``: not understood."""

    proposals: tuple[Proposed, ...]
    intent: str | None = None
    confidence: float = 1.0
    language: str | None = None
