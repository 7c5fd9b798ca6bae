"""What is wrong with a bot, in words for its administrator; never Telegram's own, which may hold the token."""

from telegram.error import Conflict, InvalidToken, TelegramError, TimedOut

from channels.telegram.transport import NotSent, TooMany
from core.errors import ParleyError

UNKNOWN_BOT = "Telegram does not know the bot's token any more; BotFather shows the present one"
OTHER = "another program reads this bot, and Telegram gives its messages to one only"


def problem_of(error: Exception) -> str:
    """Also of what is not Telegram's."""
    match error:
        case InvalidToken():
            return UNKNOWN_BOT
        case Conflict():
            return OTHER
        case TooMany() | NotSent() | TimedOut():
            return error.message
        case TelegramError():
            return f"Telegram answered with an error: {error.message[:200]}"
        case ParleyError():
            return str(error)
        case _:
            return "an error of this program; see its log"
