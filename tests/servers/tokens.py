"""A stand-in for a mail provider's OAuth2 server: gives access tokens out and tells Dovecot which of them are good."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from tests.servers.programs import LOOPBACK

REFRESH_TOKEN = "refresh-me"
_REDIRECTS = (302, 307)


@dataclass(slots=True)
class Tokens:
    """``good`` maps access tokens to the user they are for; change it, and ``answers``, as a provider might.

    ``asked`` is what came to the token endpoint. ``answers``, first to last, are given instead of a token;
    a redirect among them leads to where a token would be had.
    """

    url: str
    user: str
    good: dict[str, str] = field(default_factory=dict)
    lifetime_s: int | None = 3600
    asked: list[dict[str, str]] = field(default_factory=list)
    answers: list[tuple[int, str]] = field(default_factory=list)
    silent: asyncio.Event | None = None

    async def give(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.asked.append({name: str(value) for name, value in form.items()})
        if self.silent is not None:
            await self.silent.wait()
        if self.answers:
            status, body = self.answers.pop(0)
            elsewhere = {"Location": self.url} if status in _REDIRECTS else {}
            return web.Response(status=status, text=body, content_type="application/json", headers=elsewhere)
        if form.get("refresh_token") != REFRESH_TOKEN:
            told = {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
            return web.json_response(told, status=400)
        token = f"access-{len(self.asked)}"
        self.good[token] = self.user
        lifetime = {} if self.lifetime_s is None else {"expires_in": self.lifetime_s}
        return web.json_response({"access_token": token, "token_type": "Bearer", **lifetime})

    async def introspect(self, request: web.Request) -> web.Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.good:
            return web.json_response({"active": "false"})
        return web.json_response({"active": "true", "username": self.good[token]})


@asynccontextmanager
async def running_tokens(user: str, port: int = 0) -> AsyncIterator[Tokens]:
    """In this test's loop; on Dovecot's ``ports.tokens`` where Dovecot is to believe its tokens."""
    tokens = Tokens("", user)
    application = web.Application()
    application.add_routes([web.post("/token", tokens.give), web.get("/introspect", tokens.introspect)])
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, LOOPBACK, port, reuse_address=True)
        await site.start()
        tokens.url = f"{site.name}/token" if port else f"http://{LOOPBACK}:{runner.addresses[0][1]}/token"
        yield tokens
    finally:
        await runner.cleanup()
