"""The live protocol in single requests, for clients without a socket: nothing lost, nothing twice, nothing of somebody else's."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp import WSMsgType
from sqlalchemy import func, select, update

from channels.live.sessions import end_session
from channels.live.settings import LiveSettings
from core.ids import ConversationId
from core.lifecycle import resolve
from core.store.conversations import get_conversation
from core.store.tables.conversation import conversation, message
from core.store.tables.people import visitor_session
from core.store.tx import Tx
from tests.channels.shop import Shop, a_shop
from tests.channels.tokens import SECRET, a_token, forged

PROVEN = {"secrets": [SECRET]}


class Caller:
    """Somebody with nothing but HTTP."""

    def __init__(self, shop: Shop, inbox: str = "app") -> None:
        self._shop = shop
        self.inbox = inbox
        self.session = ""
        self.welcome: dict[str, Any] = {}

    async def come(self, **hello: object) -> "Caller":
        self.welcome = await self.post("sessions", 201, **hello)
        self.session = self.welcome["session"]
        return self

    async def post(self, what: str, status: int, **body: object) -> Any:
        return await self.ask("POST", what, status, json=body)

    async def get(self, what: str, status: int = 200, **query: Any) -> Any:
        return await self.ask("GET", what, status, params=query)

    async def ask(self, method: str, what: str, status: int, **given: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.session}"} if self.session else {}
        path = f"/live/{self.inbox}/{what}"
        async with self._shop.client.request(method, path, headers=headers, **given) as response:
            assert response.status == status, await response.text()
            return None if status == 204 else await response.json()

    async def say(self, text: str, key: str = "k1") -> Any:
        return await self.post("messages", 201, key=key, text=text)

    async def texts(self, **query: Any) -> list[str]:
        return said(await self.get("events", **query))


def said(found: Any) -> list[str]:
    """What the events say, a line a message."""
    messages = [each["event"]["message"] for each in found["events"] if each["event"]["kind"] == "message"]
    return [part.get("text", part["type"]) for each in messages for part in each["parts"]]


async def caller(shop: Shop, **hello: object) -> Caller:
    return await Caller(shop).come(**hello)


async def rows(shop: Shop, table: Any = message) -> int:
    def counted(tx: Tx) -> int:
        found: int = tx.conn.execute(select(func.count()).select_from(table)).scalar_one()
        return found

    return await shop.world.db.read(counted)


async def test_a_message_is_stored_once_however_often_it_is_sent(shop: Shop) -> None:
    visitor = await caller(shop)
    first, again = await visitor.say("Hello"), await visitor.say("Hello")
    assert first == again
    assert first["type"] == "stored"
    assert await visitor.texts() == ["Hello"]


async def test_news_comes_from_where_one_was(shop: Shop) -> None:
    visitor = await caller(shop)
    stored = await visitor.say("Hello")
    await shop.answer(stored["conversation"], "Good morning")
    found = await visitor.get("events", conversation=stored["conversation"], after=stored["n"])
    assert said(found) == ["Good morning"]
    assert found["conversation"] == stored["conversation"]
    nothing = await visitor.get("events", conversation=stored["conversation"], after=found["n"])
    assert nothing == {"conversation": stored["conversation"], "n": found["n"], "events": [], "reload": False}


async def test_a_request_waits_until_there_is_news(shop: Shop) -> None:
    visitor = await caller(shop)
    stored = await visitor.say("Hello")
    waits = asyncio.create_task(
        visitor.get("events", conversation=stored["conversation"], after=stored["n"], wait_s=50)
    )
    await shop.until(lambda: shop.part.http.waiting == 1)
    assert shop.part.live.present(await visitor_of(shop))
    await shop.answer(stored["conversation"], "Here I am")
    assert said(await waits) == ["Here I am"]
    assert shop.part.http.waiting == 0
    assert not shop.part.live.present(await visitor_of(shop))


async def visitor_of(shop: Shop) -> str:
    def key(tx: Tx) -> str:
        found: str = tx.conn.execute(select(conversation.c.thread_key)).scalar_one()
        return found

    return await shop.world.db.read(key)


async def test_a_request_waits_for_what_is_no_message_too(shop: Shop) -> None:
    visitor = await caller(shop)
    stored = await visitor.say("Hello")
    waits = asyncio.create_task(
        visitor.get("events", conversation=stored["conversation"], after=stored["n"], wait_s=50)
    )
    await shop.until(lambda: shop.part.http.waiting == 1)

    def solve(tx: Tx) -> None:
        resolve(tx, get_conversation(tx, ConversationId(stored["conversation"])))

    await shop.world.db.run(solve)
    async with asyncio.timeout(30):
        assert {"kind": "status", "status": "resolved"} in [each["event"] for each in (await waits)["events"]]


async def test_a_session_under_another_scheme_is_none(shop: Shop) -> None:
    visitor = await caller(shop)
    answer = await shop.client.get("/live/app/events", headers={"Authorization": f"Basic {visitor.session}"})
    assert answer.status == 401


async def test_a_request_waits_for_the_first_conversation_too(shop: Shop) -> None:
    visitor = await caller(shop)
    waits = asyncio.create_task(visitor.get("events", wait_s=50))
    await shop.until(lambda: shop.part.http.waiting == 1)
    await visitor.say("Hello")
    assert said(await waits) == ["Hello"]


async def test_time_passes_without_news(shop: Shop) -> None:
    visitor = await caller(shop)
    assert await visitor.get("events", wait_s="0.01") == {
        "conversation": None,
        "n": 0,
        "events": [],
        "reload": False,
    }


async def test_whoever_waits_too_often_is_answered_early_and_a_server_that_stops_answers_all(
    tmp_path: Path,
) -> None:
    async with a_shop(tmp_path, LiveSettings(polls=1)) as shop:
        visitor = await caller(shop)
        first = asyncio.create_task(visitor.get("events", wait_s=50))
        await shop.until(lambda: shop.part.http.waiting == 1)
        second = asyncio.create_task(visitor.get("events", wait_s=50))
        assert (await first)["events"] == []
        await shop.until(lambda: shop.part.http.waiting == 1)
        shop.part.http._polling.close()
        assert (await second)["events"] == []


async def test_what_follows_a_closed_conversation_comes_when_that_has_been_read(shop: Shop) -> None:
    visitor = await caller(shop)
    old = await visitor.say("One")

    def close(tx: Tx) -> None:
        tx.conn.execute(update(conversation).values(status="closed", handler="nobody"))

    await shop.world.db.run(close)
    shop.world.clock.forward(1)
    new = await visitor.say("Two", key="k2")
    assert new["conversation"] != old["conversation"]
    assert await visitor.texts(conversation=old["conversation"]) == ["One"]
    found = await visitor.get("events", conversation=old["conversation"], after=old["n"])
    assert (found["conversation"], said(found)) == (new["conversation"], ["Two"])
    earlier = await visitor.get("conversations")
    assert [each["id"] for each in earlier["items"]] == [new["conversation"], old["conversation"]]
    assert said(await visitor.get(f"conversations/{old['conversation']}/events")) == ["One"]


async def test_too_much_missed_begins_anew(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(replay=2, messages_burst=100)) as shop:
        visitor = await caller(shop)
        for n in range(4):
            await visitor.say(str(n), key=str(n))
        found = await visitor.get("events")
        assert (found["reload"], found["n"]) == (True, 2)
        assert await visitor.texts(after=2) == ["2", "3"]
        assert (await visitor.get("events", after=99))["reload"]


async def test_reading_and_typing_reach_the_agents(shop: Shop) -> None:
    visitor = await caller(shop)
    stored = await visitor.say("Hello")
    reply = await shop.answer(stored["conversation"], "Hi")
    found = await visitor.get("events")
    await visitor.post("typing", 204, on=True)
    await visitor.post("read", 204, n=found["n"])

    def state(tx: Tx) -> tuple[str, int]:
        read: int = tx.conn.execute(select(conversation.c.read_n)).scalar_one()
        return tx.conn.execute(select(message.c.delivery).where(message.c.id == reply.id)).scalar_one(), read

    assert await shop.world.db.read(state) == ("read", found["n"])


async def test_a_socket_and_a_request_of_one_session_are_one_visitor(shop: Shop) -> None:
    visitor = await caller(shop)
    tab = await shop.visit(inbox="app", session=visitor.session)
    stored = await visitor.say("By request")
    await tab.event("message")
    assert (await tab.say("By socket", key="k2"))["conversation"] == stored["conversation"]
    assert await visitor.texts() == ["By request", "By socket"]


async def test_files_are_uploaded_and_named_in_a_message(shop: Shop) -> None:
    visitor = await caller(shop)
    file = await visitor.ask("POST", "uploads", 201, data=b"hello", skip_auto_headers=())
    await visitor.post("messages", 201, key="k1", uploads=[file["id"]])
    assert await visitor.texts() == ["file"]


async def test_a_session_that_its_visitor_ended_opens_nothing(shop: Shop) -> None:
    visitor = await caller(shop)
    await visitor.say("Hello")
    tab = await shop.visit(inbox="app", session=visitor.session)
    await visitor.ask("DELETE", "sessions", 204)
    await visitor.get("events", 401)
    while (last := await tab.ws.receive(timeout=30)).type is WSMsgType.TEXT:
        pass
    assert (last.type, last.data) == (WSMsgType.CLOSE, 1008)
    again = await caller(shop, session=visitor.session)
    assert (again.welcome["resumed"], again.welcome["conversation"]) == (False, None)


ASKED: dict[str, dict[str, object] | None] = {
    "messages": {"key": "k1", "text": "x"},
    "typing": {"on": True},
    "read": {"n": 1},
    "rate": {"score": 5},
    "uploads": {},
    "events": None,
    "conversations": None,
    "conversations/x/events": None,
}


@pytest.mark.parametrize("session", ["none", "nonsense", "a wrong secret", "another inbox's", "expired"])
async def test_without_a_session_of_this_inbox_nothing_is_done(shop: Shop, session: str) -> None:
    visitor = await caller(shop)
    own, other = visitor.session, await Caller(shop, "web").come()
    visitor.session = {
        "none": "",
        "nonsense": "nonsense",
        "a wrong secret": f"{own[:-4]}0000",
        "another inbox's": other.session,
        "expired": own,
    }[session]
    if session == "expired":
        shop.world.clock.forward(181 * 86_400)
    for what, body in ASKED.items():
        refused = await (visitor.get(what, 401) if body is None else visitor.post(what, 401, **body))
        assert refused["error"]["code"] == "session"
    assert shop.counted["live_session"] == len(ASKED)
    assert await rows(shop) == 0


async def test_somebody_elses_conversation_is_closed_to_a_session(shop: Shop) -> None:
    theirs = (await (await caller(shop)).say("Private"))["conversation"]
    thief = await caller(shop)
    await thief.say("Mine")
    body = {"on": True, "n": 1, "score": 1, "session": thief.session, "conversation": theirs}
    for what in (f"events?conversation={theirs}", f"conversations/{theirs}/events"):
        assert (await thief.get(what, 403))["error"]["code"] == "conversation"
    for what in ("typing", "read", "rate"):
        refused = await thief.post(f"{what}?conversation={theirs}", 403, **body)
        assert refused["error"]["code"] == "conversation"
    assert (await thief.post("sessions", 403, **body))["error"]["code"] == "conversation"
    assert shop.counted["live_conversation"] == 6
    assert [each["text"] for each in (await thief.get("conversations"))["items"]] == ["Mine"]


async def test_a_token_that_does_not_hold_is_401_and_nothing_is_stored(shop: Shop) -> None:
    await shop.configure("app", identity=PROVEN | {"required": True})
    attempts = [*forged().values(), None]
    for token in attempts:
        refused = await Caller(shop).post("sessions", 401, identity=token)
        assert refused["error"]["code"] == "identity"
    assert shop.counted["live_identity"] == len(attempts)
    assert await rows(shop, visitor_session) == 0


async def test_a_user_goes_on_where_they_were_on_another_device(shop: Shop) -> None:
    await shop.configure("app", identity=PROVEN)
    phone = await caller(shop, identity=a_token("u1"))
    await phone.say("From the phone")
    laptop = await caller(shop, identity=a_token("u1"))
    assert await laptop.texts() == ["From the phone"]


async def test_a_page_of_another_site_gets_nothing(shop: Shop) -> None:
    for path in ("sessions", "messages", "uploads"):
        headers = {"Origin": "https://evil.example"}
        answer = await shop.client.post(f"/live/app/{path}", headers=headers, json={})
        assert answer.status == 403
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert shop.counted["live_origin"] == 3
    assert await rows(shop, visitor_session) == 0


async def test_a_page_of_the_inboxs_site_may_call_and_read_refusals(shop: Shop) -> None:
    await shop.configure("app", origins=["https://shop.example"])
    headers = {"Origin": "https://shop.example"}
    asked = await shop.client.options("/live/app/messages", headers=headers)
    assert asked.status == 204
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
    refused = await shop.client.post("/live/app/messages", headers=headers, json={})
    assert (refused.status, refused.headers["Access-Control-Allow-Origin"]) == (401, "https://shop.example")


async def test_what_is_wrong_is_named(shop: Shop) -> None:
    visitor = await caller(shop)
    for body, field in (({"key": "k", "text": 7}, "text"), ({"text": "x"}, "key"), ({"key": "k"}, "text")):
        refused = await visitor.ask("POST", "messages", 422, json=body)
        assert refused["error"]["field"] == field
    assert (await visitor.get("events", 422, after="-1"))["error"]["field"] == "after"
    assert (await visitor.get("events", 422, wait_s="soon"))["error"]["field"] == "wait_s"
    assert await rows(shop) == 0


async def test_too_many_requests_are_told_when_to_come_again(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(messages_burst=1, messages_per_s=0.5)) as shop:
        visitor = await caller(shop)
        await visitor.say("One")
        refused = await shop.client.post(
            "/live/app/messages",
            headers={"Authorization": f"Bearer {visitor.session}"},
            json={"key": "k2", "text": "Two"},
        )
        assert (refused.status, refused.headers["Retry-After"]) == (429, "2")
        assert shop.counted["live_rate"] == 1


async def test_what_waits_for_news_hears_none_once_its_session_ended(shop: Shop) -> None:
    visitor = await caller(shop)
    stored = await visitor.say("Hello")
    place = f"conversation={stored['conversation']}&after={stored['n']}"
    waits = asyncio.create_task(visitor.ask("GET", f"events?{place}&wait_s=50", 401))
    await shop.until(lambda: shop.part.http.waiting == 1)
    await shop.world.db.run(end_session, await visitor_of(shop))
    await shop.answer(stored["conversation"], "Are you there?")
    assert (await waits)["error"]["code"] == "session"


async def test_who_was_there_before_everybody_had_to_be_proven_is_nobody_now(shop: Shop) -> None:
    stranger = await caller(shop)
    await shop.configure("app", identity={**PROVEN, "required": True})
    refused = await stranger.post("messages", 401, key="k1", text="Still here")
    assert refused["error"]["code"] == "identity"
    known = await caller(shop, identity=a_token("u1"))
    assert (await known.say("Hello"))["type"] == "stored"
    assert await rows(shop) == 1


async def test_coming_again_and_again_is_limited(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(frames_burst=3, frames_per_s=0.5)) as shop:
        visitor = await caller(shop)
        for _ in range(3):
            await visitor.post("sessions", 200, session=visitor.session)
        refused = await visitor.post("sessions", 429, session=visitor.session)
        assert refused["error"]["code"] == "rate"
