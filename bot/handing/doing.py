"""Hands a conversation over, in the transaction of its turn: to which queue, with what, and what is said to the customer."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import update

from bot.contract import Turn
from bot.handing.brief import after_errand, brief_of
from bot.handing.contract import Addresses, Returns, Staff, Topics
from bot.handing.deciding import TOPIC, hand_over
from bot.handing.errands import answered
from bot.handing.reading import passed_on_before, with_circumstances
from bot.handing.returning import bring_back
from bot.handing.service import Service
from bot.handing.settings import HandingSettings
from bot.handing.telling import Next, Telling
from bot.handing.values import Errand
from bot.orders.contract import OrderFormat
from bot.policy.deciding import reply_language
from bot.proposals import Understanding
from bot.record import ALONE, Thought, reply_key
from bot.reply import BotReply, HandOff, Nothing
from bot.text import language_of
from bot.wording import Wording
from core import lifecycle
from core.answer import Handoff
from core.cases import numbered
from core.ids import ConversationId, QueueId
from core.message import ByBot, BySystem, Text
from core.reply import queue_reply
from core.store.conversations import peek_conversation
from core.store.tables.handing import bot_errand
from core.store.tx import Tx

QueueFor = Callable[[Tx, ConversationId, Handoff], QueueId]


@dataclass(frozen=True, slots=True)
class Around:
    """What others know; None: nobody does. ``queue_for`` says where a hand-over goes (None: the inbox's queue)."""

    queue_for: QueueFor | None = None
    staff: Staff | None = None
    addresses: Addresses | None = None
    topics: Topics | None = None
    returns: Returns | None = None


class HandsOver:
    """One hand-over: the queue, the brief for the agent, the promise to the customer."""

    def __init__(
        self,
        around: Around,
        telling: Telling,
        wording: Wording,
        orders: OrderFormat,
        settings: HandingSettings,
    ) -> None:
        self._around = around
        self._orders = orders
        self._telling = telling
        self._wording = wording
        self._settings = settings

    def known(self, tx: Tx, turn: Turn) -> Turn:
        """The turn with everything that may lead to a person before anybody thinks about it."""
        return with_circumstances(tx, turn, self._settings, self._around.topics)

    def by_topic(
        self, tx: Tx, turn: Turn, reply: BotReply, understood: Understanding | None
    ) -> tuple[Turn, BotReply]:
        """A person, where a rule holds now that it is understood what the customer wants."""
        topics = self._around.topics
        if topics is None or turn.around.errand is not None:
            return turn, reply
        if understood is None or isinstance(reply, HandOff | Nothing):
            return turn, reply
        topic = topics.topic_of(tx, turn, understood)
        if topic is None:
            return turn, reply
        return replace(turn, around=replace(turn.around, topic=topic)), hand_over(TOPIC, reply)

    def on_errand(self, turn: Turn) -> Thought | None:
        """What is said to who was asked for something that an agent wants; None where the bot is on no errand."""
        errand = turn.around.errand
        if errand is None:
            return None
        came = answered(
            errand,
            turn.text,
            turn.chosen,
            self._orders,
            attachments=turn.attachments,
            most_tries=self._settings.errand_tries,
        )
        language = None if turn.chosen is not None else language_of(turn.text)
        slots = {**turn.slots, **dict(came.known)}
        understood = Understanding(ALONE, None, 1.0, language, (), None, slots)
        return Thought(came.reply, understood, reply_language(turn, understood))

    def asked_again(self, tx: Tx, turn: Turn) -> None:
        """One more try of an errand."""
        errand = turn.around.errand
        if errand is not None:
            tries = {"tries": bot_errand.c.tries + 1}
            tx.conn.execute(update(bot_errand).where(bot_errand.c.id == errand.id).values(**tries))

    def run(
        self, tx: Tx, turn: Turn, reply: HandOff, understood: Understanding | None, language: str
    ) -> None:
        """Raises Conflict ``stale_turn`` when the bot no longer holds it."""
        if turn.around.errand is not None:
            self._come_back(tx, turn, turn.around.errand, reply, understood, language)
            return
        handoff = self._telling.handoff(turn, reply, understood, language)
        queue_for = self._around.queue_for
        queue = None if queue_for is None else queue_for(tx, turn.conversation, handoff)
        then = self._next(tx, turn, queue or peek_conversation(tx, turn.conversation).queue)
        back_at = then.service.opens_at if then.waits else None
        handoff = replace(handoff, back_at=back_at, case=then.number)
        after = lifecycle.hand_off(tx, turn.conversation, turn.token, handoff, queue=queue)
        # The farewell stands under the new turn: it is withdrawn when an agent is faster than it.
        parts = self._wording.farewell(reply, self._telling.promise(turn, then, language), language)
        queue_reply(tx, turn.conversation, ByBot(after.turn), parts, reply_key(turn.message))

    def _come_back(
        self,
        tx: Tx,
        turn: Turn,
        errand: Errand,
        reply: HandOff,
        understood: Understanding | None,
        language: str,
    ) -> None:
        before = passed_on_before(tx, turn.conversation)
        brief = brief_of(turn, reply, understood, language, self._settings, self._orders)
        whole = after_errand(brief, before, errand.kind.value, self._settings)
        handoff = self._telling.summed_up(whole, language)
        returns = self._around.returns
        returned = bring_back(tx, turn.conversation, turn.token, errand, handoff, returns)
        words = self._telling.thanks(language)
        if not returned:
            words = self._telling.promise(turn, self._next(tx, turn, errand.queue), language)
        # Whoever holds it now may speak at once: these are the system's words, not the bot's.
        queue_reply(tx, turn.conversation, BySystem(), (Text(words),), reply_key(turn.message))

    def _next(self, tx: Tx, turn: Turn, queue: QueueId) -> Next:
        staff, addresses = self._around.staff, self._around.addresses
        then = Next(Service() if staff is None else staff.service(tx, queue), tx.now)
        if not then.waits:
            return then
        ask = addresses is not None and addresses.wanted(tx, turn.conversation)
        return replace(then, number=numbered(tx, turn.conversation), ask_address=ask)
