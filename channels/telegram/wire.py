"""The configuration of an inbox that is a Telegram bot, as administrators write it."""

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from core.errors import Invalid
from core.web import invalid

KIND = "telegram"

Token = Annotated[
    str,
    msgspec.Meta(
        max_length=200,
        pattern=r"^[0-9]{1,20}:[A-Za-z0-9_-]{10,}\Z",
        description="the bot's token as BotFather shows it, such as 123456789:AA…",
    ),
]
Language = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", max_length=35, description="a language such as en"
    ),
]


class TelegramConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One bot.

    ``mode``: we ask Telegram for news, or it calls us, which needs our public https address. ``groups``: in groups too
    it answers who speaks to it. ``languages``: those that the inbox speaks; whoever uses another gets the first.
    """

    token: Token
    mode: Literal["polling", "webhook"] = "polling"
    groups: bool = False
    languages: Annotated[tuple[Language, ...], msgspec.Meta(min_length=1, max_length=50)] = ("en", "zh")

    @property
    def bot_id(self) -> int:
        """The number under which Telegram knows the bot; a token names it before its colon."""
        return int(self.token.partition(":")[0])

    def language_of(self, code: str | None) -> str:
        """Of somebody whose Telegram is set to ``code``."""
        wanted = (code or "").lower()
        for each in self.languages:
            if wanted and each.lower() in {wanted, wanted.partition("-")[0]}:
                return each
        return self.languages[0]

    def __repr__(self) -> str:
        return f"TelegramConfig(bot {self.bot_id}, {self.mode})"


SECRETS = ("token",)
"""Fields of the configuration that are written and never shown."""


def telegram_config(config: Mapping[str, object]) -> TelegramConfig:
    """Raises Invalid, naming the field."""
    try:
        return msgspec.convert(dict(config), TelegramConfig)
    except msgspec.ValidationError as error:
        raise invalid(error, TelegramConfig) from None


def clashes(config: Mapping[str, object], other: Mapping[str, object]) -> str | None:
    """One bot is one inbox: two would take each other's messages."""
    try:
        same = telegram_config(config).bot_id == telegram_config(other).bot_id
    except Invalid:
        return None
    return "token" if same else None
