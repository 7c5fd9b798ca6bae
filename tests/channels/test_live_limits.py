"""How much a visitor, a socket and an address may do, and what a slow or long-gone reader gets."""

from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError

from channels.live import floods, sockets
from channels.live import inbound as visitors
from channels.live import protocol as wire
from channels.live.order import Order
from channels.live.saying import Said, Saying
from channels.live.settings import LiveSettings
from core.bus import Transient
from core.errors import Unavailable
from core.events import MessageReceived, conversation_topic
from core.ids import ConversationId
from core.inbox import Inbox
from core.store.messages import read_events
from tests.builders import MORNING
from tests.channels.shop import Visitor, a_shop


async def test_too_many_messages_are_refused_for_a_while(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(messages_burst=2, messages_per_s=1.0)) as shop:
        visitor = await shop.visit()
        answers = [await visitor.say("x", key=str(n)) for n in range(3)]
        assert [each["type"] for each in answers] == ["stored", "stored", "error"]
        refused = answers[2]
        assert (refused["code"], refused["key"], refused["retry_after_s"]) == ("rate", "2", 1)
        shop.world.clock.forward(1)
        assert (await visitor.say("x", key="2"))["type"] == "stored"


async def test_what_comes_behind_a_refused_message_waits_for_it_so_that_the_order_stays(
    tmp_path: Path,
) -> None:
    async with a_shop(tmp_path, LiveSettings(messages_burst=1, messages_per_s=1.0)) as shop:
        visitor = await shop.visit()
        _ = await visitor.say("one", key="1")
        assert (await visitor.say("two", key="2"))["code"] == "rate"
        shop.world.clock.forward(1)
        early = await visitor.say("three", key="3")
        assert (early["code"], early["key"], early["retry_after_s"]) == ("rate", "3", 1)
        assert (await visitor.say("two", key="2"))["type"] == "stored"
        shop.world.clock.forward(1)
        assert (await visitor.say("three", key="3"))["type"] == "stored"
        await visitor.event("message", 3)
        assert visitor.texts == ["one", "two", "three"]


async def test_a_refused_message_that_never_comes_again_holds_nothing_up_for_long(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(messages_burst=1, messages_per_s=1.0, held_back_s=3)) as shop:
        visitor = await shop.visit()
        _ = await visitor.say("one", key="1")
        assert (await visitor.say("two", key="2"))["code"] == "rate"
        # It may come again after a second.
        shop.world.clock.forward(3.9)
        assert (await visitor.say("three", key="3"))["code"] == "rate"
        shop.world.clock.forward(0.1)
        assert (await visitor.say("three", key="3"))["type"] == "stored"


async def test_a_refused_message_that_is_wrong_when_it_comes_again_holds_nothing_up(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(messages_burst=1, messages_per_s=1.0)) as shop:
        visitor = await shop.visit()
        _ = await visitor.say("one", key="1")
        assert (await visitor.say("two", key="2"))["code"] == "rate"
        shop.world.clock.forward(1)
        await visitor.send("message", key="2", text=2)
        assert (await visitor.until("error"))["code"] == "malformed"
        assert (await visitor.say("three", key="3"))["type"] == "stored"


def test_the_first_stays_first_however_often_it_is_refused() -> None:
    order, later = Order(), Unavailable("later")
    order.refused("1", later, MORNING + timedelta(seconds=5))
    order.refused("1", later, MORNING + timedelta(seconds=9))
    with pytest.raises(Unavailable):
        order.check("2", MORNING + timedelta(seconds=8))
    order.refused("2", later, MORNING + timedelta(seconds=60))
    order.check("2", MORNING + timedelta(seconds=9))


async def test_a_message_that_a_database_could_not_take_for_a_moment_stays_before_what_was_said_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say, failing = Saying.say, ["1"]

    async def now_and_then(self: Saying, inbox: Inbox, visitor: visitors.Visitor, said: wire.Say) -> Said:
        if said.key in failing:
            failing.remove(said.key)
            raise Unavailable("the database does not answer")
        return await say(self, inbox, visitor, said)

    monkeypatch.setattr(Saying, "say", now_and_then)
    async with a_shop(tmp_path) as shop:
        visitor = await shop.visit()
        refused = [await visitor.say("x", key=key) for key in ("1", "2", "3")]
        assert [(each["code"], each["key"]) for each in refused] == [
            ("unavailable", str(n)) for n in (1, 2, 3)
        ]
        assert [(await visitor.say("x", key=key))["type"] for key in ("1", "2", "3")] == ["stored"] * 3


async def test_a_flood_of_frames_is_refused_and_counted(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(frames_burst=3)) as shop:
        visitor = await shop.visit()
        for _ in range(3):
            await visitor.send("ping")
        assert (await visitor.until("error"))["code"] == "rate"
        assert shop.counted["live_rate"] == 1


async def test_more_than_is_ever_replayed_begins_with_the_newest(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(replay=3, messages_burst=100)) as shop:
        visitor = await shop.visit()
        for n in range(8):
            await visitor.say(str(n), key=str(n))
        page = await shop.visit(session=visitor.session)
        assert page.welcome["conversation"]["after"] == 5
        await page.event("message", 3)
        assert page.texts == ["5", "6", "7"]


async def test_an_address_holds_so_many_sockets_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "is_here", lambda _address: False)
    async with a_shop(tmp_path, LiveSettings(sockets_per_address=2)) as shop:
        first, _second = await shop.visit(), await shop.visit()
        with pytest.raises(WSServerHandshakeError) as refused:
            await shop.visit()
        assert refused.value.status == 429
        assert refused.value.headers is not None
        assert refused.value.headers["Retry-After"] == "30"
        assert shop.counted["live_address"] == 1
        await first.ws.close()
        await shop.until(lambda: shop.part.http.sockets == 1)
        await shop.visit()


async def test_behind_a_proxy_on_this_machine_each_has_sockets_of_their_own(tmp_path: Path) -> None:
    """And what they say of others themselves stands before what the proxy says of them."""
    async with a_shop(tmp_path, LiveSettings(sockets_per_address=1)) as shop:

        async def opened(told: str) -> None:
            await shop.client.ws_connect("/live/web/socket", headers={"X-Forwarded-For": told})

        await opened("203.0.113.7")
        await opened("203.0.113.8")
        await opened("2001:db8:1:1::7")
        await opened("2001:db8:1:2::7")
        for told in ("198.51.100.1, 203.0.113.7", "127.0.0.1, 203.0.113.8", "2001:db8:1:1::8"):
            with pytest.raises(WSServerHandshakeError) as refused:
                await opened(told)
            assert refused.value.status == 429


async def test_what_is_said_names_its_network_to_the_bot_and_no_address(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:

        async def named(key: str, told: str | None) -> str | None:
            headers = {} if told is None else {"X-Forwarded-For": told}
            visitor = Visitor(await shop.client.ws_connect("/live/web/socket", headers=headers))
            await visitor.hello()
            topic = conversation_topic((await visitor.say("Hello", key))["conversation"])
            events = await shop.world.db.read(lambda tx: read_events(tx, topic, 0, 10))
            [received] = [each.event for each in events if isinstance(each.event, MessageReceived)]
            return received.network

        one = await named("k1", "203.0.113.7")
        assert one is not None
        assert "203.0.113" not in one
        assert await named("k2", "203.0.113.7") == one
        assert await named("k3", "203.0.113.8") not in {one, None}
        assert await named("k4", None) is None


async def test_an_address_gets_so_many_new_sessions_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floods, "is_here", lambda _address: False)
    async with a_shop(tmp_path, LiveSettings(sessions_burst=1)) as shop:
        known = await shop.visit()
        stranger = await shop.connect()
        await stranger.send("hello", session=None, language="en", conversation=None, n=0)
        refused = await stranger.until("error")
        assert (refused["code"], refused["retry_after_s"]) == ("rate", 0.5)
        assert (await shop.visit(session=known.session)).welcome["resumed"] is True


async def test_a_reader_that_does_not_keep_up_is_dropped_and_counted(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(queue=10)) as shop:
        visitor, other = await shop.visit(), await shop.visit()
        stored = await visitor.say("Hi")
        await visitor.event("message")
        topic = conversation_topic(ConversationId(stored["conversation"]))
        for _ in range(11):
            # All at once: the writer has no chance in between.
            shop.world.bus.publish(Transient(topic, "typing", {"who": "bot", "on": True}))
        await shop.until(lambda: shop.part.http.sockets == 1)
        assert shop.counted["live_slow"] == 1
        assert await other.silent()
        back = await shop.visit(session=visitor.session, conversation=stored["conversation"], n=1)
        assert await back.silent()


async def test_more_was_missed_than_may_wait_and_all_of_it_comes(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(queue=10, messages_burst=100)) as shop:
        visitor = await shop.visit()
        for n in range(30):
            await visitor.say(str(n), key=str(n))
        page = await shop.visit(session=visitor.session)
        await page.event("message", 30)
        assert shop.counted["live_slow"] == 0


async def test_an_inbox_takes_so_many_messages_whoever_sends_them(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(inbox_messages_burst=2, inbox_messages_per_s=0.5)) as shop:
        first, second = await shop.visit(), await shop.visit()
        answers = [await who.say("x", key=str(n)) for n, who in enumerate((first, second, first))]
        assert [each["type"] for each in answers] == ["stored", "stored", "error"]
        assert (answers[2]["code"], answers[2]["retry_after_s"]) == ("rate", 2)
        assert shop.counted["live_rate"] == 1
        shop.world.clock.forward(2)
        assert (await second.say("x", key="3"))["type"] == "stored"


async def test_an_inbox_makes_so_many_new_sessions(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(inbox_sessions_burst=1, inbox_sessions_per_s=0.1)) as shop:
        await shop.visit()
        stranger = await shop.connect()
        await stranger.send("hello", session=None, language="en", conversation=None, n=0)
        assert (await stranger.until("error"))["retry_after_s"] == 10


async def test_an_address_stores_so_much_through_however_many_sessions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floods, "is_here", lambda _address: False)
    async with a_shop(tmp_path, LiveSettings(address_messages_burst=1, address_uploads_burst=0)) as shop:
        first, second = await shop.visit(), await shop.visit()
        assert (await first.say("x"))["type"] == "stored"
        assert (await second.say("x"))["code"] == "rate"
        refused = await shop.client.post(
            "/live/web/uploads", data=b"x", headers={"Authorization": f"Bearer {first.session}"}
        )
        assert (refused.status, refused.headers["Retry-After"]) == (429, "1")


async def test_what_one_limit_refuses_uses_up_no_other(tmp_path: Path) -> None:
    async with a_shop(
        tmp_path, LiveSettings(messages_burst=1, messages_per_s=1, inbox_messages_burst=2)
    ) as shop:
        greedy, other = await shop.visit(), await shop.visit()
        for n in range(5):
            await greedy.say("x", key=str(n))
        assert (await other.say("x"))["type"] == "stored"


async def test_hello_again_and_again_is_refused(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(hellos_burst=2)) as shop:
        visitor = await shop.visit()
        await visitor.hello(session=visitor.session)
        await visitor.send("hello", session=visitor.session, language="en", conversation=None, n=0)
        assert (await visitor.until("error"))["retry_after_s"] == 2


async def test_a_socket_that_never_says_hello_is_closed(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(hello_s=0)) as shop:
        silent = await shop.connect()
        closed = await silent.ws.receive(timeout=30)
        assert (closed.type, closed.data) == (WSMsgType.CLOSE, 1008)
        assert shop.counted["live_no_hello"] == 1


async def test_who_has_said_hello_may_be_silent(tmp_path: Path) -> None:
    async with a_shop(tmp_path, LiveSettings(hello_s=0.2)) as shop:
        visitor, silent = await shop.visit(), await shop.connect()
        await silent.ws.receive(timeout=30)
        assert await visitor.silent()
