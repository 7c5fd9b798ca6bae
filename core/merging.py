"""Two contacts are one person: merged by an agent or by proof, and taken apart again as if it had never been.

A merge only says that one contact stands for the other (see ``core.store.contacts``); points, conversations and
messages stay with whom they came from, also those that come later. Guards: a proven point of one person never makes
two accounts of one site the same (``two_users``), and what an agent took apart no proof puts together again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from core.claims import claim, forget_dismissals, is_dismissed, remember_dismissal
from core.contact import ContactPoint
from core.contact_events import ContactsMerged, ContactsParted
from core.contact_news import tell
from core.errors import Conflict, Invalid, NotFound
from core.events import contact_topic
from core.ids import AgentId, ContactId, ContactMergeId, ContactPointId
from core.site_users import USER, are_two, users_of
from core.store.contacts import members, stands_for
from core.store.tables.conversation import conversation, message
from core.store.tables.people import contact, contact_point, contact_proof
from core.store.tables.people import contact_merge as table
from core.store.tx import Tx


class Proof(StrEnum):
    """What became of a proven address: it was theirs already, is now, their contact was merged, or two accounts clash."""

    KNOWN = "known"
    ADDED = "added"
    MERGED = "merged"
    KEPT_APART = "kept_apart"


@dataclass(frozen=True, slots=True)
class Merge:
    """One that stands: ``source`` stands for ``target``. ``by`` None where it followed from proof."""

    id: ContactMergeId
    source: ContactId
    target: ContactId
    by: AgentId | None
    evidence: tuple[str, ...]
    at: datetime


def merge(
    tx: Tx, source: ContactId, into: ContactId, *, by: AgentId | None, evidence: Sequence[str] = ()
) -> ContactMergeId:
    """From now on whoever ``source`` is stands for whoever ``into`` is.

    Raises NotFound, Conflict: ``same`` (they are one already), ``two_users`` (a site knows them as two accounts).
    """
    first, second = _locked(tx, source, into)
    if first == second:
        raise Conflict("these are one contact already", code="same")
    ours, theirs = members(tx, first), members(tx, second)
    if _two_users(tx, ours, theirs):
        raise Conflict("the site knows these as two of its users", code="two_users")
    done = ContactMergeId(tx.ids.new())
    row = {
        "id": done,
        "source_id": first,
        "target_id": second,
        "by_id": by,
        "evidence": tuple(evidence),
        "created_at": tx.now,
        "undone_at": None,
        "undone_by_id": None,
    }
    tx.conn.execute(insert(table).values(row))
    tx.conn.execute(update(contact).where(contact.c.id.in_(ours)).values(merged_into=second))
    forget_dismissals(tx, ours, theirs)
    tx.emit(contact_topic(second), ContactsMerged(second, first, done, by))
    tell(tx, (*ours, *theirs), "merged", by)
    return done


def part(tx: Tx, merge_id: ContactMergeId, *, by: AgentId) -> tuple[ContactId, ContactId]:
    """Take it back: the source and the target, each for itself again, and not suggested to be one any more.

    In any order: what was merged into the source before goes with it, and what came since with whom it came to.
    Raises NotFound, Conflict ``undone``.
    """
    source, target = _ends(tx, merge_id)
    _locked(tx, source, target)
    ended = (
        update(table)
        .where(table.c.id == merge_id, table.c.undone_at.is_(None))
        .values(undone_at=tx.now, undone_by_id=by)
    )
    if tx.conn.execute(ended).rowcount == 0:
        raise Conflict("it was undone before", code="undone")
    gone = _merged_with(tx, source)
    tx.conn.execute(update(contact).where(contact.c.id.in_(gone)).values(merged_into=source))
    tx.conn.execute(update(contact).where(contact.c.id == source).values(merged_into=None))
    stays = members(tx, target)
    remember_dismissal(tx, source, stays[0], by)
    _forget_proofs(tx, gone, stays)
    tx.emit(contact_topic(stays[0]), ContactsParted(stays[0], source, merge_id, by))
    tell(tx, (*gone, *stays), "parted", by)
    return source, target


def prove_point(
    tx: Tx, contact_id: ContactId, kind: str, address: str, *, how: str = "code"
) -> tuple[Proof, ContactId]:
    """The address is proven to belong to this contact; who they are from now on. ``how``: code, token …

    Where it is another contact's proven point, both are one. Where it is another's and nobody had proven it, that point
    alone comes over, with what was said from there. ``KEPT_APART``: it stays where it is, and agents see the clash;
    a contact whom a site knows as one user never becomes another of its users.
    """
    point = _point(tx, kind, address)
    if point is None:
        return _add(tx, contact_id, kind, address)
    mine, theirs = _locked(tx, contact_id, point.contact)
    if mine == theirs:
        _remember_proof(tx, contact_id, point, how)
        return _verify(tx, point, mine)
    own, others = members(tx, mine), members(tx, theirs)
    if not point.verified and not _is_all_of(tx, point, others):
        point = _alone(tx, point)
        # Somebody thought that they are the same as who stays behind.
        claim(tx, theirs, kind, address, source="merged")
        others = (point.contact,)
    if _two_users(tx, own, others) or (point.verified and is_dismissed(tx, own, others)):
        claim(tx, contact_id, kind, address, source=how)
        return Proof.KEPT_APART, mine
    _verify(tx, point, mine)
    _remember_proof(tx, contact_id, point, how)
    source, target = _by_standing(tx, mine, others[0])
    merge(tx, source, target, by=None, evidence=(f"{how}:{kind}",))
    return Proof.MERGED, target


def merges_of(tx: Tx, group: Sequence[ContactId], most: int) -> list[Merge]:
    """Those that stand by which the ``members`` of a contact are one, the newest first."""
    statement = (
        select(table)
        .where(table.c.source_id.in_(group), table.c.undone_at.is_(None))
        .order_by(table.c.created_at.desc(), table.c.id.desc())
        .limit(most)
    )
    return [
        Merge(
            ContactMergeId(row.id),
            ContactId(row.source_id),
            ContactId(row.target_id),
            None if row.by_id is None else AgentId(row.by_id),
            row.evidence,
            row.created_at,
        )
        for row in tx.conn.execute(statement)
    ]


def _locked(tx: Tx, one: ContactId, other: ContactId) -> tuple[ContactId, ContactId]:
    """For whom they stand, locked in the order of ids, so that nobody changes who stands for these meanwhile."""
    while True:
        roots = stands_for(tx, one), stands_for(tx, other)
        wanted = select(contact.c.id, contact.c.merged_into).where(contact.c.id.in_(roots))
        rows = tx.conn.execute(wanted.order_by(contact.c.id).with_for_update()).all()
        if all(row.merged_into is None for row in rows) and roots == (
            stands_for(tx, one),
            stands_for(tx, other),
        ):
            return roots


def _ends(tx: Tx, merge_id: ContactMergeId) -> tuple[ContactId, ContactId]:
    row = tx.conn.execute(
        select(table.c.source_id, table.c.target_id).where(table.c.id == merge_id)
    ).one_or_none()
    if row is None:
        raise NotFound(f"there is no merge {merge_id}")
    return ContactId(row.source_id), ContactId(row.target_id)


def _merged_with(tx: Tx, source: ContactId) -> tuple[ContactId, ...]:
    """The source, and whoever came to stand for it, through whatever merges stand."""
    found = [source]
    frontier = [source]
    while frontier:
        came = select(table.c.source_id).where(table.c.target_id.in_(frontier), table.c.undone_at.is_(None))
        frontier = [ContactId(each) for each in tx.conn.execute(came.order_by(table.c.id)).scalars()]
        found += frontier
    return tuple(found)


def _two_users(tx: Tx, ours: Sequence[ContactId], theirs: Sequence[ContactId]) -> bool:
    """Whether a site that signs who its users are knows the ones by another name than the others."""
    return are_two(users_of(tx, ours), users_of(tx, theirs))


def _point(tx: Tx, kind: str, address: str) -> ContactPoint | None:
    """Locked: of two who prove it at the same time, the second finds it with the first."""
    here = select(contact_point).where(contact_point.c.kind == kind, contact_point.c.address == address)
    row: Row[Any] | None = tx.conn.execute(here.with_for_update()).one_or_none()
    if row is None:
        return None
    return ContactPoint(ContactPointId(row.id), ContactId(row.contact_id), kind, address, row.verified)


def _add(tx: Tx, contact_id: ContactId, kind: str, address: str) -> tuple[Proof, ContactId]:
    if not address.strip():
        raise Invalid("address", "an address", code="empty")
    mine = stands_for(tx, contact_id)
    if kind == USER:
        inbox, _, name = address.partition(":")
        if users_of(tx, members(tx, mine)).get(inbox, {name}) != {name}:
            return Proof.KEPT_APART, mine
    tx.conn.execute(
        insert(contact_point).values(
            id=tx.ids.new(),
            contact_id=contact_id,
            kind=kind,
            address=address,
            verified=True,
            created_at=tx.now,
        )
    )
    tell(tx, members(tx, mine), "verified", None)
    return Proof.ADDED, mine


def _verify(tx: Tx, point: ContactPoint, person: ContactId) -> tuple[Proof, ContactId]:
    if point.verified:
        return Proof.KNOWN, person
    tx.conn.execute(update(contact_point).where(contact_point.c.id == point.id).values(verified=True))
    tell(tx, members(tx, person), "verified", None)
    return Proof.ADDED, person


def _remember_proof(tx: Tx, contact_id: ContactId, point: ContactPoint, how: str) -> None:
    if point.contact != contact_id:
        row = {"contact_id": contact_id, "contact_point_id": point.id, "how": how, "created_at": tx.now}
        tx.insert_new(contact_proof, row)


def _forget_proofs(tx: Tx, ones: Sequence[ContactId], others: Sequence[ContactId]) -> None:
    """An agent knows better: what was proven between these two opens nothing any more."""
    for who, whose in ((ones, others), (others, ones)):
        points = select(contact_point.c.id).where(contact_point.c.contact_id.in_(whose))
        tx.conn.execute(
            delete(contact_proof).where(
                contact_proof.c.contact_id.in_(who), contact_proof.c.contact_point_id.in_(points)
            )
        )


def _is_all_of(tx: Tx, point: ContactPoint, group: Sequence[ContactId]) -> bool:
    """Whether this point is everything that is known of them."""
    known = select(contact_point.c.id).where(contact_point.c.contact_id.in_(group)).limit(2)
    return tx.conn.execute(known).scalars().all() == [point.id] and len(group) == 1


def _alone(tx: Tx, point: ContactPoint) -> ContactPoint:
    """The point with what was said from there, as a contact of its own."""
    language = select(contact.c.language).where(contact.c.id == point.contact)
    alone = ContactId(tx.ids.new())
    tx.conn.execute(
        insert(contact).values(
            id=alone,
            name=None,
            language=tx.conn.execute(language).scalar_one(),
            attributes={},
            created_at=tx.now,
        )
    )
    here = contact_point.c.id == point.id
    tx.conn.execute(update(contact_point).where(here).values(contact_id=alone))
    _move_words(tx, point, alone)
    return ContactPoint(point.id, alone, point.kind, point.address, point.verified)


def _move_words(tx: Tx, point: ContactPoint, alone: ContactId) -> None:
    theirs = select(conversation.c.id).where(conversation.c.contact_point_id == point.id)
    tx.conn.execute(
        update(message)
        .where(
            message.c.conversation_id.in_(theirs),
            message.c.author == "contact",
            message.c.author_id == point.contact,
        )
        .values(author_id=alone)
    )
    tx.conn.execute(
        update(conversation).where(conversation.c.contact_point_id == point.id).values(contact_id=alone)
    )


def _by_standing(tx: Tx, one: ContactId, other: ContactId) -> tuple[ContactId, ContactId]:
    """Who is merged into whom: into who has a name, else into who was known first."""
    rows = tx.conn.execute(select(contact).where(contact.c.id.in_((one, other)))).all()
    first, second = sorted(rows, key=lambda row: (row.name is None, row.created_at, row.id))
    return ContactId(second.id), ContactId(first.id)
