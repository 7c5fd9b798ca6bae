"""Who left an address and has gone gets what they missed by mail: once, only while unread, and can answer there."""

import pytest
from sqlalchemy import update

from channels.continuation import store
from channels.continuation.store import Stage
from channels.email.sending.turns import Turns
from channels.pacing import in_turn
from core import lifecycle
from core.contact import Sender
from core.ids import ContactPointId, InboxId, MessageId
from core.message import ByBot, DeliveryState
from core.participants import join, participants_of, remove
from core.store import outbox
from core.store.conversations import get_conversation, get_inbox, peek_conversation
from core.store.tables.mail import continuation
from core.store.tx import Tx
from tests.channels.continuation.gone import ADA, AWAY_S, a_scene
from tests.channels.elsewhere import stands_elsewhere
from tests.channels.email.sending.standin import How
from tests.channels.shop import Shop
from tests.contracts.mail import body_of


async def test_what_was_missed_goes_by_mail_once_after_a_while(shop: Shop) -> None:
    async with a_scene(shop) as scene:
        await scene.leave()
        await scene.answer("Yes, ten of them.")
        await scene.later(60)
        await scene.answer("Shall I put one aside?")
        await scene.later(AWAY_S - 61)
        assert scene.mails() == []
        await scene.later(2)
        [mail] = scene.mails()
        assert [mail["To"], mail["From"]] == ["ann@example.net", '"Ada (Support)" <support@example.com>']
        assert mail["Subject"] == "Your conversation with Support"
        assert mail["Auto-Submitted"] is None
        assert f"+c-{scene.conversation}" in mail["Reply-To"]
        text = body_of(mail)
        assert "Ada:\n\nYes, ten of them.\n\nShall I put one aside?" in text
        for _ in range(4):
            await scene.later(AWAY_S)
        assert len(scene.mails()) == 1


async def test_an_address_is_confirmed_in_the_visitors_language(shop: Shop) -> None:
    async with a_scene(shop, "我的邮箱是 ann@example.net", language="zh") as scene:
        await scene.visitor.event("message", 3)
        assert scene.visitor.texts[-1] == "已记下 ann@example.net。如果您离开，我们会把回复发到这个邮箱。"
        await scene.leave()
        await scene.answer("有货。")
        await scene.later(AWAY_S)
        [mail] = scene.mails()
        assert (mail["Subject"], mail["Content-Language"]) == ("您与Support的对话", "zh")
        assert "有货。" in body_of(mail)


async def test_an_address_that_is_only_mentioned_is_nobodys_to_write_to(shop: Shop) -> None:
    async with a_scene(shop, "I wrote to ann@example.net yesterday") as scene:
        await scene.leave()
        await scene.answer("Yes.")
        await scene.later(AWAY_S)
        assert scene.mails() == []
        assert await scene.state() is None


async def test_without_a_mailbox_named_nothing_happens(shop: Shop) -> None:
    async with a_scene(shop, None) as scene:
        for config in ({}, {"mail": "loop"}, {"mail": "nowhere"}):
            await shop.configure("web", **config)
            await scene.say("ann@example.net")
            assert await scene.state() is None
        await shop.configure("web", mail="post")
        await scene.say("support@example.com")
        assert await scene.state() is None
        assert len(scene.visitor.texts) <= 5


async def test_who_is_there_gets_no_mail_until_they_have_gone(shop: Shop) -> None:
    async with a_scene(shop) as scene:
        await scene.answer("Yes.")
        for _ in range(3):
            await scene.later(AWAY_S)
        assert scene.mails() == []
        await scene.leave()
        await scene.later(1200)
        assert len(scene.mails()) == 1


async def test_what_was_read_meanwhile_is_not_sent(shop: Shop) -> None:
    async with a_scene(shop) as scene:
        await scene.leave()
        reply = await scene.answer("Yes.")
        await scene.later(AWAY_S - 1)
        await scene.come_back()
        n = (await shop.world.db.read(peek_conversation, scene.conversation)).visible_n
        await scene.visitor.send("read", n=n)
        await scene.visitor.send("ping")
        await scene.visitor.until("pong")
        assert (await scene.message(reply.id)).delivery is not None
        await scene.leave()
        await scene.later(AWAY_S)
        assert scene.mails() == []
        # What comes after that is missed again.
        await scene.answer("Still there?")
        await scene.later(AWAY_S)
        [mail] = scene.mails()
        assert "Still there?" in body_of(mail)
        assert "Yes." not in body_of(mail)


async def test_what_they_answered_to_they_have_seen(shop: Shop) -> None:
    async with a_scene(shop) as scene:
        await scene.answer("Yes.")
        await scene.say("Thank you")
        await scene.leave()
        await scene.later(AWAY_S)
        assert scene.mails() == []


async def test_an_answer_by_mail_lands_in_the_conversation_and_goes_on_both_ways(shop: Shop) -> None:
    async with a_scene(shop) as scene:
        await scene.leave()
        await scene.answer("Yes, ten of them.")
        await scene.later(AWAY_S)
        rows = await scene.mail_back("Please put one aside.")
        message = await scene.message(rows[-1].stored_message_id)
        assert message.conversation == scene.conversation
        await scene.answer("Done.")
        assert len(scene.mails()) == 1
        await scene.later(30)
        first, second = scene.mails()
        assert second["Subject"] == "Re: Your conversation with Support"
        references = second["References"].split()
        assert references[0] == first["Message-ID"]
        assert second["In-Reply-To"] == references[-1] != references[0]
        assert "Yes, ten" not in body_of(second)
        await scene.come_back()
        await scene.visitor.event("message", 6)
        assert scene.visitor.texts[-2:] == ["Please put one aside.", "Done."]


async def test_a_stranger_does_not_get_in_with_what_was_sent(shop: Shop) -> None:
    async with a_scene(shop) as scene:
        await scene.leave()
        await scene.answer("Yes.")
        await scene.later(AWAY_S)
        rows = await scene.mail_back("Let me in", From="mallory@example.org")
        message = await scene.message(rows[-1].stored_message_id)
        assert message.conversation != scene.conversation


async def test_a_server_that_is_away_is_asked_again_and_the_mail_comes_once(shop: Shop) -> None:
    async with a_scene(shop) as scene:
        await scene.leave()
        await scene.answer("Yes.")
        scene.server.faults["MAIL"] = "450 later"
        await scene.later(AWAY_S)
        state = await scene.state()
        assert state is not None
        assert (state.stage, state.sent_n) == (Stage.READY, 0)
        scene.server.faults.clear()
        await scene.later(20)
        await scene.later(AWAY_S)
        assert len(scene.mails()) == 1


@pytest.mark.parametrize("how", ["no answer", "process died"])
async def test_what_may_have_arrived_is_never_sent_again(shop: Shop, how: str) -> None:
    async with a_scene(shop) as scene:
        await scene.leave()
        first = await scene.answer("Yes.")
        if how == "no answer":
            scene.server.faults["end"] = How.CLOSE
            await scene.later(AWAY_S)
            assert len(scene.server.taken) == 1
            scene.server.faults.clear()
        else:

            def died(tx: Tx) -> None:
                n = store.number_of(tx, first.id)
                tx.conn.execute(update(continuation).values(state=Stage.SENDING.value, sent_n=n))

            await shop.world.db.run(died)
            await scene.later(AWAY_S)
        stored = await scene.message(first.id)
        assert stored.delivery is not None
        assert stored.delivery.state is DeliveryState.SENT
        assert stored.delivery.reason is not None
        assert stored.delivery.reason.startswith("ann@example.net: ")
        scene.server.taken.clear()
        await scene.later(AWAY_S)
        await scene.answer("By the way: ten.")
        await scene.later(AWAY_S)
        [mail] = scene.mails()
        assert "ten" in body_of(mail)
        assert "Yes." not in body_of(mail)


async def test_an_address_that_does_not_exist_is_told_to_agents_and_a_better_one_gets_everything(
    shop: Shop,
) -> None:
    async with a_scene(shop, "anne@example.net") as scene:
        await scene.leave()
        reply = await scene.answer("Yes.")
        scene.server.faults["RCPT"] = "550 nobody of that name"
        await scene.later(AWAY_S)
        stored = await scene.message(reply.id)
        assert stored.delivery is not None
        assert stored.delivery.reason == "anne@example.net: 550 nobody of that name"
        scene.server.faults.clear()
        sender = Sender("email", "ann@example.net", verified=False)
        await scene.later(1)
        await shop.world.db.run(join, scene.conversation, sender, ADA)
        await scene.later(1)
        await scene.later(AWAY_S)
        [mail] = scene.mails()
        assert mail["To"] == "ann@example.net"
        assert "Yes." in body_of(mail)


async def test_the_last_address_left_is_the_one_and_the_former_takes_part_no_more(shop: Shop) -> None:
    async with a_scene(shop, "anne@example.net") as scene:
        await scene.say("Sorry, it's ann@example.net")
        await scene.say("ann@example.net")
        found = await shop.world.db.read(participants_of, scene.conversation)
        assert [each.address for each in found] == ["ann@example.net"]
        await scene.leave()
        await scene.answer("Yes.")
        await scene.later(AWAY_S)
        assert [mail["To"] for mail in scene.mails()] == ["ann@example.net"]


async def test_an_agent_adds_the_address_and_takes_it_away(shop: Shop) -> None:
    async with a_scene(shop, None) as scene:
        await scene.leave()
        await scene.answer("Yes.")
        channel = shop.part.channels["widget"]
        await shop.world.db.run(join, scene.conversation, channel.person("Ann@Example.net"), ADA)
        await shop.world.relay.drain()
        await scene.later(AWAY_S)
        assert len(scene.mails()) == 1

        def out(tx: Tx) -> ContactPointId:
            [ann] = participants_of(tx, scene.conversation)
            remove(tx, scene.conversation, ann.point, ADA)
            return ann.point

        await scene.answer("More")
        await shop.world.db.run(out)
        await shop.world.relay.drain()
        await scene.later(AWAY_S)
        assert len(scene.mails()) == 1
        # Back again, what went before is not sent a second time.
        await shop.world.db.run(join, scene.conversation, channel.person("ann@example.net"), ADA)
        await shop.world.relay.drain()
        await scene.later(AWAY_S)
        assert len(scene.mails()) == 2
        assert "Yes." not in body_of(scene.mails()[-1])


async def test_what_the_bot_says_is_no_reason_for_a_mail(shop: Shop) -> None:
    async with a_scene(shop) as scene:
        await scene.leave()

        def to_bot(tx: Tx) -> int:
            return lifecycle.to_bot(tx, get_conversation(tx, scene.conversation)).turn

        turn = await shop.world.db.run(to_bot)
        await shop.answer(scene.conversation, "I am only the bot.", author=ByBot(turn), key="b1")
        await scene.later(AWAY_S)
        assert scene.mails() == []
        assert (await shop.world.db.read(outbox.backlog)).waiting == 0


@pytest.mark.parametrize("elsewhere", [False, True], ids=["line here", "line elsewhere"])
async def test_mails_of_one_mailbox_keep_to_its_rate(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, *, elsewhere: bool
) -> None:
    if elsewhere:
        stands_elsewhere(monkeypatch, Turns)
    async with a_scene(shop, per_minute=1) as scene:
        mailbox = await shop.world.db.read(get_inbox, InboxId("post"))
        await scene.leave()
        await scene.answer("Yes.")
        await scene.later(AWAY_S - 10)

        async def another() -> float:
            return shop.part.email.place_s(mailbox, MessageId("another"))

        assert await in_turn(another) == 0
        await scene.later(10)
        assert scene.mails() == []
        await scene.later(50)
        assert len(scene.mails()) == 1


async def test_an_address_is_wanted_until_one_is_left_and_only_where_it_would_be_of_use(shop: Shop) -> None:
    async with a_scene(shop, None) as scene:

        async def wanted() -> bool:
            return await shop.world.db.read(shop.part.continuations.wanted, scene.conversation)

        await shop.configure("web", mail="nowhere")
        assert not await wanted()
        await shop.configure("web", mail="post")
        assert await wanted()
        await scene.say("ann@example.net")
        assert not await wanted()
