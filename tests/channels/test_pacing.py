"""Several processes in one line: a transaction that asks for its turn, and who stands where."""

from collections.abc import AsyncIterator
from itertools import count
from random import Random

import pytest
from redis.asyncio import Redis

from channels import pacing
from channels.email.sending import pace as mails
from channels.email.sending.turns import Turns as MailTurns
from channels.pacing import AskFirst, Granted, in_turn
from channels.telegram.sending import pace as replies
from channels.telegram.sending.pace import Rate, Ticket
from channels.telegram.sending.turns import Turns
from core.errors import Unavailable
from core.ids import InboxId, MessageId
from core.redis import RedisSettings, SharedRedis
from core.scripts import Scripts
from core.tasks import Supervisor
from tests.builders import ManualClock
from tests.servers.programs import free_ports
from tests.servers.valkey import Valkey

BOT, CHAT, GROUP = Rate(10, 2), Rate(1, 3), Rate(0.25, 4)
BOX = InboxId("box")
TOLD = "local now = tonumber(redis.call('GET', 'pacing-tests-now'))\n"
_numbers = count(1)


@pytest.fixture
async def two(valkey: Valkey) -> AsyncIterator[tuple[Scripts, Scripts]]:
    """Two processes of an installation that no other test knows."""
    settings = RedisSettings(prefix=f"pacing-tests-{next(_numbers)}", connect_s=60, answer_s=60)
    supervisor = Supervisor(Random(1))
    here, there = (
        Scripts(SharedRedis(valkey.url, settings, str(n), Random(n)), supervisor) for n in range(2)
    )
    yield here, there
    await supervisor.stop()
    for scripts in (here, there):
        await scripts.redis.close()


async def is_now(redis: SharedRedis, now: float) -> None:
    await redis.ask(lambda client: client.set("pacing-tests-now", round(now * 1_000_000)))


async def asked(turns: MailTurns, message: object, per_minute: int) -> float:
    """As a transaction does it: 0 when it may leave."""

    async def work() -> float:
        return turns.wait_s(BOX, MessageId(str(message)), per_minute)

    try:
        return await in_turn(work)
    except Unavailable as error:
        return error.retry_after_s or -1.0


@pytest.mark.server
async def test_two_processes_send_as_one_would_with_every_bot_chat_and_rest(
    two: tuple[Scripts, Scripts],
) -> None:
    random, now, one = Random(8), 1_000_000.0, replies.Pace(BOT)
    lines = [Turns(BOT, ManualClock(), scripts, TOLD) for scripts in two]
    for step in range(500):
        now += random.choice((0, 0, 0.25, 0.5, 1))
        await is_now(two[0].redis, now)
        line, bot, chat = random.choice(lines), random.choice("ab"), random.randrange(4)
        if step % 10 == 9:
            seconds = random.choice((1, 5, 20))
            one.rest(bot, chat, seconds, now)
            await line.rest(bot, chat, seconds)
        rate = CHAT if chat else GROUP
        # Many ask again: the numbers of replies come back.
        ticket = Ticket(bot, chat, (bot, chat, random.randrange(12)), random.choice((1, 1, 2, 6)), rate)
        assert await line.ask_s(ticket) == pytest.approx(one.wait_s(ticket, now), abs=1e-5), step


@pytest.mark.server
async def test_two_processes_send_the_mails_of_an_inbox_as_one_would(
    two: tuple[Scripts, Scripts],
) -> None:
    random, now, one = Random(9), 1_000_000.0, mails.Pace()
    lines = [MailTurns(ManualClock(), scripts, TOLD) for scripts in two]
    for step in range(300):
        now += random.choice((0, 0.5, 10, 25))
        await is_now(two[0].redis, now)
        # An administrator changes the rate.
        message, per_minute = random.randrange(step // 4 + 5), 5 if step < 200 else 3
        own = one.wait_s(BOX, str(message), per_minute, now)
        assert await asked(random.choice(lines), message, per_minute) == pytest.approx(own, abs=1e-5), step


@pytest.mark.server
async def test_what_is_remembered_of_places_goes_away(two: tuple[Scripts, Scripts]) -> None:
    scripts, _ = two
    redis = scripts.redis
    turns, post = Turns(BOT, ManualClock(), scripts), MailTurns(ManualClock(), scripts)
    for n in range(9):
        await turns.ask_s(Ticket("b", "c", n, 1, CHAT))
        await turns.rest("b", n, 10)
        await asked(post, n, 2)

    async def lasting(client: Redis) -> list[int]:
        return [await client.ttl(key) for key in await client.keys(redis.key("*"))]

    lasts = await redis.ask(lasting)
    assert len(lasts) > 10
    assert min(lasts) >= 0


async def test_while_redis_is_away_each_process_keeps_a_line_of_its_own() -> None:
    url = f"redis://127.0.0.1:{free_ports(1)[0]}"
    redis, supervisor = SharedRedis(url, RedisSettings(), "x", Random(1)), Supervisor(Random(1))
    scripts = Scripts(redis, supervisor)
    post, turns = MailTurns(ManualClock(), scripts), Turns(BOT, ManualClock(), scripts)
    assert [await asked(post, n, 2) for n in range(3)] == [0, 0, 60]
    assert [await turns.ask_s(Ticket("b", "c", n, 1, CHAT)) for n in range(4)] == pytest.approx(
        [0, 0, 0.1, 1]
    )
    await turns.rest("b", "d", 5)
    assert await turns.ask_s(Ticket("b", "d", 9, 1, CHAT)) == 5
    await supervisor.stop()
    await redis.close()


async def test_a_turn_that_was_granted_is_used_by_the_transaction_and_once() -> None:
    granted, ran = Granted(), []

    async def grant() -> float:
        granted.note("reply")
        return 0.0

    async def work() -> str:
        ran.append("began")
        if not granted.use("reply"):
            raise AskFirst(grant)
        return "sent"

    assert await in_turn(work) == "sent"
    assert len(ran) == 2
    assert not granted.use("reply")


async def test_who_has_to_wait_hears_for_how_long_and_the_transaction_is_not_run_again() -> None:
    async def grant() -> float:
        return 2.5

    async def work() -> None:
        raise AskFirst(grant)

    with pytest.raises(Unavailable) as refused:
        await in_turn(work)
    assert refused.value.retry_after_s == 2.5


async def test_what_has_changed_meanwhile_comes_again_at_once() -> None:
    async def grant() -> float:
        return 0.0

    async def work() -> None:
        raise AskFirst(grant)

    with pytest.raises(Unavailable) as refused:
        await in_turn(work)
    assert refused.value.retry_after_s == 0


def test_turns_that_are_never_used_are_forgotten_after_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "_MANY", 2)
    granted = Granted()
    for reply in "abc":
        granted.note(reply)
    assert [granted.use(reply) for reply in "abc"] == [False, True, True]
