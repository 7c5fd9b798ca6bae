"""Whoever may edit but not read conversations sees nobody's name, address or number: neither in clusters nor in drafts."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from console.queries.gaps import cluster_detail, cluster_page, sources_shown, wanted_from
from core.ids import AgentId, ConversationId, MessageId
from core.store.tables.conversation import conversation
from core.store.tables.loop import gap_cluster
from core.store.tables.people import contact
from core.store.tx import Tx
from core.tasks import Workers
from knowledge import library
from knowledge.beside.proposal import proposal_of
from knowledge.beside.proposals import Said, answered
from knowledge.loop import cluster as use
from knowledge.loop.drafting import draft, words_for
from knowledge.loop.gathering import Gatherer
from knowledge.loop.recording import AskedIn, Missed, record
from knowledge.loop.settings import LoopSettings
from tests.builders import World
from tests.knowledge.loop.asking import Themes, agent_replied, asked_bot, gather, reading
from tests.knowledge.loop.letters import CHINESE, ENGLISH, Talk

ADA = AgentId("ada")


def held(tx: Tx, talk: Talk, visitor: str, language: str) -> tuple[ConversationId, str]:
    """It is said, kept and answered: the conversation, and the agent's message."""
    here: ConversationId | None = None
    for text in talk.said:
        turn = {"outcome": "asked", "failures": 1, "language": language}
        here, message, _ = asked_bot(tx, text, visitor, turn)
        record(tx, Missed(AskedIn.BOT, language, text, here, message=MessageId(message)))
        if talk.name:
            of = select(conversation.c.contact_id).where(conversation.c.id == here).scalar_subquery()
            tx.conn.execute(update(contact).where(contact.c.id == of).values(name=talk.name))
    assert here is not None
    return here, agent_replied(tx, here, talk.answer)


def shown(tx: Tx) -> list[Any]:
    """All that the pages of clusters show, and the draft of each cluster with its sources."""
    found: list[Any] = [cluster_page(tx, wanted_from({"state": "all"}))]
    for one in tx.conn.execute(select(gap_cluster.c.id).order_by(gap_cluster.c.id)).scalars().all():
        found.append(cluster_detail(tx, one, LoopSettings(), whole=False))
        made = draft(tx, words_for(tx, one), use.find(tx, one).version, ADA)
        found.extend(edition.draft for edition in library.get(tx, made).editions.values())
        found.append(sources_shown(tx, made, "", whole=False))
    return found


@pytest.mark.served
@pytest.mark.parametrize(("talks", "language"), [(ENGLISH, "en"), (CHINESE, "zh")])
async def test_clusters_and_drafts_name_nobody(
    world: World, workers: Workers, talks: tuple[Talk, ...], language: str
) -> None:
    said = [await world.db.run(held, talk, f"{language} {at}", language) for at, talk in enumerate(talks, 1)]
    await gather(world, Gatherer(world.db, workers, LoopSettings(), reading(Themes())))
    pages = _words(await world.db.run(shown))
    for talk, (here, message) in zip(talks, said, strict=True):
        told = await world.db.read(answered, Said(here, MessageId(message), ADA))
        proposed = _words(proposal_of(replace(told, body=talk.answer), 4000))
        for text in (pages, proposed):
            left = [each for each in talk.secrets if each in text]
            assert left == [], (talk.answer, left)
            for each in talk.kept:
                assert each in text


def _words(found: object) -> str:
    """Without ids and times, which are no words of anybody's."""
    whole = msgspec.to_builtins(found, enc_hook=str)
    return "\n".join(_texts(whole))


def _texts(found: Any) -> list[str]:
    match found:
        case str():
            return [found]
        case dict():
            names = {"id", "article", "message", "conversation", "at", "updated_at", "created_at", "agent"}
            return [each for name, value in found.items() if name not in names for each in _texts(value)]
        case list() | tuple():
            return [each for value in found for each in _texts(value)]
        case _:
            return []
