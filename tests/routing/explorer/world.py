"""Two routers around one ledger: what each remembers, every deed that can come next, and what it leads to.

A deed is one transaction, or something that happens to a process between two. The routers decide with the real engine.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tests.routing.explorer import model
from tests.routing.explorer.deciding import decide
from tests.routing.explorer.model import Claim, Guard, Ledger, Person, Refused


class Item(NamedTuple):
    """A waiting conversation, as a router read it."""

    talk: int
    generation: int
    declined: tuple[int, ...]
    excluded: frozenset[int]
    offered_to: int | None


class Known(NamedTuple):
    """What a router believes, its own proposals counted in."""

    people: tuple[Person, ...]
    waiting: tuple[Item, ...]


class Memory(NamedTuple):
    """One router's; nothing of it survives a crash. Claims are decided and not known to be committed."""

    epoch: int | None = None
    known: Known | None = None
    claims: tuple[Claim, ...] = ()


class World(NamedTuple):
    """The record, and what the routers have in mind."""

    ledger: Ledger = Ledger()
    routers: tuple[Memory, ...] = (Memory(epoch=1), Memory())


class Deed(NamedTuple):
    """``who`` is a router, an agent or the number of an offer; ``what`` a conversation."""

    name: str
    who: int = 0
    what: int = 0


def deeds(world: World) -> Iterator[Deed]:
    """Everything that may happen next."""
    ledger = world.ledger
    if ledger.lease.alive:
        yield Deed("lapse")
    for at, router in enumerate(world.routers):
        yield from _router_deeds(ledger, at, router)
    for number in range(len(ledger.offers)):
        yield Deed("accept", number)
        yield Deed("decline", number)
        if ledger.offers[number].state == "offered":
            yield Deed("expire", number)
    for agent in range(len(ledger.people)):
        yield Deed("come_or_go", agent)
        yield Deed("forget_or_learn", agent)
    for number, talk in enumerate(ledger.talks):
        if talk.phase == "done":
            continue
        yield Deed("finish", 0, number)
        if talk.phase == "held":
            yield Deed("transfer", 0, number)
        for agent in range(len(ledger.people)):
            yield Deed("take", agent, number)
            if not talk.excluded:
                yield Deed("exclude", agent, number)


def _router_deeds(ledger: Ledger, at: int, router: Memory) -> Iterator[Deed]:
    if router.epoch is None or router.epoch != ledger.lease.epoch:
        if not ledger.lease.alive:
            yield Deed("lead", at)
    else:
        yield Deed("crash", at)
    if router.epoch is None:
        return
    if router.claims:
        yield Deed("commit", at)
        yield Deed("commit_unheard", at)
    else:
        yield Deed("look", at)


def step(world: World, deed: Deed, guards: frozenset[Guard] = model.ALL) -> World:
    """What it leads to; a deed that is refused changes nothing but what its router remembers."""
    if deed.name in {"lead", "look", "commit", "commit_unheard", "crash"}:
        return _route(world, deed, guards)
    try:
        return world._replace(ledger=change(world.ledger, deed, guards))
    except Refused:
        return world


def change(ledger: Ledger, deed: Deed, guards: frozenset[Guard]) -> Ledger:
    """What people, timers and mishaps do to the record; raises Refused."""
    name, who, what = deed
    match name:
        case "lapse":
            return model.lapse(ledger)
        case "accept":
            return model.accept(ledger, who, guards)
        case "decline":
            return model.decline(ledger, who)
        case "expire":
            return model.decline(ledger, who, "expired")
        case "come_or_go":
            return model.come_or_go(ledger, who)
        case "forget_or_learn":
            return model.forget_or_learn(ledger, who)
        case "finish":
            return model.finish(ledger, what)
        case "transfer":
            return model.transfer(ledger, what)
        case "take":
            return model.take(ledger, who, what, guards)
        case "exclude":
            return model.exclude(ledger, what, who)
        case _:
            raise AssertionError(name)


def _route(world: World, deed: Deed, guards: frozenset[Guard]) -> World:
    at = deed.who
    router = world.routers[at]
    if deed.name == "crash":
        return _with_router(world, at, Memory())
    try:
        if deed.name == "lead":
            ledger = model.hold(world.ledger, at)
            return _with_router(world._replace(ledger=ledger), at, Memory(ledger.lease.epoch))
        if router.epoch is None:
            return world
        model.check_epoch(world.ledger, router.epoch, guards)
    except Refused:
        return _with_router(world, at, Memory())
    if deed.name == "look":
        ledger = model.tidy(world.ledger, range(len(world.ledger.talks)))
        return _with_router(world._replace(ledger=ledger), at, thought(router.epoch, read(ledger)))
    ledger, moved = commit(world.ledger, router, guards)
    world = world._replace(ledger=ledger)
    if deed.name == "commit_unheard":
        return world
    return _with_router(world, at, heard(router, moved, read(ledger)))


def commit(ledger: Ledger, router: Memory, guards: frozenset[Guard]) -> tuple[Ledger, list[Claim]]:
    """All claims in one transaction, each of them made or refused; those that were refused.

    After one that was refused, what was claimed of the same agent rests on what is not so: it is refused unseen. Offers
    of what is refused are pulled back where it waits no longer.
    """
    refused: list[Claim] = []
    assert router.epoch is not None
    for claim in router.claims:
        if Guard.SEQUENCE in guards and any(claim.agent == each.agent for each in refused):
            refused.append(claim)
            continue
        try:
            ledger = model.reserve(ledger, claim, router.epoch, guards)
        except Refused:
            refused.append(claim)
    return model.tidy(ledger, {claim.talk for claim in refused}), refused


def heard(router: Memory, refused: list[Claim], now: Known) -> Memory:
    """Of what was refused the router reads conversation and agent again; the rest it believes as before."""
    if not refused or router.known is None:
        return Memory(router.epoch)
    talks = {claim.talk for claim in refused}
    agents = {claim.agent for claim in refused}
    people = tuple(
        now.people[at] if at in agents else before for at, before in enumerate(router.known.people)
    )
    kept = [item for item in router.known.waiting if item.talk not in talks]
    fresh = [item for item in now.waiting if item.talk in talks]
    return thought(router.epoch, Known(people, tuple(sorted([*kept, *fresh], key=lambda item: item.talk))))


def thought(epoch: int | None, known: Known) -> Memory:
    """What the router has in mind once the engine has decided."""
    claims = _claims(known)
    return Memory(epoch, _expecting(known, claims), claims) if claims else Memory(epoch)


def read(ledger: Ledger) -> Known:
    """As one transaction sees it."""
    items = []
    for number, talk in enumerate(ledger.talks):
        if talk.phase == "queued":
            offered = model.open_offer(ledger, number)
            to = None if offered is None else ledger.offers[offered].agent
            items.append(Item(number, talk.generation, talk.declined, talk.excluded, to))
    return Known(ledger.people, tuple(items))


@lru_cache(maxsize=200_000)
def _claims(known: Known) -> tuple[Claim, ...]:
    return tuple(Claim(*each) for each in decide(known.people, known.waiting))


def _expecting(known: Known, claims: tuple[Claim, ...]) -> Known:
    people, waiting = list(known.people), list(known.waiting)
    for claim in claims:
        person = people[claim.agent]
        load = person.load + model.WEIGHTS[claim.talk]
        people[claim.agent] = person._replace(load=load, version=person.version + 1)
        waiting = [i._replace(offered_to=claim.agent) if i.talk == claim.talk else i for i in waiting]
    return Known(tuple(people), tuple(waiting))


def _with_router(world: World, at: int, memory: Memory) -> World:
    routers = world.routers
    return world._replace(routers=(*routers[:at], memory, *routers[at + 1 :]))
