"""Calls over our own session: what an error says of whether a call arrived, and that none shows a token."""

import traceback
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from channels.telegram.settings import CallSettings
from channels.telegram.transport import Api, NotSent, TooLarge, TooMany
from channels.telegram.wire import clashes, telegram_config
from core.errors import Invalid
from tests.servers.telegram import TOKEN, FakeBot, Fault, Person, running_telegram

pytestmark = pytest.mark.server
ANN = Person(7001, "Ann")
QUICK = CallSettings(connect_s=0.3, write_s=0.1, upload_s=0.1, read_s=0.2, answer_bytes=10_000)
SECRET = TOKEN.partition(":")[2]


@pytest.fixture
async def made() -> AsyncIterator[tuple[Api, FakeBot]]:
    async with running_telegram() as server, aiohttp.ClientSession() as session:
        fake = server.bot()
        fake.private(ANN)
        yield Api(lambda: session, server.url, QUICK), fake


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("*", "error", code=400, description="Bad Request: no"), BadRequest),
        (Fault("*", "error", code=429, description="Slow", parameters={"retry_after": 3}), TooMany),
        (Fault("*", "page", code=429), TooMany),
        (Fault("*", "page", code=413), BadRequest),
        (Fault("*", "page", code=302), NotSent),
        (Fault("*", "page", code=502), NetworkError),
        (Fault("*", "reset"), NetworkError),
        (Fault("*", "half"), NetworkError),
        (Fault("*", "garbage"), TelegramError),
        (Fault("*", "hang"), TimedOut),
        (Fault("*", "delay", seconds=5), TimedOut),
    ],
    ids=lambda value: f"{value.how}-{value.code}" if isinstance(value, Fault) else "",
)
async def test_each_way_to_fail_is_an_error_that_shows_no_token(
    made: tuple[Api, FakeBot], fault: Fault, error: type[TelegramError]
) -> None:
    api, fake = made
    fake.faults.append(fault)
    with pytest.raises(error) as raised:
        await api.bot(TOKEN).send_message(ANN.id, "Hello")
    assert isinstance(raised.value, NotSent) is (error is NotSent)
    assert SECRET not in "".join(traceback.format_exception(raised.value))


async def test_without_a_connection_the_call_certainly_did_not_arrive(made: tuple[Api, FakeBot]) -> None:
    api, _ = made
    api.lead_to("http://127.0.0.1:9")
    with pytest.raises(NotSent) as raised:
        await api.bot(TOKEN).get_me()
    assert SECRET not in "".join(traceback.format_exception(raised.value))


async def test_an_answer_without_end_is_given_up(made: tuple[Api, FakeBot]) -> None:
    api, fake = made
    for _ in range(100):
        fake.says(ANN, "x" * 200)
    with pytest.raises(TooLarge):
        await api.updates(TOKEN, {}, 0)


async def test_a_file_is_taken_up_to_its_limit(made: tuple[Api, FakeBot]) -> None:
    api, fake = made
    fake.file(b"x" * 100)
    path = "documents/file_1.bin"
    assert await api.download(TOKEN, path, 100) == b"x" * 100
    with pytest.raises(TooLarge):
        await api.download(TOKEN, path, 99)
    with pytest.raises(NetworkError):
        await api.download(TOKEN, "documents/none", 100)


async def test_a_redirect_is_not_followed(made: tuple[Api, FakeBot]) -> None:
    """It would show the token to whoever it leads to."""
    api, _ = made
    asked: list[str] = []

    async def elsewhere(request: web.Request) -> web.Response:
        asked.append(request.path)
        raise web.HTTPFound("/stolen")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", elsewhere)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        api.lead_to(f"http://127.0.0.1:{runner.addresses[0][1]}")
        with pytest.raises(NotSent):
            await api.bot(TOKEN).get_me()
        with pytest.raises(NetworkError):
            await api.download(TOKEN, "x", 10)
    finally:
        await runner.cleanup()
    assert "/stolen" not in asked


async def test_a_bot_and_its_configuration_do_not_show_the_token(made: tuple[Api, FakeBot]) -> None:
    assert SECRET not in repr(made[0].bot(TOKEN))
    assert SECRET not in repr(telegram_config({"token": TOKEN}))


@pytest.mark.parametrize(
    ("config", "field"),
    [
        ({}, "token"),
        ({"token": "123"}, "token"),
        ({"token": f"{TOKEN}\n"}, "token"),
        ({"token": TOKEN, "mode": "push"}, "mode"),
        ({"token": TOKEN, "languages": []}, "languages"),
        ({"token": TOKEN, "groups": "yes"}, "groups"),
        ({"token": TOKEN, "colour": "red"}, "colour"),
    ],
)
def test_a_configuration_that_does_not_fit_names_the_field(config: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        telegram_config(config)
    assert refused.value.field == field
    assert SECRET not in str(refused.value)


def test_one_bot_is_one_inbox_whatever_its_token_is_now() -> None:
    newer = f"{TOKEN.partition(':')[0]}:AAAAAAAAAAAAAAAA"
    other = "987654321:AAAAAAAAAAAAAAAA"
    assert clashes({"token": TOKEN}, {"token": newer}) == "token"
    assert clashes({"token": TOKEN}, {"token": other}) is None


def test_people_are_spoken_to_in_a_language_of_the_inbox() -> None:
    config = telegram_config({"token": TOKEN, "languages": ["en", "zh", "pt-BR"]})
    spoken = [config.language_of(code) for code in ("zh-hans", "en", "pt-br", "de", None, "")]
    assert spoken == ["zh", "en", "pt-BR", "en", "en", "en"]
