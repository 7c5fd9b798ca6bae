"""What a failed call of the Bot API means for a reply: certainly not sent, never to be sent, or nobody knows."""

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from channels.telegram.transport import NotSent, TooMany
from core.errors import ParleyError, Unavailable, Undeliverable

_NOT_SHOWN = ("PHOTO_", "IMAGE_PROCESS_FAILED", "VIDEO_", "MEDIA_INVALID")


def meaning(error: TelegramError) -> ParleyError | None:
    """What to raise; None when one cannot know whether the call took effect.

    A time-out, a broken connection, half an answer and whatever a failing server says (5xx) are no word on the call:
    the proxies of Telegram say 502 of calls that went through as well.
    """
    match error:
        case NotSent():
            return Unavailable(error.message)
        case TooMany():
            wait_s = error.retry_after.total_seconds()
            return Unavailable(f"Telegram: {error.message}", retry_after_s=wait_s)
        case InvalidToken() | EndPointNotFound():
            # An administrator can mend it, and then what waits leaves.
            return Unavailable(f"Telegram does not know the bot's token: {error.message}")
        case Conflict():
            return Unavailable(error.message)
        case Forbidden() | BadRequest() | ChatMigrated():
            return Undeliverable(error.message)
        case _:
            return None


def better_as_document(error: BadRequest) -> bool:
    """Telegram would not show this picture or film, for its measures or its content; as a file it takes it."""
    # The library writes the first letter large and the others small.
    return any(word in error.message.upper() for word in _NOT_SHOWN)
