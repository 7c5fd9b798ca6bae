"""The explorer's deeds done to the real ledger, and the real record read back in the explorer's numbers."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from core import lifecycle
from core.agent import PresenceState
from core.contact import Sender
from core.conversation import InQueue
from core.errors import Rejected
from core.events import AgentChanged, agent_topic
from core.ids import AgentId, ConversationId, InboxId, ReservationId
from core.inbox import BotMode, Inbox
from core.store.conversations import ensure_point, get_conversation
from core.store.forms import StoredRequirement
from core.store.tables import people
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.routing import conversation_route, queue_item
from core.store.tables.routing import lease as lease_table
from core.store.tables.routing import reservation as reservation_table
from core.store.tx import Tx
from routing import intake, lease, ledger, store
from routing.absorb import Touched
from routing.engine import Arrived, Engine, Offer, Removed
from routing.reservations import BY_HAND
from routing.settings import RoutingSettings
from tests.builders import a_queue, an_agent, an_inbox
from tests.routing.center import exclude
from tests.routing.explorer import deciding, model
from tests.routing.explorer.deciding import GENERAL, GERMAN
from tests.routing.explorer.model import CAPACITY, WEIGHTS, Claim, Lease, Ledger, Person, Talk
from tests.routing.explorer.world import Deed, Item, Memory, World, heard, read, thought

SETTINGS = RoutingSettings(missed_offers=1000)
_LEASE_S = 3600.0
_TALKS = range(len(WEIGHTS))
_PEOPLE = range(2)


class _Numbers:
    """0, 1, 2: the ids that the explorer knows its conversations by."""

    def __init__(self) -> None:
        self._numbers = iter(range(len(WEIGHTS)))

    def new(self) -> str:
        return str(next(self._numbers))


def begin(tx: Tx) -> None:
    """The explorer's first world, as rows."""
    a_queue(tx, GENERAL, requirements=(StoredRequirement(GERMAN, 3),))
    tx.insert_new(people.skill, {"id": GERMAN, "name": GERMAN})
    for agent in _PEOPLE:
        an_agent(tx, str(agent), capacity=CAPACITY)
        tx.conn.execute(insert(people.queue_member).values(queue_id=GENERAL, agent_id=str(agent)))
        _learn(tx, agent)
    an_inbox(tx, bot=False)
    point = ensure_point(tx, Sender("widget", "visitor", verified=False))
    ids, tx.ids = tx.ids, _Numbers()
    for number in _TALKS:
        box = Inbox(
            id=InboxId("web"),
            kind="widget",
            name="Web",
            enabled=True,
            queue=GENERAL,
            bot=BotMode.OFF,
            weight=WEIGHTS[number],
        )
        opening = lifecycle.Opening(f"thread {number}")
        store.put_item(tx, lifecycle.start(tx, box, point, opening, handler=InQueue(GENERAL)))
    tx.ids = ids
    assert lease.hold(tx, "router 0", _LEASE_S) == 1
    tx.conn.execute(update(people.agent).values(version=0))


def project(tx: Tx) -> Ledger:
    """The record, as the explorer would have it."""
    return Ledger(tuple(_talks(tx)), tuple(_people(tx)), tuple(offer for _, offer in _offers(tx)), _lease(tx))


def do(tx: Tx, world: World, deed: Deed) -> World:
    """The same as ``step`` does in memory; what is refused is undone."""
    routers = world.routers
    if deed.name == "crash":
        routers = _with(routers, deed.who, Memory())
    elif deed.name in {"lead", "look", "commit", "commit_unheard"}:
        try:
            mind = tx.attempt(_route, deed, routers[deed.who])
        except Rejected:
            mind = Memory()
        routers = _with(routers, deed.who, mind)
    else:
        with suppress(Rejected):
            tx.attempt(_change, deed)
    return World(project(tx), routers)


def _route(tx: Tx, deed: Deed, mind: Memory) -> Memory:
    if deed.name == "lead":
        epoch = lease.hold(tx, f"router {deed.who}", _LEASE_S)
        return Memory(epoch)
    assert mind.epoch is not None
    lease.check(tx, mind.epoch)
    if deed.name == "look":
        touched = Touched()
        for number in _TALKS:
            touched.add(conversation=ConversationId(str(number)))
        intake.keep_line_true(tx, touched)
        return thought(mind.epoch, read(project(tx)))
    offers = [_offer(claim) for claim in mind.claims]
    facts = intake.commit(tx, mind.epoch, offers, SETTINGS)
    if deed.name == "commit_unheard":
        return mind
    again = {fact.item.conversation for fact in facts if isinstance(fact, Arrived)}
    again |= {fact.conversation for fact in facts if isinstance(fact, Removed)}
    refused = [claim for claim in mind.claims if ConversationId(str(claim.talk)) in again]
    return heard(mind, refused, read(project(tx)))


def _change(tx: Tx, deed: Deed) -> None:
    name, who, what = deed
    conversation, agent = ConversationId(str(what)), AgentId(str(who))
    deeds: dict[str, Callable[[], object]] = {
        "lapse": lambda: tx.conn.execute(update(lease_table).values(expires_at=tx.now)),
        "accept": lambda: ledger.accept(tx, *_numbered(tx, who)),
        "decline": lambda: ledger.decline(tx, *_numbered(tx, who)),
        "expire": lambda: _expire(tx, who),
        "come_or_go": lambda: _come_or_go(tx, agent),
        "forget_or_learn": lambda: _forget_or_learn(tx, who),
        "finish": lambda: lifecycle.resolve(tx, get_conversation(tx, conversation)),
        "transfer": lambda: ledger.transfer_to_queue(tx, conversation, GENERAL, by=_holder(tx, what)),
        "take": lambda: ledger.take(tx, agent, conversation),
        "exclude": lambda: exclude(tx, conversation, agent),
    }
    deeds[name]()


def _expire(tx: Tx, number: int) -> None:
    now, tx.now = tx.now, tx.now + timedelta(seconds=SETTINGS.offer_s)
    try:
        ledger.expire(tx, _numbered(tx, number)[1], SETTINGS)
    finally:
        tx.now = now


def _come_or_go(tx: Tx, agent: AgentId) -> None:
    here = _people_rows(tx)[int(agent)].presence == "available"
    ledger.set_presence(tx, agent, PresenceState.OFFLINE if here else PresenceState.AVAILABLE)


def _forget_or_learn(tx: Tx, agent: int) -> None:
    row = people.agent_skill.c.agent_id == str(agent)
    if tx.conn.execute(delete(people.agent_skill).where(row)).rowcount == 0:
        _learn(tx, agent)
    version = people.agent.c.version + 1
    tx.conn.execute(update(people.agent).where(people.agent.c.id == str(agent)).values(version=version))
    tx.emit(agent_topic(AgentId(str(agent))), AgentChanged(AgentId(str(agent))))


def _learn(tx: Tx, agent: int) -> None:
    tx.conn.execute(insert(people.agent_skill).values(agent_id=str(agent), skill_id=GERMAN, level=4))


def _talks(tx: Tx) -> Iterator[Talk]:
    table = conversation_table
    rows = tx.conn.execute(
        select(table, queue_item.c.declined, conversation_route.c.excluded)
        .outerjoin(queue_item, queue_item.c.conversation_id == table.c.id)
        .outerjoin(conversation_route, conversation_route.c.conversation_id == table.c.id)
        .order_by(table.c.id)
    )
    for row in rows:
        phase = {"queue": "queued", "agent": "held", "nobody": "done"}[row.handler]
        holder = None if row.agent_id is None else int(row.agent_id)
        declined = tuple(int(each) for each in row.declined or ()) if phase == "queued" else ()
        excluded = frozenset(int(each) for each in row.excluded or ())
        yield Talk(phase, row.generation, holder, declined, excluded)


def _people(tx: Tx) -> Iterator[Person]:
    skilled = set(tx.conn.execute(select(people.agent_skill.c.agent_id)).scalars())
    for row in _people_rows(tx):
        yield Person(row.presence == "available", row.id in skilled, row.load, row.version)


def _people_rows(tx: Tx) -> list[Row[Any]]:
    return list(tx.conn.execute(select(people.agent).order_by(people.agent.c.id)))


def _offers(tx: Tx) -> list[tuple[ReservationId, model.Offer]]:
    table = reservation_table
    rows = tx.conn.execute(select(table).where(table.c.epoch != BY_HAND).order_by(table.c.id))
    return [
        (
            ReservationId(row.id),
            model.Offer(int(row.conversation_id), int(row.agent_id), row.generation, row.epoch, row.state),
        )
        for row in rows
    ]


def _numbered(tx: Tx, number: int) -> tuple[AgentId, ReservationId]:
    found, offer = _offers(tx)[number]
    return AgentId(str(offer.agent)), found


def _holder(tx: Tx, number: int) -> AgentId:
    holder = list(_talks(tx))[number].holder
    return AgentId("nobody" if holder is None else str(holder))


def _lease(tx: Tx) -> Lease:
    row = tx.conn.execute(select(lease_table)).one()
    return Lease(int(row.holder.removeprefix("router ")), row.epoch, row.expires_at > tx.now)


def _offer(claim: Claim) -> Offer:
    """What the engine would hand to the ledger."""
    item = replace(
        _template().item, conversation=ConversationId(str(claim.talk)), generation=claim.generation
    )
    return replace(
        _template(), item=item, agent=AgentId(str(claim.agent)), version=claim.version, standby=None
    )


@cache
def _template() -> Offer:
    known = (Person(), Person()), (Item(0, 1, (), frozenset(), None),)
    [offer] = Engine(deciding.PLAN).feed(deciding.facts(*known))
    return offer


def _with(routers: tuple[Memory, ...], at: int, mind: Memory) -> tuple[Memory, ...]:
    return (*routers[:at], mind, *routers[at + 1 :])
