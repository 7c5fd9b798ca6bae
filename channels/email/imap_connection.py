"""aioimaplib's protocol behind a guard: every answer has its limits, and whatever goes wrong ends the connection."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from aioimaplib import aioimaplib
from aioimaplib.aioimaplib import Command, IMAP4ClientProtocol, IncompleteRead

from channels.email import imap_wire as wire
from channels.email.imap_commands import Authenticate, Fetch, Idle
from channels.email.imap_errors import ImapFailed, Refused
from channels.email.imap_settings import ImapLimits

# At lower levels aioimaplib writes down passwords (quoted ones), tokens and whole mails.
logging.getLogger("aioimaplib").setLevel(logging.WARNING)

_MOST_LINES = 200
"""Of one piece: aioimaplib calls itself once for each line of what it is given, and Python stops at 1,000."""
_BETWEEN_COMMANDS_BYTES = 1024 * 1024


class _Protocol(IMAP4ClientProtocol):  # type: ignore[misc]
    """What comes from the server, in pieces that aioimaplib can stand; reports to its connection."""

    def __init__(self, connection: "Connection") -> None:
        super().__init__(asyncio.get_running_loop(), connection.lost)
        self.incomplete_line: bytes = b""
        self.current_command: Any = None
        self._connection = connection

    def data_received(self, d: bytes) -> None:
        connection = self._connection
        if not connection.heard(len(d)):
            return
        try:
            for piece in _pieces(d):
                self._take(piece)
        except Exception as error:  # noqa: BLE001 - whatever it cannot read
            connection.fail(
                "garbled", f"the server's answer cannot be read: {type(error).__name__}: {error}"[:300]
            )
        if len(self.incomplete_line) > connection.limits.line_bytes:
            connection.fail("too_much", "the server sends a line without end")

    def _take(self, piece: bytes) -> None:
        before, self.incomplete_line = self.incomplete_line, b""
        command, self.current_command = self.current_command, None
        try:
            self._handle_responses(before + piece, self._handle_line, command)
        except IncompleteRead as rest:
            self.current_command, self.incomplete_line = rest.cmd, rest.data

    def send(self, line: str, scrub: str | None = None) -> None:
        """Without writing it to a log."""
        self.transport.write(f"{line}\r\n".encode())

    def _handle_line(self, line: bytes, current_cmd: Any) -> Any:
        if line and self.state == aioimaplib.CONNECTED:
            self._connection.greeted(line)
            return None
        return super()._handle_line(line, current_cmd)

    def _untagged_response(self, line: bytes) -> Any:
        self._connection.told(line)
        return super()._untagged_response(line)

    def _continuation(self, line: bytes) -> None:
        waiting = self.pending_sync_command
        if isinstance(waiting, Authenticate):
            self.send(waiting.answer(line))
        elif isinstance(waiting, Idle):
            waiting.acknowledge()
        else:
            super()._continuation(line)


class Connection:
    """One connection; one thing at a time. After any failure it is closed, and says the same failure again."""

    def __init__(self, limits: ImapLimits) -> None:
        self.limits = limits
        self.greeting = asyncio.Event()
        self.greeting_line = b""
        self.ended = asyncio.Event()
        self.news = False
        self.exists = 0
        self.protocol = _Protocol(self)
        self._failure: ImapFailed | None = None
        self._bye = ""
        self._left = limits.line_bytes
        self._limit: asyncio.Timeout | None = None
        self._ends_at = 0.0
        self._stall_s = limits.stall_s

    @property
    def failure(self) -> ImapFailed | None:
        """Why it is of no more use."""
        return self._failure

    async def ask(self, command: Any, seconds: float | None = None) -> wire.Lines:
        """The whole answer. Raises ImapFailed: Refused for NO or BAD, and then the connection still works."""
        async with self.within(
            self.limits.command_s if seconds is None else seconds, self.limits.answer_bytes
        ):
            answer = await self.protocol.execute(command)
        if answer.result != "OK":
            raise Refused(command.name, answer.lines)
        lines: wire.Lines = answer.lines
        return lines

    def command(self, name: str, *arguments: str, by_uid: bool = False) -> Any:
        """With STORE's answers taken where they come."""
        return Command(
            name,
            self.protocol.new_tag(),
            *arguments,
            prefix="UID" if by_uid else None,
            untagged_resp_name="FETCH" if name == "STORE" else None,
        )

    def fetch(self, uids: str, items: str) -> Any:
        return Fetch(self.protocol.new_tag(), uids, items)

    async def idle(self, seconds: float) -> bool:
        """Until news or so long; whether there is news. A server that says nothing at either end is dropped."""
        loop = asyncio.get_running_loop()
        idle = Idle(self.protocol.new_tag(), self._finish_idle)
        timers = [
            loop.call_later(seconds, idle.enough),
            loop.call_later(self.limits.command_s, self._unless_idling, idle),
        ]
        try:
            most_s = seconds + 2 * self.limits.command_s
            async with self.within(most_s, self.limits.line_bytes, stall_s=most_s):
                answer = await self.protocol.execute(idle)
        finally:
            for timer in timers:
                timer.cancel()
        if answer.result != "OK":
            raise Refused("IDLE", answer.lines)
        return idle.news

    def _finish_idle(self) -> None:
        self._stall_s = self.limits.command_s
        self._renew()
        self.protocol.send("DONE")

    def _unless_idling(self, idle: Idle) -> None:
        if not idle.acknowledged:
            self.fail("too_slow", "the server did not begin to idle")

    async def upgrade(self, context: ssl.SSLContext, host: str) -> None:
        """STARTTLS. What the server says beyond its OK, before TLS, was perhaps not said by the server."""
        command = self.command("STARTTLS")
        async with self.within(self.limits.connect_s, self.limits.line_bytes):
            answer = await self.protocol.execute(command)
            if answer.result != "OK":
                raise Refused("STARTTLS", answer.lines)
            if self.protocol.incomplete_line:
                self.fail("garbled", "the server goes on talking in the clear after it agreed to TLS")
                self.check()
            transport = await asyncio.get_running_loop().start_tls(
                self.protocol.transport, self.protocol, context, server_hostname=host
            )
            self.protocol.transport = transport

    @asynccontextmanager
    async def within(
        self, seconds: float, most_bytes: int, stall_s: float | None = None
    ) -> AsyncIterator[None]:
        """So long and so many bytes for what is inside; whatever else fails there ends the connection, too."""
        self.check()
        if self._limit is not None:
            raise RuntimeError("one connection does one thing at a time")
        self._left = most_bytes
        self._stall_s = self.limits.stall_s if stall_s is None else stall_s
        self._ends_at = self._now() + seconds
        try:
            async with asyncio.timeout_at(min(self._ends_at, self._now() + self._stall_s)) as self._limit:
                yield
        except TimeoutError:
            self.fail("too_slow", "the server does not answer in time")
        except Refused:
            raise
        except (aioimaplib.AioImapException, UnicodeError) as error:
            self.fail("garbled", f"{type(error).__name__}: {error}")
        except BaseException:
            self.drop()
            raise
        finally:
            self._limit = None
            self._left = _BETWEEN_COMMANDS_BYTES
        self.check()

    def heard(self, count: int) -> bool:
        """Bytes have come; whether they may."""
        self._left -= count
        if self._left < 0:
            self.fail("too_much", "the server sends more than it may")
        else:
            self._renew()
        return self._failure is None

    def greeted(self, line: bytes) -> None:
        preauth = line.upper().startswith(b"* PREAUTH")
        self.protocol.state = aioimaplib.AUTH if preauth else aioimaplib.NONAUTH
        self.greeting_line = line
        self.greeting.set()

    def signed_in(self) -> None:
        self.protocol.state = aioimaplib.AUTH

    def opened(self) -> None:
        self.protocol.state = aioimaplib.SELECTED

    def told(self, line: bytes) -> None:
        """An untagged line; aioimaplib drops those that no command waits for."""
        if (count := wire.exists(line)) is not None:
            self.news = self.news or count > self.exists
            self.exists = count
        elif line.upper().startswith(b"* BYE"):
            self._bye = wire.words(line[len(b"* BYE") :])
        elif line.upper().endswith(b" EXPUNGE"):
            self.exists -= 1

    def lost(self, error: Exception | None) -> None:
        """Called by aioimaplib: without it nobody who waits would ever know."""
        self.fail("lost", self._bye or (str(error) if error else "") or "the server closed the connection")

    def fail(self, code: str, detail: str) -> None:
        """The first failure is the one that is told; who waits is woken."""
        if self._failure is None:
            self._failure = ImapFailed(detail, code=code)
            self.ended.set()
        self._abort()
        if self._limit is not None:
            with suppress(RuntimeError):  # it has expired already
                self._limit.reschedule(self._now())

    def drop(self) -> None:
        """Without a word to the server."""
        self.fail("lost", "the connection was closed")

    def _abort(self) -> None:
        if self.protocol.transport is not None:
            self.protocol.transport.abort()

    def check(self) -> None:
        """Raises why it ended."""
        if self._failure is not None:
            raise self._failure

    def _renew(self) -> None:
        """Something happened: silence is counted from now."""
        if self._limit is not None and self._failure is None:
            with suppress(RuntimeError):  # it has expired already
                self._limit.reschedule(min(self._ends_at, self._now() + self._stall_s))

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def _pieces(data: bytes) -> Iterator[bytes]:
    """The same bytes, no piece with more lines than aioimaplib can stand."""
    if data.count(b"\n") <= _MOST_LINES:
        yield data
    else:
        middle = len(data) // 2
        yield from _pieces(data[:middle])
        yield from _pieces(data[middle:])
