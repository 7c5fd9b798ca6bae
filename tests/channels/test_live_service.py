"""What visitors are told and may do beside talking, through real sockets."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from core import lifecycle
from core.answer import Handoff
from core.claims import claims_of
from core.conversation import AssignedTo, WithBot
from core.ids import AgentId, ConversationId
from core.store.conversations import get_conversation, peek_conversation
from core.store.tables.conversation import conversation as table
from core.store.tables.conversation import participant, rating
from core.store.tables.people import contact
from core.store.tx import Tx
from tests.builders import MORNING
from tests.channels.around import Stands
from tests.channels.shop import Shop
from tests.contracts.mail import CONFIG

TOPIC = {
    "key": "topic",
    "label": {"en": "About"},
    "kind": "choice",
    "options": [{"en": "Order"}, {"en": "Else"}],
}
MAIL = {"key": "mail", "label": {"en": "E-mail", "zh": "邮箱"}, "kind": "email", "required": True}
NAME = {"key": "name", "label": {"en": "Name"}}


async def test_hello_tells_what_is_asked_and_offered_and_who_is_there(shop: Shop) -> None:
    await shop.configure(questions=[TOPIC, MAIL], rating=True, articles=True, mail="post")
    shop.around.open, shop.around.expected = True, 40
    welcome = (await shop.visit(language="zh")).welcome
    assert [each["label"] for each in welcome["inbox"]["questions"]] == ["About", "邮箱"]
    assert welcome["inbox"]["offers"] == {"rating": True, "articles": True, "mail": True, "prove": ["email"]}
    assert welcome["service"] == {"open": True, "opens_at": None, "expected_wait_s": 40}


async def test_out_of_hours_it_says_when_they_are_next_and_promises_no_wait(shop: Shop) -> None:
    shop.around.open, shop.around.opens, shop.around.expected = False, MORNING + timedelta(hours=9), 40
    welcome = (await shop.visit()).welcome
    assert welcome["service"] == {
        "open": False,
        "opens_at": "2026-03-02T18:00:00Z",
        "expected_wait_s": None,
    }


async def test_answers_and_the_page_stand_with_the_conversation(shop: Shop) -> None:
    await shop.configure(questions=[TOPIC, MAIL, NAME], mail="post")
    visitor = await shop.visit(
        page={"url": "https://me:secret@shop.example/lamp?color=red#top", "title": "Lamp"}
    )
    said = await visitor.say("Hi", details={"topic": "Order", "mail": "Ada@Example.org", "name": "Ada"})
    row = await shop.world.db.read(_row, said["conversation"])
    assert row.context == {
        "page": "https://shop.example/lamp?color=red",
        "topic": "Order",
        "mail": "ada@example.org",
        "name": "Ada",
    }
    assert await shop.world.db.read(_contact_name, row.contact_id) == "Ada"


async def test_an_address_that_was_asked_for_is_a_claim_and_proves_nothing(shop: Shop) -> None:
    await shop.configure(questions=[MAIL])
    visitor = await shop.visit()
    said = await visitor.say("Hi", details={"mail": "ada@example.org"})
    who = (await shop.world.db.read(peek_conversation, ConversationId(said["conversation"]))).contact
    [claim] = await shop.world.db.read(claims_of, [who])
    assert (claim.kind, claim.value, claim.source) == ("email", "ada@example.org", "asked")


async def test_what_is_required_is_asked_of_who_writes_for_the_first_time_only(shop: Shop) -> None:
    await shop.configure(questions=[MAIL])
    visitor = await shop.visit()
    refused = await visitor.say("Hi", key="k1")
    assert (refused["code"], refused["field"], refused["key"]) == ("details", "details.mail", "k1")
    assert (await visitor.say("Hi", key="k1", details={"mail": "no"}))["code"] == "details"
    assert await shop.world.db.read(_conversations) == 0
    first = await visitor.say("Hi", key="k1", details={"mail": "ada@example.org"})
    assert (await visitor.say("And", key="k2"))["type"] == "stored"
    await shop.world.db.run(_close, first["conversation"])
    assert (await visitor.say("Again", key="k3"))["type"] == "stored"


async def test_the_page_follows_the_visitor(shop: Shop) -> None:
    visitor = await shop.visit(page={"url": "https://shop.example/lamp"})
    said = await visitor.say("Hi")
    await shop.visit(session=visitor.session, page={"url": "https://shop.example/cart"})
    assert (await shop.world.db.read(_row, said["conversation"])).context == {
        "page": "https://shop.example/cart"
    }
    await shop.visit(session=visitor.session, page={"url": "javascript:alert(1)"})
    await shop.visit(session=visitor.session)
    assert (await shop.world.db.read(_row, said["conversation"])).context == {
        "page": "https://shop.example/cart"
    }


async def test_all_devices_learn_what_was_read_on_one_and_a_new_one_is_told(shop: Shop) -> None:
    visitor = await shop.visit()
    said = await visitor.say("Hi")
    await shop.answer(said["conversation"], "Hello")
    other = await shop.visit(session=visitor.session)
    await visitor.event("message", 2)
    await other.event("message", 2)
    await visitor.send("read", n=2)
    for tab in (visitor, other):
        assert await tab.until("read") == {"type": "read", "conversation": said["conversation"], "n": 2}
    await visitor.send("read", n=1)
    assert await visitor.silent()
    assert await other.silent()
    third = await shop.visit(session=visitor.session)
    assert third.welcome["conversation"]["read"] == 2


async def test_what_one_has_read_no_other_visitor_learns(shop: Shop) -> None:
    visitor, stranger = await shop.visit(), await shop.visit()
    await visitor.say("Hi")
    await stranger.say("Hi")
    await stranger.event("message")
    await visitor.event("message")
    await visitor.send("read", n=1)
    await visitor.until("read")
    assert await stranger.silent()


async def test_who_waits_hears_where_they_stand_when_it_changes_and_when_it_is_over(shop: Shop) -> None:
    visitor = await shop.visit()
    known = (await visitor.say("Hi"))["conversation"]
    await visitor.event("message")
    places, line = shop.part.live.places, shop.around.line
    await places.step()
    assert await visitor.silent()
    line[known] = Stands(3, 120)
    await shop.world.db.run(_to_queue, known)
    await visitor.event("handler")
    await places.step()
    waiting = {"type": "waiting", "conversation": known}
    assert await visitor.until("waiting") == waiting | {"position": 3, "expected_wait_s": 120}
    await places.step()
    assert await visitor.silent()
    line[known] = Stands(1, 40)
    await places.step()
    assert await visitor.until("waiting") == waiting | {"position": 1, "expected_wait_s": 40}
    other = await shop.visit(session=visitor.session)
    assert await other.until("waiting") == waiting | {"position": 1, "expected_wait_s": 40}
    del line[known]
    await places.step()
    for tab in (visitor, other):
        assert await tab.until("waiting") == waiting | {"position": None, "expected_wait_s": None}
    await places.step()
    assert await visitor.silent()


async def test_a_visitor_who_comes_back_hears_where_they_stand(shop: Shop) -> None:
    visitor = await shop.visit()
    known = (await visitor.say("Hi"))["conversation"]
    await visitor.ws.close()
    await shop.until(lambda: shop.part.live.connected == 0)
    shop.around.line[known] = Stands(2)
    back = await shop.visit(session=visitor.session)
    await shop.part.live.places.step()
    assert (await back.until("waiting"))["position"] == 2


async def test_who_waits_out_of_hours_hears_their_place_and_is_promised_no_wait(shop: Shop) -> None:
    visitor = await shop.visit()
    known = (await visitor.say("Hi"))["conversation"]
    await visitor.event("message")
    places, shop.around.open = shop.part.live.places, False
    shop.around.line[known] = Stands(1, 40)
    await shop.world.db.run(_to_queue, known)
    await visitor.event("handler")
    await places.step()
    told = await visitor.until("waiting")
    assert (told["position"], told["expected_wait_s"]) == (1, None)
    shop.around.open = True
    await places.step()
    assert (await visitor.until("waiting"))["expected_wait_s"] == 40


async def test_nobody_is_asked_about_while_nothing_moves(shop: Shop) -> None:
    visitor = await shop.visit()
    await visitor.say("Hi")
    await shop.part.live.places.step()
    looked = shop.around.looked
    await shop.part.live.places.step()
    assert shop.around.looked == looked


async def test_a_conversation_is_rated_once_it_is_over(shop: Shop) -> None:
    await shop.configure(rating=True)
    visitor = await shop.visit()
    await visitor.send("rate", score=5)
    assert (await visitor.until("error"))["code"] == "not_over"
    known = (await visitor.say("Hi"))["conversation"]
    await visitor.send("rate", score=5)
    assert (await visitor.until("error"))["code"] == "not_over"
    await shop.world.db.run(_resolve, known)
    await visitor.event("status")
    await visitor.send("rate", score=4, comment="Quick.")
    assert (await visitor.event("rated"))["event"] == {"kind": "rated", "score": 4}
    assert await shop.world.db.read(_ratings) == [(known, "ada", 4, "Quick.")]
    back = await shop.visit(session=visitor.session)
    assert back.welcome["conversation"]["rating"] == 4


async def test_where_no_rating_is_asked_none_is_taken(shop: Shop) -> None:
    visitor = await shop.visit()
    known = (await visitor.say("Hi"))["conversation"]
    await shop.world.db.run(_resolve, known)
    await visitor.send("rate", score=1)
    assert (await visitor.until("error"))["code"] == "not_offered"
    assert await shop.world.db.read(_ratings) == []
    assert shop.counted["live_not_offered"] == 1


async def test_an_address_given_before_the_chat_is_where_it_goes_on_by_mail(shop: Shop) -> None:
    await shop.configure("post", **CONFIG)
    await shop.configure(questions=[MAIL], mail="post")
    visitor = await shop.visit()
    said = await visitor.say("Hi", details={"mail": "ada@example.org"})
    await visitor.event("message")
    assert await shop.world.db.read(_takes_part, said["conversation"]) == 1
    # They know that they gave it: nobody says so.
    assert await visitor.silent()


def _row(tx: Tx, known: str) -> Any:
    return tx.conn.execute(select(table).where(table.c.id == known)).one()


def _contact_name(tx: Tx, known: str) -> str | None:
    name: str | None = tx.conn.execute(select(contact.c.name).where(contact.c.id == known)).scalar_one()
    return name


def _conversations(tx: Tx) -> int:
    return len(tx.conn.execute(select(table.c.id)).all())


def _takes_part(tx: Tx, known: str) -> int:
    joined = participant.c.conversation_id == known, participant.c.joined
    return len(tx.conn.execute(select(participant).where(*joined)).all())


def _ratings(tx: Tx) -> list[tuple[object, ...]]:
    columns = (rating.c.conversation_id, rating.c.agent_id, rating.c.score, rating.c.comment)
    return [tuple(row) for row in tx.conn.execute(select(*columns))]


def _to_queue(tx: Tx, known: str) -> None:
    before = get_conversation(tx, ConversationId(known))
    assert isinstance(before.handler, WithBot)
    lifecycle.hand_off(tx, before.id, before.turn, Handoff("asked_for_person", ""))


def _resolve(tx: Tx, known: str) -> None:
    before = get_conversation(tx, ConversationId(known))
    lifecycle.resolve(tx, lifecycle.change(tx, before, handler=AssignedTo(AgentId("ada"))))


def _close(tx: Tx, known: str) -> None:
    lifecycle.close(tx, get_conversation(tx, ConversationId(known)))
