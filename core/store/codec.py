"""Between rows and values: the one place that knows how a value is stored."""

from collections.abc import Mapping, Sequence
from typing import Any, assert_never, get_args

import msgspec
from sqlalchemy import Row

from core.answer import Handoff
from core.conversation import (
    AssignedTo,
    Closed,
    Conversation,
    Handler,
    InQueue,
    Nobody,
    Open,
    Resolved,
    Snoozed,
    Status,
    Waiting,
    WithBot,
)
from core.events import Event, Recorded, Topic
from core.ids import (
    AgentId,
    ArticleId,
    ContactId,
    ContactPointId,
    ConversationId,
    InboxId,
    MediaId,
    MessageId,
    QueueId,
)
from core.message import (
    ArticleCard,
    Attachment,
    Author,
    Buttons,
    ByAgent,
    ByBot,
    ByContact,
    BySystem,
    Choice,
    Delivery,
    DeliveryState,
    Envelope,
    Evidence,
    Fold,
    Folded,
    Formatted,
    Kind,
    Location,
    Message,
    Option,
    Part,
    Party,
    Proof,
    Quoted,
    SharedContact,
    Text,
)
from core.store import forms

_EVENT_DECODERS: dict[str, msgspec.json.Decoder[Event]] = {
    cls.__name__: msgspec.json.Decoder(cls) for cls in get_args(Event)
}
_ENCODER = msgspec.json.Encoder()


def event_name(event: Event | type[Event]) -> str:
    """The stored name of an event's type."""
    return event.__name__ if isinstance(event, type) else type(event).__name__


def encode_event(event: Event) -> str:
    return _ENCODER.encode(event).decode()


def decode_event(name: str, data: str) -> Event | None:
    """None for a type that this version does not know: it is a newer process's."""
    decoder = _EVENT_DECODERS.get(name)
    return None if decoder is None else decoder.decode(data)


def recorded_from_row(row: Row[Any]) -> Recorded | None:
    """None for an event of a type that this version does not know."""
    event = decode_event(row.type, row.data)
    return None if event is None else Recorded(Topic(row.topic), row.n, row.visible_n, row.at, event)


def store_parts(parts: Sequence[Part]) -> forms.StoredParts:
    return forms.StoredParts(tuple(_store_part(part) for part in parts))


def _store_part(part: Part) -> forms.StoredPart:
    match part:
        case Text(text):
            return forms.StoredText(text)
        case Attachment(media, name, media_type, size, inline):
            return forms.StoredAttachment(media, name, media_type, size, inline)
        case Buttons(options):
            return forms.StoredButtons(tuple(forms.StoredOption(o.id, o.label, o.meaning) for o in options))
        case Choice(message, option, label):
            return forms.StoredChoice(message, option, label)
        case ArticleCard(article, language, title, excerpt):
            return forms.StoredArticleCard(article, language, title, excerpt)
        case Folded(what, text):
            return forms.StoredFolded(what.value, text)
        case Formatted(media, remote_images):
            return forms.StoredFormatted(media, remote_images)
        case Quoted(text, message):
            return forms.StoredQuoted(text, message)
        case Location(latitude, longitude, name, address):
            return forms.StoredLocation(latitude, longitude, name, address)
        case SharedContact(name, phone):
            return forms.StoredSharedContact(name, phone)
        case _:
            assert_never(part)


def load_parts(stored: forms.StoredParts) -> tuple[Part, ...]:
    return tuple(_load_part(part) for part in stored.parts)


def _load_part(part: forms.StoredPart) -> Part:
    match part:
        case forms.StoredText():
            return Text(part.text)
        case forms.StoredAttachment():
            return Attachment(MediaId(part.media), part.name, part.media_type, part.size, part.inline)
        case forms.StoredButtons():
            return Buttons(tuple(Option(o.id, o.label, o.meaning) for o in part.options))
        case forms.StoredChoice():
            return Choice(MessageId(part.message), part.option, part.label)
        case forms.StoredArticleCard():
            return ArticleCard(ArticleId(part.article), part.language, part.title, part.excerpt)
        case forms.StoredFolded():
            return Folded(Fold(part.what), part.text)
        case forms.StoredFormatted():
            return Formatted(MediaId(part.media), part.remote_images)
        case forms.StoredQuoted():
            return Quoted(part.text, None if part.message is None else MessageId(part.message))
        case forms.StoredLocation():
            return Location(part.latitude, part.longitude, part.name, part.address)
        case forms.StoredSharedContact():
            return SharedContact(part.name, part.phone)
        case _:
            assert_never(part)


def store_envelope(envelope: Envelope | None) -> forms.StoredEnvelope | None:
    if envelope is None:
        return None
    return forms.StoredEnvelope(
        envelope.subject,
        _store_party(envelope.sender),
        tuple(_store_party(party) for party in envelope.to),
        tuple(_store_party(party) for party in envelope.copies),
        envelope.proof.value,
        tuple(forms.StoredEvidence(each.code, each.weight) for each in envelope.why),
        envelope.automatic,
        envelope.problems,
    )


def _store_party(party: Party) -> forms.StoredParty:
    return forms.StoredParty(party.address, party.name)


def load_envelope(stored: forms.StoredEnvelope | None) -> Envelope | None:
    if stored is None:
        return None
    return Envelope(
        stored.subject,
        Party(stored.sender.address, stored.sender.name),
        tuple(Party(each.address, each.name) for each in stored.to),
        tuple(Party(each.address, each.name) for each in stored.copies),
        Proof(stored.proof),
        tuple(Evidence(each.code, each.weight) for each in stored.why),
        stored.automatic,
        stored.problems,
    )


def store_handoff(handoff: Handoff) -> forms.StoredHandoff:
    return forms.StoredHandoff(
        handoff.reason,
        handoff.summary,
        handoff.intent,
        handoff.confidence,
        dict(handoff.slots),
        handoff.tried,
        tuple((str(article), title) for article, title in handoff.articles),
        handoff.language,
        handoff.quotes,
        handoff.steps,
        handoff.matter,
        handoff.mood,
        handoff.tier,
        handoff.topic,
        handoff.back_at,
        handoff.case,
    )


def load_handoff(stored: forms.StoredHandoff | None) -> Handoff | None:
    if stored is None:
        return None
    return Handoff(
        stored.reason,
        stored.summary,
        stored.intent,
        stored.confidence,
        stored.slots,
        stored.tried,
        tuple((ArticleId(article), title) for article, title in stored.articles),
        stored.language,
        stored.quotes,
        stored.steps,
        stored.matter,
        stored.mood,
        stored.tier,
        stored.topic,
        stored.back_at,
        stored.case,
    )


def load_status(row: Row[Any]) -> Status:
    match row.status:
        case "open":
            return Open()
        case "waiting":
            return Waiting()
        case "snoozed":
            return Snoozed(row.snoozed_until)
        case "resolved":
            return Resolved()
        case "closed":
            return Closed()
        case other:
            raise ValueError(f"conversation {row.id} has the unknown status {other!r}")


def load_handler(row: Row[Any]) -> Handler:
    match row.handler:
        case "bot":
            return WithBot()
        case "queue":
            return InQueue(QueueId(row.queue_id))
        case "agent":
            return AssignedTo(AgentId(row.agent_id))
        case "nobody":
            return Nobody()
        case other:
            raise ValueError(f"conversation {row.id} has the unknown handler {other!r}")


def store_status(status: Status) -> Mapping[str, Any]:
    """The columns of a status."""
    match status:
        case Snoozed(until):
            return {"status": "snoozed", "snoozed_until": until}
        case Open():
            return {"status": "open", "snoozed_until": None}
        case Waiting():
            return {"status": "waiting", "snoozed_until": None}
        case Resolved():
            return {"status": "resolved", "snoozed_until": None}
        case Closed():
            return {"status": "closed", "snoozed_until": None}
        case _:
            assert_never(status)


def store_handler(handler: Handler) -> Mapping[str, Any]:
    """The columns of a handler; the queue stays the last one it was in."""
    match handler:
        case WithBot():
            return {"handler": "bot", "agent_id": None}
        case InQueue(queue):
            return {"handler": "queue", "agent_id": None, "queue_id": queue}
        case AssignedTo(agent):
            return {"handler": "agent", "agent_id": agent, "last_agent_id": agent}
        case Nobody():
            return {"handler": "nobody", "agent_id": None}
        case _:
            assert_never(handler)


CONVERSATION_COLUMNS = (
    *("id", "inbox_id", "contact_id", "contact_point_id", "thread_key", "subject", "status", "snoozed_until"),
    *("handler", "queue_id", "agent_id", "last_agent_id", "language", "last_author", "priority", "weight"),
    *("interruptible", "turn", "generation", "n", "visible_n", "created_at", "updated_at", "public"),
)


def load_conversation(row: Row[Any]) -> Conversation:
    """``row`` holds at least the ``CONVERSATION_COLUMNS`` of the table ``conversation``."""
    return Conversation(
        id=ConversationId(row.id),
        inbox=InboxId(row.inbox_id),
        contact=ContactId(row.contact_id),
        contact_point=ContactPointId(row.contact_point_id),
        thread_key=row.thread_key,
        subject=row.subject,
        status=load_status(row),
        handler=load_handler(row),
        queue=QueueId(row.queue_id),
        last_agent=None if row.last_agent_id is None else AgentId(row.last_agent_id),
        language=row.language,
        last_author=row.last_author,
        priority=row.priority,
        weight=row.weight,
        interruptible=row.interruptible,
        turn=row.turn,
        generation=row.generation,
        n=row.n,
        visible_n=row.visible_n,
        created_at=row.created_at,
        updated_at=row.updated_at,
        public=row.public,
    )


def store_author(author: Author) -> Mapping[str, Any]:
    """The columns of an author."""
    match author:
        case ByContact(contact):
            return {"author": "contact", "author_id": contact}
        case ByBot():
            return {"author": "bot", "author_id": None}
        case ByAgent(agent):
            return {"author": "agent", "author_id": agent}
        case BySystem():
            return {"author": "system", "author_id": None}
        case _:
            assert_never(author)


def load_message(row: Row[Any]) -> Message:
    """``row`` holds every column of the table ``message``."""
    return Message(
        id=MessageId(row.id),
        conversation=ConversationId(row.conversation_id),
        kind=Kind(row.kind),
        author=_load_author(row),
        parts=load_parts(row.parts),
        delivery=None if row.delivery is None else Delivery(DeliveryState(row.delivery), row.delivery_reason),
        key=row.external_id if row.kind == "inbound" else row.key,
        created_at=row.created_at,
        envelope=load_envelope(row.envelope),
        edited_at=row.edited_at,
    )


def _load_author(row: Row[Any]) -> Author:
    match row.author:
        case "contact":
            return ByContact(ContactId(row.author_id))
        case "bot":
            return ByBot(row.turn)
        case "agent":
            return ByAgent(AgentId(row.author_id))
        case "system":
            return BySystem()
        case other:
            raise ValueError(f"message {row.id} has the unknown author {other!r}")
