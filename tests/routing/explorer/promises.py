"""What must be true of every step of every interleaving, in words when it is not."""

from collections.abc import Iterator

from tests.routing.explorer.model import BY_HAND, CAPACITY, WEIGHTS, Ledger, Offer
from tests.routing.explorer.world import Deed, World, read


def broken(before: World, deed: Deed, after: World, but: str | None = None) -> str | None:
    """The first promise that this step breaks; ``but``: other than those whose name begins so."""
    for promise in (_one_holder, _within_capacity, _loads_add_up, _generations_rise, _new_offers, _at_rest):
        for said in promise(before, deed, after):
            if but is None or not said.startswith(but):
                return said
    return None


def _one_holder(before: World, _deed: Deed, after: World) -> Iterator[str]:
    """I1: nobody gets what somebody else has."""
    for number, (was, now) in enumerate(zip(before.ledger.talks, after.ledger.talks, strict=True)):
        if was.holder is not None and now.holder not in {None, was.holder}:
            yield f"I1: conversation {number} was taken from {was.holder} by {now.holder}"
        if was.phase == "done" and now.phase != "done":
            yield f"I3: conversation {number} is done and was given to {now.holder}"


def _within_capacity(before: World, _deed: Deed, after: World) -> Iterator[str]:
    """I2: no step raises a load above the capacity."""
    for number, (was, now) in enumerate(zip(before.ledger.people, after.ledger.people, strict=True)):
        if now.load > max(CAPACITY, was.load):
            yield f"I2: agent {number} has {now.load} of {CAPACITY}"


def _loads_add_up(_before: World, _deed: Deed, after: World) -> Iterator[str]:
    """The load is what is held and what is on offer."""
    for number, person in enumerate(after.ledger.people):
        if person.load != _sum(after.ledger, number):
            yield f"I2: agent {number} has a load of {person.load}, which is not what they hold"


def _generations_rise(before: World, _deed: Deed, after: World) -> Iterator[str]:
    """I8, and that whatever changed hands raised it."""
    for number, (was, now) in enumerate(zip(before.ledger.talks, after.ledger.talks, strict=True)):
        moved = (was.phase, was.holder) != (now.phase, now.holder)
        if now.generation < was.generation or (moved and now.generation == was.generation):
            yield f"I8: conversation {number} went from generation {was.generation} to {now.generation}"


def _new_offers(before: World, deed: Deed, after: World) -> Iterator[str]:
    """I5: eligible at the instant of commit; and only the present router's decisions land."""
    ledger = after.ledger
    for offer in ledger.offers[len(before.ledger.offers) :]:
        yield from _wrong(before.ledger, offer)
    offered = [offer.talk for offer in ledger.offers if offer.state == "offered"]
    if len(set(offered)) < len(offered):
        yield "I1: a conversation is on offer twice"


def _wrong(before: Ledger, offer: Offer) -> Iterator[str]:
    talk, person = before.talks[offer.talk], before.people[offer.agent]
    if offer.epoch not in {BY_HAND, before.lease.epoch}:
        yield f"epoch: the router of {offer.epoch} offered while that of {before.lease.epoch} decides"
    if talk.phase != "queued":
        yield f"I8: conversation {offer.talk} is {talk.phase} and was offered"
    if not (person.present and person.skilled):
        yield f"I5: agent {offer.agent} cannot serve what they were offered"
    if offer.agent in talk.excluded:
        yield f"I5: agent {offer.agent} is excluded from what they were offered"


def _at_rest(before: World, deed: Deed, after: World) -> Iterator[str]:
    """I4: once the router has seen everything and has nothing left to say, nobody free stands beside who waits."""
    if deed.name != "look" or after.routers[deed.who].epoch is None or after.routers[deed.who].claims:
        return
    now = read(after.ledger)
    for item in now.waiting:
        for number, person in enumerate(now.people):
            able = person.present and person.skilled and number not in {*item.declined, *item.excluded}
            if item.offered_to is None and able and person.load + WEIGHTS[item.talk] <= CAPACITY:
                yield f"I4: agent {number} is free and conversation {item.talk} waits"


def _sum(ledger: Ledger, agent: int) -> int:
    held = sum(WEIGHTS[at] for at, talk in enumerate(ledger.talks) if talk.holder == agent)
    offered = [each for each in ledger.offers if each.agent == agent and each.state == "offered"]
    return held + sum(WEIGHTS[each.talk] for each in offered)
