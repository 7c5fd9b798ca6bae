"""What is in a message of Telegram, as parts of ours and files to be fetched, in the order in which people see it."""

from collections.abc import Callable, Iterator
from typing import Protocol

from telegram import (
    Animation,
    Audio,
    Document,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    PhotoSize,
    Video,
    VideoNote,
    Voice,
)

from channels.telegram.receiving.told import Piece, Wanted
from channels.telegram.receiving.words import Us, words_of
from core.message import Location, SharedContact, Text

_STRANGE = (
    "checklist",
    "game",
    "giveaway",
    "giveaway_winners",
    "invoice",
    "paid_media",
    "passport_data",
    "story",
    "web_app_data",
)
"""Kinds of messages by which people say something that cannot be shown here."""


class Say(Protocol):
    """A text of ours, by its key, in the language of whoever wrote."""

    def __call__(self, key: str, **values: str) -> str: ...


def pieces_of(message: Message, us: Us, most_bytes: int, say: Say) -> tuple[Piece, ...]:
    """Empty where nobody said anything: somebody joined, a message was pinned. No photo has more than ``most_bytes``."""
    found = tuple(_all(message, us, most_bytes, say))
    if not found or message.forward_origin is None:
        return found
    by = _origin(message)
    first = say("telegram-forwarded-from", name=by) if by else say("telegram-forwarded")
    return (Text(first), *found)


def _all(message: Message, us: Us, most_bytes: int, say: Say) -> Iterator[Piece]:
    text = message.text or message.caption
    if text:
        entities = message.entities if message.text else message.caption_entities
        said = words_of(text, entities, us).text
        if said:
            yield Text(said)
    wanted = _file(message, most_bytes)
    if wanted is not None:
        yield wanted
    elif message.sticker is not None:
        yield Text(message.sticker.emoji or say("telegram-sticker"))
    elif message.venue is not None:
        venue = message.venue
        yield Location(venue.location.latitude, venue.location.longitude, venue.title, venue.address)
    elif message.location is not None:
        yield Location(message.location.latitude, message.location.longitude)
    elif message.contact is not None:
        yield _card(message)
    elif message.poll is not None:
        options = "".join(f"\n- {option.text}" for option in message.poll.options)
        yield Text(say("telegram-poll", question=message.poll.question) + options)
    elif message.dice is not None:
        yield Text(f"{message.dice.emoji} {message.dice.value}")
    elif not text and (strange := _strange(message)) is not None:
        yield Text(say("telegram-strange", kind=strange.replace("_", " ")))


def _card(message: Message) -> SharedContact:
    card = message.contact
    assert card is not None  # noqa: S101 - asked before
    name = " ".join(part for part in (card.first_name, card.last_name) if part)
    return SharedContact(name, card.phone_number or None)


def _strange(message: Message) -> str | None:
    """Also what is newer than the library: it keeps unknown fields."""
    known = next((name for name in _STRANGE if getattr(message, name, None) is not None), None)
    return known or next((name for name in message.api_kwargs if not name.startswith("reply_to")), None)


def _file(message: Message, most_bytes: int) -> Wanted | None:
    stamp = message.date.strftime("%Y%m%d-%H%M%S")
    sticker = message.sticker
    if message.photo:
        photo = _best(message.photo, most_bytes)
        return Wanted(photo.file_id, f"photo-{stamp}.jpg", photo.file_size)
    if sticker is not None:
        if sticker.is_animated or sticker.is_video:
            return None
        return Wanted(sticker.file_id, "sticker.webp", sticker.file_size, instead=sticker.emoji)
    for kind, ending, of in _FILES:
        found = of(message)
        if found is not None:
            name = getattr(found, "file_name", None) or f"{kind}-{stamp}.{ending}"
            return Wanted(found.file_id, name, found.file_size)
    return None


_File = Animation | Audio | Document | Video | VideoNote | Voice
# An animation comes as a document as well, for old programs.
_FILES: tuple[tuple[str, str, Callable[[Message], _File | None]], ...] = (
    ("animation", "mp4", lambda message: message.animation),
    ("document", "bin", lambda message: message.document),
    ("voice", "ogg", lambda message: message.voice),
    ("audio", "mp3", lambda message: message.audio),
    ("video", "mp4", lambda message: message.video),
    ("video", "mp4", lambda message: message.video_note),
)


def _best(sizes: tuple[PhotoSize, ...], most_bytes: int) -> PhotoSize:
    """The largest that fits, else the smallest."""
    by_size = sorted(sizes, key=lambda size: (size.width * size.height, size.file_size or 0))
    fitting = [size for size in by_size if (size.file_size or 0) <= most_bytes]
    return fitting[-1] if fitting else by_size[0]


def _origin(message: Message) -> str | None:
    match message.forward_origin:
        case MessageOriginUser(sender_user=user):
            return user.full_name
        case MessageOriginHiddenUser(sender_user_name=name):
            return name
        case MessageOriginChat(sender_chat=chat) | MessageOriginChannel(chat=chat):
            return chat.title
        case _:
            return None
