"""What the bot tells counts once, however much of it is told."""

from collections.abc import Mapping

from sqlalchemy import insert

from core.events import BotAnswered, Recorded, Topic
from core.ids import ArticleId, TurnId
from core.receive import receive_message
from core.store.forms import StoredGivenArticle
from core.store.tables.bot import bot_turn
from core.store.tx import Tx
from knowledge import library, using
from knowledge.article import Content
from tests.builders import World, an_inbound


def told(tx: Tx) -> Mapping[using.Use, int]:
    article = library.create(tx, "en", Content("Returns", "Send it back.", ())).id
    for further in (False, True):
        received = receive_message(tx, an_inbound(key=f"m{further}"))
        given = StoredGivenArticle(article, 1, "en", "Returns", told=5, left=not further, further=further)
        made = {
            "turn": 1,
            "engine": "scripted",
            "slots": {},
            "failures": 0,
            "milliseconds": 1,
            "outcome": "answered",
        }
        tx.conn.execute(
            insert(bot_turn).values(
                id=f"t{further}",
                conversation_id=received.conversation,
                message_id=received.message,
                created_at=tx.now,
                articles=(given,),
                **made,
            )
        )
        event = BotAnswered(received.conversation, TurnId(f"t{further}"), "scripted", "answered")
        using.use_handler().run(tx, Recorded(Topic("conversation:x"), 1, None, tx.now, event))
    return using.by_revision(tx, ArticleId(article))["en", 1]


async def test_more_of_an_article_is_no_second_answer(world: World) -> None:
    assert await world.db.run(told) == {using.Use.BOT_ANSWERED: 1}
