"""Orders changed in whole conversations over the database: buttons, codes, letters, repeats, and who took over."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.contract import Turn
from bot.doing import Doer
from bot.findings import Findings
from bot.orders.contract import OrderFormat
from bot.proving import CodeIsOver, CodeIsRight, CodeIsWrong
from bot.scripted import ScriptedEngine
from bot.thinking import Thinker
from core.conversation import InQueue
from core.ids import ConversationId
from core.merging import prove_point
from core.message import Choice, Message, Proof
from core.order import Customer, Instruction, OrderResult, OrderState
from core.store.conversations import get_conversation
from core.store.tx import Tx
from tests.bot.builders import SmallKnowledge
from tests.bot.desk import Desk, a_desk, option, options, words
from tests.bot.shop import CODE, OWNER, MadeUpProof, a_shop

pytestmark = pytest.mark.served


@dataclass
class Proves(MadeUpProof):
    """Implements ``IdentityProof``: a right code is proven in the database, as the real one does."""

    desk: Desk | None = None

    async def check(self, turn: Turn, proof: str, code: str) -> CodeIsRight | CodeIsWrong | CodeIsOver:
        found = await super().check(turn, proof, code)
        if isinstance(found, CodeIsRight) and self.desk is not None:
            await self.desk.world.db.run(_prove, turn.conversation)
        return found


def _prove(tx: Tx, conversation: ConversationId) -> None:
    prove_point(tx, get_conversation(tx, conversation).contact, "email", OWNER)


@dataclass
class Stage:
    desk: Desk

    def __post_init__(self) -> None:
        self.orders, self.proof = a_shop(), Proves(desk=self.desk)
        findings = Findings(SmallKnowledge(), self.orders, OrderFormat())
        doer = Doer(self.orders, self.proof)
        self.desk.bot._thinker = Thinker(ScriptedEngine(findings), findings, doer=doer)

    async def say(self, *texts: str | Choice) -> Message:
        """The last reply."""
        replies = [(await self.desk.say(text))[-1] for text in texts]
        return replies[-1]

    def state(self, number: str = "LL-10234") -> OrderState:
        return self.orders._orders[number].state


@pytest.fixture
async def stage(sqlite_address: str) -> AsyncIterator[Stage]:
    async with a_desk(
        sqlite_address, ScriptedEngine(Findings(SmallKnowledge(), a_shop(), OrderFormat()))
    ) as desk:
        yield Stage(desk)


async def test_a_visitor_proves_who_they_are_and_presses_yes(stage: Stage) -> None:
    asked = await stage.say("cancel order 10234", OWNER, CODE)
    assert [each.label for each in options(asked)] == ["Yes, please", "No"]
    assert stage.state() is OrderState.PLACED
    done = await stage.say(option(asked, "Yes, please"))
    assert words(done) == "Order LL-10234 is cancelled."
    assert stage.state() is OrderState.CANCELLED
    gone = await stage.say(option(asked, "Yes, please"))
    assert "no longer" in words(gone)


async def test_which_order_is_meant_is_a_choice_by_button_and_by_number(stage: Stage) -> None:
    which = await stage.say("where is order 10234 or 20871?")
    assert [each.label for each in options(which)] == ["LL-10234", "LL-20871"]
    assert "on its way" in words(await stage.say(option(which, "LL-20871")))
    await stage.say("where is order 10234 or 10877?")
    assert "packed" in words(await stage.say("2"))


async def test_a_letter_is_confirmed_by_a_letter(stage: Stage) -> None:
    first = await stage.desk.mail("Hello,\n\nplease cancel order 10234.\n\nBest regards\nAnn", sender=OWNER)
    await stage.desk.world.relay.drain()
    asked = (await stage.desk.replies(first.conversation))[-1]
    assert "Please answer yes or no" in words(asked)
    await stage.desk.mail("Dear shop,\n\nYes, please cancel it.\n\nBest regards\nAnn", sender=OWNER)
    await stage.desk.world.relay.drain()
    assert stage.state() is OrderState.CANCELLED


@pytest.mark.parametrize("proof", [Proof.NONE, Proof.FAILED])
async def test_a_yes_in_a_letter_that_anybody_may_have_written_is_none(stage: Stage, proof: Proof) -> None:
    first = await stage.desk.mail("please cancel order 10234", sender=OWNER)
    await stage.desk.world.relay.drain()
    await stage.desk.mail("yes", sender=OWNER, proof=proof)
    await stage.desk.world.relay.drain()
    assert stage.state() is OrderState.PLACED
    assert isinstance((await stage.desk.conversation(first.conversation)).handler, InQueue)


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (("cancel order 10234", "please cancel it"), ("LL-10234",)),
        (("cancel order 10234", "yes"), ("LL-10234",)),
        (("取消订单10234", "好的，取消吧"), ("LL-10234",)),
        (("cancel 10234 or 10877", "1", "1", "1"), ("LL-10234", "LL-10877")),
        (("cancel order 10234", "cancel it", "cancel it", "cancel it"), ("LL-10234",)),
        (("cancel order 10234", "yes and cancel 10877 too"), ("LL-10234", "LL-10877")),
    ],
)
async def test_a_yes_that_was_written_before_the_question_was_there_is_none(
    stage: Stage, texts: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    first = await stage.desk.say("hello")
    await stage.desk.world.db.run(_prove, first[-1].conversation)
    for text in texts:
        await stage.desk.write(text)
    await stage.desk.world.relay.drain()
    for number in kept:
        assert stage.state(number) in {OrderState.PLACED, OrderState.PACKED}


async def test_a_second_yes_written_before_the_second_question_was_there_confirms_only_the_first(
    stage: Stage,
) -> None:
    first = await stage.desk.say("hello")
    await stage.desk.world.db.run(_prove, first[-1].conversation)
    await stage.say("cancel order 10234 and cancel order 10877")
    await stage.desk.write("yes")
    await stage.desk.write("yes")
    await stage.desk.world.relay.drain()
    assert stage.state("LL-10234") is OrderState.CANCELLED
    assert stage.state("LL-10877") is OrderState.PACKED
    await stage.say("yes")
    assert stage.state("LL-10877") is OrderState.CANCELLED


async def test_whoever_writes_faster_than_the_bot_answers_confirms_what_they_see(stage: Stage) -> None:
    first = await stage.desk.say("hello")
    await stage.desk.world.db.run(_prove, first[-1].conversation)
    await stage.desk.write("cancel order 10234")
    await stage.desk.write("please cancel it")
    await stage.desk.world.relay.drain()
    assert words(await stage.say("yes")) == "Order LL-10234 is cancelled."


@pytest.mark.parametrize("unknown", [False, True])
async def test_a_change_that_is_done_while_a_person_takes_over_is_noted_for_them(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, *, unknown: bool
) -> None:
    desk = stage.desk
    asked = await stage.say("cancel order 10234", OWNER, CODE)
    cancel = stage.orders.cancel

    async def meanwhile(number: str, customer: Customer, instruction: Instruction) -> OrderResult:
        done = await cancel(number, customer, instruction)
        await desk.take(asked.conversation)
        if unknown:
            raise OSError
        return done

    monkeypatch.setattr(stage.orders, "cancel", meanwhile)
    before = len(await desk.replies(asked.conversation))
    await desk.say("yes")
    assert stage.state() is OrderState.CANCELLED
    assert len(await desk.replies(asked.conversation)) == before
    (note,) = await desk.notes(asked.conversation)
    assert ("I do not know whether it was done" if unknown else "Order LL-10234 is cancelled.") in words(note)
