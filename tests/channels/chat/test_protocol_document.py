"""What docs/chat-protocol.md says is so: its client runs, its schema is the protocol, its examples prove what they claim."""

import asyncio
import re
import threading
import types
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError
from standardwebhooks import WebhookVerificationError

from app.cli.admin import schema_page
from channels.chat.schema import schema
from channels.live.identity import Window, read_identity
from channels.live.settings import LiveSettings
from core.clock import SystemClock
from core.errors import Invalid, NotFound, TooOften, Unavailable
from core.ids import InboxId
from core.message import Buttons, Option
from core.signing import signed
from tests.channels.chat.test_webhooks import KEY, WHSEC
from tests.channels.shop import Shop, a_shop
from tests.channels.tokens import SECRET
from tests.servers.cutting import cutting_network

DOCS = Path(__file__).resolve().parents[3] / "docs"
BLOCKS = re.findall(
    r"^```python\n(.*?)^```$", (DOCS / "chat-protocol.md").read_text(), re.MULTILINE | re.DOTALL
)


def block(name: str) -> types.ModuleType:
    """The one that defines this, run as a module."""
    [source] = [each for each in BLOCKS if re.search(rf"^(?:class|def) {name}\b", each, re.MULTILINE)]
    module = types.ModuleType("example")
    exec(compile(source, "chat-protocol.md", "exec"), module.__dict__)  # noqa: S102 - the document's own words
    return module


@pytest.fixture
def client() -> Iterator[types.ModuleType]:
    """The document's client, which does not take its time, and ends with the test."""
    module, over = block("Chat"), threading.Event()

    def no_sleep(_seconds: float) -> None:
        if over.is_set():
            raise TimeoutError

    module.time = types.SimpleNamespace(sleep=no_sleep)  # type: ignore[attr-defined]
    yield module
    over.set()


def test_the_client_is_as_short_as_it_says() -> None:
    assert max(len(each.splitlines()) for each in BLOCKS) <= 40


async def test_the_client_talks_and_listens(shop: Shop, client: types.ModuleType) -> None:
    address = str(shop.client.make_url("")).rstrip("/")
    chat = await asyncio.to_thread(client.Chat, address, "app")
    stored = await asyncio.to_thread(chat.say, "Hello")
    assert said(await asyncio.to_thread(chat.news)) == ["Hello"]
    waiting = asyncio.create_task(asyncio.to_thread(chat.news))
    await shop.until(lambda: shop.part.http.waiting == 1)
    await shop.answer(stored["conversation"], "Good morning")
    assert said(await waiting) == ["Good morning"]
    assert await asyncio.to_thread(chat.ask, "POST", "read", {"n": chat.n}) is None
    again = await asyncio.to_thread(lambda: client.Chat(address, "app", session=chat.session))
    assert said(await asyncio.to_thread(again.news)) == ["Hello", "Good morning"]


async def test_the_client_loses_and_doubles_nothing_when_the_network_is_cut(
    tmp_path: Path, client: types.ModuleType
) -> None:
    count, seen, loop = 40, list[str](), asyncio.get_running_loop()
    patient = LiveSettings(messages_burst=1000, frames_burst=10_000)
    async with a_shop(tmp_path, patient) as shop, cutting_network(Random(7)) as network:
        network.lead_to(str(shop.client.make_url("")).rstrip("/"))
        chat = await asyncio.to_thread(client.Chat, network.address, "app")

        def talk() -> None:
            for number in range(count):
                if number % 4 == 3:
                    loop.call_soon_threadsafe(network.tear if number % 8 == 3 else network.drop)
                chat.say(f"{number}", key=f"{number}")

        def listen() -> None:
            while len(seen) < count:
                seen.extend(said(chat.news(1)))

        async with asyncio.timeout(30):
            await asyncio.gather(asyncio.to_thread(talk), asyncio.to_thread(listen))
        assert network.opened > count
    assert seen == [f"{number}" for number in range(count)]


def test_the_schema_is_the_protocol() -> None:
    """`python -m app schema > docs/chat-protocol.schema.json` makes it again."""
    assert (DOCS / "chat-protocol.schema.json").read_text() == schema_page()
    Draft202012Validator.check_schema(schema())


def strict(node: Any) -> Any:
    """The same schema, in which nothing may stand that is not named."""
    if isinstance(node, dict):
        closed = {name: strict(each) for name, each in node.items()}
        if closed.get("type") == "object" and "properties" in closed:
            closed["additionalProperties"] = False
        return closed
    return [strict(each) for each in node] if isinstance(node, list) else node


def holds(shape: str, found: object) -> None:
    whole = strict(schema())
    Draft202012Validator({"$ref": f"#/$defs/{shape}", "$defs": whole["$defs"]}).validate(found)


def frames(shop: Shop) -> Iterator[dict[str, Any]]:
    yield {"type": "hello", "session": None, "language": "en", "conversation": None, "n": 0}
    yield {"type": "message", "key": "k1", "text": "Hello", "uploads": [], "choice": None}
    yield {"type": "read", "n": 1}
    yield {"type": "typing", "on": True}
    yield {"type": "rate", "score": 5}
    yield {"type": "nonsense"}
    yield {"type": "ping"}


async def test_what_travels_over_a_socket_is_what_the_schema_says(shop: Shop) -> None:
    visitor = await shop.connect(inbox="app")
    for frame in frames(shop):
        if frame["type"] != "nonsense":
            holds("ClientFrame", frame)
        await visitor.ws.send_json(frame)
        if frame["type"] == "message":
            stored = await visitor.until("stored")
            holds("ServerFrame", stored)
            await shop.answer(stored["conversation"], "Which?", Buttons((Option("a", "This", "/a"),)))
    heard = [await visitor.until("welcome"), await visitor.until("error"), await visitor.until("pong")]
    await visitor.event("message", 2)
    assert len(heard + visitor.events) >= 5
    for found in (*heard, *visitor.events, *visitor.others):
        holds("ServerFrame", found)


async def test_what_single_requests_answer_is_what_the_schema_says(shop: Shop) -> None:
    begun = await shop.client.post("/live/app/sessions", json={})
    welcome = await begun.json()
    holds("Welcome", welcome)
    headers = {"Authorization": f"Bearer {welcome['session']}"}
    for method, what, shape, body in (
        ("POST", "messages", "Stored", {"key": "k", "text": "Hello"}),
        ("POST", "messages", "ErrorAnswer", {"key": "k", "text": 7}),
        ("GET", "events", "EventsAnswer", None),
        ("GET", "conversations", "ConversationsAnswer", None),
        ("GET", "suggest?q=parcel", "ErrorAnswer", None),
        ("GET", "config", "ConfigAnswer", None),
    ):
        answer = await shop.client.request(method, f"/live/app/{what}", headers=headers, json=body)
        holds(shape, await answer.json())
    upload = await shop.client.post("/live/app/uploads", headers=headers, data=b"hello")
    holds("UploadAnswer", await upload.json())


def test_the_schema_refuses_what_is_none() -> None:
    for wrong in ({"type": "event"}, {"type": "stored", "key": 1}, {"type": "pong", "more": 1}):
        with pytest.raises(ValidationError):
            holds("ServerFrame", wrong)


def test_the_token_of_the_document_is_believed() -> None:
    token = block("identity").identity(SECRET, "u1", "app")
    window = Window(timedelta(hours=24), timedelta(seconds=30))
    assert read_identity(token, (SECRET,), InboxId("app"), SystemClock().now(), window).user == "u1"


def test_a_receiver_by_the_document_believes_us_and_nobody_else() -> None:
    taken = block("taken").taken
    body = msgspec.json.encode({"type": "event"})
    headers = dict(signed(KEY, "evt_1_1", SystemClock().now(), body))
    assert taken(WHSEC, headers, body) == {"type": "event"}
    with pytest.raises(WebhookVerificationError):
        taken(WHSEC, headers, body + b" ")


def said(events: list[dict[str, Any]]) -> list[str]:
    messages = [each["event"]["message"] for each in events if each["event"]["kind"] == "message"]
    return [part["text"] for each in messages for part in each["parts"]]


def test_its_table_has_every_code_that_is_answered() -> None:
    table = (DOCS / "chat-protocol.md").read_text().partition("## Errors")[2].partition("\n\nA frame")[0]
    told = {
        code
        for row in table.splitlines()
        for code in re.findall(r"`(\w+)`", row.split("|")[1:2][0] if "|" in row else "")
    }
    channels = DOCS.parent / "channels"
    sources = [*(channels / "live").glob("*.py"), *(channels / "media").glob("*.py")]
    used = {code for each in sources for code in re.findall(r'code="(\w+)"', each.read_text())}
    used |= {each.code for each in (Invalid, NotFound, TooOften, Unavailable)}
    assert len(used) > 20
    assert used - told == set()
