"""What fetching needs of a mailbox: ``channels.email.imap`` fulfils it, tests have one of their own."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Literal, Protocol

from channels.email.wire import EmailConfig


class MailSession(Protocol):
    """A signed-in connection with the folder open. Unavailable ends it: it is dropped and another one opened."""

    @property
    def uid_validity(self) -> int: ...
    @property
    def uid_next(self) -> int | None: ...

    async def uids_after(self, last: int) -> list[int]:
        """Those that are there now, in rising order."""
        ...

    async def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """In bytes; what is gone in the meantime is left out."""
        ...

    async def fetch(self, uids: Sequence[int]) -> list[tuple[int, bytes]]:
        """As they are; what is gone in the meantime is left out."""
        ...

    async def fetch_headers(self, uid: int, most_bytes: int) -> bytes: ...

    async def mark(self, uids: Sequence[int], flag: Literal["seen", "flagged"]) -> None: ...

    async def idle(self, seconds: float) -> bool:
        """Wait for news, so long at most; True when there may be some."""
        ...

    async def close(self) -> None: ...


OpenSession = Callable[[EmailConfig], Awaitable[MailSession]]
"""Raises Unavailable, saying which step failed."""
