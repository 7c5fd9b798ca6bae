"""From an update as Telegram wrote it to what it tells us."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram import Update

from channels.telegram.place import Where
from channels.telegram.receiving.boxes import Box
from channels.telegram.receiving.content import Say
from channels.telegram.receiving.reading import Reading, read
from channels.telegram.receiving.told import LeftOut, Moved, Press, Reach, Said, Told
from core.errors import Invalid
from core.texts import Texts

log = logging.getLogger(__name__)

Raw = Mapping[str, Any]

UNREADABLE = LeftOut("unreadable")
_LARGEST = 2**63
_BARE = ("message_id", "from", "chat", "date", "edit_date", "migrate_to_chat_id", "migrate_from_chat_id")


class Reader:
    """``most_bytes``: no larger photo is chosen where there is a smaller one."""

    def __init__(self, texts: Texts, most_bytes: int) -> None:
        self._texts = texts
        self._most_bytes = most_bytes

    def told(self, box: Box, raw: Raw, now: datetime) -> Told:
        """``UNREADABLE`` for what says not even who wrote where; it never raises for what is in it."""
        try:
            return self._read(box, raw, now)
        except Exception as error:  # noqa: BLE001 - whatever is in it is somebody else's
            # Not its words: they hold what people said.
            log.warning(
                "an update for inbox %s could not be read: %s in %s",
                box.inbox,
                type(error).__name__,
                sorted(raw),
            )
        try:
            # A field that is not as the library wants it costs no more than itself.
            return self._read(box, _bare(raw, self.say(box, None)), now)
        except Exception:  # noqa: BLE001 - the same
            return UNREADABLE

    def _read(self, box: Box, raw: Raw, now: datetime) -> Told:
        update = Update.de_json(dict(raw), None)
        user = update.effective_user
        say = self.say(box, None if user is None else user.language_code)
        return read(update, Reading(box.us, box.config.groups, self._most_bytes, say, now))

    def say(self, box: Box, code: str | None) -> Say:
        """In the language of whoever has Telegram set to ``code``."""
        language = box.config.language_of(code)

        def say(key: str, **values: str) -> str:
            return self._texts.say(key, language, **values)

        return say


def _bare(raw: Raw, say: Say) -> Raw:
    """A message's words alone, or that there was one. Raises KeyError for what is no message."""
    kind = next(name for name in ("message", "edited_message") if name in raw)
    message = raw[kind]
    kept = {name: message[name] for name in _BARE if name in message}
    said = message.get("text") or message.get("caption") or say("telegram-unreadable")
    return {"update_id": raw["update_id"], kind: kept | {"text": said}}


def number_of(raw: object) -> int:
    """Raises Invalid on ``update_id``."""
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < _LARGEST:
        raise Invalid("update_id", "a whole number")
    return number


def thread_of(told: Told) -> str:
    """What must stay in order: a chat, with everybody in it."""
    match told:
        case Said(where=Where(chat=chat)) | Press(where=Where(chat=chat)):
            return str(chat)
        case Reach(person=person):
            return str(person.id)
        case Moved(old=old):
            return str(old)
        case LeftOut():
            return ""


def as_one(album: Sequence[Said]) -> Said:
    """The messages of an album are one, said when the first was."""
    first = album[0]
    answers = next((each.answers for each in album if each.answers is not None), None)
    return replace(first, pieces=tuple(piece for each in album for piece in each.pieces), answers=answers)
