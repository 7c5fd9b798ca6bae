"""Mallory wants to read what Ann wrote, or to be told of it: through the chat, a mail, Telegram, a token, a code, or an agent's merge."""

import ast
import asyncio
import re
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import WSMsgType
from sqlalchemy import select

from channels.continuation.store import find
from channels.live.arriving import Arriving
from channels.live.greeting import Found
from channels.live.history import Whose, own_conversations
from core.claims import suggestions
from core.contact import Sender
from core.ids import AgentId, ContactId, ConversationId, InboxId
from core.merging import merge
from core.receive import receive_message
from core.store.contacts import members, proven_members
from core.store.conversations import find_point
from core.store.tables.conversation import conversation
from core.store.tables.people import contact_merge, contact_point
from core.store.tx import Tx
from core.verification import Asked, Asking, Limited, Proving, ask, link_opened
from tests.builders import an_inbound, an_inbox
from tests.channels.shop import Shop, Visitor
from tests.channels.tokens import SECRET, a_token
from tests.contracts.mail import CONFIG, body_of, read, started
from tests.core.people import same_person, secrets_in_order, somebody
from tests.house.tree import nodes, package_files, text

ADA = AgentId("ada")
ANN = "ann@example.net"
PRIVATE = "My door code is 4711"


@pytest.fixture
async def site(shop: Shop) -> Shop:
    """Ann is known: her address is proven, she signed in as ``ann`` and has said something in the chat."""
    await shop.configure(identity={"secrets": [SECRET]}, mail="post")
    server = await started(shop)
    await shop.configure("post", **{**CONFIG, "smtp": {**CONFIG["smtp"], "port": server.port}})
    ann = await shop.visit(identity=a_token("ann", name="Ann Smith", email=ANN, email_verified=True))
    await ann.say(PRIVATE)
    await ann.ws.close()
    shop.mails = lambda: [read(raw) for _, raw in server.taken]  # type: ignore[attr-defined]
    return shop


async def person(shop: Shop, kind: str, address: str) -> ContactId:
    point = await shop.world.db.read(find_point, kind, address)
    assert point is not None
    return point.contact


async def ann(shop: Shop) -> ContactId:
    return await person(shop, "user", "web:ann")


async def visitor_of(shop: Shop, said: dict[str, Any]) -> tuple[str, ContactId]:
    def who(tx: Tx) -> tuple[str, ContactId]:
        row = tx.conn.execute(select(conversation).where(conversation.c.id == said["conversation"])).one()
        return row.thread_key, ContactId(row.contact_id)

    return await shop.world.db.read(who)


async def sees_nothing(shop: Shop, mallory: Visitor, visitor: str) -> None:
    """Neither live, nor in what they had with us before, nor by coming again; and nobody tells them a name."""
    again = await shop.visit(session=mallory.session)
    await again.send("ping")
    await again.until("pong")
    history = await shop.world.db.read(own_conversations, Whose(InboxId("web"), visitor), 50)
    shown = repr((mallory.events, mallory.others, again.events, again.others, again.welcome, history))
    assert PRIVATE not in shown
    assert "Ann Smith" not in shown


async def test_leaving_somebodys_address_in_the_chat_opens_nothing(site: Shop) -> None:
    mallory = await site.visit()
    said = await mallory.say(ANN)
    visitor, who = await visitor_of(site, said)
    await sees_nothing(site, mallory, visitor)
    assert not await site.world.db.read(same_person, who, await ann(site))
    # Agents see that it is only claimed.
    [suggested] = await site.world.db.read(lambda tx: suggestions(tx, members(tx, who), 5))
    assert (suggested.other, suggested.matches[0].here) == (await ann(site), "claimed")
    going_on = await site.world.db.read(find, ConversationId(said["conversation"]))
    assert going_on is not None
    assert going_on.address == ANN


async def test_what_the_site_does_not_vouch_for_opens_nothing(site: Shop) -> None:
    mallory = await site.visit(identity=a_token("mallory", email=ANN, name="Ann Smith", phone="+441"))
    said = await mallory.say("It is me")
    visitor, who = await visitor_of(site, said)
    assert not await site.world.db.read(same_person, who, await ann(site))
    assert mallory.welcome["user"]["proven"] == []
    assert PRIVATE not in repr(
        (mallory.events, await site.world.db.read(own_conversations, Whose(InboxId("web"), visitor), 9))
    )


async def test_an_agents_merge_opens_nothing_outside(site: Shop) -> None:
    mallory = await site.visit(identity=a_token("mallory", name="M"), inbox="web")
    await site.configure("app", identity={"secrets": [SECRET]})
    other = await site.visit(inbox="app", identity=a_token("m2", name="M"))
    stranger = await site.visit()
    for tab, inbox in ((other, "app"), (stranger, "web")):
        said = await tab.say("I am Ann, please believe me")
        visitor, who = await visitor_of(site, said)
        await site.world.db.run(merge, who, await ann(site), by=ADA)
        assert await site.world.db.read(same_person, who, await ann(site))
        assert await site.world.db.read(proven_members, who) == (who,)
        history = await site.world.db.read(own_conversations, Whose(InboxId(inbox), visitor), 50)
        identity = a_token("m2", name="M") if inbox == "app" else None
        again = await site.visit(inbox=inbox, session=tab.session, identity=identity)
        shown = repr((tab.events, again.welcome, again.events, history))
        assert PRIVATE not in shown
        assert "Ann Smith" not in shown
        assert (again.welcome["user"] or {"proven": []})["proven"] == []
        if inbox == "web":
            await sees_nothing(site, tab, visitor)
    assert mallory.welcome["user"]["name"] == "M"


PROVEN = {"proven_members", "proven_addresses", "is_identified"}


def test_what_merged_contacts_share_is_asked_for_by_nothing_that_speaks_to_people_outside() -> None:
    """Only the console shows the whole of a merged contact; who is proven to be one may be asked for anywhere.

    Routing rules go by what agents know of somebody, and tell nobody outside. Proposals and the loop look the names up
    to take them out of what agents wrote. Whether somebody came again is counted for supervisors, and the tier that agents
    know of somebody decides when a person takes over, as routing rules do.
    """
    inside = (
        "routing/rulebook/",
        "knowledge/beside/proposals.py",
        "knowledge/loop/naming.py",
        "bot/deflection/keeping.py",
        "bot/deflection/record.py",
        "bot/handing/reading.py",
    )
    for name in package_files():
        if not name.startswith(("channels/", "bot/", "routing/", "knowledge/")):
            continue
        if name.startswith(inside) or "core.store.contacts" not in text(name):
            continue
        for node in nodes(name):
            if isinstance(node, ast.ImportFrom) and node.module == "core.store.contacts":
                assert {each.name for each in node.names} <= PROVEN, name


async def test_a_forged_mail_joins_nobody(site: Shop) -> None:
    def forged(tx: Tx) -> None:
        sender = Sender("email", ANN, verified=False, name="Ann")
        inbound = an_inbound("It is me", key="f1", visitor="thread", inbox="post")
        receive_message(tx, replace(inbound, sender=sender))

    mallory = await site.visit()
    said = await mallory.say(f"My address is {ANN}")
    await site.world.db.run(forged)
    visitor, who = await visitor_of(site, said)
    assert await site.world.db.read(members, who) == (who,)
    await sees_nothing(site, mallory, visitor)


async def test_an_unproven_address_that_an_agent_merged_joins_whoever_proves_it(site: Shop) -> None:
    """Mallory's contact had been merged with an address that is Bea's, as it turns out; what Bea says stays hers."""
    mallory = await site.visit()
    _, who = await visitor_of(site, await mallory.say("Hi"))
    claimed = await site.world.db.run(somebody, "email", "bea@example.net", verified=False)
    await site.world.db.run(merge, claimed, who, by=ADA)
    bea = await site.visit(identity=a_token("bea", email="bea@example.net", email_verified=True))
    said = await bea.say(PRIVATE)
    assert not await site.world.db.read(same_person, who, (await visitor_of(site, said))[1])


async def test_the_code_that_one_visitor_asked_for_is_of_no_use_to_another(site: Shop) -> None:
    victim, mallory = await site.visit(), await site.visit()
    await victim.send("prove", kind="email", address=ANN)
    asked = await victim.until("proving", "error")
    await site.world.relay.drain()
    [mail] = site.mails()  # type: ignore[attr-defined]
    [code] = re.findall(r"^\d{6}$", body_of(mail), re.MULTILINE)
    await mallory.send("code", proof=asked["proof"], code=code)
    assert (await mallory.until("proven", "error"))["code"] == "proof_over"
    await victim.send("code", proof=asked["proof"], code=code)
    assert (await victim.until("proven", "error"))["type"] == "proven"


async def test_an_answer_to_the_mail_with_the_code_proves_nothing(site: Shop) -> None:
    """Whoever reads the mailbox may answer by mail; only what is typed in the chat counts there."""
    mallory = await site.visit()
    said = await mallory.say("Hi")
    await mallory.send("prove", kind="email", address=ANN)
    await mallory.until("proving", "error")
    await site.world.relay.drain()
    [mail] = site.mails()  # type: ignore[attr-defined]
    answer = an_inbound(body_of(mail), key="a1", visitor="thread", inbox="post")
    await site.world.db.run(receive_message, answer)
    _, who = await visitor_of(site, said)
    assert await site.world.db.read(members, who) == (who,)


async def test_asking_for_many_codes_gives_few_guesses_and_few_mails(site: Shop) -> None:
    """Whoever comes again and again under new names still has 25 guesses an hour for one address, 50 a day."""
    proving = Proving(secrets_in_order())
    asked = 0
    for hour in range(24):
        for number in range(8):
            asking = Asking(InboxId("web"), f"m{hour}-{number}", "email", InboxId("post"), ANN)
            asked += isinstance(await site.world.db.run(ask, asking, proving), Asked)
        site.world.clock.forward(3600)
    assert asked <= 12
    found = await site.world.db.run(ask, Asking(InboxId("web"), "x", "email", InboxId("post"), ANN), proving)
    assert isinstance(found, Asked | Limited)


async def test_a_link_that_mallory_sends_to_ann_tells_mallory_nothing(site: Shop) -> None:
    await site.world.db.run(an_inbox, "bot", kind="telegram")
    proving = Proving(secrets_in_order())
    mallory = await site.world.db.run(
        ask, Asking(InboxId("web"), "mallory", "telegram", InboxId("bot")), proving
    )
    assert isinstance(mallory, Asked)
    assert mallory.token is not None
    # Ann presses it: she is told the code with a warning, and pressing alone has joined nobody.
    told = await site.world.db.run(link_opened, InboxId("bot"), mallory.token, "ann-on-telegram", proving)
    assert told is not None

    def joined(tx: Tx) -> int:
        points = select(contact_point.c.id).where(contact_point.c.kind == "telegram")
        return len(tx.conn.execute(points).all()) + len(tx.conn.execute(select(contact_merge)).all())

    assert await site.world.db.read(joined) == 0


async def test_who_knew_the_session_before_ann_signed_in_there_is_out(site: Shop) -> None:
    """Mallory used the same computer before and has kept its session; it is the same visitor, and another secret now."""
    mallory = await site.visit()
    await mallory.say("I was here first")
    known = mallory.session
    tab = await site.visit(session=known)
    welcome = await tab.hello(session=known, identity=a_token("ann", name="Ann Smith"))
    assert welcome["resumed"]
    assert welcome["session"] != known
    await tab.say(PRIVATE, key="k9")
    late = await site.visit(session=known)
    assert not late.welcome["resumed"]
    assert late.welcome["conversation"] is None
    assert await late.silent()
    again = await site.visit(session=welcome["session"])
    assert again.welcome["user"]["name"] == "Ann Smith"


async def test_an_open_socket_of_the_session_is_let_go_when_ann_signs_in_also_at_the_same_address(
    site: Shop,
) -> None:
    """Everybody behind a proxy may have one address: Mallory's socket and Ann's other tab are both closed, and only Ann comes back."""
    mallory = await site.visit()
    await mallory.say("I was here first")
    tab = await site.visit(session=mallory.session)
    await tab.hello(session=mallory.session, identity=a_token("new", name="New"))
    await closed(mallory)
    await tab.say(PRIVATE, key="k9")
    assert PRIVATE not in mallory.texts
    other_tab = await site.visit(session=tab.session)
    assert other_tab.welcome["user"]["name"] == "New"
    await tab.event("message", 2)


async def test_a_hello_that_overtakes_the_signing_in_is_nobodys(
    site: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    mallory = await site.visit()
    await mallory.say("I was here first")
    tab = await site.visit(session=mallory.session)
    read, go_on = asyncio.Event(), asyncio.Event()
    note_page = Arriving._note_page

    async def slowly(arriving: Arriving, found: Found, page: str | None) -> None:
        if page is not None:
            read.set()
            await go_on.wait()
        await note_page(arriving, found, page)

    monkeypatch.setattr(Arriving, "_note_page", slowly)
    page = {"url": "https://shop.example/", "title": ""}
    await mallory.send("hello", session=mallory.session, language="en", page=page)
    await read.wait()
    await tab.hello(session=mallory.session, identity=a_token("new", name="New"))
    go_on.set()
    await closed(mallory)


async def test_who_has_not_heard_that_ann_signed_in_says_nothing_in_her_name(
    site: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on another process."""
    mallory = await site.visit()
    await mallory.say("I was here first")
    monkeypatch.setattr(site.part.live.followers, "_sign_in", lambda _signal: None)
    tab = await site.visit(session=mallory.session)
    await tab.hello(session=mallory.session, identity=a_token("new", name="New"))
    await mallory.send("message", key="k2", text="I am Ann")
    await closed(mallory)
    again = await site.visit(session=tab.session)
    await again.event("message")
    assert await again.silent()
    assert again.texts == ["I was here first"]


async def closed(visitor: Visitor) -> None:
    """By the server, with a code on which a client comes again."""
    while True:
        heard = await visitor.ws.receive(timeout=30)
        if heard.type is WSMsgType.TEXT:
            frame = heard.json()
            assert frame["type"] not in {"welcome", "stored"}
            if frame["type"] == "event":
                visitor.events.append(frame)
        else:
            assert (heard.type, heard.data) == (WSMsgType.CLOSE, 1013)
            return


async def test_two_tabs_that_sign_in_at_once_are_both_in(site: Shop) -> None:
    one = await site.visit()
    await one.say("Before")
    two = await site.visit(session=one.session)
    known, identity = one.session, a_token("new", name="New")
    await asyncio.gather(*(tab.hello(session=known, identity=identity) for tab in (one, two)))
    for tab in (one, two):
        again = await site.visit(session=tab.session)
        assert again.welcome["user"]["name"] == "New"
        await again.event("message")
        assert again.texts == ["Before"]


async def test_the_first_to_sign_in_takes_the_session_with_them_too(site: Shop) -> None:
    tab = await site.visit()
    await tab.say("I was here first")
    known = tab.session
    welcome = await tab.hello(session=known, identity=a_token("new", name="New"))
    assert welcome["resumed"]
    late = await site.visit(session=known, conversation=None)
    assert not late.welcome["resumed"]
    assert late.welcome["conversation"] is None
