"""What is known around a turn, read from the database."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import bindparam, select

from bot.contract import Turn
from bot.handing.contract import Topics
from bot.handing.settings import HandingSettings
from bot.handing.values import Circumstances, Errand, ErrandKind
from core.answer import Handoff
from core.ids import AgentId, ConversationId, QueueId
from core.store.codec import load_handoff
from core.store.contacts import person_id
from core.store.prepared import Prepared
from core.store.tables.conversation import conversation
from core.store.tables.handing import bot_errand
from core.store.tables.people import contact
from core.store.tx import Tx

_PERSON = contact.alias("person")
_KNOWN = Prepared(
    select(conversation.c.context, _PERSON.c.attributes)
    .select_from(conversation)
    .join(contact, contact.c.id == conversation.c.contact_id)
    .join(_PERSON, _PERSON.c.id == person_id())
    .where(conversation.c.id == bindparam("conversation"))
)
_ERRAND = Prepared(
    select(bot_errand).where(
        bot_errand.c.conversation_id == bindparam("conversation"),
        bot_errand.c.turn == bindparam("turn"),
        bot_errand.c.ended.is_(None),
    )
)


def with_circumstances(tx: Tx, turn: Turn, settings: HandingSettings, topics: Topics | None) -> Turn:
    """The turn, with what is known of the contact, and the rule of supervisors that holds already."""
    known = _attributes(tx, turn.conversation)
    tier = known.get(settings.tier_attribute.casefold())
    errand = open_errand(tx, turn.conversation, turn.token)
    # Who sent it back knows the topic.
    topic = None if topics is None or errand is not None else topics.topic_of(tx, turn)
    return replace(turn, around=Circumstances(tier, _zone(known, settings), topic, errand))


def zone_known(tx: Tx, conversation_id: ConversationId, settings: HandingSettings) -> str | None:
    """The customer's time zone."""
    return _zone(_attributes(tx, conversation_id), settings)


def _attributes(tx: Tx, conversation_id: ConversationId) -> dict[str, str]:
    """What the contact's side says of this conversation counts before what is known of them."""
    row = _KNOWN.one(tx.conn, {"conversation": conversation_id})
    return {**_folded(row.attributes), **_folded(row.context)}


def _zone(known: Mapping[str, str], settings: HandingSettings) -> str | None:
    zones = (known.get(name.casefold()) for name in settings.zone_attributes)
    return next(filter(None, zones), None)


def open_errand(tx: Tx, conversation_id: ConversationId, turn: int) -> Errand | None:
    """What the bot is to get under this turn token; None where nothing, or it ended."""
    row = _ERRAND.one(tx.conn, {"conversation": conversation_id, "turn": turn})
    if row is None:
        return None
    kind, by, queue = ErrandKind(row.kind), AgentId(row.by_id), QueueId(row.queue_id)
    return Errand(row.id, kind, row.question, by, queue, row.tries)


def passed_on_before(tx: Tx, conversation_id: ConversationId) -> Handoff | None:
    """What the bot passed on with the conversation when it last did."""
    found = select(conversation.c.handoff).where(conversation.c.id == conversation_id)
    return load_handoff(tx.conn.execute(found).scalar_one())


def _folded(values: Mapping[str, str] | None) -> dict[str, str]:
    return {name.casefold(): value for name, value in (values or {}).items()}
