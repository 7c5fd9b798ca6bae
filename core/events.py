"""Facts in the past tense: ids, states and times; never text, names or addresses, so that erasing stays possible.

Every field is flat (strings, numbers, times, None), so that the stored form is the event's fields by name.
``docs/events.md`` lists who emits and who listens.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from core.bot_events import ErrandEnded, ErrandGiven
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
    OrderId,
    QueueId,
    ReservationId,
    TurnId,
)
from core.knowledge_events import (
    ArticleChanged,
    ArticleEdited,
    ArticleFlagged,
    ArticlePublished,
    ArticleUnpublished,
    CommentAdded,
    CommentResolved,
    FlagResolved,
    KnowledgeChanged,
    ReviewAsked,
    ReviewDecided,
    StageChanged,
)
from core.order_events import OrderChanged
from core.rearranging_events import ConversationLinked, MessagePlaced, MessagesMoved
from core.routing_events import (
    DueMoved,
    NobodyCanServe,
    RoutingRuleApplied,
    TargetMissed,
    TargetNear,
    WrapUpEnded,
    WrapUpStarted,
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


def order_topic(order: OrderId) -> Topic:
    """The numbered stream of one order."""
    return Topic(f"order:{order}")


def intake_topic(inbox: InboxId, thread: str) -> Topic:
    """The numbered stream of what a provider sent for one of its threads and is not worked up yet."""
    return Topic(f"intake:{inbox}:{thread}")


KNOWLEDGE_TOPIC = Topic("knowledge")
"""What many articles rest on."""
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
    could answer. ``promise``: they wait for a person where the bot answers others, and hear when people are there.
    ``network``: where it came from, by a name that is good for a day (``core.network``); no address.
    """

    conversation: ConversationId
    message: MessageId
    handler: str
    turn: int
    first: bool = True
    suggest: bool = False
    quiet: bool = False
    promise: bool = False
    network: str | None = None


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
    """An agent's presence changed; ``by``: the agent who set it, themselves or a supervisor, None: the system."""

    agent: AgentId
    state: str
    by: AgentId | None = None


@dataclass(frozen=True, slots=True)
class AgentChanged:
    """An agent's skills, capacity, queues, roles or being active changed; ``only_speed``: nothing but their handle times."""

    agent: AgentId
    only_speed: bool = False


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
class BotAnswered:
    """The bot finished a turn; ``outcome`` is answered, suggested, asked, handed_off or failed.

    ``trouble``: why another engine than the usual one took the turn, a code such as ``rasa_failed``.
    """

    conversation: ConversationId
    turn_id: TurnId
    engine: str
    outcome: str
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A time that somebody set has come; ``kind`` says which, ``ref`` what for."""

    kind: str
    ref: str
    due_at: datetime


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
    | ArticleChanged
    | ReviewAsked
    | ReviewDecided
    | CommentAdded
    | CommentResolved
    | StageChanged
    | ArticleFlagged
    | FlagResolved
    | KnowledgeChanged
    | BotAnswered
    | ErrandGiven
    | ErrandEnded
    | TimerFired
    | TargetMissed
    | TargetNear
    | DueMoved
    | WrapUpStarted
    | WrapUpEnded
    | RoutingRuleApplied
    | NobodyCanServe
    | OrderChanged
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its place: the ``n``-th of its topic; ``visible_n`` where the requester may see it."""

    topic: Topic
    n: int
    visible_n: int | None
    at: datetime
    event: Event
