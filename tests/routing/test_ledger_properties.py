"""Whatever customers, agents, supervisors and time do to the real ledger, in any order: I1, I2, I3, I5, I8 and I10."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from core import lifecycle
from core.agent import PresenceState
from core.conversation import AssignedTo, Conversation, InQueue, Nobody, weighs_on
from core.errors import Conflict, Rejected
from core.ids import AgentId, ConversationId
from core.receive import receive_message
from core.store.codec import load_conversation
from core.store.conversations import get_conversation
from core.store.forms import StoredQueueRouting
from core.store.tables import people
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.routing import queue_item
from core.store.tables.routing import reservation as reservation_table
from core.store.tables.routing import wrap_up as wrap_up_table
from core.store.tx import Tx
from routing import lease, ledger, store
from routing.reservations import State
from tests.builders import an_agent, an_inbound, an_inbox, sqlite_url
from tests.routing.center import BILLING, GENERAL, SETTINGS, Center, a_center, exclude, join, learn

T = TypeVar("T")
AGENTS = tuple(AgentId(f"agent{number}") for number in range(3))
BOSS = AgentId("boss")
WRAP_UP_S = 20
agents = st.sampled_from(AGENTS)
picks = st.integers(0, 5)


def company(tx: Tx) -> None:
    for number, agent in enumerate(AGENTS):
        an_agent(tx, agent, capacity=1 + number)
        join(tx, agent)
        join(tx, agent, BILLING)
        learn(tx, agent, "german", 2 + number)
    an_agent(tx, BOSS, presence="busy")
    an_inbox(tx, "post", bot=False, queue="billing")
    here = people.inbox.c.id == "post"
    tx.conn.execute(people.inbox.update().where(here).values(weight=2, interruptible=True))
    routing = StoredQueueRouting(wrap_up_s=WRAP_UP_S)
    tx.conn.execute(people.queue.update().where(people.queue.c.id == GENERAL).values(routing=routing))


class Desk(RuleBasedStateMachine):
    """A contact center whose every move is hypothesis's."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()
        self.folder = tempfile.TemporaryDirectory(prefix="parley-desk-")
        address = sqlite_url(Path(self.folder.name))
        self.center: Center = self.wait(self.stack.enter_async_context(a_center(address, agents=())))
        self.wait(self.center.db.run(company))
        self.written = 0
        self.generations: dict[ConversationId, int] = {}
        self.loads: dict[AgentId, tuple[int, int]] = {}
        self.may_exceed = False

    def teardown(self) -> None:
        self.wait(self.stack.aclose())
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()
        self.folder.cleanup()

    def wait(self, work: Awaitable[T]) -> T:
        return self.loop.run_until_complete(_awaited(work))

    def maybe(self, work: Any, *args: Any) -> None:
        """What is refused leaves no trace."""
        before = self.wait(self.center.db.read(_everything))
        try:
            self.wait(self.center.db.run(work, *args))
        except Rejected:
            assert self.wait(self.center.db.read(_everything)) == before

    def one(self, pick: int, *, held: bool | None = None) -> Conversation | None:
        known = [
            each for each in self.conversations() if held in {None, isinstance(each.handler, AssignedTo)}
        ]
        return known[pick % len(known)] if known else None

    def conversations(self) -> list[Conversation]:
        return self.wait(self.center.db.read(_conversations))

    @rule(inbox=st.sampled_from(("web", "post")))
    def a_customer_writes(self, inbox: str) -> None:
        self.written += 1
        inbound = an_inbound(visitor=f"v{self.written}", key=f"m{self.written}", inbox=inbox)
        self.wait(self.center.db.run(receive_message, inbound))

    @rule()
    def relay_and_router_come_to_rest(self) -> None:
        self.wait(self.center.settle())
        known = {each.id: each for each in self.wait(self.center.db.read(store.snapshot)).agents}
        for offer in self.wait(self.center.offers()):
            agent = known[offer.agent]
            assert agent.available, "I5"
            assert offer.expires_at > self.center.world.clock.now(), "I10"
            assert offer.agent not in self.wait(self.center.db.read(store.excluded_from, offer.conversation))

    @rule(seconds=st.sampled_from((1, 11, 31)))
    def time_passes(self, seconds: int) -> None:
        self.center.world.clock.forward(seconds)
        self.relay_and_router_come_to_rest()
        assert self.wait(self.center.db.read(_over, self.center.world.clock.now())) == 0, "I10"

    @rule(pick=picks, answer=st.sampled_from((ledger.accept, ledger.decline)))
    def an_agent_answers_an_offer_old_or_new(self, pick: int, answer: Any) -> None:
        offers = self.wait(self.center.db.read(_reservations))
        if offers:
            agent, offer = offers[-1 - pick % len(offers)]
            self.maybe(answer, agent, offer)

    @rule(agent=agents, pick=picks)
    def an_agent_takes_one(self, agent: AgentId, pick: int) -> None:
        one = self.one(pick)
        if one is not None:
            self.maybe(ledger.take, agent, one.id)

    @rule(agent=agents, pick=picks, rings=st.sampled_from((None, 15.0)))
    def a_supervisor_decides(self, agent: AgentId, pick: int, rings: float | None) -> None:
        one = self.one(pick)
        if one is not None:
            self.may_exceed = True
            self.maybe(ledger.override, one.id, agent, BOSS, rings)

    @rule(pick=picks)
    def one_is_resolved(self, pick: int) -> None:
        one = self.one(pick, held=True)
        if one is not None:
            self.maybe(_complete, one.id)

    @rule(pick=picks, deed=st.sampled_from((lifecycle.wait, lifecycle.wake)))
    def one_waits_for_the_customer_or_wakes(self, pick: int, deed: Any) -> None:
        one = self.one(pick, held=True)
        if one is not None:
            self.may_exceed = True
            self.maybe(_change, deed, one.id)

    @rule(pick=picks, queue=st.sampled_from((GENERAL, BILLING)))
    def one_is_passed_on(self, pick: int, queue: Any) -> None:
        one = self.one(pick, held=True)
        if one is not None and isinstance(one.handler, AssignedTo):
            self.maybe(_pass_on, one.id, queue, one.handler.agent)

    @rule(agent=agents, state=st.sampled_from([*PresenceState, PresenceState.AVAILABLE]))
    def an_agent_comes_or_goes(self, agent: AgentId, state: PresenceState) -> None:
        self.maybe(ledger.set_presence, agent, state)

    @rule(agent=agents)
    def an_agent_hands_everything_back(self, agent: AgentId) -> None:
        self.maybe(ledger.hand_back, agent)

    @rule(agent=agents, pick=picks)
    def an_agent_is_excluded(self, agent: AgentId, pick: int) -> None:
        one = self.one(pick)
        if one is not None and not any(
            offer.conversation == one.id for offer in self.wait(self.center.offers())
        ):
            self.maybe(exclude, one.id, agent)

    @rule(agent=agents, pick=picks, stale=st.integers(1, 2))
    def a_router_that_knows_too_little_claims(self, agent: AgentId, pick: int, stale: int) -> None:
        one = self.one(pick)
        if one is None:
            return
        row = self.wait(self.center.agent(agent))
        claim = ledger.Claim(one.id, one.generation - stale, agent, row.version, {})
        old = ledger.Claim(one.id, one.generation, agent, row.version - stale, {})
        for each in (claim, old):
            before = self.wait(self.center.db.read(_everything))
            with pytest.raises(Conflict):
                self.wait(self.center.db.run(_reserve, each))
            assert self.wait(self.center.db.read(_everything)) == before, "I8"

    @invariant()
    def everybody_is_in_one_place(self) -> None:
        known = self.conversations()
        assert len(known) == self.written, "I3"
        offered = Counter(offer.conversation for offer in self.wait(self.center.offers()))
        assert all(times == 1 for times in offered.values()), "I1"
        for each in known:
            assert isinstance(each.handler, InQueue | AssignedTo | Nobody), "I3"
            assert each.generation >= self.generations.get(each.id, 0), "I8"
            self.generations[each.id] = each.generation

    @invariant()
    def loads_are_what_is_held_and_never_raised_above_the_capacity(self) -> None:
        rows = self.wait(self.center.db.read(_agents))
        held, yields = self.wait(self.center.db.read(_loads))
        for row in rows:
            assert (row.load, row.yielding) == (held[row.id], yields[row.id]), "I2"
            firm, now = row.load - row.yielding, AgentId(row.id)
            firm_before, load_before = self.loads.get(now, (0, 0))
            assert self.may_exceed or firm <= max(row.capacity, firm_before), "I2"
            if firm == firm_before:
                assert self.may_exceed or row.load <= max(row.capacity, load_before), "I2"
            self.loads[now] = firm, row.load
        self.may_exceed = False


async def _awaited(work: Awaitable[T]) -> T:
    return await work


def _conversations(tx: Tx) -> list[Conversation]:
    rows = tx.conn.execute(select(conversation_table).order_by(conversation_table.c.id))
    return [load_conversation(row) for row in rows]


def _reservations(tx: Tx) -> list[tuple[Any, Any]]:
    table = reservation_table
    rows = tx.conn.execute(select(table.c.agent_id, table.c.id).order_by(table.c.created_at, table.c.id))
    return [(row.agent_id, row.id) for row in rows]


def _over(tx: Tx, now: Any) -> int:
    offers = select(reservation_table).where(
        reservation_table.c.state == State.OFFERED.value, reservation_table.c.expires_at <= now
    )
    late = select(wrap_up_table).where(wrap_up_table.c.ended_at.is_(None), wrap_up_table.c.ends_at <= now)
    return len(tx.conn.execute(offers).all()) + len(tx.conn.execute(late).all())


def _agents(tx: Tx) -> list[Any]:
    return list(tx.conn.execute(select(people.agent)))


def _loads(tx: Tx) -> tuple[Counter[str], Counter[str]]:
    """What is held, offered and wrapped up, by agent: in all, and of it what yields."""
    load: Counter[str] = Counter()
    yields: Counter[str] = Counter()
    for one in _conversations(tx):
        holder = weighs_on(one.status, one.handler)
        if holder is not None:
            load[holder] += one.weight
            yields[holder] += one.weight * one.interruptible
    offers = select(reservation_table).where(reservation_table.c.state == State.OFFERED.value)
    wrapping = select(wrap_up_table).where(wrap_up_table.c.ended_at.is_(None))
    for row in [*tx.conn.execute(offers), *tx.conn.execute(wrapping)]:
        load[row.agent_id] += row.weight
        yields[row.agent_id] += row.weight * row.interruptible
    return load, yields


def _everything(tx: Tx) -> list[Any]:
    tables = (conversation_table, reservation_table, people.agent, wrap_up_table, queue_item)
    return [tx.conn.execute(select(table)).all() for table in tables]


def _complete(tx: Tx, conversation: ConversationId) -> None:
    ledger.complete(tx, get_conversation(tx, conversation))


def _change(tx: Tx, deed: Any, conversation: ConversationId) -> None:
    deed(tx, get_conversation(tx, conversation))


def _pass_on(tx: Tx, conversation: ConversationId, queue: Any, by: AgentId) -> None:
    ledger.transfer_to_queue(tx, conversation, queue, by=by)


def _reserve(tx: Tx, claim: ledger.Claim) -> None:
    epoch = lease.current(tx)
    ledger.reserve(tx, claim, epoch=0 if epoch is None else epoch, offer_s=SETTINGS.offer_s)


@pytest.mark.parametrize(
    ("days", "moves"),
    [
        pytest.param(6, 25, marks=pytest.mark.server),
        pytest.param(400, 80, marks=pytest.mark.soak),
    ],
)
def test_on_any_day_every_promise_of_the_ledger_is_kept(days: int, moves: int) -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=days,
            stateful_step_count=moves,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
