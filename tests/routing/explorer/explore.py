"""Breadth first through every interleaving; worlds that can only go on alike are visited once."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.routing.explorer import model
from tests.routing.explorer.model import Guard, Ledger, Offer
from tests.routing.explorer.promises import broken
from tests.routing.explorer.world import Deed, Memory, World, deeds, step

Trace = tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A promise that was broken, and the shortest way there."""

    said: str
    trace: Trace


@dataclass(frozen=True, slots=True)
class Explored:
    """``worlds``: how many different ones were seen; ``complete``: there are no others at any depth."""

    worlds: int
    steps: int
    complete: bool
    found: Found | None


def explore(depth: int, guards: frozenset[Guard] = model.ALL, *, but: str | None = None) -> Explored:
    """Every interleaving of up to ``depth`` deeds, until one breaks a promise (``but``: another than that one)."""
    first = World()
    seen = {canonical(first)}
    front: list[tuple[World, Trace]] = [(first, ())]
    steps = 0
    for _ in range(depth):
        following: list[tuple[World, Trace]] = []
        for world, trace in front:
            for deed in deeds(world):
                after = step(world, deed, guards)
                steps += 1
                said = broken(world, deed, after, but)
                if said is not None:
                    return Explored(len(seen), steps, False, Found(said, (*trace, deed)))
                known = canonical(after)
                if known not in seen:
                    seen.add(known)
                    following.append((after, (*trace, deed)))
        front = following
        if not front:
            return Explored(len(seen), steps, True, None)
    return Explored(len(seen), steps, False, None)


def replay(trace: Trace, guards: frozenset[Guard] = model.ALL) -> Iterator[tuple[World, Deed, World]]:
    """Each step of it, from the beginning."""
    world = World()
    for deed in trace:
        after = step(world, deed, guards)
        yield world, deed, after
        world = after


def canonical(world: World) -> World:
    """The same for worlds that differ in nothing that a later step could tell.

    Generations, versions and epochs are only ever compared for equality: they are counted from the present one. Of
    ended offers it only matters whose they were and how they ended.
    """
    ledger = world.ledger
    ended = sorted({_ended(ledger, each) for each in ledger.offers if each.state != "offered"})
    live = sorted(_relative(ledger, each) for each in ledger.offers if each.state == "offered")
    now = ledger._replace(
        talks=tuple(talk._replace(generation=0) for talk in ledger.talks),
        people=tuple(person._replace(version=0) for person in ledger.people),
        offers=(*ended, *live),
        lease=ledger.lease._replace(epoch=0),
    )
    return World(now, tuple(_remembered(ledger, router) for router in world.routers))


def _ended(ledger: Ledger, offer: Offer) -> Offer:
    return Offer(offer.talk, offer.agent, 0, 0, "accepted" if offer.state == "accepted" else "ended")


def _relative(ledger: Ledger, offer: Offer) -> Offer:
    generation = offer.generation - ledger.talks[offer.talk].generation
    return offer._replace(generation=max(-1, generation), epoch=0)


def _remembered(ledger: Ledger, router: Memory) -> Memory:
    if router.epoch is None:
        return router
    current = router.epoch == ledger.lease.epoch
    if not current and not router.claims:
        return Memory(-1)
    claims = tuple(
        claim._replace(
            generation=max(-1, claim.generation - ledger.talks[claim.talk].generation),
            version=max(-3, claim.version - ledger.people[claim.agent].version),
        )
        for claim in router.claims
    )
    known = router.known
    if known is not None:
        people = tuple(
            person._replace(version=max(-3, person.version - ledger.people[at].version))
            for at, person in enumerate(known.people)
        )
        waiting = tuple(
            item._replace(generation=max(-1, item.generation - ledger.talks[item.talk].generation))
            for item in known.waiting
        )
        known = known._replace(people=people, waiting=waiting)
    return Memory(0 if current else -1, known, claims)
