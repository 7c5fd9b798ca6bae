"""What an engine makes of a turn: proposals, which the policy turns into words; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.answer import Answer
from core.ids import ArticleId
from core.order import Order, OrderResult


class Wish(StrEnum):
    """What shall be done to an order; nothing is done before its customer said yes to the very words."""

    CANCEL = "cancel"
    CHANGE_ADDRESS = "address"
    RETURN = "return"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Found:
    """What the knowledge base has for a question, best first; ``again`` when an earlier answer did not help.

    ``language``: the one that it was looked for in. ``elsewhere``: what there is in others. ``parts``: the same for each
    of several questions in one message. ``alike``: how near it is in meaning to earlier questions, by their texts.
    ``topics`` of articles, from general to particular. ``narrowed``: the customer said which topic.
    """

    question: str
    answers: tuple[Answer, ...]
    again: bool = False
    language: str | None = None
    elsewhere: tuple[Answer, ...] = ()
    parts: tuple["Found", ...] = ()
    alike: Mapping[str, float] = field(default_factory=dict)
    topics: Mapping[ArticleId, tuple[str, ...]] = field(default_factory=dict)
    narrowed: bool = False


@dataclass(frozen=True, slots=True)
class Further:
    """More of an article is asked for; ``answer`` None where nobody may read it any more."""

    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Talk:
    """Small talk: say the text of this key."""

    key: str


@dataclass(frozen=True, slots=True)
class AskSlot:
    """The open form asks for a slot by the text ``key`` with its variables."""

    slot: str
    key: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WhichOrder:
    """The open form asks which of these orders is meant; ``items``: what is in each, where the customer may know."""

    numbers: tuple[str, ...]
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirm:
    """The open form says what it would do and asks for a yes; ``mark`` stands for exactly this.

    Of a refund: the ``amount`` that is asked for and the sum that the customer ``named``, in words, where known.
    """

    wish: Wish
    number: str
    address: str
    reason: str
    mark: str
    amount: str = ""
    named: str = ""


@dataclass(frozen=True, slots=True)
class WhichWay:
    """The open form asks where the code shall go: to this account, or (``mail``) to an e-mail address."""

    account: str
    mail: bool = True


Ask = AskSlot | WhichOrder | WhichWay | Confirm


@dataclass(frozen=True, slots=True)
class Affirmed:
    """A yes outside any form."""


@dataclass(frozen=True, slots=True)
class Denied:
    """A no outside any form."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words of an engine's own, plain and cut; ``answers``: they answer the question."""

    text: str
    answers: bool = False


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
class OwnOrder:
    """The customer named no order and has but one that they can mean."""

    number: str


@dataclass(frozen=True, slots=True)
class NotTheirs:
    """Who asks has proven who they are, and has no such order."""

    number: str


@dataclass(frozen=True, slots=True)
class NumberRefused:
    """No order number by its form, or (``well_formed``) one that no order has."""

    number: str
    well_formed: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """The second thing of a message, beside what the first came to."""

    about: Found | OrderTold


@dataclass(frozen=True, slots=True)
class NotProven:
    """It was not looked up, since nothing shows that the contact wrote this."""


@dataclass(frozen=True, slots=True)
class SendCode:
    """A code shall go to this e-mail address, or (``account``) to the account that is known to be the order's customer's.

    Whoever types it in the chat has proven that it is theirs.
    """

    address: str
    account: bool = False


@dataclass(frozen=True, slots=True)
class CheckCode:
    """This was typed as the code."""

    code: str


@dataclass(frozen=True, slots=True)
class Change:
    """The customer said yes: it shall be done; ``amount`` of a refund, in minor units, where they were told which."""

    wish: Wish
    number: str
    address: str
    reason: str
    amount: int | None = None


Effect = SendCode | CheckCode | Change
"""What an engine only proposes and never does: ``bot.doing`` does it, once a turn."""


@dataclass(frozen=True, slots=True)
class CodeRight:
    """The address is proven."""


@dataclass(frozen=True, slots=True)
class CodeWrong:
    """``left`` more guesses."""

    left: int


@dataclass(frozen=True, slots=True)
class ProofFailed:
    """Guessed too often, asked for too often, too late, or there is no way here to prove anything (``here``)."""

    here: bool = True


@dataclass(frozen=True, slots=True)
class Changed:
    """What whoever keeps orders said to a wish."""

    wish: Wish
    number: str
    result: OrderResult


@dataclass(frozen=True, slots=True)
class ChangeUnknown:
    """Nobody answered: it may be done or not."""


Result = CodeRight | CodeWrong | ProofFailed | Changed | ChangeUnknown
"""What came of it."""


@dataclass(frozen=True, slots=True)
class LookupFailed:
    """``what`` (knowledge or orders) could not be asked."""

    what: str


Proposal = (
    Found
    | Further
    | Talk
    | Beside
    | Ask
    | Effect
    | Result
    | Affirmed
    | Denied
    | Said
    | WantsPerson
    | Complains
    | OrderTold
    | OwnOrder
    | NotTheirs
    | NumberRefused
    | NotProven
    | LookupFailed
)


@dataclass(frozen=True, slots=True)
class Guess:
    """An intent that the text may mean; ``confidence`` 0 to 1."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """What an engine made of a turn: ``proposals`` in the order in which they would be said.

    ``confidence`` 0 to 1; ``language`` of this text, None when it shows none.
    ``ranking``: the likeliest intents, the likeliest first; ``in_scope`` 0 to 1: how sure it is that the text means any of
    them, None where the engine does not say. ``trouble``: why another engine had to take the turn, a code.
    """

    engine: str
    intent: str | None
    confidence: float
    language: str | None
    proposals: tuple[Proposal, ...]
    active_form: str | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    ranking: tuple[Guess, ...] = ()
    in_scope: float | None = None
    trouble: str | None = None
