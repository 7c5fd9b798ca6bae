"""Whose turn it is with a provider, where several processes stand in one line and a transaction waits for nobody."""

from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar

from core.errors import Unavailable

T = TypeVar("T")

_MANY = 10_000


class AskFirst(Exception):
    """The line is elsewhere: the transaction ends without a trace, ``asking`` gives the seconds to wait, and then it runs again."""

    def __init__(self, asking: Callable[[], Awaitable[float]]) -> None:
        super().__init__("ask outside the transaction")
        self.asking = asking


async def in_turn(work: Callable[[], Awaitable[T]]) -> T:
    """What ``work`` gives, a transaction that asks for its turn. Raises Unavailable with when to come again."""
    try:
        return await work()
    except AskFirst as line:
        wait_s = await line.asking()
    if wait_s > 0:
        raise Unavailable("it is not its turn yet", retry_after_s=wait_s)
    try:
        return await work()
    except AskFirst:
        # Meanwhile something else is to be sent, which asks anew.
        raise Unavailable("what is to be sent has changed", retry_after_s=0.0) from None


class Granted:
    """Turns that were granted outside the transaction that uses them: each once."""

    def __init__(self) -> None:
        self._turns: dict[Hashable, None] = {}

    def note(self, reply: Hashable) -> None:
        if len(self._turns) >= _MANY:
            # Those that were withdrawn before they left.
            self._turns.pop(next(iter(self._turns)))
        self._turns[reply] = None

    def use(self, reply: Hashable) -> bool:
        """Whether there was one."""
        if reply not in self._turns:
            return False
        del self._turns[reply]
        return True
