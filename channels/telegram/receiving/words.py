"""What somebody wrote on Telegram as plain words: links stay, the bot's own name at the beginning goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import MessageEntity

_MENTIONS = frozenset({MessageEntity.MENTION, MessageEntity.TEXT_MENTION})


@dataclass(frozen=True, slots=True)
class Us:
    """The bot as people see it; ``username`` None until Telegram told us."""

    id: int
    username: str | None = None

    def named(self, name: str) -> bool:
        """Whether ``name``, without its @, is ours."""
        return self.username is not None and name.lower() == self.username.lower()


@dataclass(frozen=True, slots=True)
class Words:
    """``spoken_to``: the bot is named in them, or a command is meant for it by name. ``start``: the payload of /start."""

    text: str
    spoken_to: bool = False
    start: str | None = None


def words_of(text: str, entities: Sequence[MessageEntity], us: Us) -> Words:
    """Telegram counts in UTF-16 units; what it marks outside of the text is left alone."""
    units = text.encode("utf-16-le")
    pieces: list[str] = []
    at = 0
    spoken_to = False
    command: str | None = None
    for each in sorted(entities, key=lambda entity: (entity.offset, -entity.length)):
        start, end = each.offset * 2, (each.offset + each.length) * 2
        marked = _cut(units, start, end)
        if start < at or end > len(units) or not marked:
            continue
        instead = marked
        if each.type == MessageEntity.TEXT_LINK and each.url and each.url.rstrip("/") != marked.rstrip("/"):
            instead = f"{marked} ({each.url})"
        elif each.type in _MENTIONS and _ours(each, marked, us):
            spoken_to = True
            # Who says "@shop_bot where are you?" asks "where are you?".
            instead = "" if not _cut(units, 0, start).strip() else marked
        elif each.type == MessageEntity.BOT_COMMAND:
            name, _, whose = marked.partition("@")
            spoken_to = spoken_to or us.named(whose)
            instead = name if us.named(whose) else marked
            command = command or (name if start == 0 else None)
        if instead is not marked:
            pieces += [_cut(units, at, start), instead]
            at = end
    said = "".join([*pieces, _cut(units, at, len(units))]).strip()
    if command == "/start":
        return Words("/start", spoken_to, said.removeprefix("/start").strip() or None)
    return Words(said, spoken_to)


def _ours(entity: MessageEntity, marked: str, us: Us) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == us.id
    return us.named(marked.removeprefix("@"))


def _cut(units: bytes, start: int, end: int) -> str:
    return units[start:end].decode("utf-16-le", "replace")
