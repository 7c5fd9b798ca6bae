"""What was refused for now goes first, so that all comes in the order in which it was said."""

from datetime import UTC, datetime

from core.errors import TooOften, Unavailable

Later = TooOften | Unavailable


class Order:
    """Of one socket: what was on its way behind a message that was refused for now is refused as well.

    That ends when the first is said again, and some time later at the latest: a client that gives it up is held up no longer.
    """

    __slots__ = ("_error", "_first", "_until")

    def __init__(self) -> None:
        self._first: str | None = None
        self._until = datetime.min.replace(tzinfo=UTC)
        self._error: Later | None = None

    def check(self, key: str, now: datetime) -> None:
        """Raises what the first was refused with, when it is not this message's turn yet."""
        error, self._error = self._error, None
        if error is None or key == self._first or now >= self._until:
            return
        self._error = error
        raise error.with_traceback(None)

    def over(self, key: str) -> None:
        """Nobody says this message again: it will never be right."""
        if key == self._first:
            self._error = None

    def refused(self, key: str, error: Later, until: datetime) -> None:
        """This message, for now."""
        if self._error is None or key == self._first:
            self._first, self._until, self._error = key, until, error
