"""From a host's name to a signed-in connection; each failure says which part of the configuration it is about."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from channels.email import imap_wire as wire
from channels.email.credentials import BearerToken, Credentials, CredentialsFailed, Secret
from channels.email.imap_commands import Authenticate
from channels.email.imap_connection import Connection
from channels.email.imap_errors import ConnectFailed, ImapFailed, Refused, Step
from channels.email.imap_settings import ImapAccount, ImapLimits
from channels.email.tls import tls_failure
from core.errors import Unavailable
from core.outbound import AddressRefused, NameUnknown, NotReached, Outbound

_SAID_ID = '("name" "Parley")'
_SLOW: dict[Step, str] = {
    "name": "nobody knows this name in time",
    "port": "nobody answers on this port",
    "tls": "TLS does not begin",
    "password": "signing in takes too long",
    "folder": "the folder does not open in time",
}
_LONGEST_LINE = 8000
"""Longer secrets are sent in a line of their own."""


class TokenRefused(ConnectFailed):
    """The server did not take this access token; a fresh one may be better."""


@dataclass(slots=True)
class Progress:
    """Which part of the configuration is being tried."""

    step: Step = "name"


async def signed_in(
    account: ImapAccount,
    credentials: Credentials,
    outbound: Outbound,
    limits: ImapLimits,
    progress: Progress,
) -> tuple[Connection, frozenset[str]]:
    """A connection and what the server can do. A refused token is replaced once, on a new connection."""
    given = _Given(account, credentials, outbound, limits, progress)
    try:
        return await _attempt(given, fresh=False)
    except TokenRefused:
        return await _attempt(given, fresh=True)


@dataclass(frozen=True, slots=True)
class _Given:
    account: ImapAccount
    credentials: Credentials
    outbound: Outbound
    limits: ImapLimits
    progress: Progress


async def _attempt(given: _Given, *, fresh: bool) -> tuple[Connection, frozenset[str]]:
    progress = given.progress
    connection = await connected(given.account, given.outbound, given.limits, progress)
    try:
        progress.step = "tls"
        can = await _capabilities(connection, "tls")
        progress.step = "password"
        secret = await _secret(given.credentials, fresh=fresh)
        await _sign_in(connection, given.account, secret, can)
        can = await _capabilities(connection, "password")
        if "ID" in can:
            # Some large providers (163.com) open no folder for a client that has not said its name.
            await _tolerantly(connection, "ID", _SAID_ID)
    except BaseException:
        connection.drop()
        raise
    return connection, can


async def _secret(credentials: Credentials, *, fresh: bool) -> Secret:
    try:
        return await credentials.secret(fresh=fresh)
    except CredentialsFailed as error:
        raise ConnectFailed("password", error.code, str(error)) from error


async def connected(
    account: ImapAccount, outbound: Outbound, limits: ImapLimits, progress: Progress
) -> Connection:
    """Greeted, and behind TLS where the account says so."""
    connection = Connection(limits)
    try:
        await _reach(connection, account, outbound, progress)
        progress.step = "port"
        await _greeted(connection, account)
        if account.security == "starttls":
            progress.step = "tls"
            await _upgrade(connection, account, outbound)
    except BaseException:
        connection.drop()
        raise
    return connection


async def _reach(
    connection: Connection, account: ImapAccount, outbound: Outbound, progress: Progress
) -> None:
    loop = asyncio.get_running_loop()
    host = account.host.strip("[]")
    try:
        async with asyncio.timeout(connection.limits.connect_s):
            addresses = await outbound.addresses(account.host)
            progress.step = "port"
            sock = await outbound.connect_to(account.host, addresses, account.port)
            progress.step = "tls"
            tls = account.security == "tls"
            try:
                await loop.create_connection(
                    lambda: connection.protocol,
                    sock=sock,
                    ssl=outbound.tls() if tls else None,
                    server_hostname=host if tls else None,
                )
            except BaseException:
                sock.close()
                raise
    except (NameUnknown, AddressRefused) as error:
        raise ConnectFailed("name", error.code, str(error)) from error
    except NotReached as error:
        raise ConnectFailed("port", error.code, str(error)) from error
    except TimeoutError:
        raise ConnectFailed(progress.step, "too_slow", _SLOW[progress.step]) from None
    except (ssl.SSLError, OSError) as error:
        raise ConnectFailed("tls", *tls_failure(error, host)) from error
    except Unavailable as error:
        raise ConnectFailed("tls", error.code, str(error)) from error


async def _greeted(connection: Connection, account: ImapAccount) -> None:
    try:
        async with connection.within(connection.limits.connect_s, connection.limits.line_bytes):
            await connection.greeting.wait()
    except ImapFailed as error:
        silent = error.code == "too_slow"
        code = "no_greeting" if silent else error.code
        raise ConnectFailed("port", code, "the server says nothing" if silent else str(error)) from error
    line = connection.greeting_line
    kind = line.upper()
    if kind.startswith(b"* BYE"):
        raise ConnectFailed("port", "turned_away", wire.words(line[len(b"* BYE") :]))
    if not kind.startswith((b"* OK", b"* PREAUTH")):
        raise ConnectFailed("port", "no_imap", f"this is no IMAP server; it says: {wire.words(line)}")
    if kind.startswith(b"* PREAUTH") and account.security == "starttls":
        raise ConnectFailed(
            "tls", "tls_unsupported", "the server wants no STARTTLS: it takes us as signed in"
        )


async def _upgrade(connection: Connection, account: ImapAccount, outbound: Outbound) -> None:
    if "STARTTLS" not in await _capabilities(connection, "tls"):
        raise ConnectFailed("tls", "tls_unsupported", "the server does not offer STARTTLS")
    host = account.host.strip("[]")
    try:
        await connection.upgrade(outbound.tls(), host)
    except (ssl.SSLError, OSError) as error:
        raise ConnectFailed("tls", *tls_failure(error, host)) from error
    except Unavailable as error:
        raise ConnectFailed("tls", error.code, str(error)) from error


async def _capabilities(connection: Connection, step: Step) -> frozenset[str]:
    """Asked anew at each stage: what is offered changes with TLS and with signing in."""
    async with _blaming(step):
        can = wire.capabilities(await connection.ask(connection.command("CAPABILITY")))
    if not can & {"IMAP4REV1", "IMAP4", "IMAP4REV2"}:
        raise ConnectFailed("port", "no_imap", "the server does not say that it speaks IMAP4rev1")
    return can


async def _sign_in(connection: Connection, account: ImapAccount, secret: Secret, can: frozenset[str]) -> None:
    if connection.greeting_line.upper().startswith(b"* PREAUTH"):
        return
    if any(ord(character) < ord(" ") for character in account.user + secret.value):
        raise ConnectFailed("password", "unusable", "the name or the password has a control character")
    command = _sign_in_command(connection, account, secret, can)
    try:
        async with _blaming("password"):
            await connection.ask(command)
    except Refused as error:
        said = " ".join(filter(None, (error.said, getattr(command, "explained", ""))))
        if isinstance(secret, BearerToken):
            raise TokenRefused("password", "token_refused", said) from error
        busy = error.codes & {"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG"}
        raise ConnectFailed("password", "try_later" if busy else "password_refused", said) from error
    connection.signed_in()


def _sign_in_command(
    connection: Connection, account: ImapAccount, secret: Secret, can: frozenset[str]
) -> object:
    user = account.user
    if isinstance(secret, BearerToken):
        if "AUTH=XOAUTH2" not in can:
            raise ConnectFailed("password", "no_xoauth2", "the server does not take access tokens (XOAUTH2)")
        said = f"user={user}\1auth=Bearer {secret.value}\1\1".encode()
        return _authenticate(connection, "XOAUTH2", said, can)
    plain = "AUTH=PLAIN" in can
    if "LOGINDISABLED" in can and not plain:
        words = "the server takes no password in the clear: choose TLS or STARTTLS"
        raise ConnectFailed("tls", "tls_required", words)
    if plain and ("LOGINDISABLED" in can or not (user + secret.value).isascii()):
        return _authenticate(connection, "PLAIN", f"\0{user}\0{secret.value}".encode(), can)
    return connection.command("LOGIN", wire.quoted(user), wire.quoted(secret.value))


def _authenticate(connection: Connection, mechanism: str, said: bytes, can: frozenset[str]) -> Authenticate:
    at_once = "SASL-IR" in can and len(said) * 4 // 3 < _LONGEST_LINE
    return Authenticate(connection.protocol.new_tag(), mechanism, said, at_once=at_once)


async def _tolerantly(connection: Connection, name: str, *arguments: str) -> None:
    try:
        async with _blaming("password"):
            await connection.ask(connection.command(name, *arguments))
    except Refused:
        return


@asynccontextmanager
async def _blaming(step: Step) -> AsyncIterator[None]:
    """What happens inside is about this part; a refusal is passed on for who knows better."""
    try:
        yield
    except (Refused, ConnectFailed):
        raise
    except ImapFailed as error:
        raise ConnectFailed(step, error.code, str(error)) from error


@asynccontextmanager
async def in_time(seconds: float, progress: Progress) -> AsyncIterator[None]:
    """All of it together, whatever each part may take."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise ConnectFailed(progress.step, "too_slow", _SLOW[progress.step]) from None
