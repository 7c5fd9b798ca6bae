"""What is not for a customer reaches none: not through the bot, its suggestions, the widget's, nor by a card's link."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from bot.findings import Findings
from bot.orders.contract import OrderFormat
from bot.scripted import ScriptedEngine
from channels.live.offering import Offering
from channels.live.service import Around
from core.answer import PUBLIC_READER, Answer, Audience, Reader
from core.events import conversation_topic
from core.ids import ArticleId, InboxId
from core.inbox import BotMode
from core.merging import prove_point
from core.message import ArticleCard, Message, Proof, in_brief
from core.site_users import USER
from core.store.conversations import get_inbox, peek_conversation
from core.store.messages import read_events
from core.store.tables.knowledge import article as article_table
from core.store.tables.knowledge import brand
from core.store.tables.loop import article_use
from core.store.tables.people import inbox as inbox_table
from core.store.tx import Tx
from core.tasks import Workers
from knowledge import library, using
from knowledge.article import Content
from knowledge.pointing import Pointer
from knowledge.search import Search
from tests.bot.builders import ORDERS, a_turn
from tests.bot.desk import Desk, a_desk
from tests.builders import sqlite_url
from tests.channels.shop import Shop, a_shop

pytestmark = pytest.mark.served

SECRET = "zanzibar"
ASKED = "What is the goodwill limit for refunds?"
OWN = "https://help.example.org"


@dataclass
class Late:
    """A finder that is known only once there is a database."""

    search: Search | None = None

    async def find(
        self, question: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        assert self.search is not None
        await self.search.refresh()
        return await self.search.find(question, language, limit, reader)


def written(tx: Tx, audience: Audience, brands: tuple[str, ...] = ()) -> ArticleId:
    """An article that answers ``ASKED`` with the secret."""
    content = Content("The goodwill limit for refunds", f"The goodwill limit is {SECRET}.", (ASKED,))
    made = library.create(tx, "en", content, category="Inside")
    library.publish(tx, made.id, "en", 1)
    filed = {"audience": audience.value, "brands": brands}
    tx.conn.execute(update(article_table).where(article_table.c.id == made.id).values(**filed))
    return made.id


def branded(tx: Tx, inbox: str, name: str) -> None:
    tx.conn.execute(insert(brand).values(id=name, name=name, look={}, hosts=()))
    tx.conn.execute(update(inbox_table).where(inbox_table.c.id == inbox).values(brand_id=name))


@pytest.fixture
def late() -> Late:
    return Late()


@pytest.fixture
async def desk(tmp_path: Path, late: Late) -> AsyncIterator[Desk]:
    engine = ScriptedEngine(Findings(late, ORDERS, OrderFormat()))
    workers = Workers(1)
    async with a_desk(sqlite_url(tmp_path), engine) as made:
        late.search = Search(made.world.db, workers)
        yield made
    workers.close()


def told(messages: Sequence[Message]) -> bool:
    """Whether the secret, or the article itself, is anywhere in these."""
    return any(
        SECRET in in_brief(each.parts)
        or any(isinstance(part, ArticleCard) for part in each.parts)
        or "goodwill limit is" in str(each.parts)
        for each in messages
    )


async def test_the_bot_tells_what_is_for_everybody(desk: Desk) -> None:
    await desk.world.db.run(written, Audience.PUBLIC)
    assert told(await desk.say(ASKED))


@pytest.mark.parametrize("audience", [Audience.SIGNED_IN, Audience.AGENTS])
async def test_the_bot_tells_a_stranger_nothing_else(desk: Desk, audience: Audience) -> None:
    await desk.world.db.run(written, audience)
    assert not told(await desk.say(ASKED))


async def test_who_proved_who_they_are_hears_what_is_for_customers_and_nothing_inside(desk: Desk) -> None:
    await desk.world.db.run(written, Audience.SIGNED_IN)
    received = await desk.mail(ASKED)
    await desk.world.relay.drain()
    assert told(await desk.replies(received.conversation))


async def test_whom_their_site_signed_in_hears_it_in_the_chat(desk: Desk) -> None:
    await desk.world.db.run(written, Audience.SIGNED_IN)
    before = await desk.write("Hello")

    def sign_in(tx: Tx) -> None:
        prove_point(tx, peek_conversation(tx, before.conversation).contact, USER, "web:ann", how="site")

    await desk.world.db.run(sign_in)
    assert told(await desk.say(ASKED))


async def test_a_letter_that_proves_nothing_gets_what_a_stranger_gets(desk: Desk) -> None:
    await desk.world.db.run(written, Audience.SIGNED_IN)
    await desk.mail("Hello", thread="before")
    received = await desk.mail(ASKED, proof=Proof.NONE)
    await desk.world.relay.drain()
    assert not told(await desk.replies(received.conversation))


async def test_what_is_for_agents_is_told_to_nobody_however_well_they_are_known(desk: Desk) -> None:
    await desk.world.db.run(written, Audience.AGENTS)
    received = await desk.mail(ASKED)
    await desk.world.relay.drain()
    assert not told(await desk.replies(received.conversation))


async def test_an_article_of_one_brand_is_told_under_that_brand_only(desk: Desk) -> None:
    await desk.world.db.run(written, Audience.PUBLIC, ("north",))
    assert not told(await desk.say(ASKED))
    await desk.world.db.run(branded, "web", "north")
    assert told(await desk.say(ASKED, visitor="v2"))
    await desk.world.db.run(branded, "web", "south")
    assert not told(await desk.say(ASKED, visitor="v3"))


async def test_a_note_that_suggests_an_answer_has_only_what_the_customer_may_read(
    tmp_path: Path, late: Late
) -> None:
    workers = Workers(1)
    engine = ScriptedEngine(Findings(late, ORDERS, OrderFormat()))
    async with a_desk(sqlite_url(tmp_path), engine, mail=BotMode.SUGGEST) as desk:
        late.search = Search(desk.world.db, workers)
        await desk.world.db.run(written, Audience.AGENTS)
        received = await desk.mail(ASKED)
        await desk.world.relay.drain()
        assert not told(await desk.notes(received.conversation))
    workers.close()


async def test_a_button_that_names_an_article_no_longer_shows_it_once_it_is_for_agents(
    desk: Desk, late: Late
) -> None:
    inside = await desk.world.db.run(written, Audience.AGENTS)
    findings = Findings(late, ORDERS, OrderFormat())
    turn = a_turn(ASKED, verified=True)
    assert await findings.article(turn, inside, "The goodwill limit for refunds", "en") is None


async def suggested(shop: Shop, workers: Workers) -> list[str]:
    search = Search(shop.world.db, workers)
    await search.refresh()
    around, point = Around(articles=search), Pointer(search, OWN)
    parts = replace(shop.part.live.offering._parts, around=around, article_url=point)
    inbox = await shop.world.db.read(get_inbox, InboxId("web"))
    found = await Offering(parts).suggest(inbox, ASKED, "en", "127.0.0.1")
    return [f"{each.title} {each.excerpt} {each.url}" for each in found.items]


async def test_the_widget_suggests_nothing_that_is_for_agents_for_customers_or_for_another_brand(
    tmp_path: Path,
) -> None:
    workers = Workers(1)
    async with a_shop(tmp_path) as shop:
        await shop.configure(articles=True)
        for audience, brands in (
            (Audience.AGENTS, ()),
            (Audience.SIGNED_IN, ()),
            (Audience.PUBLIC, ("north",)),
        ):
            await shop.world.db.run(written, audience, brands)
        assert await suggested(shop, workers) == []
        await shop.world.db.run(branded, "web", "north")
        assert len(await suggested(shop, workers)) == 1
    workers.close()


async def test_what_the_bot_tells_counts_for_the_revision_that_it_told(desk: Desk) -> None:
    article = await desk.world.db.run(written, Audience.PUBLIC)
    (reply,) = await desk.say(ASKED)
    handler = using.use_handler()

    def counted(tx: Tx) -> list[tuple[str, str, int, int]]:
        events = read_events(tx, conversation_topic(reply.conversation), 0, 100)
        for each in events:
            if type(each.event) in handler.on and handler.wants is not None and handler.wants(each.event):
                handler.run(tx, each)
        rows = tx.conn.execute(select(article_use))
        return [(row.article_id, row.kind, row.number, int(row._mapping["count"])) for row in rows]

    assert await desk.world.db.run(counted) == [(article, "bot_answered", 1, 1)]
