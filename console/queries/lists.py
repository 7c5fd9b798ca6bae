"""The lists of conversations: filters, cursors that hold still under inserts, search, and how many there are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import msgspec
from sqlalchemy import ColumnElement, Tuple, exists, func, or_, select, tuple_
from sqlalchemy import literal as sql_literal

from console import cursor
from console.queries.chosen import Chosen, chosen_from, chosen_ids
from console.queries.summaries import summaries, summary
from console.wire.conversation import ConversationPage, Counts
from core.errors import Invalid
from core.ids import AgentId
from core.store.contacts import in_group, person_id
from core.store.tables.conversation import conversation, message, participant
from core.store.tables.handing import case_number
from core.store.tables.people import contact, contact_point
from core.store.tx import Tx

ListName = Literal["mine", "queue", "all"]
STATUSES = ("open", "waiting", "snoozed", "resolved", "closed")
ACTIVE = ("open", "waiting", "snoozed")


class _Cursor(msgspec.Struct, array_like=True, frozen=True):
    """The last line of the page before."""

    updated_at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows; ``after`` is the cursor that the page before gave. ``bot``: only these of the bot's."""

    agent: AgentId
    list: ListName = "all"
    statuses: tuple[str, ...] = ACTIVE
    queue: str | None = None
    text: str = ""
    after: str | None = None
    limit: int = 50
    bot: Chosen | None = None


def wanted_from(
    query: Mapping[str, str], agent: AgentId, today: date, *, limit: int, characters: int
) -> Wanted:
    """From the parameters of the address. Raises Invalid."""
    name = query.get("list") or "all"
    if name not in {"mine", "queue", "all"}:
        raise Invalid("list", "mine, queue or all")
    statuses = tuple(each for each in query.get("status", "").split(",") if each) or ACTIVE
    if not set(statuses) <= set(STATUSES):
        raise Invalid("status", f"some of {', '.join(STATUSES)}, with commas between")
    text = query.get("q", "").strip()
    if len(text) > characters:
        raise Invalid("q", f"at most {characters} characters")
    return Wanted(
        agent,
        name,  # type: ignore[arg-type]
        statuses,
        query.get("queue") or None,
        text,
        query.get("cursor") or None,
        limit,
        chosen_from(query["bot"], today) if query.get("bot") else None,
    )


_key = tuple_(conversation.c.updated_at, conversation.c.id)
_ever_was = or_(conversation.c.status != "closed", conversation.c.last_author != "")
"""A split that was undone leaves a conversation behind in which nobody ever said anything."""
_CASE = re.compile(r"#(\d{1,9})")
_ORDER = (conversation.c.updated_at.desc(), conversation.c.id.desc())


def page(tx: Tx, wanted: Wanted) -> ConversationPage:
    """Newest activity first. A conversation that moves up while somebody pages is never shown twice."""
    chosen = (
        select(conversation.c.id)
        .join_from(conversation, contact, contact.c.id == conversation.c.contact_id)
        .where(conversation.c.status.in_(wanted.statuses), _ever_was, *_narrowed(wanted))
    )
    if wanted.after is not None:
        chosen = chosen.where(_key < _place(cursor.read(wanted.after, _Cursor)))
    # Chosen by their keys first: what a line shows is worked out for the lines of the page only.
    chosen = chosen.order_by(*_ORDER).limit(wanted.limit + 1)
    statement = summaries().where(conversation.c.id.in_(chosen)).order_by(*_ORDER)
    rows = tx.conn.execute(statement).all()
    shown = rows[: wanted.limit]
    following = (
        cursor.written(_Cursor(shown[-1].updated_at, shown[-1].id)) if len(rows) > wanted.limit else None
    )
    return ConversationPage(tuple(summary(row) for row in shown), following, counts(tx, wanted.agent))


def counts(tx: Tx, agent: AgentId) -> Counts:
    return counts_of_all(tx).of(agent)


@dataclass(frozen=True, slots=True)
class AllCounts:
    """``held`` by agent; those of nobody in particular are the same for everybody."""

    held: Mapping[str, int]
    queue: int
    all: int

    def of(self, agent: AgentId) -> Counts:
        return Counts(self.held.get(agent, 0), self.queue, self.all)


def counts_of_all(tx: Tx) -> AllCounts:
    """One statement for everybody."""
    rows = tx.conn.execute(
        select(conversation.c.handler, conversation.c.agent_id, func.count())
        .where(conversation.c.status.in_(ACTIVE))
        .group_by(conversation.c.handler, conversation.c.agent_id)
    ).all()
    held = {agent: count for _, agent, count in rows if agent is not None}
    waiting = sum(count for handler, _, count in rows if handler == "queue")
    return AllCounts(held, waiting, sum(count for _, _, count in rows))


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.list == "mine":
        conditions.append(conversation.c.agent_id == wanted.agent)
    elif wanted.list == "queue":
        conditions.append(conversation.c.handler == "queue")
    if wanted.queue is not None:
        conditions.append(conversation.c.queue_id == wanted.queue)
    if wanted.bot is not None:
        conditions.append(conversation.c.id.in_(chosen_ids(wanted.bot)))
    if wanted.text:
        case = _CASE.fullmatch(wanted.text)
        conditions.append(
            _says(wanted.text) if case is None else or_(_is_case(int(case[1])), _says(wanted.text))
        )
    return conditions


def _is_case(number: int) -> ColumnElement[bool]:
    """The conversation whose customer was told this number."""
    return conversation.c.id.in_(select(case_number.c.conversation_id).where(case_number.c.number == number))


def _says(text: str) -> ColumnElement[bool]:
    """In a message, a note, the subject, the contact's name or an address of theirs or of who takes part."""
    said = exists().where(
        message.c.conversation_id == conversation.c.id, message.c.text.icontains(text, autoescape=True)
    )
    # The names and addresses of everybody who is the same contact, the one for whom they stand among them.
    other = contact.alias()
    same = in_group(other, person_id())
    named = exists().where(same, other.c.name.icontains(text, autoescape=True))
    reached = exists().where(
        same,
        contact_point.c.contact_id == other.c.id,
        contact_point.c.address.icontains(text, autoescape=True),
    )
    taking_part = exists().where(
        participant.c.conversation_id == conversation.c.id,
        participant.c.contact_point_id == contact_point.c.id,
        contact_point.c.address.icontains(text, autoescape=True),
    )
    return or_(
        named,
        conversation.c.subject.icontains(text, autoescape=True),
        said,
        reached,
        taking_part,
    )


def _place(last: _Cursor) -> Tuple:
    return tuple_(sql_literal(last.updated_at, conversation.c.updated_at.type), sql_literal(last.id))
