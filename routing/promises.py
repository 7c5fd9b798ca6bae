"""What each event of a conversation does to the clocks of its promised times."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from core.conversation import Cause
from core.events import (
    ConversationStarted,
    Event,
    HandlerChanged,
    MessageReceived,
    ReplyQueued,
    StatusChanged,
)
from core.rearranging_events import MessagesMoved
from routing import sla
from routing.sla import SlaClock, Target

Clocks = Mapping[Target, SlaClock]

_HANDED_TO_PEOPLE = frozenset(
    {Cause.STARTED, Cause.HANDED_OFF, Cause.BOT_FAILED, Cause.NO_BOT, Cause.CAME_BACK}
)
_NO_ONE_WAITS = frozenset({Cause.WROTE_FIRST, Cause.REOPENED})


def moved(clocks: Clocks, event: Event, at: datetime) -> Clocks:
    """The clocks after it; those that it does not concern are the same values."""
    match event:
        case ConversationStarted():
            return clocks if Target.RESOLUTION in clocks else _started(clocks, Target.RESOLUTION, at)
        case HandlerChanged(handler="queue" | "agent", cause=cause):
            return _handed_over(clocks, Cause(cause), at)
        case HandlerChanged(handler="bot"):
            return _each(clocks, sla.stop, at, Target.FIRST, Target.NEXT)
        case MessageReceived(handler=handler) if handler != "bot":
            return _written_to_us(clocks, at)
        case ReplyQueued(author="agent"):
            return _each(clocks, sla.stop, at, Target.FIRST, Target.NEXT)
        case MessagesMoved(owed=False):
            return _each(clocks, sla.stop, at, Target.FIRST, Target.NEXT)
        case MessagesMoved(owed_since=since) if since is not None:
            return _owed_since(clocks, since)
        case StatusChanged(status="waiting" | "snoozed"):
            return _each(clocks, sla.pause, at, *filter(sla.pauses_while_waiting, Target))
        case StatusChanged(status="open"):
            reopened = _each(clocks, sla.go_on, at, Target.RESOLUTION)
            return _each(reopened, sla.resume, at, *Target)
        case StatusChanged(status="resolved" | "closed"):
            return _each(clocks, sla.stop, at, *Target)
        case _:
            return clocks


def _handed_over(clocks: Clocks, cause: Cause, at: datetime) -> Clocks:
    """First response runs from the hand-over to people; from one person to another it just runs on."""
    first = clocks.get(Target.FIRST)
    if first is None:
        return clocks if cause in _NO_ONE_WAITS else _started(clocks, Target.FIRST, at)
    if first.stopped_at is not None and cause in _HANDED_TO_PEOPLE:
        return _started(clocks, Target.FIRST, at)
    return clocks


def _written_to_us(clocks: Clocks, at: datetime) -> Clocks:
    """Next response runs from the customer's first message after ours, once somebody has answered at all."""
    first, following = clocks.get(Target.FIRST), clocks.get(Target.NEXT)
    if first is not None and first.stopped_at is None:
        return clocks
    if following is not None and following.stopped_at is None:
        return clocks
    return _started(clocks, Target.NEXT, at)


def _owed_since(clocks: Clocks, since: datetime) -> Clocks:
    """Messages came or went: the response that runs (or else the next one) runs from the oldest that waits here now."""
    first = clocks.get(Target.FIRST)
    target = Target.FIRST if first is not None and first.stopped_at is None else Target.NEXT
    running = clocks.get(target)
    if running is None or running.stopped_at is not None:
        return _started(clocks, target, since)
    if running.missed_at is not None or running.started_at == since:
        return clocks
    return {**clocks, target: replace(running, started_at=since)}


def _started(clocks: Clocks, target: Target, at: datetime) -> Clocks:
    return {**clocks, target: SlaClock(target, at)}


def _each(
    clocks: Clocks, change: Callable[[SlaClock, datetime], SlaClock], at: datetime, *targets: Target
) -> Clocks:
    return {target: change(clock, at) if target in targets else clock for target, clock in clocks.items()}
