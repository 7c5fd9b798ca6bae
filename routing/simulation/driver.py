"""From a scenario to what the engine is fed: conversations as queue items, rules as its plan."""

from datetime import timedelta

from core.ids import ConversationId, QueueId
from routing.engine import Engine
from routing.plan import plan_of
from routing.queue import QueueItem
from routing.settings import RoutingSettings
from routing.simulation.coming import Traffic
from routing.simulation.desk import moment
from routing.simulation.scenario import Contender, Kind, Scenario


def items(scenario: Scenario, traffic: Traffic) -> list[QueueItem]:
    """One for each conversation, named by its number; they are the same under all rules."""
    return [
        _item(scenario.kinds[kind], traffic.estimates[kind], serial, at)
        for serial, (at, kind) in enumerate(zip(traffic.at, traffic.kind, strict=True))
    ]


def _item(kind: Kind, estimate_s: float, serial: int, at: int) -> QueueItem:
    entered = moment(at)
    return QueueItem(
        conversation=ConversationId(str(serial)),
        queue=QueueId(kind.queue),
        priority=kind.priority,
        weight=kind.units,
        entered_at=entered,
        generation=1,
        deadline=None if kind.target_s is None else entered + timedelta(seconds=kind.target_s),
        ladder=kind.ladder,
        target_s=kind.target_s,
        worth=kind.worth,
        channel=kind.channel,
        interruptible=kind.interruptible,
        kind=kind.work or kind.name,
        handle_s=estimate_s,
        excluded=kind.excluded,
    )


def engine(scenario: Scenario, contender: Contender) -> Engine:
    """The very engine that routes, with the contender's rules for each queue. Raises Invalid for rules that make no sense."""
    settings = RoutingSettings(retry_s=scenario.ringing.retry_s)
    queues = {
        QueueId(queue): contender.queues.get(queue, contender.routing) for queue in scenario.queue_names
    }
    return Engine(plan_of(queues, settings))
