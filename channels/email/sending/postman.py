"""Keeps the connections on which mails leave: a few for each inbox, opened when needed and closed when idle."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from channels.email.credentials import Credentials
from channels.email.sending.smtp import Refusal, SmtpServer, SmtpSession, Transfer
from channels.email.settings import SendSettings
from channels.email.wire import EmailConfig
from core.clock import Clock
from core.errors import Unavailable
from core.ids import InboxId
from core.outbound import Outbound
from core.tasks import Supervisor

CredentialsFor = Callable[[InboxId, EmailConfig], Credentials]
"""How an inbox proves to its SMTP server who it is."""

_FRESH_S = 2.0
"""A connection that was used so short a time ago is not asked whether it still lives."""


@dataclass(slots=True)
class _Desk:
    """One inbox as it is configured now."""

    config: EmailConfig
    room: asyncio.Semaphore
    idle: list[tuple[SmtpSession, float]] = field(default_factory=list)


class Postman:
    """One a process."""

    def __init__(
        self,
        outbound: Outbound,
        credentials: CredentialsFor,
        supervisor: Supervisor,
        clock: Clock,
        settings: SendSettings,
    ) -> None:
        self._outbound = outbound
        self._credentials = credentials
        self._supervisor = supervisor
        self._clock = clock
        self._settings = settings
        self._desks: dict[InboxId, _Desk] = {}

    async def deliver(self, inbox: InboxId, config: EmailConfig, mail: Transfer) -> tuple[Refusal, ...]:
        """Who of the copies was refused. Raises as ``SmtpSession.transfer`` does, and Unavailable without a server."""
        desk = self._desk(inbox, config)
        async with self._place(desk):
            session = await self._session(inbox, desk)
            try:
                return await session.transfer(mail)
            finally:
                self._put_back(desk, session)

    def close(self) -> None:
        """Without goodbyes."""
        for desk in self._desks.values():
            for session, _ in desk.idle:
                session.drop()
        self._desks.clear()

    def _desk(self, inbox: InboxId, config: EmailConfig) -> _Desk:
        desk = self._desks.get(inbox)
        if desk is None or desk.config != config:
            for session, _ in () if desk is None else desk.idle:
                session.drop()
            desk = self._desks[inbox] = _Desk(config, asyncio.Semaphore(self._settings.connections))
        return desk

    @asynccontextmanager
    async def _place(self, desk: _Desk) -> AsyncIterator[None]:
        """Who waits here for long is sent away to wait where that costs nothing: nothing has happened yet."""
        try:
            async with asyncio.timeout(self._settings.command_s):
                await desk.room.acquire()
        except TimeoutError:
            raise Unavailable("every connection of this inbox is busy", retry_after_s=5.0) from None
        try:
            yield
        finally:
            desk.room.release()

    async def _session(self, inbox: InboxId, desk: _Desk) -> SmtpSession:
        while desk.idle:
            session, since = desk.idle.pop()
            fresh = self._now() - since < _FRESH_S
            if session.usable and (fresh or await session.answers()):
                return session
            session.drop()
        smtp = desk.config.smtp
        hello = desk.config.address.rpartition("@")[2].encode("idna").decode("ascii")
        server = SmtpServer(smtp.host, smtp.port, smtp.security, smtp.user, hello)
        return await SmtpSession.open(
            server, self._credentials(inbox, desk.config), self._outbound, self._settings
        )

    def _put_back(self, desk: _Desk, session: SmtpSession) -> None:
        if not session.usable or desk not in self._desks.values():
            session.drop()
            return
        desk.idle.append((session, self._now()))
        asyncio.get_running_loop().call_later(self._settings.keep_s, self._retire, desk, session)

    def _retire(self, desk: _Desk, session: SmtpSession) -> None:
        """Unless it was used in between: then the timer of its last use does."""
        for each, since in desk.idle:
            if each is session and self._now() - since >= self._settings.keep_s * 0.9:
                desk.idle.remove((each, since))
                _ = self._supervisor.start("smtp goodbye", session.close())
                return

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
