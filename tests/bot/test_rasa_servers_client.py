"""Several Rasa servers: a conversation stays at one, moves when it does not do its part, and its turns stay in order."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import aiohttp
import pytest

from bot.breaker import BreakerSettings
from bot.contract import PastTurn, RasaAddress
from bot.live import LiveTurns
from bot.rasa import RasaEngine, RasaSettings
from core.errors import Unavailable
from core.ids import ConversationId, TurnId
from tests.bot import fake_rasa
from tests.bot.builders import a_past, a_turn
from tests.bot.fake_rasa import SECRET, FakeRasa, Rasas, a_fake_rasa
from tests.builders import ManualClock

pytestmark = pytest.mark.server

ACTIONS = "http://10.0.0.7:9/rasa/webhook"


@dataclass
class Several:
    """An engine, and the servers in the order in which the conversation ``c1`` prefers them."""

    engine: RasaEngine
    servers: list[FakeRasa]
    clock: ManualClock

    def asked(self) -> list[int]:
        return [len(each.asked) for each in self.servers]


@pytest.fixture
async def several() -> AsyncIterator[Several]:
    async with AsyncExitStack() as stack:
        rasas = [await stack.enter_async_context(a_fake_rasa()) for _ in range(2)]
        session = await stack.enter_async_context(aiohttp.ClientSession())
        where = Rasas(*(RasaAddress(each.url, SECRET, ACTIONS) for each in rasas))
        order = [each.url for each in where.places(ConversationId("c1"))]
        rasas.sort(key=lambda each: order.index(each.url))
        clock = ManualClock()
        settings = RasaSettings(first_s=0.2, turn_s=30.0, breaker=BreakerSettings(failures=2))
        yield Several(RasaEngine(session, where, LiveTurns(), clock, settings), rasas, clock)


async def test_a_conversation_stays_at_the_server_that_it_prefers(several: Several) -> None:
    past: tuple[PastTurn, ...] = ()
    for number in range(4):
        turn = a_turn("Hello", id=TurnId(f"t{number}"), history=past)
        await several.engine.understand(turn)
        past = (a_past(engine="rasa", id=turn.id),)
    assert several.asked() == [4, 0]
    assert len(several.servers[0].restored) == 0


async def test_each_turn_says_where_its_process_answers_actions(several: Several) -> None:
    await several.engine.understand(a_turn("Hello"))
    assert several.servers[0].asked[0]["metadata"]["actions"] == ACTIONS


@pytest.mark.parametrize("fault", [fake_rasa.broken, fake_rasa.hang_up, fake_rasa.never, fake_rasa.garbage])
async def test_where_one_does_not_answer_the_next_does_from_our_record(
    several: Several, fault: fake_rasa.Fault
) -> None:
    several.servers[0].fault = fault
    past = a_past(engine="rasa")
    understood = await several.engine.understand(a_turn("Hello", history=(past,)))
    assert (understood.engine, several.asked()) == ("rasa", [1, 1])
    (events,) = several.servers[1].restored
    assert [each["metadata"] for each in events if each["event"] == "user"] == [{"turn": past.id}]


async def test_the_last_one_that_is_left_is_given_the_whole_time(several: Several) -> None:
    several.servers[0].fault = fake_rasa.broken

    async def slowly(_body: object) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.4):
                await asyncio.Event().wait()

    several.servers[1].before_answer = slowly
    assert (await several.engine.understand(a_turn("Hello"))).engine == "rasa"


async def test_a_conversation_comes_back_and_its_server_is_set_from_our_record(several: Several) -> None:
    first, second = several.servers
    await several.engine.understand(a_turn("Hello", id=TurnId("t1")))
    first.fault = fake_rasa.broken
    past = a_past(engine="rasa", id=TurnId("t1"))
    await several.engine.understand(a_turn("Hello", id=TurnId("t2"), history=(past,)))
    first.fault = None
    past = a_past(engine="rasa", id=TurnId("t2"))
    await several.engine.understand(a_turn("Hello", id=TurnId("t3"), history=(past,)))
    assert [each["metadata"]["turn"] for each in first.asked] == ["t1", "t2", "t3"]
    assert [each["metadata"]["turn"] for each in second.asked] == ["t2"]
    assert len(first.restored) == 1


async def test_one_that_failed_in_a_row_is_left_alone_and_the_other_is_not(several: Several) -> None:
    several.servers[0].fault = fake_rasa.broken
    for _ in range(5):
        await several.engine.understand(a_turn("Hello"))
    assert several.asked() == [2, 5]
    several.servers[0].fault = None
    several.clock.forward(2)
    await several.engine.understand(a_turn("Hello"))
    assert several.asked() == [3, 5]


async def test_where_all_fail_it_is_unavailable(several: Several) -> None:
    for each in several.servers:
        each.fault = fake_rasa.broken
    with pytest.raises(Unavailable) as raised:
        await several.engine.understand(a_turn("Hello"))
    assert (raised.value.code, several.asked()) == ("rasa_failed", [1, 1])


async def test_turns_of_one_conversation_are_one_after_the_other_wherever_they_go(several: Several) -> None:
    several.servers[0].fault = fake_rasa.broken
    under_way, most = 0, 0

    async def count(_body: object) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        for _ in range(5):
            await asyncio.sleep(0)
        under_way -= 1

    several.servers[1].before_answer = count
    turns = [a_turn("Hello", id=TurnId(f"t{number}")) for number in range(3)]
    await asyncio.gather(*(several.engine.understand(turn) for turn in turns))
    assert most == 1
    assert [each["metadata"]["turn"] for each in several.servers[1].asked] == ["t0", "t1", "t2"]
