"""What the bot's parts say to each other, and what it needs from others: values and small Protocols, pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.orders import Order
from core.answer import Answer
from core.ids import ArticleId, ContactId, ConversationId, MessageId, QueueId, TurnId

ORDER_FORM = "order_form"
ORDER_NUMBER = "order_number"


class Intent(StrEnum):
    """What a customer can want; both engines use these names."""

    GREET = "greet"
    GOODBYE = "goodbye"
    THANK = "thank"
    AFFIRM = "affirm"
    DENY = "deny"
    BOT_CHALLENGE = "bot_challenge"
    TALK_TO_PERSON = "talk_to_person"
    ORDER_STATUS = "order_status"
    COMPLAINT = "complaint"
    ASK_KNOWLEDGE = "ask_knowledge"
    NOT_HELPED = "not_helped"
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


TALK_KEYS = frozenset({"bot-greet", "bot-goodbye", "bot-thanks", "bot-what-am-i", "bot-order-stopped"})
"""Texts that an engine may name; the policy names all others."""


class Asked(StrEnum):
    """The question of ours that a yes, a no or a number answers next."""

    HELPED = "helped"
    WHICH = "which"
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
class ChoseGone:
    """A button that this conversation never offered: made up, or another conversation's."""


Chosen = ChoseArticle | ChosePerson | ChoseHelped | ChoseGone


# ----------------------------------------------------------------------------------------------------------- a turn


@dataclass(frozen=True, slots=True)
class GivenArticle:
    """An article that the bot showed or suggested, in the revision it had then."""

    article: ArticleId
    revision: int
    language: str
    title: str

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
    asked: Asked | None = None
    failures: int = 0
    active_form: str | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    articles: tuple[GivenArticle, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a customer, to be answered under the conversation's turn token ``token``.

    ``text`` is cut and harmless (``bot.text.tame``); ``language`` is what the contact's side said of itself;
    ``history`` has the earlier turns under the same token, newest last; ``verified`` says whether the contact's
    address is. ``proven`` is False where this message itself does not show that the contact wrote it: nothing personal
    is said then. ``letter``: it goes to and fro in letters, where nobody presses a button.
    """

    id: TurnId
    conversation: ConversationId
    contact: ContactId
    message: MessageId
    token: int
    text: str
    language: str | None = None
    chosen: Chosen | None = None
    attachments: bool = False
    verified: bool = False
    proven: bool = True
    letter: bool = False
    queue: QueueId | None = None
    history: tuple[PastTurn, ...] = ()

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


# ------------------------------------------------------------------------------------------ what an engine proposes


@dataclass(frozen=True, slots=True)
class Found:
    """What the knowledge base has for a question, best first; ``again`` when an earlier answer did not help."""

    question: str
    answers: tuple[Answer, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """Small talk: say the text of this key."""

    key: str


@dataclass(frozen=True, slots=True)
class AskSlot:
    """The open form asks for a slot."""

    slot: str
    key: str


@dataclass(frozen=True, slots=True)
class Affirmed:
    """A yes outside any form."""


@dataclass(frozen=True, slots=True)
class Denied:
    """A no outside any form."""


@dataclass(frozen=True, slots=True)
class WantsPerson:
    """The customer asks for a person, in whatever words."""


@dataclass(frozen=True, slots=True)
class Complains:
    """The customer complains."""


@dataclass(frozen=True, slots=True)
class OrderTold:
    """The order was found."""

    order: Order


@dataclass(frozen=True, slots=True)
class NumberRefused:
    """No order number by its form, or (``well_formed``) one that no order has."""

    number: str
    well_formed: bool


@dataclass(frozen=True, slots=True)
class NotProven:
    """It was not looked up, since nothing shows that the contact wrote this."""


@dataclass(frozen=True, slots=True)
class LookupFailed:
    """``what`` (knowledge or orders) could not be asked."""

    what: str


Proposal = (
    Found
    | Talk
    | AskSlot
    | Affirmed
    | Denied
    | WantsPerson
    | Complains
    | OrderTold
    | NumberRefused
    | NotProven
    | LookupFailed
)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What an engine made of a turn: ``proposals`` in the order in which they would be said.

    ``confidence`` 0 to 1; ``language`` of this text, None when it shows none.
    """

    engine: str
    intent: str | None
    confidence: float
    language: str | None
    proposals: tuple[Proposal, ...]
    active_form: str | None = None
    slots: Mapping[str, str] = field(default_factory=dict)


# ------------------------------------------------------------------------------------------------ what others give


class Engine(Protocol):
    """Understands a turn: Rasa, or the scripted one. It never decides what is said."""

    async def understand(self, turn: Turn) -> Understanding:
        """Raises ``core.errors.Unavailable`` when it cannot, and must then not have spoken to anybody."""
        ...


class ArticleFinder(Protocol):
    """The published knowledge base."""

    async def find(self, question: str, language: str, limit: int) -> Sequence[Answer]:
        """At most ``limit`` answers, the most probable first."""
        ...


class Hours(Protocol):
    """When a queue's people work."""

    def open_now(self, queue: QueueId) -> bool | None:
        """None when the queue has no hours: then nothing is promised."""
        ...


@dataclass(frozen=True, slots=True)
class RasaAddress:
    """Where Rasa listens and the secret that it asks for, while it is ready."""

    url: str
    secret: str = field(repr=False)


class RasaWhereabouts(Protocol):
    """``bot.process`` knows where Rasa is; None while it is not ready."""

    @property
    def address(self) -> RasaAddress | None: ...


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
