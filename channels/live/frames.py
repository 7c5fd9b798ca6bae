"""From recorded events to the frames that visitors get, encoded once for all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from channels.live import protocol as wire
from channels.live import shown
from core.contact_events import ConversationRated
from core.events import (
    DeliveryChanged,
    HandlerChanged,
    MessageReceived,
    NoticeReceived,
    Recorded,
    StatusChanged,
)
from core.ids import AgentId, ArticleId, MediaId, MessageId
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
    DeliveryState,
    Folded,
    Formatted,
    Location,
    Message,
    Part,
    Quoted,
    SharedContact,
    Text,
    plain_text,
)
from core.store.messages import get_messages
from core.store.tables.people import agent
from core.store.tx import Tx
from core.stream import Frame

NEWS = frozenset({DeliveryState.SENT.value})
"""A reply is news to the visitor when it is sent; what happens to it later changes what they have."""


@dataclass(frozen=True, slots=True)
class _Known:
    messages: Mapping[MessageId, Message]
    agents: Mapping[AgentId, str]


class VisitorFrames:
    """``media_url`` and ``article_url`` give the addresses that visitors may open."""

    def __init__(
        self,
        media_url: Callable[[MediaId], str],
        article_url: Callable[[ArticleId, str], str | None] = lambda _article, _language: None,
    ) -> None:
        self._media_url = media_url
        self._article_url = article_url

    def render(self, tx: Tx, events: Sequence[Recorded]) -> Sequence[Frame]:
        """A ``core.stream.Render``: one frame for each event, so that no number is missing."""
        return [Frame(each.n, wire.encode(each)) for each in self.seen(tx, events)]

    def seen(self, tx: Tx, events: Sequence[Recorded]) -> Sequence[wire.EventOut]:
        """The same before it is encoded."""
        known = _look_up(tx, events)
        return [self._event(recorded, known) for recorded in events]

    def _event(self, recorded: Recorded, known: _Known) -> wire.EventOut:
        conversation = recorded.topic.partition(":")[2]
        return wire.EventOut(conversation, recorded.visible_n or 0, recorded.at, self._fact(recorded, known))

    def _fact(self, recorded: Recorded, known: _Known) -> wire.Fact:
        match recorded.event:
            case MessageReceived(message=message) | NoticeReceived(message=message):
                return self._said(message, known)
            case DeliveryChanged(message=message, state=state):
                return self._said(message, known) if state in NEWS else wire.DeliveryFact(message, state)
            case HandlerChanged(agent=None, previous_agent=None, handler=handler):
                return wire.HandlerFact(handler)
            case HandlerChanged(agent=None, handler=handler):
                return wire.LeftFact(handler)
            case HandlerChanged(agent=joined) if joined is not None:
                return wire.JoinedFact(known.agents.get(joined, ""))
            case StatusChanged(status=status):
                return wire.StatusFact(status)
            case ConversationRated(score=score):
                return wire.RatedFact(score)
            case _:
                return wire.OtherFact()

    def _said(self, message: MessageId, known: _Known) -> wire.Fact:
        found = known.messages.get(message)
        return wire.OtherFact() if found is None else wire.MessageFact(self.message(found, known.agents))

    def message(self, message: Message, agents: Mapping[AgentId, str]) -> shown.MessageOut:
        """``agents`` names those who may be its author."""
        key = message.key if isinstance(message.author, ByContact) else None
        return shown.MessageOut(
            id=message.id,
            author=_author(message.author, agents),
            parts=tuple(each for part in message.parts if (each := self._part(part)) is not None),
            at=message.created_at,
            delivery=None if message.delivery is None else message.delivery.state.value,
            # Inbound keys are stored behind their session's id, because each client makes its own.
            key=None if key is None else key.partition(":")[2],
        )

    def _part(self, part: Part) -> shown.PartOut | None:
        match part:
            case Text(text):
                return shown.TextPart(text)
            case Attachment(media, name, media_type, size, inline):
                kind = shown.ImagePart if inline else shown.FilePart
                return kind(self._media_url(media), name, size, media_type)
            case Buttons(options):
                return shown.ButtonsPart(tuple(shown.Option(option.id, option.label) for option in options))
            case Choice(message, option, label):
                return shown.ChoicePart(message, option, label)
            case ArticleCard(article, language, title, excerpt):
                return shown.ArticlePart(article, title, excerpt, self._article_url(article, language))
            case Location() | SharedContact():
                return shown.TextPart(plain_text((part,)))
            case Folded() | Formatted() | Quoted():
                # What came along with a mail or an answer; its words are in the text.
                return None


def _look_up(tx: Tx, events: Sequence[Recorded]) -> _Known:
    messages: list[MessageId] = []
    joined: set[AgentId] = set()
    for recorded in events:
        match recorded.event:
            case MessageReceived(message=message) | NoticeReceived(message=message):
                messages.append(message)
            case DeliveryChanged(message=message, state=state) if state in NEWS:
                messages.append(message)
            case HandlerChanged(agent=who) if who is not None:
                joined.add(who)
            case _:
                pass
    found = get_messages(tx, messages) if messages else {}
    writers = {message.author.agent for message in found.values() if isinstance(message.author, ByAgent)}
    return _Known(found, agent_names(tx, joined | writers))


def agent_names(tx: Tx, agents: set[AgentId]) -> Mapping[AgentId, str]:
    """The names that customers may know."""
    if not agents:
        return {}
    rows = tx.conn.execute(select(agent.c.id, agent.c.name).where(agent.c.id.in_(agents)))
    return {AgentId(row.id): row.name for row in rows}


def _author(author: Author, agents: Mapping[AgentId, str]) -> shown.AuthorOut:
    match author:
        case ByContact():
            return shown.AuthorOut("contact", None)
        case ByBot():
            return shown.AuthorOut("bot", None)
        case ByAgent(who):
            return shown.AuthorOut("agent", agents.get(who))
        case BySystem():
            return shown.AuthorOut("system", None)
