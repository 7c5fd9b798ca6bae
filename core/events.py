"""Facts in the past tense: ids, states and times; never text, names or addresses, so that erasing stays possible.

Every field is flat (strings, numbers, times, None), so that the stored form is the event's fields by name.
``docs/events.md`` lists who emits and who listens.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from core.contact_events import (
    ContactChanged,
    ContactsMerged,
    ContactsParted,
    ConversationRated,
    MessageEdited,
    ReachChanged,
    VerificationAsked,
)
from core.ids import (
    AgentId,
    ArticleId,
    ContactId,
    ConversationId,
    InboxId,
    MessageId,
    QueueId,
    RearrangementId,
    ReservationId,
    TurnId,
)

Topic = NewType("Topic", str)


def conversation_topic(conversation: ConversationId) -> Topic:
    """The numbered stream of one conversation."""
    return Topic(f"conversation:{conversation}")


def agent_topic(agent: AgentId) -> Topic:
    """The numbered stream of one agent: offers and presence."""
    return Topic(f"agent:{agent}")


def article_topic(article: ArticleId) -> Topic:
    """The numbered stream of one article."""
    return Topic(f"article:{article}")


def inbox_topic(inbox: InboxId) -> Topic:
    """The numbered stream of one inbox: what waits for a person to look."""
    return Topic(f"inbox:{inbox}")


def contact_topic(contact: ContactId) -> Topic:
    """The numbered stream of one contact: what became of who they are."""
    return Topic(f"contact:{contact}")


def intake_topic(inbox: InboxId, thread: str) -> Topic:
    """The numbered stream of what a provider sent for one of its threads and is not worked up yet."""
    return Topic(f"intake:{inbox}:{thread}")


SETTINGS_TOPIC = Topic("settings")


@dataclass(frozen=True, slots=True)
class ConversationStarted:
    """A contact or an agent began a conversation."""

    conversation: ConversationId
    contact: ContactId
    inbox: InboxId


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """A contact's message is stored; ``handler`` is who held the conversation at that moment, under ``turn``.

    ``first``: the contact's first since somebody of ours said something, so that an answer is owed from here on.
    ``suggest``: the bot of this inbox leaves the agents an answer that they may give. ``quiet``: nothing that the bot
    could answer.
    """

    conversation: ConversationId
    message: MessageId
    handler: str
    turn: int
    first: bool = True
    suggest: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class NoticeReceived:
    """What a machine sent (an out-of-office reply, a delivery report) is stored; it wakes nobody."""

    conversation: ConversationId
    message: MessageId


@dataclass(frozen=True, slots=True)
class PayloadStored:
    """What a provider sent is kept as it came and waits, in order, to be worked up; ``payload`` is the provider's id."""

    inbox: InboxId
    thread: str
    payload: str


@dataclass(frozen=True, slots=True)
class ParticipantsChanged:
    """Somebody beside the requester came in or went out; ``by`` an agent, or by a message's own word."""

    conversation: ConversationId
    by: AgentId | None


@dataclass(frozen=True, slots=True)
class ConversationLinked:
    """The conversation goes together with another; ``kind`` as in ``core.conversation.LinkKind``.

    ``ours``: it is this one that was split off, merged or follows, and not the other.
    """

    conversation: ConversationId
    other: ConversationId
    kind: str
    by: AgentId | None
    ours: bool = True


@dataclass(frozen=True, slots=True)
class MessagePlaced:
    """A message that stood in another conversation stands here now: under this event's number, or its old one again."""

    conversation: ConversationId
    message: MessageId


@dataclass(frozen=True, slots=True)
class MessagesMoved:
    """``count`` messages came from the ``other`` conversation (``way`` in) or went there (out), by a ``rearrangement``.

    ``owed``: an answer of ours is owed here after it, since ``owed_since``; None where that is as it was.
    """

    conversation: ConversationId
    other: ConversationId
    rearrangement: RearrangementId
    way: str
    count: int
    owed: bool
    owed_since: datetime | None
    by: AgentId | None


@dataclass(frozen=True, slots=True)
class SubjectChanged:
    """The conversation is called something else now."""

    conversation: ConversationId
    by: AgentId


@dataclass(frozen=True, slots=True)
class ReplyQueued:
    """A reply of the bot, an agent or the system is stored and waits for its channel."""

    conversation: ConversationId
    message: MessageId
    author: str
    inbox: InboxId


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """An agent left an internal note."""

    conversation: ConversationId
    message: MessageId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class AnswerSuggested:
    """The bot left a note with an answer that an agent may give; the contact hears nothing of it."""

    conversation: ConversationId
    message: MessageId


@dataclass(frozen=True, slots=True)
class DeliveryChanged:
    """A reply got further, or failed; ``state`` as in ``core.message.DeliveryState``. ``by``: an agent's own word on it."""

    conversation: ConversationId
    message: MessageId
    state: str
    by: AgentId | None = None


@dataclass(frozen=True, slots=True)
class HandlerChanged:
    """The conversation changed hands; ``handler`` is bot, queue, agent or nobody, ``cause`` as in ``Cause``."""

    conversation: ConversationId
    handler: str
    queue: QueueId | None
    agent: AgentId | None
    previous_agent: AgentId | None
    turn: int
    cause: str
    by: AgentId | None


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """The conversation's status changed; ``until`` only for snoozed ones."""

    conversation: ConversationId
    status: str
    until: datetime | None
    agent: AgentId | None
    by: AgentId | None


@dataclass(frozen=True, slots=True)
class ContactRead:
    """The contact has seen everything up to the visible number ``visible_n``."""

    conversation: ConversationId
    visible_n: int


@dataclass(frozen=True, slots=True)
class OfferMade:
    """A conversation was offered to an agent."""

    agent: AgentId
    conversation: ConversationId
    reservation: ReservationId
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OfferEnded:
    """An offer is over; ``how`` is accepted, declined, expired, cancelled."""

    agent: AgentId
    conversation: ConversationId
    reservation: ReservationId
    how: str


@dataclass(frozen=True, slots=True)
class PresenceChanged:
    """An agent's presence changed."""

    agent: AgentId
    state: str


@dataclass(frozen=True, slots=True)
class AgentChanged:
    """An agent's skills, capacity, queues, roles or being active changed."""

    agent: AgentId


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Queues, skills, policies, hours, inboxes or canned replies changed; ``what`` names the noun."""

    what: str
    id: str


@dataclass(frozen=True, slots=True)
class MailHeldBack:
    """A mail of an inbox waits for a person to look; ``state`` as in ``channels.contract.TakenState``."""

    inbox: InboxId
    mail: str
    state: str


@dataclass(frozen=True, slots=True)
class ArticlePublished:
    """A revision of an article is what everybody reads from now on."""

    article: ArticleId
    language: str
    revision: int


@dataclass(frozen=True, slots=True)
class ArticleUnpublished:
    """An article is no longer shown in this language."""

    article: ArticleId
    language: str


@dataclass(frozen=True, slots=True)
class ArticleEdited:
    """A new draft revision exists."""

    article: ArticleId
    language: str
    revision: int


@dataclass(frozen=True, slots=True)
class BotAnswered:
    """The bot finished a turn; ``outcome`` is answered, suggested, asked, handed_off or failed."""

    conversation: ConversationId
    turn_id: TurnId
    engine: str
    outcome: str


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A time that somebody set has come; ``kind`` says which, ``ref`` what for."""

    kind: str
    ref: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TargetMissed:
    """An SLA target of the conversation passed unmet; ``target`` is first, next or resolution."""

    conversation: ConversationId
    target: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DueMoved:
    """What a waiting conversation is due moved while it waits; None: nothing is promised any more."""

    conversation: ConversationId
    due_at: datetime | None


Event = (
    ConversationStarted
    | MessageReceived
    | NoticeReceived
    | MessageEdited
    | ReachChanged
    | PayloadStored
    | ConversationRated
    | VerificationAsked
    | ContactsMerged
    | ContactsParted
    | ContactChanged
    | ParticipantsChanged
    | ConversationLinked
    | MessagePlaced
    | MessagesMoved
    | SubjectChanged
    | ReplyQueued
    | NoteAdded
    | AnswerSuggested
    | DeliveryChanged
    | HandlerChanged
    | StatusChanged
    | ContactRead
    | OfferMade
    | OfferEnded
    | PresenceChanged
    | AgentChanged
    | SettingsChanged
    | MailHeldBack
    | ArticlePublished
    | ArticleUnpublished
    | ArticleEdited
    | BotAnswered
    | TimerFired
    | TargetMissed
    | DueMoved
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its place: the ``n``-th of its topic; ``visible_n`` where the requester may see it."""

    topic: Topic
    n: int
    visible_n: int | None
    at: datetime
    event: Event
