"""Where a conversation is on Telegram, and by which name we know a message there; pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """A chat, and in groups the one person there whose conversation it is."""

    chat: int
    person: int | None = None

    @property
    def group(self) -> bool:
        return self.person is not None

    @property
    def key(self) -> str:
        """The key of the conversation's thread."""
        return str(self.chat) if self.person is None else f"{self.chat}:{self.person}"


def where(thread_key: str) -> Where | None:
    """None for a key that ``Where.key`` never gave."""
    chat, _, person = thread_key.partition(":")
    try:
        return Where(int(chat), int(person) if person else None)
    except ValueError:
        return None


def external_id(chat: int, message: int) -> str:
    """Message numbers are a chat's own, or the bot's: only both together name one."""
    return f"{chat}:{message}"


def message_number(external: str | None) -> int | None:
    """The number in an ``external_id``; None where there is none."""
    number = (external or "").rpartition(":")[2]
    return int(number) if number.isascii() and number.isdigit() else None
