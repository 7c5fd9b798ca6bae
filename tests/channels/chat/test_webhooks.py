"""What an app's server is told: signed, in order, each event until it is taken, and nothing of other inboxes."""

import ast
import base64
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from standardwebhooks import Webhook, WebhookVerificationError

from channels.chat.webhooks import VISIBLE
from channels.chat.wire import chat_config
from channels.widget.wire import live_config
from core.conversation import Cause
from core.errors import Invalid
from core.events import Event
from core.ids import AgentId, ConversationId, InboxId
from core.lifecycle import assign, wait
from core.outbound import Outbound, OutboundSettings
from core.signing import signed
from core.store.conversations import get_conversation
from core.store.outbox import dead
from core.store.tx import Tx
from tests.channels.shop import Shop, a_shop
from tests.channels.tokens import SECRET, a_token
from tests.house.tree import package_files, syntax, text

KEY = bytes(range(32))
WHSEC = f"whsec_{base64.b64encode(KEY).decode()}"


class Receiver:
    """The app's server; answers ``statuses`` in turn, then 204."""

    def __init__(self) -> None:
        self.url = ""
        self.strays = 0
        self.taken: list[dict[str, Any]] = []
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.retry_after: str | None = None

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.calls.append((dict(request.headers), body))
        status = self.statuses.pop(0) if self.statuses else 204
        if status == 204:
            self.taken.append(msgspec.json.decode(body))
        headers = {"Location": "/elsewhere"}
        if self.retry_after is not None and status != 204:
            headers["Retry-After"] = self.retry_after
        return web.Response(status=status, headers=headers)

    async def stray(self, _request: web.Request) -> web.Response:
        self.strays += 1
        return web.Response(status=204)

    @property
    def texts(self) -> list[str]:
        said = [each["event"]["message"] for each in self.taken if each["event"]["kind"] == "message"]
        return [part["text"] for each in said for part in each["parts"]]


@pytest.fixture
async def app() -> AsyncIterator[Receiver]:
    """Somebody's server on loopback."""
    receiver = Receiver()
    served = web.Application()
    served.router.add_post("/hook", receiver.take)
    served.router.add_route("*", "/elsewhere", receiver.stray)
    async with TestServer(served) as server:
        receiver.url = str(server.make_url("/hook"))
        yield receiver


@pytest.fixture
async def told(shop: Shop, app: Receiver) -> Receiver:
    """The chat ``app`` tells it everything."""
    await shop.configure("app", webhook=hook(app), identity={"secrets": [SECRET]})
    return app


def hook(app: Receiver) -> dict[str, str]:
    return {"url": app.url, "secret": WHSEC}


async def test_everything_that_a_visitor_may_see_is_told_in_order_with_whose_it_is(
    shop: Shop, told: Receiver
) -> None:
    visitor = await shop.visit(inbox="app", identity=a_token("u1"))
    said = await visitor.say("Hello")
    await shop.answer(said["conversation"], "Good morning")
    assert told.texts == ["Hello", "Good morning"]
    assert [each["n"] for each in told.taken] == list(range(1, len(told.taken) + 1))
    assert {(each["inbox"], each["user"], each["conversation"]) for each in told.taken} == {
        ("app", "u1", said["conversation"])
    }
    # What a socket got is the same, but for whose it is.
    await visitor.event("message", 2)
    assert [{**each} for each in visitor.events] == [
        {name: value for name, value in each.items() if name not in {"inbox", "visitor", "user"}}
        for each in told.taken
    ]


async def test_the_signature_is_what_receivers_check(shop: Shop, told: Receiver) -> None:
    await (await shop.visit(inbox="app")).say("Hello")
    await shop.world.relay.drain()
    headers, body = told.calls[0]
    # The checking library knows only the machine's clock.
    now = signed(KEY, headers["webhook-id"], shop.world.clock.now(), body)
    assert {name: headers[name] for name in now} == dict(now)


def test_the_signature_holds_by_the_standards_own_library() -> None:
    body = b'{"type": "event"}'
    headers = dict(signed(KEY, "evt_1_1", datetime.now(UTC), body))
    assert Webhook(WHSEC).verify(body, headers) == {"type": "event"}
    for wrong in (b'{"type": "other"}', body + b" "):
        with pytest.raises(WebhookVerificationError):
            Webhook(WHSEC).verify(wrong, headers)


@pytest.mark.parametrize("status", [500, 404, 302, 429, 408, 425])
async def test_what_is_not_taken_is_told_again_and_what_follows_waits(
    shop: Shop, told: Receiver, status: int
) -> None:
    told.statuses = [status, status]
    visitor = await shop.visit(inbox="app")
    await visitor.say("One", key="1")
    await visitor.say("Two", key="2")
    for _ in range(4):
        await shop.world.relay.drain()
        shop.world.clock.forward(20)
    assert (told.texts, told.strays) == (["One", "Two"], 0)
    ids = [headers["webhook-id"] for headers, _ in told.calls]
    assert len(set(ids[:3])) == 1


async def test_a_server_that_is_down_for_good_is_given_up_and_shown(shop: Shop, told: Receiver) -> None:
    told.statuses = [500] * 1000
    await (await shop.visit(inbox="app")).say("One")
    for _ in range(20):
        await shop.world.relay.drain()
        shop.world.clock.forward(20)
    found = await shop.world.db.read(dead, 10)
    assert [each.handler for each in found] == ["webhooks"]
    assert WHSEC not in str(found)
    assert "/hook" not in str(found)


@pytest.mark.parametrize(("status", "tries"), [(410, 1), (404, 5), (401, 5)])
async def test_an_event_that_the_receiver_will_never_take_is_given_up_soon_and_the_next_is_told(
    shop: Shop, told: Receiver, status: int, tries: int
) -> None:
    told.statuses = [status] * tries
    visitor = await shop.visit(inbox="app")
    await visitor.say("One", key="1")
    await visitor.say("Two", key="2")
    for _ in range(tries):
        assert told.texts == []
        await shop.world.relay.drain()
        shop.world.clock.forward(8)
    assert told.texts == ["Two"]
    [given_up] = await shop.world.db.read(dead, 10)
    assert str(status) in given_up.error


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("asked", "pause_s"), [("300", 300), ("999999999999", 3600)])
async def test_a_receiver_that_names_a_time_to_come_again_is_believed(
    shop: Shop, told: Receiver, status: int, asked: str, pause_s: float
) -> None:
    """Also when that is after the others would have been given up, but not for ever."""
    told.statuses, told.retry_after = [status], asked
    await (await shop.visit(inbox="app")).say("One")
    await shop.world.relay.drain()
    shop.world.clock.forward(pause_s - 1)
    await shop.world.relay.drain()
    assert told.texts == []
    shop.world.clock.forward(2)
    await shop.world.relay.drain()
    assert told.texts == ["One"]


@pytest.mark.parametrize("asked", ["soon", "", "-5", "Wed, 21 Oct 2026 07:28:00 GMT", "²"])
async def test_a_time_to_come_again_that_is_no_number_is_as_none(
    shop: Shop, told: Receiver, asked: str
) -> None:
    told.statuses, told.retry_after = [503], asked
    await (await shop.visit(inbox="app")).say("One")
    for _ in range(2):
        await shop.world.relay.drain()
        shop.world.clock.forward(8)
    assert told.texts == ["One"]


def test_every_kind_of_event_that_a_visitor_may_see_is_told() -> None:
    """``visible`` may depend on what happened: whatever is not plainly invisible counts."""
    emitted = {kind for name in package_files() if ".emit(" in text(name) for kind in _visible(syntax(name))}
    assert emitted == {kind.__name__ for kind in VISIBLE}


def _visible(module: ast.Module) -> set[str]:
    """The names of the events that the functions of a module emit for requesters to see."""
    found = set()
    functions = [each for each in ast.walk(module) if isinstance(each, ast.FunctionDef)]
    makers = {each.name: _events_in(each.returns) for each in functions if each.returns is not None}
    for function in functions:
        if _tells_what_is_shown(function):
            found |= {event for call in _calls(function) for event in makers.get(ast.unparse(call.func), ())}
        made = {
            target.id: node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in (each for each in ast.walk(function) if isinstance(each, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "emit" and _shown(call):
                event = call.args[1]
                known = made.get(event.id) if isinstance(event, ast.Name) else event
                assert isinstance(known, ast.Call), ast.unparse(call)
                name = ast.unparse(known.func)
                found |= makers.get(name) or {name}
    return found


def _calls(function: ast.FunctionDef) -> list[ast.Call]:
    return [each for each in ast.walk(function) if isinstance(each, ast.Call)]


def _tells_what_is_shown(function: ast.FunctionDef) -> bool:
    """Whether it returns events, each with whether the requester may see it, to be numbered by whoever calls it."""
    return function.returns is not None and "tuple[Event, bool]" in ast.unparse(function.returns)


def _events_in(annotation: ast.expr) -> set[str]:
    """The events that a function says it returns."""
    kinds = {kind.__name__ for kind in get_args(Event)}
    return {each.id for each in ast.walk(annotation) if isinstance(each, ast.Name) and each.id in kinds}


def _shown(call: ast.Call) -> bool:
    return any(each.arg == "visible" and ast.unparse(each.value) != "False" for each in call.keywords)


async def test_what_is_said_at_another_kind_of_inbox_is_told_nobody(shop: Shop, told: Receiver) -> None:
    await shop.configure("web", webhook=hook(told))
    await (await shop.visit()).say("At the widget")
    await shop.world.relay.drain()
    assert told.calls == []


async def test_an_inbox_that_is_switched_off_tells_nothing(shop: Shop, told: Receiver) -> None:
    visitor = await shop.visit(inbox="app")
    await visitor.say("Hello")
    await shop.switch_off(InboxId("app"))
    await shop.world.relay.drain()
    assert told.calls == []


async def test_what_a_visitor_may_not_see_is_not_told(shop: Shop, told: Receiver) -> None:
    visitor = await shop.visit(inbox="app")
    said = ConversationId((await visitor.say("Hello"))["conversation"])

    def put_off(tx: Tx) -> None:
        held = assign(tx, get_conversation(tx, said), AgentId("ada"), cause=Cause.TRANSFERRED)
        wait(tx, held)

    await shop.world.db.run(put_off)
    await shop.world.relay.drain()
    assert [each["event"]["kind"] for each in told.taken] == ["message", "joined"]


async def test_where_no_inbox_has_a_webhook_events_cost_nothing(shop: Shop) -> None:
    assert not shop.part.webhooks._wanted


async def test_an_address_inside_or_in_the_clear_is_not_called(tmp_path: Path, app: Receiver) -> None:
    closed = Outbound(OutboundSettings())
    async with a_shop(tmp_path, outbound=closed) as shop:
        with pytest.raises(Invalid) as refused:
            shop.part.channels["chat"].check({"webhook": hook(app)})
        assert refused.value.field == "webhook.url"
        await shop.configure("app", webhook=hook(app))
        await (await shop.visit(inbox="app")).say("Hello")
        await shop.world.relay.drain()
        assert app.calls == []


async def test_an_address_inside_is_refused_however_it_is_written(tmp_path: Path) -> None:
    async with a_shop(tmp_path, outbound=Outbound(OutboundSettings())) as shop:
        check = shop.part.channels["chat"].check
        for host in (
            "127.0.0.1",
            "169.254.169.254",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "2130706433",
            "127.1",
            "[::1",
        ):
            with pytest.raises(Invalid) as refused:
                check({"webhook": {"url": f"https://{host}/x", "secret": WHSEC}})
            assert refused.value.field == "webhook.url"
        for host in ("shop.example", "8.8.8.8", "[2606:4700::1111]:8443"):
            check({"webhook": {"url": f"https://{host}/x", "secret": WHSEC}})


def test_a_webhook_needs_an_address_and_a_secret() -> None:
    good = {"url": "https://shop.example/parley", "secret": WHSEC}
    assert chat_config({"webhook": good}).webhook is not None
    for field, wrong in (
        ("webhook.url", good | {"url": "ftp://shop.example"}),
        ("webhook.url", good | {"url": "https://user:pass@shop.example"}),
        ("webhook.secret", good | {"secret": "whsec_short"}),
        ("webhook.secret", good | {"secret": "no prefix"}),
        ("webhook.secret", {"url": good["url"]}),
    ):
        with pytest.raises(Invalid) as refused:
            chat_config({"webhook": wrong})
        assert refused.value.field == field
    assert live_config({"webhook": good}) is not None
