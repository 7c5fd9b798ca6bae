"""The one way to read a mailbox: a session with one folder open, over aioimaplib, that never hangs and never guesses."""

import asyncio
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Literal, Self

from channels.email import imap_wire as wire
from channels.email.credentials import Credentials
from channels.email.imap_connection import Connection
from channels.email.imap_errors import ConnectFailed, ImapFailed, Refused, Step
from channels.email.imap_open import Progress, in_time, signed_in
from channels.email.imap_settings import MOST_IN_A_BATCH, ImapAccount, ImapLimits, account_of
from core.outbound import Outbound

log = logging.getLogger(__name__)

_MANY = 100_000
"""From so many mails on numbers are asked for in pieces: they all come in one line."""
_GOODBYE_S = 1.0
_MISSING = re.compile(r"n[o']t exist|no such|not found|unknown mailbox", re.IGNORECASE)
"""For servers that give no code."""
_FLAGS = {"seen": r"(\Seen)", "flagged": r"(\Flagged)"}


class ImapSession:
    """Signed in, with the folder open. Any error it raises is Unavailable and its end: drop it and open another.

    Nothing but ``mark`` changes anything on the server. One thing at a time: a second session works while one idles.
    """

    def __init__(
        self, connection: Connection, can: frozenset[str], opened: wire.Lines, *, writable: bool
    ) -> None:
        self._connection = connection
        self._limits = connection.limits
        self._writable = writable
        self.pushes = "IDLE" in can
        """Whether the server tells of new mail; else ``idle`` is a pause of ``limits.poll_s`` at most."""
        validity = wire.number(b"UIDVALIDITY", opened)
        if validity is None:
            raise ConnectFailed(
                "folder", "no_uids", "the server gives the mails of this folder no lasting numbers"
            )
        self.uid_validity = validity
        self.uid_next = wire.number(b"UIDNEXT", opened)

    @classmethod
    async def open(
        cls, account: ImapAccount, credentials: Credentials, outbound: Outbound, limits: ImapLimits
    ) -> Self:
        """Raises ConnectFailed, naming the part of the configuration that is wrong."""
        progress = Progress()
        async with in_time(limits.open_s, progress):
            connection, can = await signed_in(account, credentials, outbound, limits, progress)
            try:
                progress.step = "folder"
                lines = await _open_folder(connection, account)
                return cls(connection, can, lines, writable=account.writable)
            except BaseException:
                connection.drop()
                raise

    async def uids_after(self, last: int) -> list[int]:
        """Numbers above ``last`` in rising order; of very many perhaps only the first ones, none only when there are none."""
        self._connection.news = False
        first, width = last + 1, _MANY
        while self._connection.exists > _MANY and self.uid_next is not None and self.uid_next - first > width:
            if found := await self._search(f"{first}:{first + width - 1}", last):
                return found
            first, width = first + width, width * 2
        return await self._search(f"{first}:*", last)

    async def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """RFC822.SIZE: what the server says, not what it is; mails that are gone are left out."""
        found: dict[int, int] = {}
        wanted = set(uids)
        for some in _pieces(uids, self._limits.batch):
            lines = await self._fetch(wire.uid_set(some), "(UID RFC822.SIZE)", self._limits.command_s)
            found |= wire.sizes(lines)
        return {uid: size for uid, size in found.items() if uid in wanted}

    async def fetch(self, uids: Sequence[int]) -> list[tuple[int, bytes]]:
        """Whole mails as they are, in the order of ``uids``, unread as before; at most ``limits.batch``.

        Mails that are gone are left out. The sizes were asked before: an answer above ``limits.answer_bytes`` ends it.
        """
        if len(uids) > min(self._limits.batch, MOST_IN_A_BATCH):
            raise ValueError(f"{len(uids)} mails at once")
        if not uids:
            return []
        found = wire.bodies(await self._fetch(wire.uid_set(uids), "(UID BODY.PEEK[])", self._limits.fetch_s))
        return [(uid, found[uid]) for uid in uids if uid in found]

    async def fetch_headers(self, uid: int, most_bytes: int) -> bytes:
        """The first bytes of a mail's headers; empty when it is gone."""
        items = f"(UID BODY.PEEK[HEADER]<0.{most_bytes}>)"
        lines = await self._fetch(str(uid), items, self._limits.command_s)
        return wire.bodies(lines).get(uid, b"")[:most_bytes]

    async def mark(self, uids: Sequence[int], flag: Literal["seen", "flagged"]) -> None:
        """Needs an account that is ``writable``: some servers answer OK and do nothing."""
        if not self._writable:
            raise ValueError("the folder was not opened for marking")
        for some in _pieces(uids, self._limits.batch):
            command = self._connection.command(
                "STORE", wire.uid_set(some), "+FLAGS.SILENT", _FLAGS[flag], by_uid=True
            )
            await self._ask(command)

    async def idle(self, seconds: float) -> bool:
        """Wait for news, so long at most (and ``limits.longest_idle_s``); True: something new may be there.

        Ask ``uids_after`` before and after. News that came between the two commands ends it at once.
        """
        if self._connection.news:
            return True
        if not self.pushes:
            await self._pause(min(seconds, self._limits.poll_s))
            return True
        with self._ending():
            return (
                await self._connection.idle(min(seconds, self._limits.longest_idle_s))
                or self._connection.news
            )

    async def close(self) -> None:
        """Says goodbye where there is somebody; never raises, never takes long."""
        if self._connection.failure is None:
            with suppress(ImapFailed, RuntimeError):
                await self._connection.ask(self._connection.command("LOGOUT"), _GOODBYE_S)
        self._connection.drop()

    async def _search(self, uids: str, last: int) -> list[int]:
        if last >= wire.LAST_UID:
            return []
        lines = await self._ask(self._connection.command("SEARCH", "UID", uids, by_uid=True))
        return wire.found_uids(lines, last)

    async def _fetch(self, uids: str, items: str, seconds: float) -> wire.Lines:
        try:
            return await self._connection.ask(self._connection.fetch(uids, items), seconds)
        except Refused as error:
            if "EXPUNGEISSUED" in error.codes:
                return error.lines  # some were deleted meanwhile; the others are there
            self._connection.drop()
            raise

    async def _ask(self, command: object) -> wire.Lines:
        with self._ending():
            return await self._connection.ask(command)

    async def _pause(self, seconds: float) -> None:
        """Without IDLE; ends at once, with the reason, when the connection does."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._connection.ended.wait()
        self._connection.check()

    @contextmanager
    def _ending(self) -> Iterator[None]:
        """A refusal ends the session like everything else, so that callers have one rule."""
        try:
            yield
        except Refused:
            self._connection.drop()
            raise


async def _open_folder(connection: Connection, account: ImapAccount) -> wire.Lines:
    """EXAMINE cannot change anything, SELECT only where mails are to be marked."""
    step: Step = "folder"
    if any(ord(character) < ord(" ") for character in account.folder):
        raise ConnectFailed(step, "unusable", "the folder's name has a control character")
    name = "SELECT" if account.writable else "EXAMINE"
    try:
        lines = await connection.ask(connection.command(name, wire.folder_name(account.folder)))
    except Refused as error:
        missing = error.codes & {"NONEXISTENT", "TRYCREATE"} or _MISSING.search(error.said)
        raise ConnectFailed(step, "folder_missing" if missing else "folder_refused", error.said) from error
    except ImapFailed as error:
        raise ConnectFailed(step, error.code, str(error)) from error
    if account.writable and b"[READ-ONLY]" in bytes(lines[-1]).upper():
        raise ConnectFailed(step, "read_only", "the folder is read-only, mails in it cannot be marked")
    connection.opened()
    return lines


def _pieces(uids: Sequence[int], most: int) -> list[Sequence[int]]:
    most = min(most, MOST_IN_A_BATCH)
    return [uids[start : start + most] for start in range(0, len(uids), most)]


__all__ = [
    "ConnectFailed",
    "ImapAccount",
    "ImapFailed",
    "ImapLimits",
    "ImapSession",
    "account_of",
]
