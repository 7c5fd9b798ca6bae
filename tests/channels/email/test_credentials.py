"""Access tokens are fetched when needed, kept while they last, and a failure says whose fault it is."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from channels.email.credentials import (
    BearerToken,
    CredentialsFailed,
    FixedPassword,
    Password,
    RefreshedToken,
    TokenLimits,
    credentials_for,
    smtp_credentials_for,
)
from channels.email.wire import EmailConfig, ImapConfig, OAuthConfig, SmtpConfig
from core.outbound import Outbound, OutboundSettings
from tests.builders import ManualClock
from tests.servers.tokens import REFRESH_TOKEN, Tokens, running_tokens

LIMITS = TokenLimits(answer_s=0.3, answer_bytes=10_000)
GUARDED = OutboundSettings(private_hosts=True)


@asynccontextmanager
async def a_session(settings: OutboundSettings = GUARDED) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(connector=Outbound(settings).connector()) as session:
        yield session


def oauth(url: str, refresh_token: str = REFRESH_TOKEN) -> OAuthConfig:
    return OAuthConfig(url, "our-client", refresh_token, "our-secret", "imap smtp")


@asynccontextmanager
async def tokens_at(clock: ManualClock) -> AsyncIterator[tuple[Tokens, RefreshedToken]]:
    """A provider, and what we have of it."""
    async with running_tokens("anna@example.com") as provider, a_session() as session:
        yield provider, RefreshedToken(oauth(provider.url), session, clock, LIMITS)


async def failing(credentials: RefreshedToken) -> CredentialsFailed:
    with pytest.raises(CredentialsFailed) as failed:
        await credentials.secret(fresh=False)
    return failed.value


async def test_a_token_is_asked_for_once_and_kept_until_shortly_before_its_end() -> None:
    clock = ManualClock()
    async with tokens_at(clock) as (provider, credentials):
        assert await credentials.secret(fresh=False) == BearerToken("access-1")
        clock.forward(3200)
        assert await credentials.secret(fresh=False) == BearerToken("access-1")
        clock.forward(101)
        assert await credentials.secret(fresh=False) == BearerToken("access-2")
        assert provider.asked[0] == {
            "grant_type": "refresh_token",
            "refresh_token": REFRESH_TOKEN,
            "client_id": "our-client",
            "client_secret": "our-secret",
            "scope": "imap smtp",
        }


async def test_many_who_ask_at_once_share_one_call() -> None:
    async with tokens_at(ManualClock()) as (provider, credentials):
        got = await asyncio.gather(*(credentials.secret(fresh=False) for _ in range(20)))
        assert set(got) == {BearerToken("access-1")}
        assert len(provider.asked) == 1


async def test_after_a_refusal_a_fresh_one_is_fetched_but_not_again_and_again() -> None:
    clock = ManualClock()
    async with tokens_at(clock) as (provider, credentials):
        await credentials.secret(fresh=False)
        clock.forward(60)
        assert await credentials.secret(fresh=True) == BearerToken("access-2")
        for _ in range(5):
            assert await credentials.secret(fresh=True) == BearerToken("access-2")
        assert len(provider.asked) == 2
        clock.forward(31)
        assert await credentials.secret(fresh=True) == BearerToken("access-3")


@pytest.mark.parametrize(("lifetime", "lasts"), [(None, 2600), (60, 29)])
async def test_a_token_that_says_no_lifetime_or_a_short_one_is_kept_sensibly(
    lifetime: int | None, lasts: int
) -> None:
    clock = ManualClock()
    async with tokens_at(clock) as (provider, credentials):
        provider.lifetime_s = lifetime
        await credentials.secret(fresh=False)
        clock.forward(lasts)
        assert await credentials.secret(fresh=False) == BearerToken("access-1")
        clock.forward(200)
        assert await credentials.secret(fresh=False) == BearerToken("access-2")


async def test_a_new_refresh_token_replaces_the_old_one() -> None:
    clock = ManualClock()
    async with tokens_at(clock) as (provider, credentials):
        granted = '{"access_token": "a", "expires_in": "3600", "refresh_token": "refresh-2"}'
        provider.answers = [(200, granted)]
        await credentials.secret(fresh=False)
        clock.forward(7200)
        assert (await failing(credentials)).code == "token_revoked"
        assert provider.asked[1]["refresh_token"] == "refresh-2"


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, '{"error": "invalid_grant", "error_description": "Token has been revoked."}', "token_revoked"),
        (401, '{"error": "invalid_client"}', "token_client"),
        (400, '{"error": "invalid_scope"}', "token_refused"),
        (403, "<html>no</html>", "token_refused"),
        (302, "", "token_refused"),
        (307, "", "token_refused"),
        (503, "", "token_unreachable"),
        (429, '{"error": "slow_down"}', "token_unreachable"),
        (200, "<html>welcome</html>", "token_garbled"),
        (200, '{"access_token": ""}', "token_garbled"),
        (200, '{"access_token": "' + "x" * 50_000 + '"}', "token_garbled"),
    ],
)
async def test_a_failure_says_whose_fault_it_is(status: int, body: str, code: str) -> None:
    async with tokens_at(ManualClock()) as (provider, credentials):
        provider.answers = [(status, body)]
        assert (await failing(credentials)).code == code


async def test_a_provider_that_is_silent_or_away_is_unreachable_in_time() -> None:
    async with tokens_at(ManualClock()) as (provider, credentials):
        provider.silent = asyncio.Event()
        assert (await failing(credentials)).code == "token_unreachable"
        provider.silent.set()
    async with a_session() as session:
        nobody = RefreshedToken(oauth(provider.url), session, ManualClock(), LIMITS)
        assert (await failing(nobody)).code == "token_unreachable"


@pytest.mark.parametrize("settings", [OutboundSettings(), GUARDED])
async def test_an_inner_address_is_not_asked_for_tokens(settings: OutboundSettings) -> None:
    url = "https://169.254.169.254/token" if settings.private_hosts else "https://127.0.0.1:1/token"
    async with a_session(settings) as session:
        failed = await failing(RefreshedToken(oauth(url), session, ManualClock(), LIMITS))
    assert failed.code == "token_unreachable"
    assert "not a public host" in str(failed)


async def test_secrets_do_not_leave_the_machine_unencrypted() -> None:
    async with a_session() as session:
        url = "http://token.example.com/token"
        assert (
            await failing(RefreshedToken(oauth(url), session, ManualClock(), LIMITS))
        ).code == "token_insecure"


async def test_no_secret_reaches_the_log_or_an_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with tokens_at(ManualClock()) as (provider, credentials):
        token = await credentials.secret(fresh=False)
        provider.answers = [(400, '{"error": "invalid_grant", "leak": "our-secret"}')]
        provider.lifetime_s = 0
        with pytest.raises(CredentialsFailed) as failed:
            await RefreshedToken(oauth(provider.url), credentials._session, ManualClock(), LIMITS).secret(
                fresh=True
            )
    told = caplog.text + str(failed.value) + repr(token) + repr(credentials)
    assert not [secret for secret in ("our-secret", REFRESH_TOKEN, "access-1") if secret in told]


async def test_sending_may_have_a_password_of_its_own() -> None:
    config = EmailConfig(
        "support@example.com",
        ImapConfig("imap.example.com", "support"),
        SmtpConfig("smtp.example.com", "support"),
        password="reading",
        smtp_password="sending",
    )
    async with a_session() as session:
        given = (config, session, ManualClock(), LIMITS)
        assert credentials_for(*given) == FixedPassword(Password("reading"))
        assert smtp_credentials_for(*given) == FixedPassword(Password("sending"))
