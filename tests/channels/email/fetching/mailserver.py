"""A mail server in memory: folders of mails by number, connections that can be cut, news that wake who waits."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Literal

from channels.email.fetching.session import MailSession
from channels.email.wire import EmailConfig
from core.errors import Unavailable


def a_mail(subject: str = "Where is my parcel?", **headers: str) -> bytes:
    """``headers`` with underscores for hyphens; ``text`` is the body."""
    text = headers.pop("text", "Hello, where is it?")
    mail = EmailMessage()
    values = {
        "From": "Ann <ann@example.net>",
        "To": "support@example.com",
        "Subject": subject,
        "Date": "Mon, 02 Mar 2026 08:00:00 +0000",
        "Message-ID": f"<{abs(hash((subject, text, *headers.values())))}@example.net>",
    }
    values |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in values.items():
        if value:
            mail[name] = value
    mail.set_content(text)
    return mail.as_bytes()


@dataclass
class FakeMailbox:
    """``broken``: numbers that the server cannot hand out; ``refuse`` is raised at the next connections.

    ``late`` comes just after the connection that fetches found nothing more.
    """

    uid_validity: int = 7
    mails: dict[int, bytes] = field(default_factory=dict)
    next_uid: int = 1
    broken: set[int] = field(default_factory=set)
    refuse: Exception | None = None
    cut_after: int | None = None
    late: list[bytes] = field(default_factory=list)
    opened: int = 0
    open_now: int = 0
    marked: list[tuple[int, str]] = field(default_factory=list)
    fetched: list[int] = field(default_factory=list)
    sessions: list["FakeSession"] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def deliver(self, *raws: bytes) -> None:
        for raw in raws:
            self.mails[self.next_uid] = raw
            self.next_uid += 1
        self.news.set()

    async def open(self, config: EmailConfig) -> MailSession:
        if self.refuse is not None:
            raise self.refuse
        self.opened += 1
        self.open_now += 1
        session = FakeSession(self)
        self.sessions.append(session)
        return session


class FakeSession:
    def __init__(self, box: FakeMailbox) -> None:
        self._box = box
        self.uid_validity = box.uid_validity
        self.uid_next: int | None = box.next_uid
        self.closed = False

    async def uids_after(self, last: int) -> list[int]:
        self._alive()
        found = sorted(uid for uid in self._box.mails if uid > last)
        if not found and self._box.late and self is not self._box.sessions[0]:
            self._box.deliver(self._box.late.pop())
        return found

    async def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        self._alive()
        return {uid: len(self._box.mails[uid]) for uid in uids if uid in self._box.mails}

    async def fetch(self, uids: Sequence[int]) -> list[tuple[int, bytes]]:
        self._alive()
        if self._box.broken & set(uids):
            raise Unavailable("the server says it cannot read this")
        if self._box.cut_after is not None:
            if self._box.cut_after == 0:
                self._box.cut_after = None
                raise Unavailable("the connection was lost")
            self._box.cut_after -= 1
        self._box.fetched += uids
        return [(uid, self._box.mails[uid]) for uid in uids if uid in self._box.mails]

    async def fetch_headers(self, uid: int, most_bytes: int) -> bytes:
        self._alive()
        return self._box.mails[uid].partition(b"\n\n")[0][:most_bytes] + b"\n\n"

    async def mark(self, uids: Sequence[int], flag: Literal["seen", "flagged"]) -> None:
        self._alive()
        self._box.marked += [(uid, flag) for uid in uids]

    async def idle(self, seconds: float) -> bool:
        """Tells only what comes while it idles, as some servers do."""
        self._alive()
        self._box.news.clear()
        await self._box.news.wait()
        self._alive()
        return True

    async def close(self) -> None:
        if not self.closed:
            self.closed = True
            self._box.open_now -= 1

    def _alive(self) -> None:
        if self.closed:
            raise Unavailable("the connection is closed")
