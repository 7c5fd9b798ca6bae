"""Cuts a reply into what Telegram takes as one message each: texts, files with captions, albums, places, cards; pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby

from channels.telegram.sending.words import Mark, Style, Words, clean, joined, split, units
from core.ids import ArticleId
from core.message import ArticleCard, Attachment, Buttons, Choice, Location, Part, SharedContact, Text

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
ALBUM_FILES = 10
PHOTO_BYTES = 10 * 1024 * 1024
LABEL_UNITS = 64
"""A label has no limit in writing, but what is longer is cut off on the screen."""

_ROW_UNITS = 28
_ROW_BUTTONS = 3


class How(StrEnum):
    """As what a file is sent, named like the Bot API's methods."""

    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    AUDIO = "audio"
    VOICE = "voice"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Button:
    """``number`` counts the options of the whole reply (``channels.telegram.callback``)."""

    label: str
    number: int


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """A text; ``preview`` lets Telegram show the page that is linked in it."""

    words: Words
    rows: Rows = ()
    preview: bool = True


@dataclass(frozen=True, slots=True)
class Show:
    """One file."""

    how: How
    file: Attachment
    caption: Words = field(default=Words(""))
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Album:
    """2 to 10 files that are shown together; the caption stands below all of them."""

    files: tuple[Show, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map."""

    location: Location
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A visiting card; only with a telephone number is it one for Telegram."""

    name: str
    phone: str
    rows: Rows = ()


Piece = Say | Show | Album | Place | Card
ArticleAddress = Callable[[ArticleId, str], str | None]


def pieces(parts: Sequence[Part], article_url: ArticleAddress, choose: Callable[[], str]) -> list[Piece]:
    """In the order of ``parts``; ``choose`` is said above buttons that would stand alone."""
    if len(parts) == 1 and isinstance(parts[0], Text) and len(parts[0].text) <= TEXT_UNITS // 2:
        # Most replies are that.
        words = _words(parts[0], article_url)
        return [Say(words)] if words.text else []
    found: list[Piece] = []
    number = 0
    for stretch, group in groupby(parts, _stretch):
        several = list(group)
        if stretch is Buttons:
            buttons = [
                Button(_label(option.label), number + at)
                for at, option in enumerate(
                    option for part in several if isinstance(part, Buttons) for option in part.options
                )
            ]
            number += len(buttons)
            _attach(found, _rows(buttons), choose)
        elif stretch is Attachment:
            files = [part for part in several if isinstance(part, Attachment)]
            found += _captioned(found, list(_shown(files)))
        else:
            found += _said(several, article_url)
    return found


def _stretch(part: Part) -> type:
    match part:
        case Buttons() | Attachment():
            return type(part)
        case Location():
            return Location
        case SharedContact(phone=str()):
            return SharedContact
        case _:
            return Text


def _said(parts: Sequence[Part], article_url: ArticleAddress) -> list[Piece]:
    """Whatever has words is one text as far as it goes."""
    match parts[0]:
        case Location():
            return [Place(part) for part in parts if isinstance(part, Location)]
        case SharedContact(phone=str()):
            return [Card(part.name, part.phone or "") for part in parts if isinstance(part, SharedContact)]
        case _:
            words = [each for part in parts if (each := _words(part, article_url)).text]
            plain = not any(isinstance(part, ArticleCard) for part in parts)
            return [Say(each, preview=plain) for each in split(joined(words), TEXT_UNITS)]


def _words(part: Part, article_url: ArticleAddress) -> Words:
    match part:
        case Text(text) | Choice(label=text) | SharedContact(name=text):
            return Words(clean(text))
        case ArticleCard(article, language, title, excerpt):
            title, url = clean(title), article_url(article, language)
            lines = [line for line in (title, clean(excerpt), url or "") if line]
            return Words("\n".join(lines), (Mark(0, len(title), Style.BOLD),) if title else ())
        case _:
            # What came from outside and is no part of what we say: quotes, folds, formatted mails.
            return Words("")


def _shown(files: Sequence[Attachment]) -> Iterator[Piece]:
    """Those that follow one another and may be shown together are an album."""
    shows = [Show(_how(file), file) for file in files]
    for group, several in groupby(shows, lambda show: _album_of(show.how)):
        left = list(several)
        while left:
            count = 1 if group is None else min(len(left), ALBUM_FILES)
            yield left[0] if count == 1 else Album(tuple(left[:count]))
            left = left[count:]


def _how(file: Attachment) -> How:
    match file.media_type:
        case "image/jpeg" | "image/png" | "image/webp" if file.inline and file.size <= PHOTO_BYTES:
            return How.PHOTO
        case "image/gif":
            return How.ANIMATION
        case "video/mp4":
            return How.VIDEO
        case "audio/mpeg" | "audio/mp4" | "audio/x-m4a":
            return How.AUDIO
        case "audio/ogg":
            return How.VOICE
        case _:
            return How.DOCUMENT


def _album_of(how: How) -> str | None:
    """What may be together in one: photos and videos; audio files; documents."""
    match how:
        case How.PHOTO | How.VIDEO:
            return "visual"
        case How.AUDIO | How.DOCUMENT:
            return how.value
        case How.ANIMATION | How.VOICE:
            return None


def _captioned(before: list[Piece], files: list[Piece]) -> list[Piece]:
    """The short text right before files, taken from ``before``, becomes their caption: one message less to go wrong."""
    match before[-1] if before else None, files[0]:
        case Say(words, ()), Show() as first if units(words.text) <= CAPTION_UNITS:
            before.pop()
            return [replace(first, caption=words), *files[1:]]
        case Say(words, ()), Album(shows) if (
            units(words.text) <= CAPTION_UNITS and _album_of(shows[0].how) == "visual"
        ):
            before.pop()
            return [Album((replace(shows[0], caption=words), *shows[1:])), *files[1:]]
        case _:
            return files


def _attach(found: list[Piece], rows: Rows, choose: Callable[[], str]) -> None:
    """Buttons hang on the message before them, where it can have some."""
    last = found[-1] if found else None
    if last is None or isinstance(last, Album) or last.rows:
        found.append(Say(Words(choose()), rows))
    else:
        found[-1] = replace(last, rows=rows)


def _rows(buttons: Sequence[Button]) -> Rows:
    """Short labels side by side, long ones each in a row of its own."""
    rows: list[list[Button]] = []
    used = 0
    for button in buttons:
        size = units(button.label)
        if not rows or len(rows[-1]) == _ROW_BUTTONS or used + size > _ROW_UNITS:
            rows.append([])
            used = 0
        rows[-1].append(button)
        used += size
    return tuple(tuple(row) for row in rows)


def _label(label: str) -> str:
    label = " ".join(clean(label).split()) or "…"
    if units(label) <= LABEL_UNITS:
        return label
    return f"{split(Words(label), LABEL_UNITS - 1)[0].text}…"


def messages_in(several: Sequence[Piece]) -> int:
    """As how many messages Telegram counts them: each file of an album is one."""
    return sum(len(piece.files) if isinstance(piece, Album) else 1 for piece in several)
