"""Tries an SMTP server up to where mail could be handed over, and says which part of its configuration is wrong."""

import asyncio
import ssl
from typing import Protocol

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPConnectResponseError,
    SMTPConnectTimeoutError,
    SMTPException,
    SMTPResponseException,
    SMTPTimeoutError,
)

from channels.email.credentials import BearerToken, Credentials, CredentialsFailed, Secret
from channels.email.imap_errors import ConnectFailed, Step
from channels.email.imap_open import Progress, in_time
from channels.email.tls import tls_failure
from channels.email.wire import SmtpConfig
from core.errors import Unavailable
from core.outbound import Outbound

_CLOSING, _LATER, _NEVER = 421, 400, 500


class SmtpProbeLimits(Protocol):
    """Seconds."""

    @property
    def open_s(self) -> float: ...
    @property
    def connect_s(self) -> float: ...
    @property
    def command_s(self) -> float: ...


async def open_smtp(
    config: SmtpConfig, sender: str, credentials: Credentials, outbound: Outbound, limits: SmtpProbeLimits
) -> None:
    """Greet, TLS, sign in, leave. Raises ConnectFailed."""
    progress = Progress()
    async with in_time(limits.open_s, progress):
        client = await _connected(config, sender, outbound, limits, progress)
        try:
            if config.security == "starttls":
                progress.step = "tls"
                await _upgrade(client, config.host, limits)
            if config.user is not None:
                progress.step = "password"
                await _sign_in(client, config, config.user, credentials)
            await _leave(client)
        finally:
            client.close()


async def _connected(
    config: SmtpConfig, sender: str, outbound: Outbound, limits: SmtpProbeLimits, progress: Progress
) -> SMTP:
    try:
        async with asyncio.timeout(limits.connect_s):
            addresses = await outbound.addresses(config.host)
            progress.step = "port"
            sock = await outbound.connect_to(config.host, addresses, config.port)
    except TimeoutError:
        raise ConnectFailed(progress.step, "too_slow", "nobody answers there") from None
    except Unavailable as error:
        raise ConnectFailed(progress.step, error.code, str(error)) from error
    client: SMTP | None = None
    try:
        client = SMTP(
            hostname=config.host.strip("[]"),
            sock=sock,
            use_tls=config.security == "tls",
            start_tls=False,
            tls_context=outbound.tls(),
            local_hostname=sender.rpartition("@")[2],
            timeout=limits.connect_s,
        )
        await client.connect()
        await client.ehlo()
    except BaseException as error:
        if client is not None:
            client.close()
        sock.close()
        if isinstance(error, SMTPException | OSError | ValueError):
            raise _not_greeted(error, config) from error
        raise
    return client


def _not_greeted(error: Exception, config: SmtpConfig) -> ConnectFailed:
    cause = error.__cause__ if isinstance(error, SMTPConnectError) else error
    if isinstance(cause, ssl.SSLError):
        return ConnectFailed("tls", *tls_failure(cause, config.host))
    match error:
        case SMTPConnectResponseError():
            return ConnectFailed("port", "turned_away", _said(error))
        case SMTPConnectTimeoutError() | SMTPTimeoutError():
            step: Step = "tls" if config.security == "tls" else "port"
            return ConnectFailed(step, "no_greeting", "the server says nothing")
        case SMTPResponseException(code=code) if code < _LATER:
            return ConnectFailed("port", "no_smtp", "this is no SMTP server")
        case SMTPResponseException():
            return ConnectFailed("port", "turned_away", _said(error))
        case _:
            return ConnectFailed("port", "no_smtp", str(error)[:300])


async def _upgrade(client: SMTP, host: str, limits: SmtpProbeLimits) -> None:
    if not client.supports_extension("starttls"):
        raise ConnectFailed("tls", "tls_unsupported", "the server does not offer STARTTLS")
    try:
        await client.starttls(server_hostname=host.strip("[]"), timeout=limits.connect_s)
        await client.ehlo()
    except (SMTPException, OSError) as error:
        cause = error if isinstance(error, ssl.SSLError) else error.__cause__
        if isinstance(cause, ssl.SSLError):
            raise ConnectFailed("tls", *tls_failure(cause, host)) from error
        raise ConnectFailed("tls", "tls_failed", str(error)[:300]) from error


async def _sign_in(client: SMTP, config: SmtpConfig, user: str, credentials: Credentials) -> None:
    if not client.supports_extension("auth"):
        if config.security == "none" and client.supports_extension("starttls"):
            raise ConnectFailed("tls", "tls_required", "the server lets nobody sign in without TLS")
        raise ConnectFailed("password", "no_sign_in", "the server lets nobody sign in on this port")
    for fresh in (False, True):
        secret = await _secret(credentials, fresh=fresh)
        try:
            if isinstance(secret, BearerToken):
                await client.auth_xoauth2(user, secret.value)
            else:
                await client.login(user, secret.value)
            return
        except SMTPAuthenticationError as error:
            token = isinstance(secret, BearerToken)
            if token and not fresh and client.is_connected:
                continue
            raise _refused(error, token=token) from error
        except (SMTPException, OSError, ValueError) as error:
            raise ConnectFailed("password", "sign_in_failed", str(error)[:300]) from error


async def _secret(credentials: Credentials, *, fresh: bool) -> Secret:
    try:
        return await credentials.secret(fresh=fresh)
    except CredentialsFailed as error:
        raise ConnectFailed("password", error.code, str(error)) from error


def _refused(error: SMTPAuthenticationError, *, token: bool) -> ConnectFailed:
    if _LATER <= error.code < _NEVER:
        return ConnectFailed("password", "try_later", _said(error))
    return ConnectFailed("password", "token_refused" if token else "password_refused", _said(error))


async def _leave(client: SMTP) -> None:
    try:
        await client.quit(timeout=1)
    except (SMTPException, OSError):
        return


def _said(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        return f"{error.code} {error.message}"[:300]
    return str(error)[:300]
