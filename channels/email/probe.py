"""Tries a mailbox's configuration before it is saved: how far one comes, and which part is wrong."""

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp

from channels.contract import ProbeStep
from channels.email.credentials import Credentials, TokenLimits, credentials_for, smtp_credentials_for
from channels.email.imap import ImapSession
from channels.email.imap_errors import ConnectFailed
from channels.email.imap_settings import ImapLimits, account_of
from channels.email.probe_smtp import open_smtp
from channels.email.wire import EmailConfig
from core.clock import Clock
from core.errors import Unavailable
from core.outbound import Outbound

IMAP_STEPS = ("name", "port", "tls", "password", "folder")
SMTP_STEPS = ("name", "port", "tls", "password")


@dataclass(frozen=True, slots=True)
class ProbeLimits:
    """``open_s`` for all of one server, of that ``connect_s`` each for reaching it, its greeting and TLS.

    ``guess_s`` for finding out whether a silent server waits for TLS; all of it together stays under 10 seconds.
    """

    open_s: float = 7.0
    connect_s: float = 3.0
    command_s: float = 4.0
    guess_s: float = 2.0

    @property
    def imap(self) -> ImapLimits:
        return ImapLimits(
            open_s=self.open_s, connect_s=self.connect_s, command_s=self.command_s, stall_s=self.command_s
        )

    @property
    def tokens(self) -> TokenLimits:
        return TokenLimits(answer_s=self.command_s)


@dataclass(frozen=True, slots=True)
class Prober:
    """Both servers at once; changes nothing on them and sends nothing."""

    outbound: Outbound
    clock: Clock
    limits: ProbeLimits = field(default_factory=ProbeLimits)

    async def __call__(self, config: EmailConfig) -> Sequence[ProbeStep]:
        """``imap.…`` and then ``smtp.…``, each in the order in which they are tried."""
        try:
            connector = self.outbound.connector()
        except Unavailable as error:  # our own file of certificates
            return [ProbeStep("imap.name", "failed", error.code, str(error)), *_untried()[1:]]
        async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
            given = (config, session, self.clock, self.limits.tokens)
            read, sent = await asyncio.gather(
                self._imap(config, credentials_for(*given)), self._smtp(config, smtp_credentials_for(*given))
            )
        return [*read, *sent]

    async def _imap(self, config: EmailConfig, credentials: Credentials) -> list[ProbeStep]:
        try:
            session = await ImapSession.open(
                account_of(config.imap), credentials, self.outbound, self.limits.imap
            )
        except ConnectFailed as error:
            server = config.imap
            failed = await self._explained(error, server.host, server.port)
            return _steps("imap", IMAP_STEPS, failed)
        await session.close()
        return _steps("imap", IMAP_STEPS, None)

    async def _smtp(self, config: EmailConfig, credentials: Credentials) -> list[ProbeStep]:
        try:
            await open_smtp(config.smtp, config.address, credentials, self.outbound, self.limits)
        except ConnectFailed as error:
            server = config.smtp
            failed = await self._explained(error, server.host, server.port)
            return _steps("smtp", SMTP_STEPS, failed)
        steps = _steps("smtp", SMTP_STEPS, None)
        if config.smtp.user is None:
            steps[-1] = ProbeStep("smtp.password", "not_tried", "no_user")
        return steps

    async def _explained(self, error: ConnectFailed, host: str, port: int) -> ConnectFailed:
        """A server that says nothing often waits for TLS: the port is right then, the security is not."""
        if error.code == "no_greeting" and await self._speaks_tls(host, port):
            return ConnectFailed("tls", "tls_from_start", "this port wants TLS from the start")
        return error

    async def _speaks_tls(self, host: str, port: int) -> bool:
        try:
            async with asyncio.timeout(self.limits.guess_s):
                sock = await self.outbound.connect(host, port)
                _, writer = await asyncio.open_connection(
                    sock=sock, ssl=self.outbound.tls(), server_hostname=host.strip("[]")
                )
                writer.transport.abort()
        except ssl.SSLCertVerificationError:
            return True
        except (OSError, TimeoutError, Unavailable):
            return False
        return True


def _steps(server: str, names: Sequence[str], failed: ConnectFailed | None) -> list[ProbeStep]:
    """What lies before the failed step worked, what lies behind it was not tried."""
    at = len(names) if failed is None else names.index(failed.step)
    steps = [ProbeStep(f"{server}.{name}", "ok") for name in names[:at]]
    if failed is not None:
        steps.append(ProbeStep(f"{server}.{failed.step}", "failed", failed.code, failed.detail))
    return steps + [ProbeStep(f"{server}.{name}", "not_tried") for name in names[at + 1 :]]


def _untried() -> list[ProbeStep]:
    names = [f"imap.{name}" for name in IMAP_STEPS] + [f"smtp.{name}" for name in SMTP_STEPS]
    return [ProbeStep(name, "not_tried") for name in names]
