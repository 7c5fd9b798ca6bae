"""Two contacts become one and two again; what is proven joins by itself, what is not never does."""

import pytest
from sqlalchemy import select

from core.claims import Suggestion, claim, dismiss, suggestions
from core.contact_events import ContactChanged, ContactsMerged, ContactsParted
from core.errors import Conflict, NotFound
from core.events import Topic, contact_topic, conversation_topic
from core.ids import AgentId, ContactId, ContactMergeId
from core.merging import Merge, Proof, merge, merges_of, part, prove_point
from core.message import ByContact
from core.receive import receive_message
from core.store.contacts import members, person_name, stands_for
from core.store.conversations import find_point
from core.store.messages import get_message, read_events
from core.store.tables.people import contact
from core.store.tx import Tx
from tests.builders import World, an_inbound
from tests.core.people import same_person, somebody, who_is_who

ADA = AgentId("ada")


def suggested(tx: Tx, contact: ContactId) -> list[Suggestion]:
    return suggestions(tx, members(tx, contact), 5)


def name_of(tx: Tx, asked: ContactId) -> str | None:
    found: str | None = tx.conn.execute(select(person_name()).where(contact.c.id == asked)).scalar_one()
    return found


def merged(tx: Tx, contact: ContactId) -> list[Merge]:
    return merges_of(tx, members(tx, contact), 10)


async def two(world: World) -> tuple[ContactId, ContactId]:
    visitor = await world.db.run(somebody, "widget", "v1")
    writer = await world.db.run(somebody, "email", "ann@example.org", name="Ann")
    return visitor, writer


async def test_a_merged_contact_stands_for_the_other_and_is_called_like_them(world: World) -> None:
    visitor, ann = await two(world)
    await world.db.run(merge, visitor, ann, by=ADA)
    assert await world.db.read(stands_for, visitor) == ann
    assert await world.db.read(members, visitor) == (ann, visitor)
    assert await world.db.read(name_of, visitor) == "Ann"


async def test_merging_and_undoing_changes_nothing_at_all(world: World) -> None:
    await world.db.run(receive_message, an_inbound())
    visitor, ann = await two(world)
    before = await world.db.read(who_is_who)
    done = await world.db.run(merge, visitor, ann, by=ADA)
    assert await world.db.read(who_is_who) != before
    assert await world.db.run(part, done, by=ADA) == (visitor, ann)
    assert await world.db.read(who_is_who) == before


async def test_what_comes_in_between_stays_with_whom_it_came_from(world: World) -> None:
    await world.db.run(receive_message, an_inbound())
    visitor, ann = await two(world)
    done = await world.db.run(merge, visitor, ann, by=ADA)
    later = await world.db.run(receive_message, an_inbound(key="later"))
    await world.db.run(part, done, by=ADA)
    assert not await world.db.read(same_person, visitor, ann)

    assert (await world.db.read(get_message, later.message)).author == ByContact(visitor)


async def test_it_is_told_in_the_contacts_own_stream_and_in_open_conversations(world: World) -> None:
    said = await world.db.run(receive_message, an_inbound())
    visitor, ann = await two(world)
    done = await world.db.run(merge, visitor, ann, by=ADA)
    await world.db.run(part, done, by=ADA)

    def told(tx: Tx, topic: Topic) -> list[object]:
        return [each.event for each in read_events(tx, topic, 0, 50)]

    assert await world.db.read(told, contact_topic(ann)) == [
        ContactsMerged(ann, visitor, done, ADA),
        ContactsParted(ann, visitor, done, ADA),
    ]
    here = await world.db.read(told, conversation_topic(said.conversation))
    assert [each.cause for each in here if isinstance(each, ContactChanged)] == ["merged", "parted"]


async def test_what_is_one_cannot_be_merged_nor_undone_twice(world: World) -> None:
    visitor, ann = await two(world)
    done = await world.db.run(merge, visitor, ann, by=ADA)
    with pytest.raises(Conflict) as same:
        await world.db.run(merge, ann, visitor, by=ADA)
    await world.db.run(part, done, by=ADA)
    with pytest.raises(Conflict) as undone:
        await world.db.run(part, done, by=ADA)
    assert (same.value.code, undone.value.code) == ("same", "undone")
    with pytest.raises(NotFound):
        await world.db.run(part, ContactMergeId("none"), by=ADA)
    with pytest.raises(NotFound):
        await world.db.run(merge, visitor, ContactId("none"), by=ADA)


async def test_a_proven_address_that_nobody_has_is_added(world: World) -> None:
    visitor = await world.db.run(somebody, "widget", "v1")
    assert await world.db.run(prove_point, visitor, "email", "ann@example.org") == (Proof.ADDED, visitor)
    assert await world.db.run(prove_point, visitor, "email", "ann@example.org") == (Proof.KNOWN, visitor)


async def test_a_proven_address_of_a_proven_contact_makes_both_one(world: World) -> None:
    visitor, ann = await two(world)
    assert await world.db.run(prove_point, visitor, "email", "ann@example.org") == (Proof.MERGED, ann)
    (found,) = await world.db.read(merged, ann)
    assert (found.source, found.by, found.evidence) == (visitor, None, ("code:email",))


async def test_an_unproven_address_comes_over_alone_and_leaves_a_suggestion(world: World) -> None:
    thief = await world.db.run(somebody, "widget", "thief")
    left = await world.db.run(somebody, "email", "ann@example.org", verified=False)
    await world.db.run(merge, left, thief, by=ADA)
    visitor = await world.db.run(somebody, "widget", "v1")
    how, _ = await world.db.run(prove_point, visitor, "email", "ann@example.org")
    assert how is Proof.MERGED
    assert not await world.db.read(same_person, visitor, thief)
    point = await world.db.read(find_point, "email", "ann@example.org")
    assert point is not None
    assert point.verified
    assert await world.db.read(same_person, point.contact, visitor)
    assert [each.other for each in await world.db.read(suggested, visitor)] == [thief]


async def test_no_merge_makes_two_users_of_a_site_one(world: World) -> None:
    one = await world.db.run(somebody, "widget", "v1")
    two_ = await world.db.run(somebody, "widget", "v2")
    await world.db.run(prove_point, one, "user", "web:1")
    await world.db.run(prove_point, two_, "user", "web:2")
    await world.db.run(prove_point, one, "email", "shared@example.org")
    with pytest.raises(Conflict) as refused:
        await world.db.run(merge, one, two_, by=ADA)
    assert refused.value.code == "two_users"
    assert await world.db.run(prove_point, two_, "email", "shared@example.org") == (Proof.KEPT_APART, two_)
    assert await world.db.run(prove_point, one, "user", "web:2") == (Proof.KEPT_APART, one)
    assert await world.db.run(prove_point, one, "user", "web:3") == (Proof.KEPT_APART, one)
    # Nor is a merge offered that would be refused, whatever stands for whom.
    assert await world.db.read(suggested, one) == []
    other = await world.db.run(somebody, "email", "ann@example.org")
    await world.db.run(merge, two_, other, by=ADA)
    await world.db.run(claim, other, "email", "shared@example.org", source="left")
    assert await world.db.read(suggested, one) == []
    assert await world.db.read(suggested, other) == []


async def test_no_proof_puts_together_again_what_an_agent_took_apart(world: World) -> None:
    visitor, ann = await two(world)
    await world.db.run(prove_point, visitor, "email", "ann@example.org")
    (found,) = await world.db.read(merged, ann)
    await world.db.run(part, found.id, by=ADA)
    assert await world.db.run(prove_point, visitor, "email", "ann@example.org") == (Proof.KEPT_APART, visitor)
    await world.db.run(merge, visitor, ann, by=ADA)
    assert await world.db.read(same_person, visitor, ann)


async def test_what_is_claimed_only_suggests_until_it_is_dismissed(world: World) -> None:
    visitor, ann = await two(world)
    assert await world.db.run(claim, visitor, "email", " ann@example.org ", source="left")
    (here,) = await world.db.read(suggested, visitor)
    (there,) = await world.db.read(suggested, ann)
    assert here.other == ann
    assert (here.matches[0].here, here.matches[0].there) == ("claimed", "proven")
    assert there.other == visitor
    assert (there.matches[0].here, there.matches[0].there) == ("proven", "claimed")
    assert not await world.db.read(same_person, visitor, ann)
    await world.db.run(dismiss, ann, visitor, by=ADA)
    assert await world.db.read(suggested, visitor) == []
    assert await world.db.read(suggested, ann) == []
