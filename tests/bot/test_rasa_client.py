"""Asking Rasa: what it answers is understood, and whatever else it does is Unavailable, in time, and answered without it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
import pytest

from bot.breaker import BreakerSettings
from bot.contract import ORDER_FORM, Outcome, Turn
from bot.engines import WithFallback
from bot.forms.going import Progress
from bot.live import LiveTurns
from bot.proposals import Affirmed, AskSlot, Complains, Denied, Found, Guess, Proposal, Talk, WantsPerson
from bot.rasa import RasaEngine, RasaSettings
from core.errors import Unavailable
from core.ids import ConversationId, TurnId
from tests.bot import fake_rasa
from tests.bot.builders import a_past, a_turn, an_answer, scripted
from tests.bot.fake_rasa import FakeRasa, Fault, a_fake_rasa
from tests.builders import ManualClock

pytestmark = pytest.mark.server


@dataclass
class Line:
    """A client, the Rasa at its other end, and what both share."""

    rasa: FakeRasa
    engine: RasaEngine
    turns: LiveTurns
    clock: ManualClock


@asynccontextmanager
async def a_line(turn_s: float = 2.0) -> AsyncIterator[Line]:
    async with a_fake_rasa() as rasa, aiohttp.ClientSession() as session:
        turns, clock = LiveTurns(most=3), ManualClock()
        settings = RasaSettings(turn_s, breaker=BreakerSettings(failures=2))
        yield Line(rasa, RasaEngine(session, rasa, turns, clock, settings), turns, clock)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with a_line() as made:
        yield made


async def test_a_turn_carries_conversation_turn_id_and_where_our_record_left_it(line: Line) -> None:
    line.rasa.last_turn["c1"] = "t1"
    await line.engine.understand(a_turn("Hello", history=(a_past(engine="rasa"),)))
    (asked,) = line.rasa.asked
    events = asked["metadata"].pop("events")
    assert asked == {
        "sender": "c1",
        "message": "Hello",
        "metadata": {"turn": "t9", "after": "t1", "anew": False, "actions": None},
    }
    assert [each["metadata"] for each in events if each["event"] == "user"] == [{"turn": "t1"}]
    assert line.rasa.restored == []


async def test_the_three_likeliest_intents_and_how_surely_it_is_one_of_ours_are_taken_over(
    line: Line,
) -> None:
    ranked = [{"name": "greet", "confidence": 0.6}, {"name": "thank", "confidence": 0.3}]
    line.rasa.record = {"ranking": ranked, "in_scope": 0.8}
    understood = await line.engine.understand(a_turn("Hello"))
    assert understood.ranking == (Guess("greet", 0.6), Guess("thank", 0.3))
    assert understood.in_scope == 0.8


@pytest.mark.parametrize(
    ("custom", "proposal"),
    [
        ({"kind": "say", "key": "bot-thanks"}, Talk("bot-thanks")),
        (
            {"kind": "ask", "slot": "order_number", "key": "bot-order-ask-number"},
            AskSlot("order_number", "bot-order-ask-number"),
        ),
        ({"kind": "affirm"}, Affirmed()),
        ({"kind": "deny"}, Denied()),
        ({"kind": "person"}, WantsPerson()),
        ({"kind": "complaint"}, Complains()),
    ],
)
async def test_what_rasa_says_becomes_a_proposal(
    line: Line, custom: dict[str, Any], proposal: Proposal
) -> None:
    line.rasa.said = [custom]
    line.rasa.record = {"active_form": ORDER_FORM, "intent": {"name": "thank", "confidence": 0.8}}
    understood = await line.engine.understand(a_turn("Hello"))
    assert understood.proposals == (proposal,)
    assert (understood.engine, understood.intent, understood.confidence) == ("rasa", "thank", 0.8)
    assert understood.active_form == ORDER_FORM


async def test_what_an_action_found_is_taken_from_our_own_turn_not_from_rasa(line: Line) -> None:
    found = Found("How?", (an_answer(),))

    async def act(body: dict[str, Any]) -> None:
        live = line.turns.find(body["metadata"]["turn"])
        assert live is not None
        live.keep(found)
        live.progress = Progress((found,), None, {"order_number": "LL-10234"})

    line.rasa.before_answer = act
    line.rasa.said = [{"kind": "finding", "ref": 0}]
    understood = await line.engine.understand(a_turn("How?"))
    assert understood.proposals == (found,)
    assert understood.slots == {"order_number": "LL-10234"}


async def test_a_mistake_in_our_own_action_is_no_failure_of_rasa(line: Line) -> None:
    async def act(body: dict[str, Any]) -> None:
        live = line.turns.find(body["metadata"]["turn"])
        assert live is not None
        live.mistake = IndexError("a bug")

    line.rasa.before_answer = act
    line.rasa.record = {"failed": "action_failed"}
    for _ in range(5):
        with pytest.raises(IndexError):
            await line.engine.understand(a_turn("How?"))
    line.rasa.before_answer, line.rasa.record = None, {}
    line.rasa.said = [{"kind": "say", "key": "bot-greet"}]
    assert (await line.engine.understand(a_turn("Hello"))).proposals == (Talk("bot-greet"),)


async def test_a_turn_is_live_only_while_rasa_is_asked(line: Line) -> None:
    await line.engine.understand(a_turn("Hello"))
    assert line.turns.find("t9") is None


FAULTS: dict[str, Fault] = {
    "status 500": fake_rasa.broken,
    "garbage": fake_rasa.garbage,
    "an empty list": fake_rasa.empty,
    "no closing record": fake_rasa.no_end,
    "plain texts of a Rasa without our launcher": fake_rasa.plain_text,
    "an answer to another turn": fake_rasa.another_turn,
    "an endless answer": fake_rasa.endless,
    "a redirect": fake_rasa.redirect,
    "hanging up": fake_rasa.hang_up,
    "half an answer": fake_rasa.half_an_answer,
    "a failed action": fake_rasa.unavailable("action_failed"),
    "nothing said": fake_rasa.unavailable("nothing_said"),
    "no model": fake_rasa.unavailable("not_ready"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_a_fault_is_unavailable_and_the_scripted_engine_answers_the_same_turn(
    line: Line, fault: Fault
) -> None:
    line.rasa.fault = fault
    with pytest.raises(Unavailable):
        await line.engine.understand(a_turn("Hello"))
    understood = await WithFallback(line.engine, scripted()).understand(a_turn("Hello"))
    assert understood.engine == "scripted"
    assert understood.proposals == (Talk("bot-greet"),)


async def test_a_rasa_that_never_answers_costs_only_the_time_limit() -> None:
    async with a_line(turn_s=0.05) as line:
        line.rasa.fault = fake_rasa.never
        with pytest.raises(Unavailable, match="Timeout"):
            await line.engine.understand(a_turn("Hello"))


@pytest.mark.parametrize(
    "custom",
    [
        {"kind": "say", "key": "bot-hand-over"},
        {"kind": "say", "key": "console-title"},
        {"kind": "ask", "slot": "password", "key": "x"},
        {"kind": "finding", "ref": 0},
        {"kind": "finding", "ref": -1},
        {"kind": "finding"},
        {"kind": "elsewhere"},
    ],
)
async def test_what_rasa_cannot_rightly_say_is_a_failure(line: Line, custom: dict[str, Any]) -> None:
    line.rasa.said = [custom]
    with pytest.raises(Unavailable):
        await line.engine.understand(a_turn("Hello"))


async def test_no_rasa_is_unavailable_at_once_and_does_not_open_the_breaker(line: Line) -> None:
    line.rasa.ready = False
    for _ in range(5):
        with pytest.raises(Unavailable, match="not ready"):
            await line.engine.understand(a_turn("Hello"))
    line.rasa.ready = True
    assert (await line.engine.understand(a_turn("Hello"))).engine == "rasa"


async def test_nobody_listening_is_unavailable() -> None:
    async with a_line() as line:
        line.rasa.url = "http://127.0.0.1:9"
        with pytest.raises(Unavailable):
            await line.engine.understand(a_turn("Hello"))


async def test_after_failures_in_a_row_rasa_is_left_alone_then_tried_once(line: Line) -> None:
    line.rasa.fault = fake_rasa.broken
    for _ in range(4):
        with pytest.raises(Unavailable):
            await line.engine.understand(a_turn("Hello"))
    assert len(line.rasa.asked) == 2
    line.rasa.fault = None
    line.clock.forward(2)
    assert (await line.engine.understand(a_turn("Hello"))).engine == "rasa"


async def test_a_tracker_that_is_elsewhere_can_be_set_from_our_record_by_the_same_call(line: Line) -> None:
    line.rasa.last_turn["c1"] = "a turn that we never committed"
    past = a_past(engine="rasa", outcome=Outcome.ANSWERED)
    understood = await line.engine.understand(a_turn("Hello", history=(past,)))
    assert understood.engine == "rasa"
    (events,) = line.rasa.restored
    assert {"turn": past.id} in [each.get("metadata") for each in events]
    assert len(line.rasa.asked) == 1


async def test_around_a_form_the_tracker_is_always_set_from_our_record(line: Line) -> None:
    """What was done after Rasa's turn, a code that was right or wrong, Rasa does not know."""
    slots = {"order_number": "LL-10234", "orders": "LL-10234"}
    past = a_past(engine="rasa", active_form="cancel_form", slots=slots, outcome=Outcome.ASKED)
    line.rasa.last_turn["c1"] = past.id
    await line.engine.understand(a_turn("yes", history=(past,), verified=True))
    (events,) = line.rasa.restored
    assert {"event": "active_loop", "name": "cancel_form"} in events
    set_to = {each["name"]: each["value"] for each in events if each["event"] == "slot"}
    assert set_to == {"order_number": "LL-10234", "proven": "yes", "requested_slot": "confirmed"}
    left = replace(past, id=TurnId("t2"), active_form=None)
    await line.engine.understand(a_turn("thanks", history=(past, left)))
    assert {"event": "active_loop", "name": "cancel_form"} not in line.rasa.restored[-1]
    assert len(line.rasa.asked) == 2


async def test_after_a_turn_of_the_other_engine_the_tracker_is_set_from_our_record(line: Line) -> None:
    past = a_past(engine="scripted", active_form=ORDER_FORM, outcome=Outcome.ASKED)
    await line.engine.understand(a_turn("10234", history=(past,)))
    assert len(line.rasa.restored) == 1
    assert len(line.rasa.asked) == 1


async def test_a_record_without_turns_empties_a_tracker_that_has_some(line: Line) -> None:
    line.rasa.last_turn["c1"] = "before an agent took over"
    await line.engine.understand(a_turn("Hello"))
    (events,) = line.rasa.restored
    assert [each["event"] for each in events] == ["action", "session_started", "action"]


async def test_a_tracker_that_stays_out_of_step_is_unavailable(line: Line) -> None:
    line.rasa.fault = fake_rasa.unavailable("out_of_step")
    with pytest.raises(Unavailable):
        await line.engine.understand(a_turn("Hello"))
    assert len(line.rasa.asked) == 1


async def test_one_conversation_has_one_turn_at_a_time(line: Line) -> None:
    async def slowly(body: dict[str, Any]) -> None:
        for _ in range(5):
            await asyncio.sleep(0)

    line.rasa.before_answer = slowly

    async def ask(number: int, conversation: str) -> None:
        turn: Turn = a_turn("Hello", id=TurnId(f"t{number}"), conversation=ConversationId(conversation))
        await line.engine.understand(turn)

    await asyncio.gather(*(ask(number, "c1") for number in range(3)))
    assert line.rasa.most_under_way == 1
    assert line.engine._busy == {}
    await asyncio.gather(*(ask(number, f"d{number}") for number in range(3)))


async def test_more_turns_than_the_limit_are_answered_by_the_scripted_engine(line: Line) -> None:
    held, full = asyncio.Event(), asyncio.Event()

    async def hold(body: dict[str, Any]) -> None:
        if len(line.rasa.asked) == 3:
            full.set()
        await held.wait()

    line.rasa.before_answer = hold
    engine = WithFallback(line.engine, scripted())

    async def ask(number: int) -> str:
        turn = a_turn("Hello", id=TurnId(f"t{number}"), conversation=ConversationId(f"c{number}"))
        return (await engine.understand(turn)).engine

    waiting = [asyncio.ensure_future(ask(number)) for number in range(3)]
    await asyncio.wait_for(full.wait(), 5)
    assert await ask(4) == "scripted"
    held.set()
    assert await asyncio.gather(*waiting) == ["rasa"] * 3


async def test_the_switch_from_one_engine_to_the_other_keeps_form_and_slots(line: Line) -> None:
    engine = WithFallback(line.engine, scripted())
    line.rasa.said = [{"kind": "ask", "slot": "order_number", "key": "bot-order-ask-number"}]
    line.rasa.record = {"active_form": ORDER_FORM}
    asked = await engine.understand(a_turn("Where is my order?"))
    assert asked.active_form == ORDER_FORM
    line.rasa.ready = False
    past = a_past(engine="rasa", active_form=asked.active_form, slots=asked.slots, outcome=Outcome.ASKED)
    told = await engine.understand(a_turn("10234", history=(past,)))
    assert told.engine == "scripted"
    assert told.slots["order_number"] == "LL-10234"


async def test_a_long_text_is_cut_for_rasa(line: Line) -> None:
    await line.engine.understand(a_turn("long " * 300))
    assert len(line.rasa.asked[0]["message"]) <= 500


@pytest.mark.parametrize(
    "text", ["/restart", "  /restart", "\u200b/restart", "\ufeff/order_status{}", "//back"]
)
async def test_no_text_of_a_customer_reaches_rasa_as_a_command(line: Line, text: str) -> None:
    await line.engine.understand(a_turn(text))
    message = line.rasa.asked[0]["message"]
    assert message.startswith("\uff0f")
    assert "/" not in message[:2]
