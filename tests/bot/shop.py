"""A shop with orders of one customer, a made-up proof by codes, and whole conversations with the bot about them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.contract import Asked, Chosen, Engine, PastTurn, Turn
from bot.doing import Doer
from bot.findings import Findings
from bot.handing.settings import HandingSettings
from bot.orders.contract import OrderFormat
from bot.orders.memory import MemoryOrders
from bot.policy.settings import PolicySettings
from bot.proving import CodeAsked, CodeIsOver, CodeIsRight, CodeIsWrong, CodeRefused, Ways
from bot.record import ALONE, Thought, asked_by, outcome_of
from bot.reply import AskBack, HandOff, Nothing, Passage, Say, Suggest
from bot.scripted import ScriptedEngine
from bot.thinking import Thinker, ThinkingSettings
from bot.wording import articles_of
from core.clock import Clock
from core.ids import ConversationId, MessageId, TurnId
from core.order import Order, OrderDetails, OrderItem, OrderState
from tests.bot.builders import SmallKnowledge, a_past, a_turn, named
from tests.builders import ManualClock

OWNER = "ann@example.org"
CODE = "204060"
PLACED = datetime(2026, 3, 1, tzinfo=UTC)
STATES = {
    "LL-10234": OrderState.PLACED,
    "LL-20871": OrderState.SHIPPED,
    "LL-48213": OrderState.DELIVERED,
    "LL-10877": OrderState.PACKED,
}


def a_shop(clock: Clock | None = None) -> MemoryOrders:
    """All orders are the owner's."""
    details = OrderDetails(PLACED, "EUR", (OrderItem("Lamp", 1, 4900),), "1 Old Road, 12345 Town", PLACED)
    orders = [Order(number, state, None, details) for number, state in STATES.items()]
    return MemoryOrders(orders, dict.fromkeys(STATES, OWNER), clock or ManualClock())


@dataclass
class MadeUpProof:
    """Implements ``IdentityProof``: the one code, ``tries`` guesses; an address that is somebody else's gets none here."""

    reads: tuple[str, ...] = (OWNER,)
    tries: int = 3
    offers: bool = True
    over: bool = False
    account: str | None = None
    reached: bool = True
    sent: list[str] = field(default_factory=list)

    async def ways(self, turn: Turn, number: str | None) -> Ways:
        return Ways(self.offers, None if number is None else self.account)

    async def send(self, turn: Turn, address: str, language: str | None) -> CodeAsked | CodeRefused:
        if len(self.sent) > 4:
            return CodeRefused(address=False)
        if address.endswith("parley.example"):
            return CodeRefused(address=True)
        self.sent.append(address)
        return CodeAsked(f"proof-{len(self.sent)}")

    async def send_to_account(self, turn: Turn, number: str, language: str | None) -> CodeAsked | CodeRefused:
        if not self.reached:
            return CodeRefused(address=False)
        return await self.send(turn, OWNER, language)

    async def check(self, turn: Turn, proof: str, code: str) -> CodeIsRight | CodeIsWrong | CodeIsOver:
        if self.over or proof != f"proof-{len(self.sent)}":
            return CodeIsOver()
        if code == CODE and self.sent[-1] in self.reads:
            return CodeIsRight(True, (self.sent[-1],), ())
        self.tries -= 1
        return CodeIsWrong(self.tries)


class Talk:
    """A conversation that keeps its own record, as the database would; ``verified`` customers are the owner."""

    def __init__(self, name: str = "c1", *, verified: bool = True, letter: bool = False) -> None:
        self.name = name
        self.orders = a_shop()
        self.knowledge = SmallKnowledge()
        self.findings = Findings(self.knowledge, self.orders, OrderFormat())
        self.proof = MadeUpProof()
        self.engine: Engine = ScriptedEngine(self.findings)
        self.doer = Doer(self.orders, self.proof)
        self.history: tuple[PastTurn, ...] = ()
        self.verified = verified
        self.emails: tuple[str, ...] = (OWNER,)
        self.letter = letter
        self.proven = True
        self.seconds = 4.0
        self.handing: HandingSettings | None = None
        self.now: datetime | None = None

    def turn(self, text: str, chosen: Chosen | None = None) -> Turn:
        number = len(self.history)
        return a_turn(
            text,
            id=TurnId(f"{self.name}-t{number}"),
            conversation=ConversationId(self.name),
            message=MessageId(f"m{number}"),
            history=self.history,
            verified=self.verified,
            emails=self.emails if self.verified else (),
            letter=self.letter,
            proven=self.proven,
            chosen=chosen,
            now=self.now,
        )

    async def say(self, text: str, chosen: Chosen | None = None) -> Thought:
        turn = self.turn(text, chosen)
        limits = ThinkingSettings(self.seconds)
        thinker = Thinker(self.engine, self.findings, PolicySettings(), limits, self.handing, self.doer)
        thought = await thinker.think(turn)
        reply, heard = thought.reply, thought.understood
        asked = asked_by(reply)
        past = a_past(
            text,
            outcome_of(reply),
            id=turn.id,
            engine=heard.engine if heard else ALONE,
            language=thought.language,
            asked=None if asked is None else Asked(asked),
            failures=reply.failures if isinstance(reply, Say | AskBack | Suggest) else 0,
            active_form=None
            if isinstance(reply, HandOff)
            else heard.active_form
            if heard
            else turn.active_form,
            slots=heard.slots if heard else turn.slots,
        )
        self.history = (*self.history, replace(past, articles=articles_of(reply)))
        return thought

    async def hear(self, text: str) -> list[str]:
        """What is said, by keys and article names; why, where a person takes over."""
        return _heard(await self.say(text))

    async def press(self, chosen: Chosen, label: str = "This one") -> list[str]:
        """The same to a button."""
        return _heard(await self.say(label, chosen))

    @property
    def form(self) -> str | None:
        return self.history[-1].active_form

    def put(self, number: str, state: OrderState) -> None:
        """The order is so far from now on."""
        self.orders._orders[number] = replace(self.orders._orders[number], state=state)

    def drop(self, *numbers: str) -> None:
        """There are no such orders."""
        for number in numbers:
            self.orders._orders.pop(number)

    def state(self, number: str) -> OrderState:
        return self.orders._orders[number].state

    def address(self, number: str) -> str:
        details = self.orders._orders[number].details
        return "" if details is None else details.address

    def price(self, number: str, price: int) -> None:
        """What the lamp costs from now on, in cents."""
        order = self.orders._orders[number]
        assert order.details is not None
        details = replace(order.details, items=(OrderItem("Lamp", 1, price),))
        self.orders._orders[number] = replace(order, details=details)

    def amounts(self, number: str) -> list[int | None]:
        """What was asked for this order, in cents."""
        details = self.orders._orders[number].details
        return [] if details is None else [each.amount for each in details.requests]

    def wishes(self, number: str) -> list[str]:
        """What was asked for this order, by kind and reason."""
        details = self.orders._orders[number].details
        return [] if details is None else [f"{each.kind.value}: {each.reason}" for each in details.requests]


def _heard(thought: Thought) -> list[str]:
    reply = thought.reply
    assert not isinstance(reply, Nothing)
    said = [named(piece) for piece in reply.pieces]
    if isinstance(reply, HandOff):
        return [f"person: {reply.reason}", *said]
    shown = any(isinstance(piece, Passage) for piece in reply.pieces)
    return said if shown else [*said, *(str(each.article) for each in articles_of(reply))]
