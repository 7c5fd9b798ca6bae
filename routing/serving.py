"""Work that nobody could ever take: found in settings and in what waits, told once for each cause, and taken back."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Text, delete, exists, func, select, tuple_, type_coerce, update

from core.conversation import InQueue
from core.errors import NotFound
from core.events import (
    SETTINGS_TOPIC,
    AgentChanged,
    Event,
    HandlerChanged,
    Recorded,
    SettingsChanged,
    TimerFired,
    Topic,
)
from core.ids import AgentId, ConversationId, QueueId, SkillId
from core.outbox import IoHandler, OutboxHandler, TxHandler
from core.routing_events import NobodyCanServe, RoutingRuleApplied
from core.store.conversations import get_inbox, peek_conversation
from core.store.database import Database
from core.store.forms import StoredLadder, StoredRequirement
from core.store.shared_time import shared_now
from core.store.tables import people
from core.store.tables.conversation import outbox
from core.store.tables.routing import conversation_route, queue_item, unservable
from core.store.tx import Tx
from routing.forms import to_ladder
from routing.ladder import Ladder, relaxing
from routing.queue import Queue
from routing.roster import read_queue, read_queues
from routing.rulebook.given import given_to
from routing.rulebook.outcome import Routed, ladder_in
from routing.rulebook.rule import Rule
from routing.rulebook.serving import Person, Unserved, Work, could_serve, unserved
from routing.rulebook.settings import RuleSettings
from routing.rulebook.store import rulebook
from routing.skill import proficiency

TIMER = "routing.serving"
_LINE = Topic("serving")
"""On which all changes that matter to the whole line meet, whatever they were of."""
_WHOLE = "routing.unserved"
_LIMIT_S = 300.0
_AT_ONCE = 100
_MATTERS = frozenset({"queue", "inbox", "rule", "skill"})


def serving_handlers(db: Database, settings: RuleSettings) -> Sequence[OutboxHandler]:
    """Their lines in the table of subscriptions: one looks at a conversation, one at everything."""

    async def look(recorded: Recorded) -> None:
        if not await db.read(_comes_again, recorded):
            await look_at_all(db, settings)

    listens = (SettingsChanged, AgentChanged, HandlerChanged, RoutingRuleApplied)
    return (
        TxHandler("routing.serving", listens, _look, _matters),
        IoHandler(_WHOLE, (TimerFired,), look, _LIMIT_S, _is_ours),
    )


def _matters(event: Event) -> bool:
    match event:
        case SettingsChanged(what=what):
            return what in _MATTERS
        case AgentChanged(only_speed=only_speed):
            return not only_speed
        case _:
            return True


def _look(tx: Tx, recorded: Recorded) -> None:
    event = recorded.event
    if isinstance(event, HandlerChanged | RoutingRuleApplied):
        look_at_conversation(tx, event.conversation)
    else:
        # The line may be long: it is read beside the event loop, once for all changes of one time.
        tx.set_timer(_LINE, TIMER, shared_now(tx))


def _is_ours(event: Event) -> bool:
    return isinstance(event, TimerFired) and event.kind == TIMER


def _comes_again(tx: Tx, recorded: Recorded) -> bool:
    """Whether there was another change since, for which it will be looked anyway."""
    later = (outbox.c.handler == _WHOLE, outbox.c.topic == recorded.topic, outbox.c.n > recorded.n)
    asked = exists().where(*later, outbox.c.dead_at.is_(None))
    return bool(tx.conn.execute(select(asked)).scalar_one())


@dataclass(frozen=True, slots=True)
class _Seen:
    """What has become so, or is so with other skills now, and what is so no longer."""

    come: Sequence[Unserved]
    gone: Sequence[str]


async def look_at_all(db: Database, settings: RuleSettings) -> None:
    """Tell what has become so, and what is so no longer; repeatable.

    Nothing is locked while the line is read: who comes and goes meanwhile waits for nobody.
    """
    seen = await db.large.read(_compared, settings)
    for start in range(0, max(len(seen.come), len(seen.gone)), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        await db.run(_say, _Seen(seen.come[some], seen.gone[some]))


def _compared(tx: Tx, settings: RuleSettings) -> _Seen:
    now = {each.work.source: each for each in find_unserved(tx, settings)}
    known = {row.source: row.lacking for row in tx.conn.execute(select(unservable))}
    come = [each for source, each in now.items() if known.get(source) != each.lacking]
    return _Seen(come, [source for source in known if source not in now])


def _say(tx: Tx, seen: _Seen) -> None:
    """What was seen a moment before, but for conversations that wait no longer: their going has been looked at."""
    kinds = {each.work.source: each.work.source.partition(":") for each in seen.come}
    named = [id for kind, _, id in kinds.values() if kind == "conversation"]
    chosen = select(queue_item.c.conversation_id).where(queue_item.c.conversation_id.in_(named))
    waiting = set(tx.conn.execute(chosen).scalars())
    for each in seen.come:
        kind, _, id = kinds[each.work.source]
        if kind != "conversation" or id in waiting:
            _tell(tx, each)
    for source in seen.gone:
        _take_back(tx, source)


def look_at_conversation(tx: Tx, id: ConversationId) -> None:
    """The same for one that came to a queue, or left it; the queue's own need is known from the settings."""
    source = f"conversation:{id}"
    known = tx.conn.execute(select(exists().where(unservable.c.source == source))).scalar_one()
    found = _unserved_conversation(tx, id, source)
    if found is not None and not known and not _is_known(tx, found, given_to(tx, id)):
        _tell(tx, found)
    elif found is None and known:
        _take_back(tx, source)


def find_unserved(tx: Tx, settings: RuleSettings) -> list[Unserved]:
    """Everything that nobody could take, as things are now, whether it was told or not."""
    queues, active = {each.id: each for each in read_queues(tx)}, _people(tx)
    rules = [each for each in rulebook(tx).rules if each.enabled]
    found = unserved([*_of_queues(tx, queues, rules), *_of_rules(queues, rules)], active)
    blamed = {each.work.source for each in found}
    return [*found, *_of_line(tx, active, blamed, settings.unserved)]


def since(tx: Tx) -> Mapping[str, Any]:
    """Since when each source is known to ask for what nobody can do."""
    return {row.source: row.since for row in tx.conn.execute(select(unservable.c.source, unservable.c.since))}


def _of_queues(tx: Tx, queues: Mapping[QueueId, Queue], rules: Sequence[Rule]) -> Iterable[Work]:
    """Of every queue that anything leads to, for each kind of inbox that does."""
    for row in tx.conn.execute(select(people.inbox).where(people.inbox.c.enabled)):
        queue = queues[QueueId(row.queue_id)]
        yield Work(f"queue:{queue.id}", queue.id, queue.ladder, row.kind, row.weight)
    waiting = tx.conn.execute(select(queue_item.c.queue_id).distinct()).scalars()
    for each in {rule.gives.queue for rule in rules} | {QueueId(each) for each in waiting}:
        if each is not None and each in queues:
            yield Work(f"queue:{each}", each, queues[each].ladder)


def _of_rules(queues: Mapping[QueueId, Queue], rules: Sequence[Rule]) -> Iterable[Work]:
    for rule in rules:
        gives = rule.gives
        if gives.ladder is None and not gives.skills and not gives.exclude:
            continue
        ladder = gives.ladder or relaxing(gives.skills)
        if gives.queue is not None:
            routed = Routed(gives.queue, ladder=ladder, ladder_adds=gives.ladder is None)
            ladder = ladder_in(queues[gives.queue], routed)
        yield Work(f"rule:{rule.id}", gives.queue, ladder, excluded=frozenset(gives.exclude))


_ALIKE = (
    queue_item.c.queue_id,
    type_coerce(queue_item.c.requirements, Text).label("asked"),
    queue_item.c.channel,
    queue_item.c.weight,
    type_coerce(queue_item.c.excluded, Text).label("kept_out"),
    queue_item.c.preferred,
)
_GROUPS = (
    select(*_ALIKE)
    .group_by(*_ALIKE)
    .order_by(func.min(queue_item.c.entered_at), func.min(queue_item.c.conversation_id))
)
_ASKED = msgspec.json.Decoder(tuple[StoredRequirement, ...] | StoredLadder)
_KEPT_OUT = msgspec.json.Decoder(frozenset[AgentId])


def _of_line(tx: Tx, active: Sequence[Person], blamed: Collection[str], most: int) -> Iterable[Unserved]:
    """Of what waits, the oldest first. The line may be very long: only of what nobody can take its conversations are read."""
    forms: dict[str, Any] = {}
    alike: dict[Hashable, list[Any]] = {}
    for group in tx.conn.execute(_GROUPS):
        asked = forms.get(group.asked) or forms.setdefault(group.asked, _ASKED.decode(group.asked))
        same = (
            group.queue_id,
            _without_head_start(asked, group.preferred),
            group.channel,
            group.weight,
            group.kept_out,
        )
        alike.setdefault(same, []).append(group)
    works = {f"group:{at}": groups for at, groups in enumerate(alike.values())}
    firsts = (
        _work(source, groups[0], to_ladder(_plain(forms, groups[0]))) for source, groups in works.items()
    )
    known = {each.id: each for each in active}
    for found in unserved(firsts, active):
        source = found.work.source
        groups = [
            group
            for group in works[source]
            if group.preferred not in known
            or not could_serve(known[group.preferred], _work(source, group, to_ladder(forms[group.asked])))
        ]
        yield from _of_conversations(tx, found, _oldest(tx, groups[:most], most), blamed)


def _oldest(tx: Tx, groups: Sequence[Any], most: int) -> Sequence[str]:
    """Conversations of these groups, which differ only in what they ask for and whom they prefer."""
    if not groups:
        return []
    asks = tuple_(_ALIKE[1], func.coalesce(queue_item.c.preferred, ""))
    chosen = (
        select(queue_item.c.conversation_id)
        .where(
            queue_item.c.queue_id == groups[0].queue_id,
            queue_item.c.channel == groups[0].channel,
            queue_item.c.weight == groups[0].weight,
            _ALIKE[4] == groups[0].kept_out,
            asks.in_([(each.asked, each.preferred or "") for each in groups]),
        )
        .order_by(queue_item.c.entered_at, queue_item.c.conversation_id)
        .limit(most)
    )
    return tx.conn.execute(chosen).scalars().all()


def _plain(forms: Mapping[str, Any], group: Any) -> Any:
    return _without_head_start(forms[group.asked], group.preferred)


def _without_head_start(asked: Any, before: str | None) -> Any:
    """What everybody is asked for; who had it before has a step of their own, which would set each agent's apart."""
    if not isinstance(asked, StoredLadder) or len(asked.steps) == 1:
        return asked
    first = asked.steps[0]
    own = not first.any_of and first.agents == (before,)
    return StoredLadder(asked.required, asked.steps[1:]) if own else asked


def _work(source: str, group: Any, ladder: Ladder) -> Work:
    excluded = _KEPT_OUT.decode(group.kept_out)
    return Work(source, QueueId(group.queue_id), ladder, group.channel, group.weight, excluded)


def _of_conversations(
    tx: Tx, found: Unserved, waiting: Sequence[str], blamed: Collection[str]
) -> list[Unserved]:
    """Each of those that ask for the same, but for what its queue or its rule is blamed for already."""
    route = conversation_route.c
    chosen = select(route.conversation_id, route.rule_id, route.ladder.is_(None).label("plain"))
    rows = tx.conn.execute(chosen.where(route.conversation_id.in_(waiting)))
    routes = {row.conversation_id: (row.rule_id, row.plain) for row in rows}
    told = []
    for each in waiting:
        rule, plain = routes.get(each, (None, True))
        if f"rule:{rule}" in blamed or (plain and f"queue:{found.work.queue}" in blamed):
            continue
        told.append(replace(found, work=replace(found.work, source=f"conversation:{each}")))
    return told


def _unserved_conversation(tx: Tx, id: ConversationId, source: str) -> Unserved | None:
    try:
        conversation = peek_conversation(tx, id)
    except NotFound:
        return None
    given = given_to(tx, id)
    if not isinstance(conversation.handler, InQueue) or given is None:
        return None
    if given.ladder is None and not given.exclude:
        return None
    queue = read_queue(tx, conversation.handler.queue)
    channel = get_inbox(tx, conversation.inbox).kind
    kept_out = frozenset(given.exclude)
    work = Work(source, queue.id, ladder_in(queue, given), channel, conversation.weight, kept_out)
    found = unserved([work], _people(tx, queue.id))
    return found[0] if found else None


def _is_known(tx: Tx, found: Unserved, given: Routed | None) -> bool:
    """Whether its rule is blamed already, or its queue where no rule changed what that asks for."""
    sources = [f"rule:{each}" for each in (() if given is None else given.rules)]
    if given is not None and given.ladder is None:
        sources.append(f"queue:{found.work.queue}")
    asked = exists().where(unservable.c.source.in_(sources))
    return bool(tx.conn.execute(select(asked)).scalar_one())


def _people(tx: Tx, queue: QueueId | None = None) -> list[Person]:
    """Those who are active: all of them, or the members of a queue."""
    agent, member, skill = people.agent, people.queue_member, people.agent_skill
    chosen = select(agent.c.id).where(agent.c.active)
    if queue is not None:
        chosen = chosen.join(member, member.c.agent_id == agent.c.id).where(member.c.queue_id == queue)
    skills: dict[str, dict[SkillId, Any]] = {}
    queues: dict[str, set[QueueId]] = {}
    for row in tx.conn.execute(select(skill).where(skill.c.agent_id.in_(chosen))):
        skills.setdefault(row.agent_id, {})[SkillId(row.skill_id)] = proficiency(row.level)
    for row in tx.conn.execute(select(member).where(member.c.agent_id.in_(chosen))):
        queues.setdefault(row.agent_id, set()).add(QueueId(row.queue_id))
    rows = tx.conn.execute(
        select(agent.c.id, agent.c.capacity, agent.c.channels).where(agent.c.id.in_(chosen))
    )
    return [
        Person(
            AgentId(row.id),
            frozenset(queues.get(row.id, ())),
            skills.get(row.id, {}),
            row.capacity,
            None if row.channels is None else frozenset(row.channels),
        )
        for row in rows
    ]


def _tell(tx: Tx, found: Unserved) -> None:
    """Once: of what is told already only the skills may have changed."""
    work, lacking = found.work, dict(found.lacking)
    row = {"source": work.source, "queue_id": work.queue, "lacking": lacking, "since": tx.now}
    if tx.insert_new(unservable, row):
        tx.tell(SETTINGS_TOPIC, NobodyCanServe(work.queue, work.source))
    else:
        told = unservable.c.source == work.source
        tx.conn.execute(update(unservable).where(told).values(lacking=lacking))


def _take_back(tx: Tx, source: str) -> None:
    gone = delete(unservable).where(unservable.c.source == source).returning(unservable.c.queue_id)
    row = tx.conn.execute(gone).one_or_none()
    if row is not None:
        queue = None if row.queue_id is None else QueueId(row.queue_id)
        tx.tell(SETTINGS_TOPIC, NobodyCanServe(queue, source, gone=True))
