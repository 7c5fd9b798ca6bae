"""What an update tells us, in our own words; pure."""

from dataclasses import dataclass
from datetime import datetime

from channels.telegram.place import Where
from core.message import Part


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with Telegram; ``language`` as their Telegram is set."""

    id: int
    name: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that Telegram keeps for us; ``size`` in bytes where it says so. ``sticker``: what to show without it."""

    file: str
    name: str
    size: int | None = None
    instead: str | None = None


Piece = Part | Wanted


@dataclass(frozen=True, slots=True)
class Answered:
    """What this message answers: its words, its names if it is one of theirs, and its name if it is one of ours."""

    text: str
    theirs: tuple[str, ...] = ()
    ours: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A message, or with ``edited_at`` what has become of one.

    ``external`` is our name for it; the messages of an album (``bundle``) share one. ``alone`` is its own. ``start`` is
    what stood behind /start. ``card``: the telephone number on the sender's own card.
    """

    where: Where
    person: Person
    external: str
    alone: str
    pieces: tuple[Piece, ...]
    sent_at: datetime
    answers: Answered | None = None
    bundle: str | None = None
    edited_at: datetime | None = None
    start: str | None = None
    card: str | None = None

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The files among its pieces."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Wanted))


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody pressed a button below our message number ``message``; ``query`` is what Telegram wants answered."""

    query: str
    where: Where
    person: Person
    message: int
    data: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """Somebody shut the bot out of their private chat, or let it in again."""

    person: Person
    reachable: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A group is a supergroup from now on, under another number."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Nothing for us; ``why`` is a short name."""

    why: str


Told = Said | Press | Reach | Moved | LeftOut
