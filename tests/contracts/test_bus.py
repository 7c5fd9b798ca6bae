"""What every bus promises; and of the one between processes, that a lost connection costs a look and nothing else."""

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from random import Random

import msgspec
import pytest

from core.bus import BUS, Bus, InProcessBus, OutboxReady, Signal, StateChanged, TopicMoved, Transient
from core.events import Topic
from core.redis import RedisSettings, SharedRedis
from core.redis_bus import RedisBus
from core.tasks import Supervisor
from tests.servers.cutting import Network, cutting_network
from tests.servers.valkey import Valkey

PATIENCE_S = 60.0
HERE = Topic("conversation:1")
_NAMES = itertools.count()


class Ear:
    """Everything a bus tells, but for its own state."""

    def __init__(self, bus: Bus) -> None:
        self.heard: list[Signal] = []
        self.looks = 0
        self._more = asyncio.Event()
        bus.listen(TopicMoved, self._hear)
        bus.listen(OutboxReady, self._hear)
        bus.listen(Transient, self._hear)
        bus.listen(StateChanged, self._hear)

    def _hear(self, signal: Signal) -> None:
        if isinstance(signal, StateChanged) and signal.what == BUS:
            self.looks += 1
        else:
            self.heard.append(signal)
        self._more.set()

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not true():
                self._more.clear()
                await self._more.wait()

    async def until_heard(self, signal: Signal) -> None:
        await self.until(lambda: signal in self.heard)


@dataclass(frozen=True, slots=True)
class Process:
    """One that shares the bus with others."""

    bus: RedisBus
    redis: SharedRedis
    supervisor: Supervisor
    ear: Ear

    async def until(self, *, whole: bool) -> None:
        await self.ear.until(lambda: self.bus.whole == whole)

    async def leave(self) -> None:
        await self.supervisor.stop()
        await self.redis.close()


@asynccontextmanager
async def process(url: str, settings: RedisSettings) -> AsyncIterator[Process]:
    name, supervisor = f"process-{next(_NAMES)}", Supervisor(Random(1))
    redis = SharedRedis(url, settings, name, Random(1))
    bus = RedisBus(redis, name, Random(1))
    made = Process(bus, redis, supervisor, Ear(bus))
    _ = supervisor.service("redis", redis.run)
    bus.start(supervisor)
    try:
        yield made
    finally:
        await made.leave()


@pytest.fixture
def settings() -> RedisSettings:
    """A prefix of its own for each test, and short waits: they are tested, not waited for."""
    return RedisSettings(
        prefix=f"bus-tests-{next(_NAMES)}", health_every_s=0.2, silence_s=2.0, longest_retry_s=0.2
    )


@pytest.fixture(params=["in this process", pytest.param("redis", marks=pytest.mark.server)])
async def bus(request: pytest.FixtureRequest, settings: RedisSettings) -> AsyncIterator[Bus]:
    if request.param == "in this process":
        yield InProcessBus()
        return
    async with process(request.getfixturevalue("valkey").url, settings) as made:
        await made.until(whole=True)
        yield made.bus


async def test_a_signal_is_heard_at_once_by_who_listens_for_its_kind(bus: Bus) -> None:
    heard: list[Signal] = []
    bus.listen(TopicMoved, heard.append)
    bus.publish(TopicMoved(HERE, 7))
    bus.publish(Transient(HERE, "typing", {"on": True}))
    assert heard == [TopicMoved(HERE, 7)]


async def test_who_has_stopped_listening_hears_nothing_more(bus: Bus) -> None:
    heard: list[Signal] = []
    for own in (False, True):
        bus.listen(TopicMoved, heard.append, own=own)()
    bus.publish(TopicMoved(HERE, 7))
    assert not heard


async def test_a_listener_that_fails_keeps_nothing_from_the_others(
    bus: Bus, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_signal: TopicMoved) -> None:
        raise RuntimeError("on purpose")

    heard: list[Signal] = []
    bus.listen(TopicMoved, fail)
    bus.listen(TopicMoved, heard.append)
    with caplog.at_level(logging.CRITICAL):
        bus.publish(TopicMoved(HERE, 7))
    assert heard == [TopicMoved(HERE, 7)]


async def test_what_is_only_heard_here_is_no_own_signal(bus: Bus) -> None:
    heard: list[Signal] = []
    own: list[Signal] = []
    bus.listen(TopicMoved, heard.append)
    bus.listen(TopicMoved, own.append, own=True)
    bus.hear(TopicMoved(HERE, 7))
    assert (heard, own) == ([TopicMoved(HERE, 7)], [])


async def test_own_signals_are_heard_by_who_listens_for_them_alone(bus: Bus) -> None:
    heard: list[Signal] = []
    bus.listen(Transient, heard.append, own=True)
    typing = Transient(HERE, "typing", {"on": True})
    bus.publish(typing)
    assert heard == [typing]


@pytest.fixture
async def two(valkey: Valkey, settings: RedisSettings) -> AsyncIterator[tuple[Process, Process]]:
    """Two processes that hear one another, and have looked after each had found the other."""
    async with process(valkey.url, settings) as one, process(valkey.url, settings) as other:
        await know_each_other(one, other)
        yield one, other


async def know_each_other(one: Process, other: Process) -> None:
    for each in (one, other):
        await each.until(whole=True)
        await each.ear.until(lambda each=each: bool(each.bus.others()))  # type: ignore[misc]


@pytest.mark.server
async def test_each_kind_of_signal_comes_to_the_other_process_as_it_was_and_is_not_heard_twice(
    two: tuple[Process, Process],
) -> None:
    one, other = two
    one.ear.heard.clear()
    other.ear.heard.clear()
    told: list[Signal] = [
        TopicMoved(HERE, 7),
        Transient(HERE, "typing", {"who": "agent", "name": "Mia", "on": True}),
        StateChanged("sessions_ended", {"keys": ["a", "b"]}),
        OutboxReady(),
    ]
    for signal in told:
        one.bus.publish(signal)
    await other.ear.until(lambda: len(other.ear.heard) >= len(told))
    other.bus.publish(TopicMoved(HERE, 8))
    await one.ear.until_heard(TopicMoved(HERE, 8))
    assert other.ear.heard == [*told, TopicMoved(HERE, 8)]
    assert one.ear.heard == [*told, TopicMoved(HERE, 8)]


@pytest.mark.server
async def test_who_listens_for_own_signals_hears_none_of_another_process(
    two: tuple[Process, Process],
) -> None:
    one, other = two
    own: list[Signal] = []
    other.bus.listen(Transient, own.append, own=True)
    typing = Transient(HERE, "typing", {"on": True})
    one.bus.publish(typing)
    await other.ear.until_heard(typing)
    assert not own


@pytest.mark.server
async def test_a_topic_that_moves_often_is_told_to_the_others_once(two: tuple[Process, Process]) -> None:
    one, other = two
    for n in range(1, 500):
        one.bus.publish(TopicMoved(HERE, n))
    await other.ear.until_heard(TopicMoved(HERE, 499))
    assert len(other.ear.heard) < 50


@pytest.mark.server
async def test_that_there_is_work_is_told_to_the_others_now_and_then_and_not_for_each_commit(
    valkey: Valkey, settings: RedisSettings
) -> None:
    rarely = replace(settings, ready_every_s=3600.0)
    async with process(valkey.url, rarely) as one, process(valkey.url, settings) as other:
        await know_each_other(one, other)
        other.ear.heard.clear()
        for n in range(1, 6):
            one.bus.publish(OutboxReady())
            one.bus.publish(TopicMoved(HERE, n))
            await other.ear.until_heard(TopicMoved(HERE, n))
        assert other.ear.heard.count(OutboxReady()) == 1


@pytest.mark.server
async def test_work_that_came_too_soon_after_other_work_is_told_later(
    valkey: Valkey, settings: RedisSettings
) -> None:
    slowly = replace(settings, ready_every_s=0.3)
    async with process(valkey.url, slowly) as one, process(valkey.url, settings) as other:
        await know_each_other(one, other)
        other.ear.heard.clear()
        one.bus.publish(OutboxReady())
        await other.ear.until_heard(OutboxReady())
        one.bus.publish(OutboxReady())
        await other.ear.until(lambda: other.ear.heard.count(OutboxReady()) == 2)


@pytest.mark.server
async def test_what_cannot_be_written_is_left_out_and_the_rest_is_told(
    two: tuple[Process, Process], caplog: pytest.LogCaptureFixture
) -> None:
    one, other = two
    with caplog.at_level(logging.CRITICAL):
        one.bus.publish(StateChanged("odd", {"thing": object()}))
        one.bus.publish(StateChanged("plain", {}))
        await other.ear.until_heard(StateChanged("plain", {}))
    assert StateChanged("odd", {}) not in other.ear.heard


@pytest.mark.server
async def test_signals_of_another_version_and_nonsense_harm_nothing(
    two: tuple[Process, Process], caplog: pytest.LogCaptureFixture
) -> None:
    one, other = two
    channel = one.redis.key("signals")
    with caplog.at_level(logging.CRITICAL):
        deep = b"\x82\xa7process\xa1x\xa7signals\x91" + b"\x91" * 100_000
        for nonsense in (b"", b"\xc1", b"{}", b"\x81\xa7process\xa1x", deep):
            _ = await one.redis.client.publish(channel, nonsense)
        told = [["strange", 1, 2], ["moved", HERE, 9, "how"], ["moved", 1, 1]]
        newer = msgspec.msgpack.encode({"process": "newer", "signals": told, "more": 1})
        _ = await one.redis.client.publish(channel, newer)
        await other.ear.until_heard(TopicMoved(HERE, 9))
    assert other.bus.whole


@pytest.mark.server
async def test_listeners_look_for_themselves_as_soon_as_hearing_breaks_for_whatever_reason(
    valkey: Valkey, settings: RedisSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis = SharedRedis(valkey.url, settings, "breaking", Random(1))
    bus = RedisBus(redis, "breaking", Random(1))
    ear, hearing = Ear(bus), asyncio.create_task(bus._hear())

    def fail(_data: bytes) -> None:
        raise RuntimeError("a fault of ours")

    await ear.until(lambda: bus.whole)
    monkeypatch.setattr(bus, "_take", fail)
    looks = ear.looks
    bus.publish(OutboxReady())
    await bus.flush()
    with pytest.raises(RuntimeError, match="a fault of ours"):
        async with asyncio.timeout(PATIENCE_S):
            await hearing
    assert not bus.whole
    assert ear.looks == looks + 1
    await redis.close()


@pytest.mark.server
async def test_listeners_look_for_themselves_when_redis_goes_and_when_it_is_back(
    valkey: Valkey, two: tuple[Process, Process]
) -> None:
    one, other = two
    valkey.kill()
    for each in two:
        await each.until(whole=False)
    looks = other.ear.looks
    one.bus.publish(TopicMoved(HERE, 7))
    assert TopicMoved(HERE, 7) in one.ear.heard
    valkey.forget()
    valkey.start()
    await know_each_other(one, other)
    assert other.ear.looks > looks
    assert OutboxReady() in other.ear.heard
    one.bus.publish(TopicMoved(HERE, 8))
    await other.ear.until_heard(TopicMoved(HERE, 8))
    assert TopicMoved(HERE, 7) not in other.ear.heard


@pytest.mark.server
async def test_the_others_look_when_one_could_not_tell_what_it_had_to(
    valkey: Valkey, settings: RedisSettings
) -> None:
    async with cut_off(valkey, settings) as (one, other, network):
        network.target = None
        network.drop()
        await one.until(whole=False)
        one.bus.publish(TopicMoved(HERE, 7))
        looks = other.ear.looks
        network.lead_to(valkey.url)
        await one.until(whole=True)
        await other.ear.until(lambda: other.ear.looks > looks)


@pytest.mark.server
async def test_a_connection_that_looks_open_and_carries_nothing_is_found_out(
    valkey: Valkey, settings: RedisSettings
) -> None:
    async with cut_off(valkey, settings) as (one, other, network):
        network.die()
        await one.until(whole=False)
        await one.until(whole=True)
        other.bus.publish(TopicMoved(HERE, 7))
        await one.ear.until_heard(TopicMoved(HERE, 7))


@pytest.mark.server
async def test_the_others_look_when_a_process_has_died(
    valkey: Valkey, two: tuple[Process, Process], settings: RedisSettings
) -> None:
    _, other = two
    async with process(valkey.url, settings) as third:
        await know_each_other(third, other)
        await other.ear.until(lambda: len(other.bus.others()) == 2)
    looks = other.ear.looks
    await other.ear.until(lambda: other.ear.looks > looks)
    assert len(other.bus.others()) == 1


@pytest.mark.server
async def test_what_was_published_last_is_told_before_a_process_ends(
    valkey: Valkey, two: tuple[Process, Process], settings: RedisSettings
) -> None:
    _, other = two
    redis = SharedRedis(valkey.url, settings, "short", Random(1))
    command = RedisBus(redis, "short", Random(1))
    command.publish(TopicMoved(HERE, 70))
    await command.flush()
    await redis.close()
    await other.ear.until_heard(TopicMoved(HERE, 70))


@pytest.mark.server
async def test_more_than_may_wait_is_looked_for_and_not_told(valkey: Valkey, settings: RedisSettings) -> None:
    few = replace(settings, waiting=10)
    async with process(valkey.url, few) as one, process(valkey.url, settings) as other:
        await know_each_other(one, other)
        looks = other.ear.looks
        for n in range(25):
            one.bus.publish(TopicMoved(Topic(f"conversation:{n}"), 1))
        await other.ear.until(lambda: other.ear.looks > looks)
        assert len(other.ear.heard) < 20


@asynccontextmanager
async def cut_off(valkey: Valkey, settings: RedisSettings) -> AsyncIterator[tuple[Process, Process, Network]]:
    """The first process reaches Redis through a network that tests may break."""
    async with cutting_network(Random(1)) as network:
        network.lead_to(valkey.url)
        url = valkey.url.replace(str(valkey.port), str(network.port))
        quick = replace(settings, answer_s=0.5)
        async with process(url, quick) as one, process(valkey.url, settings) as other:
            await know_each_other(one, other)
            yield one, other, network
