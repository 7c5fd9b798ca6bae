"""How each promised time of a conversation was reached, in words."""

from zoneinfo import ZoneInfo

from console.queries.deadline_words import Speaker
from console.wire import deadline as wire
from core.ids import ConversationId
from core.store.conversations import peek_conversation
from core.store.tx import Tx
from core.texts import Texts
from routing.calendar import check_zone
from routing.clock_store import read_clocks
from routing.explain import Explained, explain
from routing.met import met
from routing.sla import SlaClock, Target
from routing.sla_store import Promises, promises_of

_UTC = "UTC"


def deadlines_of(
    tx: Tx, conversation: ConversationId, texts: Texts, language: str, zone: str | None = None
) -> tuple[wire.Deadline, ...]:
    """Those that its policy promises and that have begun, what falls due first first.

    Times are told in the zone of the business hours, without any in ``zone``. Raises NotFound, and Invalid on the zone.
    """
    if zone is not None:
        check_zone(zone)
    known = peek_conversation(tx, conversation)
    promises = promises_of(tx, known)
    if promises is None:
        return ()
    clocks, _ = read_clocks(tx, conversation)
    found = [
        (explained, clocks[target])
        for target in Target
        if target in clocks
        and (explained := _explained(tx, conversation, clocks[target], promises)) is not None
    ]
    found.sort(key=lambda pair: (pair[0].due_at is None, pair[0].due_at or pair[0].started_at))
    return tuple(
        _shown(explained, clock, promises, _speaker(explained, texts, language, zone))
        for explained, clock in found
    )


def _explained(tx: Tx, conversation: ConversationId, clock: SlaClock, promises: Promises) -> Explained | None:
    return explain(clock, promises.policy, promises.holidays, met=met(tx, conversation, clock))


def _speaker(explained: Explained, texts: Texts, language: str, zone: str | None) -> Speaker:
    return Speaker(texts, language, ZoneInfo(explained.zone or zone or _UTC))


def _shown(explained: Explained, clock: SlaClock, promises: Promises, speaker: Speaker) -> wire.Deadline:
    steps = (
        wire.DeadlineStep(
            each.kind.value,
            each.start,
            each.end,
            each.seconds,
            None if each.holiday is None else each.holiday.called(speaker.language),
            speaker.step(each),
        )
        for each in explained.steps
    )
    return wire.Deadline(
        target=explained.target.value,
        state=explained.state.value,
        text=speaker.whole(explained),
        policy=promises.policy.name,
        hours=promises.hours,
        zone=speaker.zone.key,
        started_at=explained.started_at,
        promised_s=explained.promised_s,
        counted_s=explained.counted_s,
        paused_s=explained.paused_s,
        due_at=explained.due_at,
        warn_at=explained.warn_at,
        warned_at=clock.warned_at,
        missed_at=clock.missed_at,
        stopped_at=clock.stopped_at,
        steps=tuple(steps),
        hidden=explained.hidden,
    )
