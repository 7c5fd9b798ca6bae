"""A few conversations of the last days, so that lists, histories and contacts are not empty at first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from app.sample.past import back_then
from core import lifecycle
from core.answer import Handoff
from core.contact import Sender
from core.conversation import Cause
from core.errors import NotFound
from core.ids import AgentId, ConversationId, InboxId
from core.message import (
    ArticleCard,
    Author,
    ByAgent,
    ByBot,
    Delivery,
    DeliveryState,
    Exact,
    Inbound,
    Part,
    Text,
)
from core.receive import receive_message
from core.reply import add_note, queue_reply, set_delivery
from core.store.conversations import get_conversation
from core.store.tables.people import contact
from core.store.tx import Tx
from knowledge.markdown import excerpt, plain
from knowledge.store import find_by_slug

_QUEUED = frozenset({DeliveryState.QUEUED})


@dataclass(frozen=True, slots=True)
class Past:
    """One conversation: what the contact says, the article the bot shows, and the agent who took over, if any.

    ``ago``: how long ago it began; ``open``: it still waits for the customer.
    """

    name: str
    language: str
    ago: timedelta
    says: str
    article: str | None = None
    agent: str | None = None
    summary: str = ""
    replies: tuple[str, ...] = ()
    note: str | None = None
    thanks: str | None = None
    open: bool = False


PAST = (
    Past(
        name="Oliver Grant",
        language="en",
        ago=timedelta(days=2, hours=3),
        says="How long do I have to send a lamp back?",
        article="returns",
    ),
    Past(
        name="王芳",
        language="zh",
        ago=timedelta(days=1, hours=5),
        says="收到的龟背竹断了两片叶子，怎么办？",
        article="plant-unwell",
        agent="Mei Lin",
        summary="顾客收到的龟背竹断了两片叶子，看过文章后要求人工处理。",
        replies=(
            "您好，我是 Mei。非常抱歉！请发一张整株的照片和一张断叶的照片给我，好吗？",
            "照片收到了，谢谢。我已经为您安排补发一株，下周一发出，原来的那株不用寄回。",
        ),
        thanks="太好了，谢谢你！",
    ),
    Past(
        name="Hannah Keller",
        language="en",
        ago=timedelta(hours=20),
        says="The smart lamp keeps blinking and the app does not find it. I have tried everything.",
        article="pair-smart-lamp",
        agent="Tom Becker",
        summary="Smart lamp blinks and is not found by the app; the article did not help.",
        replies=(
            "Hello Hannah, Tom here. Which band does your Wi-Fi use, 2.4 or 5 GHz? The lamp needs 2.4.",
            "That was it: switch 2.4 GHz on in your router, then turn the lamp off and on five times.",
        ),
        note="Router was on 5 GHz only. Third case this week: worth a line at the top of the article.",
        thanks="It works now. Thank you, Tom!",
    ),
    Past(
        name="Marta Silva",
        language="en",
        ago=timedelta(minutes=50),
        says="I was charged twice for order LL-20417. Can a person look at this, please?",
        agent="Sara Novak",
        summary="Charged twice for order LL-20417; asked for a person.",
        replies=(
            "Hello Marta, this is Sara. Could you send me a screenshot that shows both amounts, please?",
        ),
        open=True,
    ),
)


def add_conversations(tx: Tx, inbox: InboxId, agents: Mapping[str, AgentId]) -> None:
    """Through the same use cases as real ones, so that every event is there; the bot's and agents' replies count as sent."""
    for number, past in enumerate(PAST):
        with back_then(tx, past.ago):
            _add(tx, inbox, agents, past, f"sample-{number}")


def _add(tx: Tx, inbox: InboxId, agents: Mapping[str, AgentId], past: Past, key: str) -> None:
    conversation = _say(tx, inbox, past, past.says, key)
    begun = get_conversation(tx, conversation)
    tx.conn.execute(
        update(contact).where(contact.c.id == begun.contact).values(name=past.name, language=past.language)
    )
    shown: list[ArticleCard] = []
    if past.article is not None:
        card = _card(tx, past.article, past.language)
        _answer(tx, conversation, ByBot(begun.turn), (card,), f"{key}-bot")
        shown.append(card)
    if past.agent is None:
        lifecycle.resolve(tx, get_conversation(tx, conversation))
        return
    agent = agents[past.agent]
    handoff = Handoff(
        "asked_for_person",
        past.summary,
        intent="talk_to_person",
        tried=tuple(card.title for card in shown),
        articles=tuple((card.article, card.title) for card in shown),
        language=past.language,
        quotes=(past.says,),
        steps=tuple(("answered", card.title) for card in shown),
        mood="calm",
    )
    waiting = lifecycle.hand_off(tx, conversation, begun.turn, handoff)
    lifecycle.assign(tx, waiting, agent, cause=Cause.OFFER_ACCEPTED, by=agent)
    for number, reply in enumerate(past.replies):
        tx.now += timedelta(minutes=4)
        _answer(tx, conversation, ByAgent(agent), (Text(reply),), f"{key}-{number}")
    if past.note is not None:
        add_note(tx, conversation, agent, (Text(past.note),), f"{key}-note")
    if past.open:
        lifecycle.wait(tx, get_conversation(tx, conversation), by=agent)
        return
    if past.thanks is not None:
        _say(tx, inbox, past, past.thanks, f"{key}-thanks", thread=key)
    lifecycle.resolve(tx, get_conversation(tx, conversation), by=agent)


def _say(
    tx: Tx, inbox: InboxId, past: Past, text: str, key: str, *, thread: str | None = None
) -> ConversationId:
    visitor = thread or key
    inbound = Inbound(
        inbox=inbox,
        external_id=key,
        sender=Sender("widget", visitor, verified=False, name=past.name, language=past.language),
        parts=(Text(text),),
        thread=Exact(visitor),
        sent_at=tx.now,
        language=past.language,
    )
    return receive_message(tx, inbound).conversation


def _answer(tx: Tx, conversation: ConversationId, author: Author, parts: tuple[Part, ...], key: str) -> None:
    reply = queue_reply(tx, conversation, author, parts, key)
    set_delivery(tx, reply.id, Delivery(DeliveryState.SENT), _QUEUED)


def _card(tx: Tx, slug: str, language: str) -> ArticleCard:
    """The article as the bot shows it."""
    article = find_by_slug(tx, slug)
    published = None if article is None else article.editions[language].published
    if article is None or published is None:
        raise NotFound(f"there is no article {slug} in {language}")
    content = published.content
    return ArticleCard(article.id, language, content.title, excerpt(plain(content.body)))
