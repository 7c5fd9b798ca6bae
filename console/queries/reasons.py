"""Why an agent was asked: from what routing stored with the reservation; the page finds the words for the codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import select

from console.queries.messages import Names, names_of
from console.wire.conversation import Candidate, Reason, Rival, RivalPhase
from core.store.tables.conversation import conversation
from core.store.tables.people import queue
from core.store.tx import Tx
from routing.reason import AGENT, VERSION, decision_of

_PHASES: Sequence[RivalPhase] = ("on_time", "late", "guarded")


class _OldCandidate(msgspec.Struct, frozen=True):
    agent: str
    index: float = 0.0
    skills: dict[str, int] = msgspec.field(default_factory=dict)
    idle_s: int | None = None


class _Stored(msgspec.Struct, frozen=True):
    """What both versions have; ``candidates`` are of the first, ``agents`` of the second."""

    v: int = 1
    code: str = ""
    by: str | None = None
    after: str | None = None
    considered: int = 0
    overridden: tuple[str, ...] = ()
    waited_s: int | None = None
    due_s: int | None = None
    skills: tuple[str, ...] = ()
    asked: tuple[tuple[str, int], ...] = ()
    step: tuple[int, int] | None = None
    by_name: bool = False
    candidates: tuple[_OldCandidate, ...] = ()
    agents: tuple[tuple[Any, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Labels:
    """What the conversations that competed, and their queues, are called."""

    conversations: Mapping[str, str] = field(default_factory=dict)
    queues: Mapping[str, str] = field(default_factory=dict)


NO_LABELS = Labels()


def reason_of(stored: Mapping[str, Any], names: Names, labels: Labels = NO_LABELS) -> Reason:
    """``stored`` is the column ``reason`` of a reservation; ``names`` knows its people."""
    form = msgspec.convert(stored, _Stored)
    decision = decision_of(stored)
    step, steps = (None, None) if form.step is None else form.step
    return Reason(
        code=form.code,
        text="",
        candidates=_candidates(form, names),
        considered=form.considered,
        by=None if form.by is None else names.get(form.by) or "",
        after=None if form.after is None else names.get(form.after) or "",
        overridden=form.overridden,
        waited_s=form.waited_s,
        due_s=form.due_s,
        asked=dict(form.asked),
        step=step,
        steps=steps,
        by_name=form.by_name,
        trigger=None if decision is None else decision.trigger.value,
        choice=None if decision is None else decision.choice,
        policy=None if decision is None else decision.rules[decision.work[0].pool].policy,
        competed=0 if decision is None else decision.works,
        rivals=_rivals(stored, labels),
    )


def explained(tx: Tx, stored: Mapping[str, Any]) -> Reason:
    """With the names of everybody and everything in it."""
    return reason_of(stored, names_of(tx, candidates_of(stored)), _labels(tx, stored))


def candidates_of(stored: Mapping[str, Any]) -> set[str]:
    """Whose names ``reason_of`` needs."""
    form = msgspec.convert(stored, _Stored)
    people = {each.agent for each in form.candidates} | {row[0] for row in form.agents}
    return people | {each for each in (form.by, form.after) if each is not None}


def _candidates(form: _Stored, names: Names) -> tuple[Candidate, ...]:
    if form.v != VERSION:
        return tuple(
            Candidate(
                each.agent,
                names.get(each.agent) or "",
                each.index,
                each.skills,
                each.idle_s,
                None,
                declined=False,
                previous=False,
            )
            for each in form.candidates
        )
    return tuple(_candidate(dict(zip(AGENT, row, strict=True)), form.skills, names) for row in form.agents)


def _candidate(row: Mapping[str, Any], skills: tuple[str, ...], names: Names) -> Candidate:
    return Candidate(
        row["agent"],
        names.get(row["agent"]) or "",
        round(row["load"] / row["capacity"], 3) if row["capacity"] else 1.0,
        dict(zip(skills, row["levels"], strict=True)),
        max(0, round(row["idle_s"])),
        row["cost_s"] or None,
        declined=bool(row["declined"]),
        previous=bool(row["previous"]),
    )


def _rivals(stored: Mapping[str, Any], labels: Labels) -> tuple[Rival, ...]:
    decision = decision_of(stored)
    if decision is None or not labels.queues:
        return ()
    return tuple(
        Rival(
            conversation=each.conversation,
            name=labels.conversations.get(each.conversation, ""),
            queue=labels.queues.get(each.queue, ""),
            policy=decision.rules[each.pool].policy,
            index=each.index,
            phase=_PHASES[each.phase],
            waited_s=round(each.waited_s),
            slack_s=round(each.slack_s),
            target_s=round(each.target_s),
            handle_s=round(each.handle_s * each.speed),
            worth=each.worth,
        )
        for each in decision.work
    )


def _labels(tx: Tx, stored: Mapping[str, Any]) -> Labels:
    decision = decision_of(stored)
    if decision is None:
        return NO_LABELS
    ids = [each.conversation for each in decision.work]
    chosen = select(conversation.c.id, conversation.c.subject, conversation.c.contact_id)
    rows = tx.conn.execute(chosen.where(conversation.c.id.in_(ids))).all()
    people = names_of(tx, {row.contact_id for row in rows})
    called = {row.id: row.subject or people.get(row.contact_id) or "" for row in rows}
    wanted = select(queue.c.id, queue.c.name).where(queue.c.id.in_([each.queue for each in decision.work]))
    return Labels(called, {row.id: row.name for row in tx.conn.execute(wanted)})
