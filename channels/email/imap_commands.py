"""Commands that aioimaplib lacks, or that need more than it does with them."""

import re
from base64 import b64encode
from collections.abc import Callable

from aioimaplib.aioimaplib import Command, FetchCommand

from channels.email.imap_wire import depth, from_base64, starts_a_mail

PENDING = "Pending"
_NEWS = re.compile(rb"\d+ (?:EXISTS|RECENT)", re.IGNORECASE)


class Fetch(FetchCommand):  # type: ignore[misc]
    """UID FETCH. aioimaplib counts brackets anew from the first line for each line, and those in quoted strings too."""

    def __init__(self, tag: str, uids: str, items: str) -> None:
        super().__init__(tag, uids, items, prefix="UID")
        self._depth = 0

    def append_to_resp(self, line: bytes | bytearray, result: str = PENDING) -> None:
        super().append_to_resp(line, result)
        if isinstance(line, bytes):
            self._depth = depth(line) + (0 if starts_a_mail(line) else self._depth)

    def wait_data(self) -> bool:
        """Whether the mail is not complete yet."""
        return self._depth > 0 or self.wait_literal_data()


class Authenticate(Command):  # type: ignore[misc]
    """AUTHENTICATE with one thing to say; aioimaplib leaves a server waiting that asks or explains a refusal."""

    def __init__(self, tag: str, mechanism: str, secret: bytes, *, at_once: bool) -> None:
        self._secret = b64encode(secret).decode()
        super().__init__("AUTHENTICATE", tag, mechanism, *([self._secret] if at_once else []))
        self._said = at_once
        self.explained = ""

    def __repr__(self) -> str:
        """With the secret: this is what goes over the wire."""
        return f"{self.tag} {self.name} {' '.join(self.args)}"

    def answer(self, line: bytes) -> str:
        """To a continuation request: the secret, once; after that nothing, which makes the server refuse properly."""
        if not self._said:
            self._said = True
            return self._secret
        self.explained = from_base64(line.removeprefix(b"+").strip()).decode("utf-8", "replace")
        return ""


class Idle(Command):  # type: ignore[misc]
    """IDLE until there is news; keeps none of the lines. ``finish`` sends DONE and starts the time limit for its answer."""

    def __init__(self, tag: str, finish: Callable[[], None]) -> None:
        super().__init__("IDLE", tag)
        self._finish = finish
        self._acknowledged = False
        self._enough = False
        self._finished = False
        self.news = False

    def append_to_resp(self, line: bytes, result: str = PENDING) -> None:
        if result != PENDING:
            super().append_to_resp(line, result)
        elif _NEWS.match(line):
            self.news = True
            self.enough()

    @property
    def acknowledged(self) -> bool:
        return self._acknowledged

    def acknowledge(self) -> None:
        """The server is idling."""
        self._acknowledged = True
        if self._enough:
            self.enough()

    def enough(self) -> None:
        """End it; before the server has said that it idles, DONE would be a mistake."""
        self._enough = True
        if self._acknowledged and not self._finished:
            self._finished = True
            self._finish()
