"""What a mailbox is opened with: a password, or an access token that is fetched anew before it expires."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Protocol
from urllib.parse import urlsplit

import aiohttp
import msgspec

from channels.email.wire import EmailConfig, OAuthConfig
from core.clock import Clock
from core.errors import Unavailable

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Password:
    """Never shown, not even by ``repr``."""

    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BearerToken:
    """An access token for XOAUTH2 (and OAUTHBEARER); never shown."""

    value: str = field(repr=False)


Secret = Password | BearerToken


class CredentialsFailed(Unavailable):
    """There is no secret to be had now. ``code`` says whose fault it is:

    token_revoked (somebody must sign in again), token_client (the client's id or secret is wrong), token_refused (any
    other refusal), token_insecure (the address is not https), token_garbled (no OAuth2 answer),
    token_unreachable (nobody answers there, or with a server error: try later).
    """


class Credentials(Protocol):
    """Where a mailbox's secret comes from."""

    async def secret(self, *, fresh: bool) -> Secret:
        """``fresh`` after the server refused the last one. Raises CredentialsFailed."""
        ...


@dataclass(frozen=True, slots=True)
class FixedPassword:
    """Nothing fresher is to be had."""

    password: Password

    async def secret(self, *, fresh: bool) -> Secret:
        return self.password


@dataclass(frozen=True, slots=True)
class TokenLimits:
    """``answer_s`` for the token endpoint, of at most ``answer_bytes``.

    A token is renewed ``early_s`` before its end; one that does not say when it ends is taken to last ``unsaid_s``.
    After a refusal the endpoint is asked at most once in ``again_s``.
    """

    answer_s: float = 20.0
    answer_bytes: int = 65_536
    early_s: float = 300.0
    unsaid_s: float = 3000.0
    again_s: float = 30.0


class _Granted(msgspec.Struct, frozen=True):
    """RFC 6749, section 5.1; some providers write the lifetime as a string."""

    access_token: Annotated[str, msgspec.Meta(min_length=1, max_length=16_384)]
    expires_in: int | float | str | None = None
    refresh_token: str | None = None


class _Denied(msgspec.Struct, frozen=True):
    """RFC 6749, section 5.2."""

    error: str = ""
    error_description: str = ""


class RefreshedToken:
    """Access tokens by a refresh token (RFC 6749, section 6); one endpoint call at a time, however many ask."""

    def __init__(
        self, config: OAuthConfig, session: aiohttp.ClientSession, clock: Clock, limits: TokenLimits
    ) -> None:
        """``session`` is a guarded one (``Outbound.connector``)."""
        self._config = config
        self._session = session
        self._clock = clock
        self._limits = limits
        self._refresh_token = config.refresh_token
        self._asking = asyncio.Lock()
        self._token: BearerToken | None = None
        self._ends_at: datetime | None = None
        self._asked_at: datetime | None = None

    async def secret(self, *, fresh: bool) -> Secret:
        refused = self._token if fresh else None
        async with self._asking:
            usable = self._usable()
            # Somebody else may have fetched one while we waited; the endpoint is not asked again and again.
            if usable is not None and (usable is not refused or self._just_asked()):
                return usable
            return await self._renew()

    def _usable(self) -> BearerToken | None:
        if self._token is None or self._ends_at is None:
            return None
        return self._token if self._clock.now() < self._ends_at else None

    def _just_asked(self) -> bool:
        return self._asked_at is not None and self._clock.now() - self._asked_at < timedelta(
            seconds=self._limits.again_s
        )

    async def _renew(self) -> BearerToken:
        if not _secure(self._config.token_url):
            raise CredentialsFailed("the token address must begin with https://", code="token_insecure")
        self._asked_at = self._clock.now()
        status, body = await self._ask()
        granted = _read(status, body)
        if granted.refresh_token:
            # Kept while we run; providers that give a new one each time still take the configured one for a while.
            self._refresh_token = granted.refresh_token
        self._token = BearerToken(granted.access_token)
        self._ends_at = self._clock.now() + timedelta(seconds=self._lasts_s(granted))
        return self._token

    def _lasts_s(self, granted: _Granted) -> float:
        """Until shortly before it expires, and half its life at least."""
        try:
            told = float(granted.expires_in) if granted.expires_in is not None else self._limits.unsaid_s
        except ValueError:
            told = self._limits.unsaid_s
        return max(told - self._limits.early_s, told / 2, 0.0)

    async def _ask(self) -> tuple[int, bytes]:
        config = self._config
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self._refresh_token,
            "client_id": config.client_id,
            "client_secret": config.client_secret,
            "scope": config.scope,
        }
        try:
            async with (
                asyncio.timeout(self._limits.answer_s),
                self._session.post(
                    config.token_url,
                    data={name: value for name, value in form.items() if value},
                    headers={"Accept": "application/json"},
                    allow_redirects=False,
                ) as answer,
            ):
                body = await answer.content.read(self._limits.answer_bytes + 1)
                while (more := await answer.content.read(self._limits.answer_bytes + 1)) and len(
                    body
                ) <= self._limits.answer_bytes:
                    body += more
                return answer.status, body[: self._limits.answer_bytes]
        except TimeoutError:
            raise _unreachable("it does not answer in time") from None
        except (aiohttp.ClientError, OSError) as error:
            raise _unreachable(str(error) or type(error).__name__) from error
        except Unavailable as error:  # the guard's
            raise _unreachable(str(error)) from error


def _unreachable(why: str) -> CredentialsFailed:
    return CredentialsFailed(f"the token address cannot be reached: {why}", code="token_unreachable")


def _read(status: int, body: bytes) -> _Granted:
    """Raises CredentialsFailed; nothing of the body is repeated but the two fields made for it."""
    if status == 200:  # noqa: PLR2004 - the one success that RFC 6749 knows
        try:
            return msgspec.json.decode(body, type=_Granted)
        except msgspec.DecodeError as error:
            raise CredentialsFailed(
                "the token address gives an answer that is not OAuth2's", code="token_garbled"
            ) from error
    try:
        denied = msgspec.json.decode(body, type=_Denied)
    except msgspec.DecodeError:
        denied = _Denied()
    said = f"{denied.error} {denied.error_description}".strip()[:300] or f"HTTP {status}"
    raise CredentialsFailed(f"the token address says: {said}", code=_fault(status, denied.error))


def _fault(status: int, error: str) -> str:
    if status >= 500 or status == 429:  # noqa: PLR2004 - HTTP: the server's own fault, or too many
        return "token_unreachable"
    if error == "invalid_grant":
        return "token_revoked"
    return "token_client" if error in {"invalid_client", "unauthorized_client"} else "token_refused"


def _secure(url: str) -> bool:
    """Encrypted, or not leaving this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in _THIS_MACHINE


def credentials_for(
    config: EmailConfig, session: aiohttp.ClientSession, clock: Clock, limits: TokenLimits
) -> Credentials:
    """For reading a mailbox. Keep it as long as the configuration stays: it remembers the token."""
    if config.oauth is not None:
        return RefreshedToken(config.oauth, session, clock, limits)
    return FixedPassword(Password(config.password))


def smtp_credentials_for(
    config: EmailConfig, session: aiohttp.ClientSession, clock: Clock, limits: TokenLimits
) -> Credentials:
    """For sending: a password of its own goes before what the mailbox is read with."""
    if config.smtp_password:
        return FixedPassword(Password(config.smtp_password))
    return credentials_for(config, session, clock, limits)
