"""One connection to an SMTP server, and the one question that matters about a failure: can the mail have arrived?"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import aiosmtplib
from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from channels.email.credentials import BearerToken, Credentials
from channels.email.sending.compose import on_the_wire
from channels.email.settings import SendSettings
from channels.email.wire import Security
from core.errors import ParleyError, Unavailable, Undeliverable
from core.outbound import Outbound

_GO_ON, _OK, _CLOSING, _LATER, _NEVER = 354, 250, 421, 400, 500
_WORDS = 400
_DOT = b".\r\n"
_PIECE_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail goes out. ``hello``: the name that we give ourselves. Without ``user`` nobody signs in."""

    host: str
    port: int
    security: Security
    user: str | None
    hello: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """A mail for the server: ``data`` as ``stuffed`` makes it. ``utf8``: it needs SMTPUTF8."""

    sender: str
    to: str
    copies: Sequence[str]
    data: bytes
    utf8: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody whom the server did not accept, in its words."""

    address: str
    words: str


class OutcomeUnknown(Exception):
    """The server had the whole mail and did not say what it did with it."""


class SmtpSession:
    """Signed in and ready; one mail at a time. After a failure that left it in doubt, ``usable`` is False."""

    def __init__(self, client: SMTP, settings: SendSettings) -> None:
        self._client = client
        self._settings = settings
        self._usable = True

    @classmethod
    async def open(
        cls, server: SmtpServer, credentials: Credentials, outbound: Outbound, settings: SendSettings
    ) -> "SmtpSession":
        """Raises Unavailable with the step that failed."""
        try:
            async with asyncio.timeout(settings.open_s):
                client = await _connected(server, outbound, settings)
                session = cls(client, settings)
                try:
                    if server.user is not None:
                        await _sign_in(client, server.user, credentials)
                except BaseException:
                    session.drop()
                    raise
                return session
        except TimeoutError as error:
            raise Unavailable(f"{server.host}: no answer within {settings.open_s:g} s") from error
        except SMTPResponseException as error:
            raise Unavailable(f"{server.host}: {_words(error)}") from error
        except (OSError, SMTPException, ValueError) as error:
            raise Unavailable(f"{server.host}: {error}") from error

    @property
    def usable(self) -> bool:
        return self._usable and self._client.is_connected

    async def answers(self) -> bool:
        """Whether a connection that was kept is still good for something."""
        try:
            async with asyncio.timeout(self._settings.command_s):
                await self._client.noop()
        except (OSError, SMTPException, TimeoutError):
            self.drop()
        return self.usable

    async def transfer(self, mail: Transfer) -> tuple[Refusal, ...]:
        """Who of the copies was refused although the mail was taken.

        Raises Unavailable when it was certainly not taken, Undeliverable when the server will never take it, and
        OutcomeUnknown when it had all of the mail and nobody knows.
        """
        try:
            async with asyncio.timeout(self._settings.transfer_s):
                refused = await self._announce(mail)
                await self._hand_over(mail.data)
        except ParleyError:
            await self._reset()
            raise
        except SMTPResponseException as error:
            await self._reset()
            raise _said(error) from error
        except (OSError, SMTPException, TimeoutError) as error:
            # The dot that ends a mail was not sent: RFC 5321, section 4.1.1.4, has the server forget it.
            self.drop()
            raise Unavailable(f"the mail was not handed over: {str(error) or 'no answer'}") from error
        except BaseException:
            self.drop()
            raise
        await self._end()
        return refused

    async def _announce(self, mail: Transfer) -> tuple[Refusal, ...]:
        """MAIL and RCPT. The requester's own refusal is the mail's; who only reads along may be refused."""
        encoding = "utf-8" if mail.utf8 else "ascii"
        await self._client.mail(on_the_wire(mail.sender), options=self._options(mail), encoding=encoding)
        refused: list[Refusal] = []
        for address in (mail.to, *mail.copies):
            try:
                await self._client.rcpt(on_the_wire(address), encoding=encoding)
            except aiosmtplib.SMTPRecipientRefused as error:
                if address == mail.to or error.code == _CLOSING:
                    raise
                refused.append(Refusal(address, _words(error)))
        return tuple(refused)

    def _options(self, mail: Transfer) -> list[str]:
        options = []
        if self._client.supports_extension("size"):
            most = self._client.esmtp_extensions.get("size", "")
            if most.isdecimal() and 0 < int(most) < len(mail.data):
                raise Undeliverable(f"the mail has {len(mail.data)} bytes, and the server takes {most}")
            options.append(f"SIZE={len(mail.data)}")
        if mail.utf8:
            if not self._client.supports_extension("smtputf8"):
                raise Undeliverable("the mail server cannot send to addresses that are not in Latin letters")
            options.append("SMTPUTF8")
        return options

    async def _hand_over(self, data: bytes) -> None:
        """All of the mail but the dot that ends it, and most of it on its way before that."""
        begun = await self._client.execute_command(b"DATA")
        if begun.code != _GO_ON:
            raise aiosmtplib.SMTPDataError(begun.code, begun.message)
        protocol = self._client.protocol
        if protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("connection lost")
        # In pieces: TLS encrypts all that it is given at once, and nothing else runs meanwhile.
        for start in range(0, len(data), _PIECE_BYTES):
            protocol.write(data[start : start + _PIECE_BYTES])
            # What asyncio's own StreamWriter.drain() calls.
            await protocol._drain_helper()  # noqa: SLF001
            await asyncio.sleep(0)

    async def _end(self) -> None:
        """The dot; from here on only the server's answer counts."""
        protocol = self._client.protocol
        try:
            if protocol is None:
                raise aiosmtplib.SMTPServerDisconnected("connection lost")
            protocol.write(_DOT)
        except SMTPException as error:
            self.drop()
            raise Unavailable("the mail was not handed over: connection lost") from error
        try:
            answer = await protocol.read_response(timeout=self._settings.answer_s)
        except (OSError, SMTPException) as error:
            self.drop()
            raise OutcomeUnknown("the server had the mail and did not answer") from error
        except BaseException:
            self.drop()
            raise
        if answer.code == _OK:
            return
        if not _LATER <= answer.code < _NEVER + 100:
            self.drop()
            raise OutcomeUnknown(f"the server had the mail and answered {answer.code} {answer.message}")
        if answer.code == _CLOSING:
            self.drop()
        raise _said(aiosmtplib.SMTPDataError(answer.code, answer.message))

    async def _reset(self) -> None:
        """Ready for the next mail, or given up."""
        try:
            async with asyncio.timeout(self._settings.command_s):
                await self._client.rset()
        except (OSError, SMTPException, TimeoutError):
            self.drop()

    async def close(self) -> None:
        """Say goodbye; never fails."""
        with suppress(OSError, SMTPException, TimeoutError):
            async with asyncio.timeout(self._settings.command_s):
                await self._client.quit()
        self.drop()

    def drop(self) -> None:
        self._usable = False
        self._client.close()


async def _connected(server: SmtpServer, outbound: Outbound, settings: SendSettings) -> SMTP:
    sock = await outbound.connect(server.host, server.port)
    client = SMTP(
        hostname=server.host,
        sock=sock,
        use_tls=server.security == "tls",
        start_tls=server.security == "starttls",
        tls_context=outbound.tls(),
        local_hostname=server.hello,
        timeout=settings.command_s,
    )
    try:
        await client.connect()
        if client.is_ehlo_or_helo_needed:
            await client.ehlo()
    except BaseException:
        client.close()
        sock.close()
        raise
    return client


async def _sign_in(client: SMTP, user: str, credentials: Credentials) -> None:
    """With a token that is refused once more, with a new one. A refusal is the inbox's trouble, not the mail's."""
    for fresh in (False, True):
        secret = await credentials.secret(fresh=fresh)
        try:
            if isinstance(secret, BearerToken):
                await client.auth_xoauth2(user, secret.value)
            else:
                await client.login(user, secret.value)
        except aiosmtplib.SMTPAuthenticationError as error:
            if isinstance(secret, BearerToken) and not fresh and client.is_connected:
                continue
            raise Unavailable(f"sign-in refused: {_words(error)}", code="password") from error
        return


def _said(error: SMTPResponseException) -> ParleyError:
    """What the server's answer means for the mail."""
    if error.code >= _NEVER:
        return Undeliverable(_words(error))
    return Unavailable(_words(error))


def _words(error: SMTPResponseException) -> str:
    """The server's own, on one line."""
    said = " ".join("".join(c if c.isprintable() else " " for c in str(error.message)).split())
    return f"{error.code} {said}"[:_WORDS]


def stuffed(raw: bytes) -> bytes:
    """As RFC 5321, section 4.5.2, has it on the wire: no line is a dot alone, and the last one has its end."""
    lines = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    doubled = lines.replace(b"\r\n.", b"\r\n..")
    return b"." + doubled if doubled.startswith(b".") else doubled
