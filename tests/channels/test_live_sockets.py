"""Live visitors through real sockets: resuming, tabs, refusals; nothing lost, nothing doubled."""

import pytest
from aiohttp import WSServerHandshakeError
from sqlalchemy import func, select

from core import lifecycle
from core.bus import Transient
from core.conversation import Cause
from core.events import conversation_topic
from core.ids import AgentId, ArticleId, ConversationId
from core.message import ArticleCard, Buttons, ByAgent, DeliveryState, Message, Option
from core.store.conversations import find_point, get_conversation, get_inbox
from core.store.messages import get_message
from core.store.tables.conversation import message as message_table
from core.store.tx import Tx
from tests.channels.shop import Shop


async def stored_messages(shop: Shop) -> int:
    def count(tx: Tx) -> int:
        return int(tx.conn.execute(select(func.count()).select_from(message_table)).scalar_one())

    return await shop.world.db.read(count)


def take(tx: Tx, conversation: str, agent: str = "ada") -> None:
    before = get_conversation(tx, ConversationId(conversation))
    lifecycle.assign(tx, before, AgentId(agent), cause=Cause.TAKEN)


async def test_a_visitor_writes_and_reads_the_answer(shop: Shop) -> None:
    visitor = await shop.visit()
    stored = await visitor.say("Where is my parcel?")
    assert stored["type"] == "stored"
    assert stored["key"] == "k1"
    mine = await visitor.event("message")
    assert mine["n"] == stored["n"] == 1
    assert mine["event"]["message"]["key"] == "k1"
    await shop.answer(stored["conversation"], "On its way.")
    theirs = await visitor.event("message", 2)
    assert theirs["event"]["message"]["author"] == {"kind": "bot", "name": None}
    assert visitor.texts == ["Where is my parcel?", "On its way."]


async def test_the_same_frame_twice_is_stored_once_and_confirmed_twice(shop: Shop) -> None:
    visitor = await shop.visit()
    first = await visitor.say("Hello", key="same")
    again = await visitor.say("Hello", key="same")
    assert first == again
    await visitor.event("message")
    assert await visitor.silent()
    assert await stored_messages(shop) == 1


async def test_a_visitor_comes_back_and_gets_exactly_what_they_missed(shop: Shop) -> None:
    visitor = await shop.visit()
    stored = await visitor.say("One")
    await visitor.event("message")
    await visitor.ws.close()
    await shop.answer(stored["conversation"], "Two")
    await shop.answer(stored["conversation"], "Three", key="r2")
    back = await shop.visit(session=visitor.session, conversation=stored["conversation"], n=1)
    assert back.welcome["resumed"] is True
    await back.event("message", 2)
    assert back.texts == ["Two", "Three"]
    assert [each["n"] for each in back.events] == [2, 3]


async def test_a_new_page_gets_the_open_conversation_from_its_beginning(shop: Shop) -> None:
    visitor = await shop.visit()
    stored = await visitor.say("One")
    await shop.answer(stored["conversation"], "Two")
    page = await shop.visit(session=visitor.session)
    assert page.welcome["conversation"]["id"] == stored["conversation"]
    await page.event("message", 2)
    assert page.texts == ["One", "Two"]


async def test_two_tabs_see_the_same_once_each(shop: Shop) -> None:
    one = await shop.visit()
    two = await shop.visit(session=one.session)
    stored = await one.say("From the first tab")
    await two.event("message")
    await two.say("From the second", key="k2")
    await shop.answer(stored["conversation"], "Answer")
    for tab in (one, two):
        await tab.event("message", 3)
        assert tab.texts == ["From the first tab", "From the second", "Answer"]
        assert [each["n"] for each in tab.events] == [1, 2, 3]
        assert await tab.silent()


async def test_after_a_closed_conversation_a_message_begins_a_new_one(shop: Shop) -> None:
    visitor = await shop.visit()
    first = await visitor.say("One")

    def close(tx: Tx) -> None:
        lifecycle.close(tx, get_conversation(tx, ConversationId(first["conversation"])))

    await shop.world.db.run(close)
    await visitor.event("status")
    second = await visitor.say("Two", key="k2")
    assert second["conversation"] != first["conversation"]
    assert second["n"] == 1
    fresh = await visitor.event("message", 2)
    assert fresh["conversation"] == second["conversation"]


async def test_a_closed_conversation_is_shown_to_the_page_that_names_it(shop: Shop) -> None:
    visitor = await shop.visit()
    stored = await visitor.say("One")

    def close(tx: Tx) -> None:
        lifecycle.close(tx, get_conversation(tx, ConversationId(stored["conversation"])))

    await shop.world.db.run(close)
    back = await shop.visit(session=visitor.session, conversation=stored["conversation"])
    assert back.welcome["conversation"]["status"] == "closed"
    await back.event("message")
    new = await shop.visit(session=visitor.session)
    assert new.welcome["conversation"] is None


async def test_an_agent_who_writes_first_reaches_the_visitor_who_is_there(shop: Shop) -> None:
    visitor = await shop.visit()
    await visitor.say("Hello")

    def begin(tx: Tx) -> str:
        before = get_conversation(tx, ConversationId(visitor.events[0]["conversation"]))
        lifecycle.close(tx, before)
        address = before.thread_key
        point = find_point(tx, "widget", address)
        assert point is not None
        return lifecycle.write_first(
            tx, get_inbox(tx, before.inbox), point, lifecycle.Opening(address), AgentId("ada")
        ).id

    await visitor.event("message")
    conversation = await shop.world.db.run(begin)
    await shop.answer(conversation, "We have news", author=ByAgent(AgentId("ada")))
    news = await visitor.event("message", 2)
    assert news["conversation"] == conversation
    assert news["event"]["message"]["author"] == {"kind": "agent", "name": "Ada"}


async def test_the_visitor_sees_who_joins_and_leaves_but_no_note(shop: Shop) -> None:
    visitor = await shop.visit()
    stored = await visitor.say("A person, please")
    await shop.world.db.run(take, stored["conversation"])
    joined = await visitor.event("joined")
    assert joined["event"]["name"] == "Ada"

    def back(tx: Tx) -> None:
        before = get_conversation(tx, ConversationId(stored["conversation"]))
        lifecycle.to_queue(tx, before, before.queue, cause=Cause.TRANSFERRED)

    await shop.world.db.run(back)
    left = await visitor.event("left")
    assert left["event"]["handler"] == "queue"
    assert [each["n"] for each in visitor.events] == [1, 2, 3]


async def test_parts_travel_in_their_own_form(shop: Shop) -> None:
    visitor = await shop.visit()
    stored = await visitor.say("<b>Hi</b>")
    await shop.answer(
        stored["conversation"],
        ArticleCard(ArticleId("a1"), "en", "Returns", "Within 30 days"),
        Buttons((Option("y", "Yes", "/affirm"),)),
    )
    theirs = (await visitor.event("message", 2))["event"]["message"]["parts"]
    assert theirs == [
        {"type": "article", "article": "a1", "title": "Returns", "excerpt": "Within 30 days", "url": None},
        {"type": "buttons", "options": [{"id": "y", "label": "Yes"}]},
    ]
    assert visitor.texts[0] == "<b>Hi</b>"


async def test_a_pressed_button_says_its_label(shop: Shop) -> None:
    visitor = await shop.visit()
    stored = await visitor.say("Hi")
    offered = await shop.answer(stored["conversation"], Buttons((Option("y", "Yes", "/affirm"),)))
    await visitor.event("message", 2)
    await visitor.say("Anything", key="k2", choice={"message": offered.id, "option": "y"})
    chosen = await visitor.event("message", 3)
    assert chosen["event"]["message"]["parts"] == [
        {"type": "choice", "message": offered.id, "option": "y", "label": "Yes"}
    ]


async def test_a_button_that_nobody_offered_is_refused(shop: Shop) -> None:
    visitor, stranger = await shop.visit(), await shop.visit()
    stored = await visitor.say("Hi")
    offered = await shop.answer(stored["conversation"], Buttons((Option("y", "Yes", "/affirm"),)))
    for who, choice in (
        (visitor, {"message": offered.id, "option": "made-up"}),
        (visitor, {"message": "made-up", "option": "y"}),
        (stranger, {"message": offered.id, "option": "y"}),
    ):
        error = await who.say("", key="k2", choice=choice)
        assert (error["type"], error["field"], error["key"]) == ("error", "choice", "k2")


@pytest.mark.parametrize(
    ("frame", "code", "field"),
    [
        ('{"type":"message","key":"k","text":"  "}', "empty", "text"),
        ('{"type":"message","key":"k","text":"' + "x" * 16_385 + '"}', "too_large", "text"),
        ('{"type":"message","key":"k","text":"' + "好" * 6000 + '"}', "too_large", "text"),
        ('{"type":"message","key":"k","text":"' + "x" * 500_000 + '"}', "too_large", "text"),
        ('{"type":"message","key":"","text":"x"}', "malformed", "key"),
        ('{"type":"message","text":"x"}', "malformed", "key"),
        ('{"type":"message","key":"k","text":7}', "malformed", "text"),
        ('{"type":"message","key":"k","text":"x","uploads":["","","","","",""]}', "too_large", "uploads"),
        ('{"type":"message","key":"k","text":"x","uploads":["not-mine"]}', "upload", "uploads"),
        ('{"type":"message","key":"k","text":"x","choice":"yes"}', "malformed", "choice"),
        ('{"type":"sing"}', "unknown_type", "type"),
        ('{"key":"k"}', "unknown_type", "type"),
        ("{", "malformed", "frame"),
        ("", "malformed", "frame"),
        ("[]", "malformed", "frame"),
        ('{"x":' + "[" * 200_000, "malformed", "frame"),
        ('{"type":"message","key":"k","text":' + "[" * 200_000, "malformed", "text"),
        ('{"type":"read","n":"many"}', "malformed", "n"),
        ('{"type":"read","n":-1}', "malformed", "n"),
        ('{"type":"hello","language":"' + "x" * 36 + '"}', "malformed", "language"),
        ('{"type":"hello","n":99999999999999999999}', "malformed", "n"),
    ],
)
async def test_a_bad_frame_gets_an_error_that_names_the_field_and_the_socket_lives_on(
    shop: Shop, frame: str, code: str, field: str
) -> None:
    visitor = await shop.visit()
    await visitor.ws.send_str(frame)
    error = await visitor.until("error")
    assert (error["code"], error["field"]) == (code, field)
    assert error["expected"]
    assert (await visitor.say("Still here", key="next"))["type"] == "stored"
    assert await stored_messages(shop) == 1
    assert shop.counted[f"live_{code}"] == 1


async def test_a_binary_frame_is_refused_and_the_socket_lives_on(shop: Shop) -> None:
    visitor = await shop.visit()
    await visitor.ws.send_bytes(b"\x00\xff")
    assert (await visitor.until("error"))["field"] == "frame"
    assert await visitor.silent()


async def test_a_frame_before_hello_is_refused(shop: Shop) -> None:
    visitor = await shop.connect()
    error = await visitor.say("Hello?")
    assert (error["code"], error["key"]) == ("hello", "k1")


async def test_a_conversation_of_somebody_else_is_refused_and_counted(shop: Shop) -> None:
    victim, thief = await shop.visit(), await shop.visit()
    stored = await victim.say("My secret")
    await thief.send("hello", session=thief.session, language="en", conversation=stored["conversation"], n=0)
    error = await thief.until("error")
    assert (error["code"], error["field"]) == ("conversation", "conversation")
    assert shop.counted["live_conversation"] == 1
    assert not thief.events
    assert await thief.silent()


async def test_a_wrong_or_foreign_session_becomes_a_new_visitor(shop: Shop) -> None:
    victim = await shop.visit()
    stored = await victim.say("My secret")
    forged = victim.session[:-3] + "xxx"
    for token in (forged, "v1.nobody." + "x" * 32, "nonsense", ""):
        other = await shop.visit(session=token, conversation=stored["conversation"])
        assert other.welcome["resumed"] is False
        assert other.welcome["conversation"] is None
        assert other.session != victim.session


async def test_an_expired_session_is_over(shop: Shop) -> None:
    visitor = await shop.visit()
    shop.world.clock.forward(181 * 86_400)
    back = await shop.visit(session=visitor.session)
    assert back.welcome["resumed"] is False


async def test_a_session_in_use_does_not_expire(shop: Shop) -> None:
    visitor = await shop.visit()
    for _ in range(4):
        shop.world.clock.forward(100 * 86_400)
        assert (await shop.visit(session=visitor.session)).welcome["resumed"] is True


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://shop.example.evil.example"])
async def test_a_socket_from_another_origin_is_refused_and_counted(shop: Shop, origin: str) -> None:
    await shop.configure(origins=["https://shop.example"])
    with pytest.raises(WSServerHandshakeError) as refused:
        await shop.connect(origin=origin)
    assert refused.value.status == 403
    assert shop.counted["live_origin"] == 1


async def test_the_inboxs_own_sites_and_our_own_pages_may_connect(shop: Shop) -> None:
    await shop.configure(origins=["https://shop.example"])
    await shop.visit(origin="https://shop.example")
    await shop.visit(origin=str(shop.client.make_url("")).rstrip("/"))


async def test_an_inbox_that_is_of_another_kind_or_unknown_has_no_socket(shop: Shop) -> None:
    for inbox in ("loop", "nowhere"):
        with pytest.raises(WSServerHandshakeError) as refused:
            await shop.connect(inbox=inbox)
        assert refused.value.status == 404


async def test_the_look_of_an_inbox_is_told_in_the_visitors_language(shop: Shop) -> None:
    await shop.configure(color="#abc", position="left", greeting={"en": "Hi!", "zh": "您好！"})
    answer = await shop.client.get("/live/web/config?language=zh-CN")
    inbox = (await answer.json())["inbox"]
    assert inbox["name"] == "Web"
    assert inbox["brand"] == {"color": "#abc", "position": "left"}
    assert inbox["greeting"] == "您好！"
    assert inbox["languages"] == ["en", "zh"]
    visitor = await shop.visit(language="en")
    assert visitor.welcome["inbox"]["greeting"] == "Hi!"


@pytest.mark.parametrize(("inbox", "status"), [("web", 403), ("nowhere", 404)])
async def test_a_page_can_read_why_it_may_not_show_an_inbox(shop: Shop, inbox: str, status: int) -> None:
    answer = await shop.client.get(f"/live/{inbox}/config", headers={"Origin": "https://evil.example"})
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (status, "*")


async def test_typing_goes_both_ways_and_is_never_stored(shop: Shop) -> None:
    visitor = await shop.visit()
    stored = await visitor.say("Hi")
    await visitor.event("message")
    heard: list[Transient] = []
    shop.world.bus.listen(Transient, heard.append)
    await visitor.send("typing", on=True)
    assert await visitor.silent()
    assert [(each.kind, each.data["who"], each.data["on"]) for each in heard] == [("typing", "contact", True)]
    topic = conversation_topic(ConversationId(stored["conversation"]))
    shop.world.bus.publish(Transient(topic, "typing", {"who": "agent", "name": "Ada", "on": True}))
    assert await visitor.until("typing") == {"type": "typing", "who": "agent", "on": True}


async def test_what_a_visitor_has_read_is_remembered(shop: Shop) -> None:
    visitor = await shop.visit()
    stored = await visitor.say("Hi")
    await visitor.event("message")
    await visitor.send("read", n=1)
    await visitor.send("read", n=99)
    assert (await visitor.until("read"))["n"] == 1
    assert await visitor.silent()

    def marks(tx: Tx) -> tuple[int, int]:
        row = tx.conn.exec_driver_sql("SELECT read_n, seen_n FROM conversation").one()
        return row.read_n, row.seen_n

    assert stored["n"] == 1
    # What agents have seen (``seen_n``) is another matter: it stays unread for them.
    assert await shop.world.db.read(marks) == (1, 0)


async def test_replies_are_read_once_the_visitor_says_so(shop: Shop) -> None:
    visitor = await shop.visit()
    conversation = (await visitor.say("Hi"))["conversation"]
    first = await shop.answer(conversation, "Hello", key="r1")
    shown = await visitor.event("message", 2)
    await visitor.send("read", n=shown["n"])
    assert await visitor.silent()
    later = await shop.answer(conversation, "Anything else?", key="r2")

    async def state(message: Message) -> DeliveryState | None:
        delivery = (await shop.world.db.read(get_message, message.id)).delivery
        return None if delivery is None else delivery.state

    assert (await state(first), await state(later)) == (DeliveryState.READ, DeliveryState.SENT)


async def test_a_text_with_a_nul_is_stored_without_it(shop: Shop) -> None:
    visitor = await shop.visit()
    await visitor.say("a\x00b")
    await visitor.event("message")
    assert visitor.texts == ["ab"]


async def test_a_fault_of_ours_is_told_and_the_socket_lives_on(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = await shop.visit()
    with monkeypatch.context() as broken:
        broken.setattr("channels.live.saying.receive", lambda *_given, **_named: 1 / 0)
        error = await visitor.say("Hi")
    assert (error["code"], error["key"]) == ("internal", "k1")
    assert "ZeroDivisionError" in caplog.text
    assert (await visitor.say("Hi"))["type"] == "stored"
