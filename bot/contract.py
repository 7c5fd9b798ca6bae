"""What the bot's parts say to each other, and what it needs from others: values and small Protocols, pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.handing.values import NOTHING_KNOWN, Circumstances
from bot.proposals import Understanding
from core.answer import PUBLIC_READER, Answer, Audience, Reader
from core.ids import ArticleId, ContactId, ConversationId, InboxId, MessageId, QueueId, TurnId
from core.inbox import USUAL_BOT, BotProfile
from core.order import Customer

ORDER_FORM = "order_form"
ORDER_NUMBER = "order_number"


class Intent(StrEnum):
    """What a customer can want; both engines use these names.

    From ``delivery_problem`` to ``price`` articles answer, as they do ``ask_knowledge``; the name is kept for statistics,
    routing and whoever takes over.
    """

    GREET = "greet"
    GOODBYE = "goodbye"
    THANK = "thank"
    AFFIRM = "affirm"
    DENY = "deny"
    BOT_CHALLENGE = "bot_challenge"
    SMALL_TALK = "small_talk"
    INSULT = "insult"
    TALK_TO_PERSON = "talk_to_person"
    COMPLAINT = "complaint"
    NOT_HELPED = "not_helped"
    ORDER_STATUS = "order_status"
    ORDER_CANCEL = "order_cancel"
    ORDER_CHANGE_ADDRESS = "order_change_address"
    ORDER_RETURN = "order_return"
    ORDER_REFUND = "order_refund"
    DELIVERY_PROBLEM = "delivery_problem"
    INVOICE = "invoice"
    PASSWORD = "password"  # noqa: S105 - the name of a subject
    ACCOUNT = "account"
    OPENING_HOURS = "opening_hours"
    PRICE = "price"
    ASK_KNOWLEDGE = "ask_knowledge"
    OUT_OF_SCOPE = "out_of_scope"
    FALLBACK = "nlu_fallback"


class Outcome(StrEnum):
    """What became of a turn: small talk is talked, a question of ours is asked, an answer that failed is failed."""

    ANSWERED = "answered"
    SUGGESTED = "suggested"
    ASKED = "asked"
    TALKED = "talked"
    CONFIRMED = "confirmed"
    HANDED_OFF = "handed_off"
    FAILED = "failed"


TALK_KEYS = frozenset(
    {
        "bot-greet",
        "bot-goodbye",
        "bot-thanks",
        "bot-what-am-i",
        "bot-small-talk",
        "bot-insult",
        "bot-order-stopped",
        "bot-request-stopped",
        "bot-take-your-time",
        "bot-proof-already",
    }
)
"""Texts that an engine may name; the policy names all others."""


class Asked(StrEnum):
    """The question of ours that a yes, a no or a number answers next."""

    HELPED = "helped"
    WHICH = "which"
    TOPIC = "topic"
    PERSON = "person"


# ------------------------------------------------------------------------------------------------- what buttons mean


@dataclass(frozen=True, slots=True)
class ChoseArticle:
    """Show this article; ``title`` is what the button said."""

    article: ArticleId
    language: str
    title: str


@dataclass(frozen=True, slots=True)
class ChosePerson:
    """Let a person answer."""


@dataclass(frozen=True, slots=True)
class ChoseHelped:
    """Whether the answer helped."""

    helped: bool


@dataclass(frozen=True, slots=True)
class ChoseConfirm:
    """Do what the open form said, or leave it; ``mark`` stands for exactly what it said then."""

    yes: bool
    mark: str


@dataclass(frozen=True, slots=True)
class ChoseOrder:
    """This order is meant; ``title``: what is in it, where the customer may know."""

    number: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ChoseWay:
    """The code shall go to the account that was named (``title``), or by mail."""

    account: bool
    title: str = ""


@dataclass(frozen=True, slots=True)
class ChoseGone:
    """A button that this conversation never offered: made up, or another conversation's."""


@dataclass(frozen=True, slots=True)
class ChoseMore:
    """Tell more of this article."""

    article: ArticleId
    language: str
    title: str


@dataclass(frozen=True, slots=True)
class ChoseTopic:
    """The question is about this topic, one of those that the bot asked back."""

    topic: str


Chosen = (
    ChoseArticle
    | ChoseTopic
    | ChoseMore
    | ChosePerson
    | ChoseHelped
    | ChoseConfirm
    | ChoseOrder
    | ChoseWay
    | ChoseGone
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A choice as it was shown: a button, or a numbered line."""

    chosen: Chosen
    label: str


# ----------------------------------------------------------------------------------------------------------- a turn


@dataclass(frozen=True, slots=True)
class GivenArticle:
    """An article that the bot showed or suggested, in the revision it had then.

    Of its text ``told`` characters were told from ``origin`` on (0: it was only suggested); ``left``: there is more.
    ``further``: it had been begun before.
    """

    article: ArticleId
    revision: int
    language: str
    title: str
    origin: int = 0
    told: int = 0
    left: bool = False
    further: bool = False

    @classmethod
    def of(cls, answer: Answer) -> "GivenArticle":
        return cls(answer.article, answer.revision, answer.language, answer.title)


@dataclass(frozen=True, slots=True)
class PastTurn:
    """What our record says about an earlier turn; ``failures`` counts those in a row up to it."""

    id: TurnId
    engine: str
    text: str
    intent: str | None
    language: str | None
    outcome: Outcome
    confidence: float | None = None
    asked: Asked | None = None
    failures: int = 0
    active_form: str | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    articles: tuple[GivenArticle, ...] = ()
    message: MessageId | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a customer, to be answered under the conversation's turn token ``token``.

    ``text`` is cut and harmless (``bot.text.tame``); ``language`` is what the contact's side said of itself;
    ``history`` has the earlier turns under the same token, newest last; ``verified`` says whether their site or an
    address of theirs vouches for who the contact is. ``proven`` is False where this message itself does not show that
    the contact wrote it: nothing personal is said then. ``letter``: it goes to and fro in letters, where nobody presses
    a button. ``offered``: the choices that our last message showed, in order. ``inbox``: where it came in; ``brand`` and ``profile``: the inbox's. ``near``: what they chose before the chat, and what the page is about on
    which they write. ``emails`` and
    ``users`` are those that are proven to be the contact's, where the message is theirs. ``now``: when the bot took it up. ``unseen``: our last answer came only after this message was written. ``around``: what is known of them that leads to a person or is told when one takes over.
    ``network``: a name for where the message came from, where that is known.
    """

    id: TurnId
    conversation: ConversationId
    contact: ContactId
    message: MessageId
    token: int
    text: str
    language: str | None = None
    chosen: Chosen | None = None
    offered: tuple[Offered, ...] = ()
    attachments: bool = False
    verified: bool = False
    proven: bool = True
    letter: bool = False
    queue: QueueId | None = None
    inbox: InboxId | None = None
    brand: str | None = None
    profile: BotProfile = USUAL_BOT
    near: tuple[str, ...] = ()
    history: tuple[PastTurn, ...] = ()
    emails: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    now: datetime | None = None
    unseen: bool = False
    around: Circumstances = NOTHING_KNOWN
    network: str | None = None

    @property
    def customer(self) -> Customer:
        """Whose orders may be told and changed in this turn."""
        return Customer(self.contact, self.verified, self.emails, self.users)

    @property
    def reader(self) -> Reader:
        """Which articles may be told: whoever did not prove who they are is anybody."""
        return Reader(Audience.SIGNED_IN if self.verified else Audience.PUBLIC, self.brand)

    @property
    def last(self) -> PastTurn | None:
        """Where our record left the conversation."""
        return self.history[-1] if self.history else None

    @property
    def active_form(self) -> str | None:
        """The form that is open, by our record."""
        return self.last.active_form if self.last else None

    @property
    def slots(self) -> Mapping[str, str]:
        """What is known, by our record."""
        return self.last.slots if self.last else {}


# ------------------------------------------------------------------------------------------------ what others give


class Engine(Protocol):
    """Understands a turn: Rasa, or the scripted one. It never decides what is said."""

    async def understand(self, turn: Turn) -> Understanding:
        """Raises ``core.errors.Unavailable`` when it cannot, and must then not have spoken to anybody."""
        ...


class ArticleFinder(Protocol):
    """The published knowledge base."""

    async def find(
        self, question: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        """At most ``limit`` answers, the most probable first."""
        ...


class AboutArticles(Protocol):
    """What else is known of questions and articles; whoever has nothing to say says so."""

    async def alike(self, one: str, other: str, language: str) -> float | None:
        """How near two questions are in meaning, 0 to 1; None where nothing can tell."""
        ...

    async def elsewhere(
        self, question: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        """The articles in other languages, the most probable first."""
        ...

    async def topics(
        self, articles: Collection[ArticleId], language: str
    ) -> Mapping[ArticleId, tuple[str, ...]]:
        """What each article is about, in this language, from general to particular."""
        ...


@dataclass(frozen=True, slots=True)
class RasaAddress:
    """Where Rasa listens and the secret that it asks for; ``actions`` is where it asks this process, None: as it was told at its start."""

    url: str
    secret: str = field(repr=False)
    actions: str | None = None


class RasaWhereabouts(Protocol):
    """``bot.process`` knows where Rasa is, ``bot.servers`` where several are."""

    def places(self, conversation: ConversationId) -> Sequence[RasaAddress]:
        """Those that are ready, the one that this conversation prefers first."""
        ...


class Progress(StrEnum):
    """How far Rasa is."""

    OFF = "off"
    INSTALLING = "installing"
    TRAINING = "training"
    STARTING = "starting"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class BotState:
    """What the status page shows; ``engine`` answers now, ``seconds`` since the state began, ``model`` its fingerprint."""

    state: Progress
    engine: str
    step: str = ""
    seconds: float = 0.0
    detail: str | None = None
    model: str | None = None
