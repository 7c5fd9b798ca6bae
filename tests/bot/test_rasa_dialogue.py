"""The forms about orders with real Rasa: the same conversations, also when each turn changes the engine."""

from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.actions import ActionSettings, RasaActions
from bot.contract import ChoseWay, Engine, RasaAddress, Turn
from bot.live import LiveTurns
from bot.proposals import Understanding
from bot.rasa import RasaEngine
from core.clock import SystemClock
from core.order import OrderState
from core.web import errors_as_json
from tests.bot.fake_rasa import Rasas
from tests.bot.shop import CODE, OWNER, Talk
from tests.servers.rasa import RunningRasa

pytestmark = pytest.mark.rasa


class Turnabout:
    """Implements `Engine`: one after the other, however many there are."""

    def __init__(self, *engines: Engine) -> None:
        self._engines = engines
        self._turns = 0

    async def understand(self, turn: Turn) -> Understanding:
        self._turns += 1
        return await self._engines[self._turns % len(self._engines)].understand(turn)


Begin = Callable[..., Talk]


@pytest.fixture
async def begin(rasa: RunningRasa) -> AsyncIterator[Begin]:
    """Begins a conversation with Rasa, whose actions know this conversation's shop."""
    turns = LiveTurns()
    current: list[RasaActions] = []

    async def act(request: web.Request) -> web.StreamResponse:
        return await current[-1].handle(request)

    application = web.Application(middlewares=[errors_as_json])
    application.router.add_post("/webhook", act)
    async with TestServer(application, host="127.0.0.1") as server, aiohttp.ClientSession() as session:
        rasa.actions.elsewhere = str(server.make_url("/webhook"))
        rasa.actions.mode = "elsewhere"
        where = Rasas(RasaAddress(rasa.url, rasa.secret))

        def made(name: str, *, verified: bool = True, turnabout: bool = False) -> Talk:
            talk = Talk(name, verified=verified)
            current.append(RasaActions(talk.findings, turns, ActionSettings(rasa.action_secret)))
            engine = RasaEngine(session, where, turns, SystemClock())
            talk.engine = Turnabout(engine, talk.engine) if turnabout else engine
            return talk

        yield made
        rasa.actions.mode = "well"


CONVERSATIONS = {
    "cancel": [
        ("I want to cancel my order", ["bot-order-which"]),
        ("10234", ["bot-confirm-cancel"]),
        ("How can I pay, by card?", ["paying", "bot-confirm-cancel"]),
        ("where is my order?", ["bot-order-state-placed", "bot-confirm-cancel"]),
        ("no, I meant 20871", ["bot-confirm-cancel"]),
        ("yes", ["bot-refused-shipped-already", "bot-refused-person"]),
        ("thanks", ["bot-thanks"]),
    ],
    "cancel in Chinese": [
        ("帮我取消订单LL-10234", ["bot-confirm-cancel"]),
        ("怎么退货", ["returns", "bot-confirm-cancel"]),
        ("算了", ["bot-request-stopped"]),
        ("回到刚才的订单", ["bot-confirm-cancel"]),
        ("是的", ["bot-done-cancel"]),
    ],
    "address": [
        ("where is order LL-10234?", ["bot-order-state-placed"]),
        ("I need to change the shipping address on my order", ["bot-order-ask-address"]),
        ("how long does shipping take?", ["shipping", "bot-order-ask-address"]),
        ("Ann Li, 12 Hill Road, 20871 Springfield", ["bot-confirm-address"]),
        ("sorry, the address is 14 Hill Road, 20871 Springfield", ["bot-confirm-address"]),
        ("yes please", ["bot-done-address"]),
    ],
    "return": [
        ("I want to return my order", ["bot-order-which"]),
        ("it's 123", ["bot-order-not-a-number"]),
        ("48213", ["bot-order-ask-reason"]),
        ("the shade is broken", ["bot-confirm-return-because"]),
        ("hello", ["bot-greet", "bot-confirm-return-because"]),
        ("yes", ["bot-done-return"]),
    ],
    "two wishes": [
        ("cancel 10234 and return order 48213", ["bot-confirm-cancel"]),
        ("yes and cancel 10877 too", ["bot-done-cancel", "bot-order-ask-reason"]),
        ("too small", ["bot-confirm-return-because"]),
        ("no, but get me a refund", ["bot-request-stopped", "bot-confirm-cancel"]),
        ("是的", ["bot-done-cancel", "bot-order-ask-reason"]),
        ("too small", ["bot-confirm-refund-because"]),
        ("yes", ["bot-waits-refund"]),
    ],
    "refund in Chinese": [
        ("我要退款", ["bot-order-which"]),
        ("48213", ["bot-order-ask-reason"]),
        ("灯一直闪", ["bot-confirm-refund-because"]),
        ("对", ["bot-waits-refund"]),
    ],
}


@pytest.mark.parametrize("turnabout", [False, True], ids=["rasa", "each turn another engine"])
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_a_conversation(begin: Begin, name: str, turnabout: bool) -> None:  # noqa: FBT001
    talk = begin(f"{name}-{turnabout}".replace(" ", "-"), turnabout=turnabout)
    heard = [await talk.hear(text) for text, _ in CONVERSATIONS[name]]
    assert heard == [said for _, said in CONVERSATIONS[name]]
    assert talk.form is None
    engines = {past.engine for past in talk.history if past.engine != "policy"}
    assert engines == ({"rasa", "scripted"} if turnabout else {"rasa"})


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to return it",
        "I don't want to have a refund",
        "is it too late to cancel?",
        "我不想退货",
        "现在取消还来得及吗",
    ],
)
async def test_what_only_speaks_of_a_wish_opens_no_form(begin: Begin, text: str) -> None:
    talk = begin(f"unwished-{abs(hash(text))}")
    await talk.say(text)
    assert talk.form is None
    assert talk.history[-1].engine == "rasa"
    assert await talk.hear("cancel order 10234") == ["bot-confirm-cancel"]


async def test_a_code_proves_who_asks_and_the_form_goes_on(begin: Begin) -> None:
    talk = begin("proof", verified=False)
    assert await talk.hear("cancel order 10234") == ["bot-proof-ask-address"]
    assert await talk.hear(f"it is {OWNER}") == ["bot-proof-ask-code"]
    assert await talk.hear("111111") == ["bot-proof-wrong"]
    assert await talk.hear(CODE) == ["bot-proof-right", "bot-confirm-cancel"]
    talk.verified = True
    assert await talk.hear("yes") == ["bot-done-cancel"]
    assert talk.state("LL-10234") is OrderState.CANCELLED


async def test_who_asked_about_too_many_orders_proves_whose_one_is(begin: Begin) -> None:
    talk = begin("bound", verified=False)
    for other in range(10):
        await talk.findings.order(talk.turn(""), str(70_000 + other))
    assert await talk.hear("where is order 10234?") == ["bot-proof-ask-address"]
    assert await talk.hear(OWNER) == ["bot-proof-ask-code"]
    assert await talk.hear("How can I pay, by card?") == ["paying", "bot-proof-ask-code"]
    assert await talk.hear(CODE) == ["bot-proof-right", "bot-order-state-placed"]
    assert talk.form is None


async def test_where_the_code_goes_is_chosen_in_words_and_by_button(begin: Begin) -> None:
    talk = begin("way", verified=False)
    talk.proof.account = "Telegram (A…)"
    assert await talk.hear("cancel order 10234") == ["bot-proof-ask-way"]
    assert await talk.hear("by mail") == ["bot-proof-ask-address"]
    assert await talk.press(ChoseWay(True), "To Telegram (A…)") == ["bot-proof-ask-code-there"]
    assert await talk.hear(CODE) == ["bot-proof-right", "bot-confirm-cancel"]


async def test_a_person_and_a_complaint_end_every_form(begin: Begin) -> None:
    for number, (start, text) in enumerate(
        [("cancel my order", "I want to talk to a person"), ("我要退款", "我要投诉你们")]
    ):
        talk = begin(f"ends-{number}")
        await talk.hear(start)
        assert (await talk.hear(text))[0].startswith("person: ")
        assert talk.form is None
