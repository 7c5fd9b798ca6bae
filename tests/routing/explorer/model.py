"""The ledger in memory, in plain tuples: the same guards as the real one, each of which a test can remove.

Conversations, agents and routers are numbers. A change is refused by raising ``Refused``; a tuple that was never
returned never existed, which is what a transaction that is rolled back looks like.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

WEIGHTS = (1, 1, 2)
CAPACITY = 2
BY_HAND = 0


class Guard(StrEnum):
    """What stands between a proposal that the world moved on from and the record."""

    GENERATION = "generation"
    EPOCH = "epoch"
    VERSION = "version"
    CAPACITY = "capacity"
    EXCLUSION = "exclusion"
    ONE_OFFER = "one_offer"
    SEQUENCE = "sequence"


ALL = frozenset(Guard)


class Refused(Exception):
    """The change was not made; ``code`` as the real ledger names it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Talk(NamedTuple):
    """A conversation: ``queued``, ``held`` or ``done``."""

    phase: str = "queued"
    generation: int = 1
    holder: int | None = None
    declined: tuple[int, ...] = ()
    excluded: frozenset[int] = frozenset()


class Person(NamedTuple):
    """An agent; ``skilled``: has what every conversation here asks for."""

    present: bool = True
    skilled: bool = True
    load: int = 0
    version: int = 0


class Offer(NamedTuple):
    """A reservation; ended ones are kept, because their owners may still answer them."""

    talk: int
    agent: int
    generation: int
    epoch: int
    state: str = "offered"


class Lease(NamedTuple):
    """``alive``: its time is not over, so that nobody else can take it."""

    holder: int = 0
    epoch: int = 1
    alive: bool = True


class Ledger(NamedTuple):
    """The whole record."""

    talks: tuple[Talk, ...] = (Talk(), Talk(), Talk())
    people: tuple[Person, ...] = (Person(), Person())
    offers: tuple[Offer, ...] = ()
    lease: Lease = Lease()


class Claim(NamedTuple):
    """What a router proposes, and what it rests on."""

    talk: int
    agent: int
    generation: int
    version: int


def with_talk(ledger: Ledger, number: int, talk: Talk) -> Ledger:
    talks = ledger.talks
    return ledger._replace(talks=(*talks[:number], talk, *talks[number + 1 :]))


def with_person(ledger: Ledger, number: int, person: Person) -> Ledger:
    people = ledger.people
    return ledger._replace(people=(*people[:number], person, *people[number + 1 :]))


def with_offer(ledger: Ledger, number: int, offer: Offer) -> Ledger:
    offers = ledger.offers
    return ledger._replace(offers=(*offers[:number], offer, *offers[number + 1 :]))


def open_offer(ledger: Ledger, talk: int) -> int | None:
    """The number of the open offer of a conversation."""
    for number, offer in enumerate(ledger.offers):
        if offer.talk == talk and offer.state == "offered":
            return number
    return None


def check_epoch(ledger: Ledger, epoch: int, guards: frozenset[Guard]) -> None:
    if Guard.EPOCH in guards and ledger.lease.epoch != epoch:
        raise Refused("stale_epoch")


def reserve(ledger: Ledger, claim: Claim, epoch: int, guards: frozenset[Guard]) -> Ledger:
    talk, person = ledger.talks[claim.talk], ledger.people[claim.agent]
    check_epoch(ledger, epoch, guards)
    if Guard.GENERATION in guards and (talk.phase != "queued" or talk.generation != claim.generation):
        raise Refused("moved_on")
    if Guard.EXCLUSION in guards and claim.agent in talk.excluded:
        raise Refused("excluded")
    if Guard.VERSION in guards and person.version != claim.version:
        raise Refused("agent_moved")
    ledger = _add_load(ledger, claim.agent, WEIGHTS[claim.talk], guards, available=True)
    if Guard.ONE_OFFER in guards and open_offer(ledger, claim.talk) is not None:
        raise Refused("already_offered")
    made = Offer(claim.talk, claim.agent, talk.generation, epoch)
    return ledger._replace(offers=(*ledger.offers, made))


def accept(ledger: Ledger, number: int, guards: frozenset[Guard]) -> Ledger:
    offer = ledger.offers[number]
    talk = ledger.talks[offer.talk]
    if offer.state == "accepted" and talk.holder == offer.agent:
        return ledger
    if offer.state == "expired":
        raise Refused("expired")
    if Guard.GENERATION in guards and (talk.phase != "queued" or talk.generation != offer.generation):
        raise Refused("over")
    return _assign(end(ledger, number, "accepted", keep_load=True), offer.talk, offer.agent)


def decline(ledger: Ledger, number: int, state: str = "declined") -> Ledger:
    """The agent would rather not; with ``expired`` their time is over."""
    offer = ledger.offers[number]
    if offer.state == "accepted" and state == "declined":
        raise Refused("over")
    if offer.state != "offered":
        return ledger
    ledger = end(ledger, number, state)
    talk = ledger.talks[offer.talk]
    if talk.phase != "queued":
        return ledger
    declined = (*(each for each in talk.declined if each != offer.agent), offer.agent)
    return with_talk(ledger, offer.talk, talk._replace(declined=declined))


def take(ledger: Ledger, agent: int, number: int, guards: frozenset[Guard]) -> Ledger:
    """By hand; offers to the same agent that stand in the way are pulled back, the newest first."""
    talk = ledger.talks[number]
    if talk.holder == agent:
        return ledger
    if talk.phase != "queued":
        raise Refused("held" if talk.phase == "held" else "over")
    if Guard.EXCLUSION in guards and agent in talk.excluded:
        raise Refused("excluded")
    offered = open_offer(ledger, number)
    if offered is not None:
        if ledger.offers[offered].agent != agent:
            raise Refused("offered")
        return accept(ledger, offered, guards)
    mine = [at for at, each in enumerate(ledger.offers) if each.agent == agent and each.state == "offered"]
    while True:
        try:
            ledger = _add_load(ledger, agent, WEIGHTS[number], guards, available=False)
        except Refused:
            if not mine:
                raise
            ledger = end(ledger, mine.pop(), "cancelled")
            continue
        return _assign(ledger, number, agent)


def transfer(ledger: Ledger, number: int) -> Ledger:
    """Its holder passes it on to the queue, and is treated like a decliner."""
    talk = ledger.talks[number]
    if talk.holder is None:
        raise Refused("not_yours")
    ledger = add_load(ledger, talk.holder, -WEIGHTS[number])
    waits = Talk("queued", talk.generation + 1, None, (talk.holder,), talk.excluded)
    return with_talk(ledger, number, waits)


def finish(ledger: Ledger, number: int) -> Ledger:
    """Resolved by its holder, or abandoned in the queue; an open offer of it is left to the router."""
    talk = ledger.talks[number]
    if talk.holder is not None:
        ledger = add_load(ledger, talk.holder, -WEIGHTS[number])
    return with_talk(ledger, number, Talk("done", talk.generation + 1, None, (), talk.excluded))


def come_or_go(ledger: Ledger, agent: int) -> Ledger:
    """Going pulls back what is on offer."""
    person = ledger.people[agent]
    if person.present:
        for number, offer in enumerate(ledger.offers):
            if offer.agent == agent and offer.state == "offered":
                ledger = end(ledger, number, "cancelled")
    person = ledger.people[agent]
    return with_person(ledger, agent, person._replace(present=not person.present, version=person.version + 1))


def forget_or_learn(ledger: Ledger, agent: int) -> Ledger:
    person = ledger.people[agent]
    changed = person._replace(skilled=not person.skilled, version=person.version + 1)
    return with_person(ledger, agent, changed)


def exclude(ledger: Ledger, number: int, agent: int) -> Ledger:
    talk = ledger.talks[number]
    return with_talk(ledger, number, talk._replace(excluded=talk.excluded | {agent}))


def lapse(ledger: Ledger) -> Ledger:
    """The lease was not renewed in time."""
    return ledger._replace(lease=ledger.lease._replace(alive=False))


def hold(ledger: Ledger, router: int) -> Ledger:
    """Take or renew the lease; refused while another has it."""
    lease = ledger.lease
    if lease.alive:
        if lease.holder != router:
            raise Refused("held")
        return ledger
    return ledger._replace(lease=Lease(router, lease.epoch + 1, alive=True))


def tidy(ledger: Ledger, talks: Collection[int]) -> Ledger:
    """Pull back offers of those that wait no longer, or not as they did."""
    for number, offer in enumerate(ledger.offers):
        if offer.talk not in talks:
            continue
        talk = ledger.talks[offer.talk]
        stale = talk.phase != "queued" or talk.generation != offer.generation
        if offer.state == "offered" and stale:
            ledger = end(ledger, number, "cancelled")
    return ledger


def end(ledger: Ledger, number: int, state: str, *, keep_load: bool = False) -> Ledger:
    offer = ledger.offers[number]
    if offer.state != "offered":
        raise Refused("over")
    ledger = with_offer(ledger, number, offer._replace(state=state))
    return ledger if keep_load else add_load(ledger, offer.agent, -WEIGHTS[offer.talk])


def add_load(ledger: Ledger, agent: int, units: int) -> Ledger:
    person = ledger.people[agent]
    changed = person._replace(load=person.load + units, version=person.version + 1)
    return with_person(ledger, agent, changed)


def _add_load(ledger: Ledger, agent: int, units: int, guards: frozenset[Guard], *, available: bool) -> Ledger:
    person = ledger.people[agent]
    if not person.present:
        raise Refused("agent_moved" if available else "agent_unavailable")
    if Guard.CAPACITY in guards and person.load + units > CAPACITY:
        raise Refused("agent_moved" if available else "at_capacity")
    return add_load(ledger, agent, units)


def _assign(ledger: Ledger, number: int, agent: int) -> Ledger:
    """Its weight is on the agent already."""
    talk = ledger.talks[number]
    ledger = add_load(ledger, agent, 0)
    held = Talk("held", talk.generation + 1, agent, (), talk.excluded)
    return with_talk(ledger, number, held)
