"""What people say of themselves and nobody has proven: it opens nothing, and only suggests that two contacts are one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, tuple_

from core.contact_news import tell
from core.ids import AgentId, ContactId
from core.site_users import USER, are_two, users_of, users_of_each
from core.store.contacts import person_id, stands_for
from core.store.tables.conversation import conversation
from core.store.tables.people import contact, contact_claim, contact_point, inbox, merge_dismissal
from core.store.tx import Tx

NAME, PHONE = "name", "phone"

_TELLS_NOTHING = frozenset({NAME})
_LONGEST = 320
_MOST_CLAIMS = 50
"""Of one contact; whoever says more of themselves has said enough."""
_PHONE_SIGNS = "+0123456789"


@dataclass(frozen=True, slots=True)
class Claim:
    """``kind`` as that of a contact point, or name or phone; ``source`` is where it was said: left, asked, token, card …"""

    kind: str
    value: str
    source: str
    at: datetime


Certainty = Literal["proven", "unproven", "claimed"]
"""How well an address is known to be somebody's: shown, they wrote or were written to from there, or they only say so."""


@dataclass(frozen=True, slots=True)
class Match:
    """What two contacts share, and how well it is known of each."""

    kind: str
    value: str
    here: Certainty
    there: Certainty


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who may be the same."""

    other: ContactId
    matches: tuple[Match, ...]


def claim(tx: Tx, contact_id: ContactId, kind: str, value: str, *, source: str) -> bool:
    """Somebody says so of themselves, in the form that contact points have. True when it is new; it opens nothing."""
    value = normal(kind, value)
    if not value or len(value) > _LONGEST:
        return False
    known = select(contact_claim.c.value).where(contact_claim.c.contact_id == contact_id).limit(_MOST_CLAIMS)
    if len(tx.conn.execute(known).all()) >= _MOST_CLAIMS:
        return False
    row = {"contact_id": contact_id, "kind": kind, "value": value, "source": source, "created_at": tx.now}
    if not tx.insert_new(contact_claim, row):
        return False
    if kind not in _TELLS_NOTHING:
        tell(tx, [contact_id], "claimed", None)
    return True


def normal(kind: str, value: str) -> str:
    """In the one form in which it is compared."""
    plain = value.strip()
    if kind != PHONE:
        return plain
    digits = "".join(each for each in plain if each in _PHONE_SIGNS)
    return f"+{digits[2:]}" if digits.startswith("00") else digits


def claims_of(tx: Tx, group: Sequence[ContactId]) -> list[Claim]:
    """Of these, the newest first."""
    statement = (
        select(contact_claim)
        .where(contact_claim.c.contact_id.in_(group))
        .order_by(contact_claim.c.created_at.desc(), contact_claim.c.kind, contact_claim.c.value)
    )
    return [Claim(row.kind, row.value, row.source, row.created_at) for row in tx.conn.execute(statement)]


def suggestions(tx: Tx, group: Sequence[ContactId], most: int) -> list[Suggestion]:
    """Who may be the same as the ``members`` of a contact, those with the most in common first; nobody whom an agent dismissed.

    Nor another user of the same site: that merge would be refused. A fixed number of statements.
    """
    here = _known(tx, group)
    found: dict[ContactId, dict[tuple[str, str], Match]] = defaultdict(dict)
    for other, key, there in _others(tx, list(here), group):
        known = found[other].get(key)
        if known is None or _RANK[there] < _RANK[known.there]:
            found[other][key] = Match(*key, here[key], there)
    for other, match in _same_user(tx, here, group):
        found[other][match.kind, match.value] = match
    apart = _dismissed(tx, group) | _other_users(tx, group, found) if found else set()
    kept = [
        Suggestion(other, tuple(sorted(matches.values(), key=_strength)))
        for other, matches in found.items()
        if other not in apart
    ]
    return sorted(kept, key=lambda each: (_strength(each.matches[0]), -len(each.matches), each.other))[:most]


def dismiss(tx: Tx, contact_id: ContactId, other: ContactId, *, by: AgentId) -> None:
    """These are two people: not to be suggested again. Raises NotFound."""
    remember_dismissal(tx, stands_for(tx, contact_id), stands_for(tx, other), by)


def remember_dismissal(tx: Tx, one: ContactId, other: ContactId, by: AgentId) -> None:
    first, second = sorted((one, other))
    row = {"contact_id": first, "other_id": second, "by_id": by, "created_at": tx.now}
    tx.insert_new(merge_dismissal, row)


def is_dismissed(tx: Tx, ours: Sequence[ContactId], theirs: Sequence[ContactId]) -> bool:
    """Whether an agent said of any of the ones that they are not any of the others."""
    table = merge_dismissal
    return tx.conn.execute(select(table.c.by_id).where(_between(ours, theirs)).limit(1)).first() is not None


def forget_dismissals(tx: Tx, ours: Sequence[ContactId], theirs: Sequence[ContactId]) -> None:
    """They are one after all."""
    tx.conn.execute(delete(merge_dismissal).where(_between(ours, theirs)))


_RANK: Mapping[Certainty, int] = {"proven": 0, "unproven": 1, "claimed": 2}


def _strength(match: Match) -> int:
    return _RANK[match.here] + _RANK[match.there]


def _between(ours: Sequence[ContactId], theirs: Sequence[ContactId]) -> ColumnElement[bool]:
    one, other = merge_dismissal.c.contact_id, merge_dismissal.c.other_id
    return or_(
        and_(one.in_(ours), other.in_(theirs)),
        and_(one.in_(theirs), other.in_(ours)),
    )


def _known(tx: Tx, group: Sequence[ContactId]) -> dict[tuple[str, str], Certainty]:
    """What is known of them that others might share, and how well."""
    said = select(contact_claim.c.kind, contact_claim.c.value).where(contact_claim.c.contact_id.in_(group))
    known: dict[tuple[str, str], Certainty] = {
        (row.kind, row.value): "claimed" for row in tx.conn.execute(said) if row.kind not in _TELLS_NOTHING
    }
    points = select(contact_point).where(contact_point.c.contact_id.in_(group))
    for row in tx.conn.execute(points):
        known[row.kind, row.address] = _how_well(row.verified)
    return known


def _how_well(verified: bool) -> Certainty:  # noqa: FBT001 (a column)
    return "proven" if verified else "unproven"


def _others(
    tx: Tx, known: Sequence[tuple[str, str]], group: Sequence[ContactId]
) -> Iterable[tuple[ContactId, tuple[str, str], Certainty]]:
    """Who else has one of these, which, and how well it is known of them."""
    if not known:
        return
    point, said = contact_point, contact_claim
    has = (
        select(person_id().label("person"), point.c.kind, point.c.address, point.c.verified)
        .select_from(point.join(contact))
        .where(tuple_(point.c.kind, point.c.address).in_(known), contact.c.id.not_in(group))
        # An address that was only ever named by somebody else is nobody yet.
        .where(
            or_(
                point.c.verified,
                exists().where(
                    conversation.c.contact_point_id == point.c.id,
                    conversation.c.contact_id == point.c.contact_id,
                ),
            )
        )
    )
    for row in tx.conn.execute(has):
        yield ContactId(row.person), (row.kind, row.address), _how_well(row.verified)
    says = (
        select(person_id().label("person"), said.c.kind, said.c.value)
        .select_from(said.join(contact))
        .where(tuple_(said.c.kind, said.c.value).in_(known), contact.c.id.not_in(group))
        .order_by(said.c.created_at.desc(), contact.c.id)
        .limit(_MOST_CLAIMS)
    )
    for row in tx.conn.execute(says):
        yield ContactId(row.person), (row.kind, row.value), "claimed"


def _dismissed(tx: Tx, group: Sequence[ContactId]) -> set[ContactId]:
    """For whom those stand of whom an agent said that they are nobody of the group."""
    one, other = merge_dismissal.c.contact_id, merge_dismissal.c.other_id
    away = select(other.label("id")).where(one.in_(group)).union(select(one).where(other.in_(group)))
    rows = select(person_id()).where(contact.c.id.in_(select(away.subquery().c.id)))
    return {ContactId(each) for each in tx.conn.execute(rows).scalars()}


def _other_users(tx: Tx, group: Sequence[ContactId], found: Collection[ContactId]) -> set[ContactId]:
    """Who of them a site knows as another user of its own than the group."""
    ours = users_of(tx, group)
    if not ours:
        return set()
    theirs = users_of_each(tx, list(found))
    return {each for each, users in theirs.items() if are_two(ours, users)}


def _same_user(
    tx: Tx, known: Mapping[tuple[str, str], Certainty], group: Sequence[ContactId]
) -> Iterable[tuple[ContactId, Match]]:
    """Who has the same name at another of our sites that sign who their users are: these may be one list of users."""
    names = {
        value.partition(":")[2] for (kind, value), how in known.items() if (kind, how) == (USER, "proven")
    }
    if not names:
        return
    places = tx.conn.execute(select(inbox.c.id)).scalars().all()
    wanted = [f"{place}:{name}" for place in places for name in names]
    has = (
        select(person_id().label("person"), contact_point.c.address)
        .select_from(contact_point.join(contact))
        .where(
            contact_point.c.kind == USER,
            contact_point.c.address.in_(wanted),
            contact_point.c.verified,
            contact.c.id.not_in(group),
        )
    )
    for row in tx.conn.execute(has):
        yield ContactId(row.person), Match(USER, row.address.partition(":")[2], "proven", "proven")
