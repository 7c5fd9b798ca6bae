"""Turns of the bot as its record has them, and what hears of them."""

import itertools
import re
from collections.abc import Mapping

from sqlalchemy import insert

from bot.improving.hearing import Misreads
from bot.improving.settings import ImprovingSettings
from core.events import BotAnswered, Recorded, Topic
from core.ids import ConversationId, TurnId
from core.receive import receive_message
from core.store.learning import StoredGuess
from core.store.tables.bot import bot_turn
from core.store.tx import Tx
from tests.builders import World, an_inbound

_NUMBERS = itertools.count()
TURN = {
    "turn": 1,
    "engine": "rasa",
    "intent": "ask_knowledge",
    "confidence": 0.4,
    "ranking": (StoredGuess("ask_knowledge", 0.4), StoredGuess("greet", 0.3)),
    "language": "en",
    "slots": {},
    "articles": (),
    "outcome": "answered",
    "failures": 0,
    "milliseconds": 1,
}


def without_numbers(_tx: Tx, _conversation: ConversationId, text: str, most: int) -> str:
    """A simple way to redact."""
    return re.sub(r"\d{3,}", "[#]", text)[:most]


def a_turn(tx: Tx, text: str, values: Mapping[str, object]) -> BotAnswered:
    number = next(_NUMBERS)
    visitor = str(values.get("visitor", f"v{number}"))
    received = receive_message(tx, an_inbound(text, key=f"m{number}", visitor=visitor))
    made = {**TURN, **values}
    made.pop("visitor", None)
    row = {"id": f"t-{number}", "conversation_id": received.conversation, "message_id": received.message}
    tx.conn.execute(insert(bot_turn).values(**row, created_at=tx.now, **made))
    return BotAnswered(received.conversation, TurnId(f"t-{number}"), "rasa", str(made["outcome"]))


async def misread(world: World, text: str, **values: object) -> BotAnswered:
    """One turn, heard of."""
    event = await world.db.run(a_turn, text, values)
    await hear(world, event)
    return event


async def hear(world: World, event: BotAnswered) -> None:
    heard = Misreads(without_numbers, ImprovingSettings())

    def work(tx: Tx) -> None:
        heard.hear(tx, Recorded(Topic(f"conversation:{event.conversation}"), 1, None, tx.now, event))

    await world.db.run(work)
