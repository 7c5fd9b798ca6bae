"""Visitors whom their site vouches for: one thread on every device, what they said before comes along, nobody else gets in."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Table, func, select

from channels.live.connection import Connection
from channels.live.inbound import Visitor as Inbound
from channels.live.settings import LiveSettings
from core.ids import ContactId
from core.store.contacts import members
from core.store.conversations import find_point
from core.store.tables.conversation import conversation, message
from core.store.tables.people import contact, contact_claim, contact_point, visitor_session
from core.store.tx import Tx
from tests.channels.shop import Shop, Visitor
from tests.channels.tokens import SECRET, a_token, forged

IDENTITY = {"secrets": [SECRET]}


@pytest.fixture
async def site(shop: Shop) -> Shop:
    """The widget's site signs who its users are."""
    await shop.configure(identity=IDENTITY)
    return shop


async def count(shop: Shop, table: Table) -> int:
    def counted(tx: Tx) -> int:
        return tx.conn.execute(select(func.count()).select_from(table)).scalar_one()

    return await shop.world.db.read(counted)


async def points(shop: Shop) -> set[tuple[str, str, bool]]:
    """Those of whoever the visitor is, beside the visitor itself."""

    def read(tx: Tx) -> set[tuple[str, str, bool]]:
        rows = tx.conn.execute(select(contact_point).where(contact_point.c.kind != "widget"))
        return {(row.kind, row.address, row.verified) for row in rows}

    return await shop.world.db.read(read)


async def refused(visitor: Visitor, **hello: object) -> dict[str, Any]:
    await visitor.send("hello", **hello)
    return await visitor.until("error", "welcome")


async def test_a_user_has_one_conversation_on_every_device(site: Shop) -> None:
    phone = await site.visit(identity=a_token("u1", name="Ada"))
    assert phone.welcome["user"] == {"name": "Ada", "proven": []}
    await phone.say("From the phone")
    laptop = await site.visit(identity=a_token("u1", name="Ada"))
    assert laptop.session != phone.session
    await laptop.event("message")
    await laptop.say("From the laptop", key="k2")
    await phone.event("message", 2)
    await laptop.event("message", 2)
    assert phone.texts == laptop.texts == ["From the phone", "From the laptop"]
    assert await count(site, contact) == 1


async def test_two_users_are_two(site: Shop) -> None:
    one, two = await site.visit(identity=a_token("u1")), await site.visit(identity=a_token("u2"))
    await one.say("Mine")
    await two.say("Mine too")
    again = await site.visit(identity=a_token("u2"))
    await again.event("message")
    assert again.texts == ["Mine too"]
    assert await count(site, conversation) == 2


async def test_what_was_said_before_signing_in_stays_on_the_screen(site: Shop) -> None:
    tab = await site.visit()
    said = await tab.say("Before")
    welcome = await tab.hello(session=tab.session, identity=a_token(), conversation=said["conversation"], n=1)
    assert welcome["resumed"]
    assert welcome["conversation"]["id"] == said["conversation"]
    assert (await tab.say("After", key="k2"))["conversation"] == said["conversation"]


async def test_what_was_said_before_signing_in_comes_along_to_who_was_known(site: Shop) -> None:
    known = await site.visit(identity=a_token("u1"))
    tab = await site.visit()
    said = await tab.say("Before")
    await tab.hello(session=tab.session, identity=a_token("u1"), conversation=said["conversation"], n=1)
    await known.event("message")
    assert known.texts == ["Before"]
    assert (await tab.say("And more", key="k2"))["conversation"] == said["conversation"]
    await known.event("message", 2)
    assert await count(site, conversation) == 1


async def test_of_two_open_conversations_the_one_that_moved_last_goes_on(site: Shop) -> None:
    known = await site.visit(identity=a_token("u1"))
    old = await known.say("Long ago")
    site.world.clock.forward(60)
    tab = await site.visit()
    new = await tab.say("Just now")
    await tab.hello(session=tab.session, identity=a_token("u1"), conversation=new["conversation"], n=1)
    assert tab.welcome["conversation"]["id"] == new["conversation"]
    assert (await known.say("Here", key="k9"))["conversation"] == new["conversation"]

    def look(tx: Tx) -> tuple[str, list[str]]:
        row = tx.conn.execute(select(conversation).where(conversation.c.id == old["conversation"])).one()
        keys = tx.conn.execute(select(conversation.c.thread_key).distinct()).scalars()
        return row.status, list(keys)

    status, keys = await site.world.db.read(look)
    assert status == "closed"
    assert len(keys) == 1


async def test_a_message_sent_again_after_signing_in_is_stored_once(site: Shop) -> None:
    await site.visit(identity=a_token("u1"))
    tab = await site.visit()
    first = await tab.say("Before", key="k1")
    await tab.hello(session=tab.session, identity=a_token("u1"))
    again = await tab.say("Before", key="k1")
    assert again["message"] == first["message"]
    assert await count(site, message) == 1


async def test_somebody_else_who_signs_in_at_the_same_machine_gets_a_session_of_their_own(site: Shop) -> None:
    tab = await site.visit(identity=a_token("u1"))
    said = await tab.say("Private")
    welcome = await tab.hello(
        session=tab.session, identity=a_token("u2"), conversation=said["conversation"], n=0
    )
    assert not welcome["resumed"]
    assert welcome["conversation"] is None
    assert await tab.silent()


async def test_what_still_waits_to_be_sent_to_one_user_is_not_sent_to_the_next(
    site: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = await site.visit(identity=a_token("u1"))
    followers = site.part.live.followers
    came = followers.came

    def told_at_the_last_moment(connection: Connection, visitor: Inbound) -> None:
        connection.give(b'{"type":"event","event":{"kind":"message"}}')
        came(connection, visitor)

    monkeypatch.setattr(followers, "came", told_at_the_last_moment)
    await tab.hello(session=tab.session, identity=a_token("u2"))
    assert await tab.silent()


async def test_the_site_vouches_for_an_address_and_all_else_is_only_claimed(site: Shop) -> None:
    await site.visit(identity=a_token("u1", email="ada@example.org", email_verified=True, phone="+441"))
    await site.visit(identity=a_token("u2", email="bob@example.org"))
    assert await points(site) == {
        ("user", "web:u1", True),
        ("user", "web:u2", True),
        ("email", "ada@example.org", True),
    }

    def claims(tx: Tx) -> set[tuple[str, str]]:
        rows = tx.conn.execute(select(contact_claim.c.kind, contact_claim.c.value))
        return {(row.kind, row.value) for row in rows}

    assert await site.world.db.read(claims) == {("phone", "+441"), ("email", "bob@example.org")}


async def test_a_session_that_was_proven_needs_no_token_again(site: Shop) -> None:
    await site.configure(identity={"secrets": [SECRET], "required": True})
    first = await site.visit(identity=a_token("u1"))
    again = await site.visit(session=first.session)
    assert again.welcome["resumed"]
    assert again.welcome["user"] is not None


async def test_nobody_else_gets_in_and_nothing_is_stored(site: Shop) -> None:
    before = await site.visit()
    await site.configure(identity={"secrets": [SECRET], "required": True})
    sessions = await count(site, visitor_session)
    hellos = [{"identity": each} for each in forged().values()] + [{}, {"session": before.session}]
    for hello in hellos:
        visitor = await site.connect()
        answer = await refused(visitor, **hello)
        assert (answer["type"], answer["code"]) == ("error", "identity")
        assert (await visitor.say("Let me in"))["code"] == "hello"
        await visitor.ws.close()
    assert site.counted["live_identity"] == len(hellos)
    assert (await count(site, visitor_session), await count(site, contact)) == (sessions, 0)


async def test_a_socket_from_a_time_when_everybody_was_let_in_says_nothing_more(site: Shop) -> None:
    nobody, somebody = await site.visit(), await site.visit(identity=a_token("u1"))
    await site.configure(identity={"secrets": [SECRET], "required": True})
    assert (await nobody.say("Let me in"))["code"] == "identity"
    assert (await somebody.say("Hello"))["type"] == "stored"
    assert await count(site, message) == 1


async def test_sessions_that_are_over_and_left_nothing_behind_are_forgotten(site: Shop) -> None:
    site.part.live._parts = replace(site.part.live._parts, settings=LiveSettings(forget=2))
    said, known = await site.visit(), await site.visit(identity=a_token("u1"))
    await said.say("Keep this")
    for _ in range(5):
        await site.visit()
    await site.part.live.sweep()
    assert await count(site, visitor_session) == 7
    site.world.clock.forward(LiveSettings().session.total_seconds() + 1)
    fresh = await site.visit()
    await site.part.live.sweep()

    def kept(tx: Tx) -> set[str]:
        return set(tx.conn.execute(select(visitor_session.c.id)).scalars())

    assert await site.world.db.read(kept) == {each.session.split(".")[1] for each in (said, known, fresh)}


async def test_a_token_does_not_open_another_inbox(site: Shop) -> None:
    """Whose secrets are the same, and which keeps its users apart all the same."""
    await site.configure("app", identity=IDENTITY)
    await (await site.visit(identity=a_token("u1"))).say("At the widget")
    app = await site.visit(inbox="app", identity=a_token("u1"))
    assert app.welcome["conversation"] is None
    answer = await refused(await site.connect(inbox="app"), identity=a_token("u1", aud="web"))
    assert answer["code"] == "identity"


async def test_two_users_of_one_site_are_never_made_one(site: Shop) -> None:
    one = await site.visit(identity=a_token("u1", email="both@example.org", email_verified=True))
    two = await site.visit(identity=a_token("u2", email="both@example.org", email_verified=True))
    await one.say("One")
    await two.say("Two")

    def groups(tx: Tx) -> set[tuple[ContactId, ...]]:
        users = [find_point(tx, "user", f"web:{user}") for user in ("u1", "u2")]
        return {members(tx, each.contact) for each in users if each is not None}

    assert len(await site.world.db.read(groups)) == 2
