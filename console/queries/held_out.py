"""What the bot saves people, by those whom the lot kept from it: their conversations beside those that it took.

Each person counts once, by the first conversation that they began in the period, since one person's are not independent
of each other. Both sides are told apart by what the lot said, inbox by inbox and share by share, so that neither a busier
inbox nor a later, larger share passes for the bot's doing; the differences are put together by the sizes of these groups.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, exists, or_, select

from console.queries.chosen import Period
from console.queries.outcomes import Z95
from console.wire import outcomes as wire
from core.shares import Difference, Share, difference, share, weighted
from core.slots import begin_of
from core.store.contacts import person_id
from core.store.tables.conversation import conversation, message
from core.store.tables.deflection import hold_out
from core.store.tables.people import contact, inbox
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Began:
    """A conversation that somebody began; ``by_us``: we wrote first. ``held_out`` None: no lot was drawn."""

    person: str
    at: datetime
    worked: bool
    by_us: bool = False
    inbox: str = ""
    held_out: bool | None = None
    share: float = 0.0


@dataclass(slots=True)
class Side:
    """People, and those of them on whom people worked, and who came again."""

    people: int = 0
    worked: int = 0
    again: int = 0

    def add(self, other: "Side") -> None:
        self.people += other.people
        self.worked += other.worked
        self.again += other.again


@dataclass(slots=True)
class Group:
    """Of one inbox at one share; ``conversations`` that the bot took, whoever began them; ``waiting``: nobody can tell yet."""

    held: Side = field(default_factory=Side)
    bot: Side = field(default_factory=Side)
    conversations: int = 0
    waiting: int = 0


Groups = Mapping[tuple[str, float], Group]


def groups_of(tx: Tx, period: Period, inbox_id: str | None, window_s: float) -> Groups:
    """One statement."""
    window = timedelta(seconds=window_s)
    rows = tx.conn.execute(_statement(period, inbox_id, window))
    began = (
        Began(
            row.person,
            row.created_at,
            row.worked,
            row.by_us,
            row.inbox_id or "",
            row.held_out,
            row.share or 0.0,
        )
        for row in rows
    )
    return grouped(began, window, tx.now)


def grouped(began: Iterable[Began], window: timedelta, now: datetime) -> Groups:
    """From everything that these people began in the period and the window after it."""
    people: dict[str, list[Began]] = defaultdict(list)
    for each in began:
        people[each.person].append(each)
    groups: dict[tuple[str, float], Group] = defaultdict(Group)
    for theirs in people.values():
        theirs.sort(key=lambda each: each.at)
        drawn = [each for each in theirs if each.held_out is not None]
        for each in drawn:
            group = groups[each.inbox, each.share]
            if each.at > now - window:
                group.waiting += 1
            elif not each.held_out:
                group.conversations += 1
        if drawn and drawn[0].at <= now - window:
            first = drawn[0]
            group = groups[first.inbox, first.share]
            (group.held if first.held_out else group.bot).add(_outcome(first, theirs, window))
    return groups


def _outcome(first: Began, theirs: Sequence[Began], window: timedelta) -> Side:
    after = [each for each in theirs if each is not first and first.at <= each.at <= first.at + window]
    worked = first.worked or any(each.worked for each in after)
    return Side(1, int(worked), int(any(not each.by_us for each in after)))


def _statement(period: Period, inbox_id: str | None, window: timedelta) -> Select[tuple[object, ...]]:
    slots = period.slots
    drawn = [hold_out.c.slot >= slots.start, hold_out.c.slot < slots.stop]
    if inbox_id is not None:
        drawn.append(hold_out.c.inbox_id == inbox_id)
    who, first = contact.alias("who"), conversation.alias("first")
    people = (
        select(person_id(who).label("person"))
        .select_from(
            hold_out.join(first, first.c.id == hold_out.c.conversation_id).join(
                who, who.c.id == first.c.contact_id
            )
        )
        .where(*drawn)
        .distinct()
        .cte("people")
    )
    same = or_(contact.c.id == people.c.person, contact.c.merged_into == people.c.person)
    inbound = exists().where(
        message.c.conversation_id == conversation.c.id,
        message.c.kind == "inbound",
        message.c.created_at == conversation.c.created_at,
    )
    lot = and_(hold_out.c.conversation_id == conversation.c.id, *drawn)
    return (
        select(
            people.c.person,
            conversation.c.created_at,
            conversation.c.last_agent_id.is_not(None).label("worked"),
            (~inbound).label("by_us"),
            hold_out.c.inbox_id,
            hold_out.c.held_out,
            hold_out.c.share,
        )
        .select_from(
            people.join(contact, same)
            .join(conversation, conversation.c.contact_id == contact.c.id)
            .outerjoin(hold_out, lot)
        )
        .where(
            conversation.c.created_at >= begin_of(slots.start),
            conversation.c.created_at < begin_of(slots.stop) + window,
        )
    )


@dataclass(frozen=True, slots=True)
class Line:
    """Several groups put together; the differences None where no group has people on both sides."""

    held: Side
    bot: Side
    conversations: int
    waiting: int
    work: Difference | None
    again: Difference | None


def together(groups: Sequence[Group]) -> Line:
    """Weighed by how many people are in each group."""
    held, bot = Side(), Side()
    for each in groups:
        held.add(each.held)
        bot.add(each.bot)
    both = [each for each in groups if each.held.people and each.bot.people]
    everybody = sum(each.held.people + each.bot.people for each in both)
    weights = [(each.held.people + each.bot.people) / everybody for each in both]
    work = [difference(_share(g.held.worked, g.held), _share(g.bot.worked, g.bot)) for g in both]
    again = [difference(_share(g.bot.again, g.bot), _share(g.held.again, g.held)) for g in both]
    return Line(
        held,
        bot,
        sum(each.conversations for each in groups),
        sum(each.waiting for each in groups),
        weighted([(weight, each) for weight, each in zip(weights, work, strict=True) if each]),
        weighted([(weight, each) for weight, each in zip(weights, again, strict=True) if each]),
    )


def _share(count: int, of: Side) -> Share:
    return share(count, of.people, Z95)


def told(line: Line, enough: int) -> wire.EffectWord:
    """Whether people have less or more to do because of the bot, as far as the interval says so."""
    if line.work is None or min(line.held.people, line.bot.people) < enough:
        return "too_few"
    if line.work.low <= 0 <= line.work.high:
        return "no_difference"
    return "less" if line.work.value > 0 else "more"


def lines_of(
    tx: Tx, groups: Groups, costs: Mapping[str, float | None], enough: int
) -> tuple[wire.HoldOutLine, ...]:
    """All inboxes together, then each; ``costs`` of a conversation by inbox."""
    if not groups:
        return ()
    by_inbox: dict[str, list[Group]] = defaultdict(list)
    for (inbox_id, _), group in groups.items():
        by_inbox[inbox_id].append(group)
    rows = {row.id: row for row in tx.conn.execute(select(inbox.c.id, inbox.c.name, inbox.c.hold_out))}
    lines = {inbox_id: together(found) for inbox_id, found in by_inbox.items()}
    single = [
        _line(
            line,
            enough,
            inbox_id,
            rows[inbox_id].name,
            rows[inbox_id].hold_out,
            _saved([(line, costs.get(inbox_id))]),
        )
        for inbox_id, line in sorted(lines.items(), key=lambda each: rows[each[0]].name)
    ]
    saved = _saved([(line, costs.get(inbox_id)) for inbox_id, line in lines.items()])
    return (_line(together(list(groups.values())), enough, None, None, None, saved), *single)


def _saved(lines: Sequence[tuple[Line, float | None]]) -> wire.Estimate | None:
    """None where a figure or a comparison is lacking for any of them."""
    parts = []
    for line, cost in lines:
        if cost is None or line.work is None:
            return None
        parts.append((cost * line.conversations, line.work))
    return _estimate(weighted(parts))


def _line(
    line: Line,
    enough: int,
    inbox_id: str | None,
    name: str | None,
    share_now: float | None,
    saved: wire.Estimate | None,
) -> wire.HoldOutLine:
    word = told(line, enough)
    return wire.HoldOutLine(
        inbox=inbox_id,
        name=name,
        share=share_now,
        held=_arm(line.held),
        bot=_arm(line.bot),
        conversations=line.conversations,
        waiting=line.waiting,
        work=_estimate(line.work),
        again=_estimate(line.again),
        told=word,
        saved=None if word == "too_few" else saved,
    )


def _arm(side: Side) -> wire.Arm:
    worked, again = _share(side.worked, side), _share(side.again, side)
    return wire.Arm(
        side.people,
        wire.Figure(side.worked, worked.low, worked.high),
        wire.Figure(side.again, again.low, again.high),
    )


def _estimate(found: Difference | None) -> wire.Estimate | None:
    return None if found is None else wire.Estimate(found.value, found.low, found.high)
