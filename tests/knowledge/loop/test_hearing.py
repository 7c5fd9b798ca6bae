"""What the bot could not answer is kept once, redacted, in the transaction that hears of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from core.events import BotAnswered, Recorded, Topic
from core.ids import ConversationId, MessageId, TurnId
from core.receive import receive_message
from core.store.tables.bot import bot_turn
from core.store.tables.loop import gap
from core.store.tx import Tx
from knowledge.loop.hearing import hear, hearing_handler
from knowledge.loop.recording import AskedIn, Missed, record
from tests.builders import World, an_inbound

TURN = {
    "turn": 1,
    "engine": "scripted",
    "intent": "ask_knowledge",
    "language": "en",
    "slots": {},
    "articles": (),
    "failures": 0,
    "milliseconds": 1,
}


def _gaps(tx: Tx) -> Sequence[Any]:
    return tx.conn.execute(select(gap).order_by(gap.c.created_at, gap.c.text)).all()


def _turn(tx: Tx, text: str, key: str, values: Mapping[str, object]) -> BotAnswered:
    received = receive_message(tx, an_inbound(text, key=key))
    made = {**TURN, "outcome": "asked", **values}
    tx.conn.execute(
        insert(bot_turn).values(
            id=f"t-{key}",
            conversation_id=received.conversation,
            message_id=received.message,
            created_at=tx.now,
            **made,
        )
    )
    return BotAnswered(received.conversation, TurnId(f"t-{key}"), "scripted", str(made["outcome"]))


def _hear(tx: Tx, event: BotAnswered) -> None:
    hear(tx, Recorded(Topic("conversation:x"), 1, None, tx.now, event))


async def test_a_question_that_found_nothing_is_kept_without_who_asked(world: World) -> None:
    event = await world.db.run(_turn, "Can you engrave it? Write to ann@example.org", "m1", {"failures": 1})
    await world.db.run(_hear, event)
    (kept,) = await world.db.read(_gaps)
    assert (kept.text, kept.language, kept.asked_in) == ("Can you engrave it? Write to [✉]", "en", "bot")
    assert (kept.conversation_id, kept.cluster_id) == (event.conversation, None)


async def test_it_is_kept_once_whatever_follows(world: World) -> None:
    first = await world.db.run(_turn, "Can you engrave it?", "m1", {"failures": 1})
    await world.db.run(_hear, first)
    await world.db.run(_hear, first)
    second = await world.db.run(
        _turn, "A person please", "m2", {"intent": "talk_to_person", "outcome": "handed_off"}
    )
    await world.db.run(_hear, second)
    assert len(await world.db.read(_gaps)) == 1


async def test_the_name_of_the_contact_goes_too(world: World) -> None:
    def named(tx: Tx) -> str | None:
        received = receive_message(tx, an_inbound("hello"))
        from core.store.tables.people import contact  # noqa: PLC0415

        tx.conn.execute(contact.update().values(name="Wilhelmina Okafor"))
        return record(
            tx,
            Missed(
                AskedIn.BOT,
                "en",
                "okafor wants to know about engraving",
                ConversationId(received.conversation),
                message=MessageId(received.message),
            ),
        )

    assert await world.db.run(named) is not None
    assert [each.text for each in await world.db.read(_gaps)] == ["[…] wants to know about engraving"]


async def test_what_says_nothing_without_who_asks_is_not_kept(world: World) -> None:
    assert await world.db.run(record, Missed(AskedIn.HELP, "en", "ann@example.org")) is None
    assert await world.db.read(_gaps) == []


async def test_the_language_of_the_text_counts_before_that_of_the_page(world: World) -> None:
    await world.db.run(record, Missed(AskedIn.HELP, "en-GB", "可以刻字吗"))
    await world.db.run(record, Missed(AskedIn.HELP, "de-CH", "Gravur"))
    assert {each.language for each in await world.db.read(_gaps)} == {"zh", "de"}


def test_only_turns_that_may_have_failed_are_looked_at() -> None:
    wants = hearing_handler().wants
    assert wants is not None
    assert wants(BotAnswered(ConversationId("c"), TurnId("t"), "scripted", "handed_off"))
    assert not wants(BotAnswered(ConversationId("c"), TurnId("t"), "scripted", "talked"))
