"""Facts about orders; ``core.events`` has the union of all facts."""

from dataclasses import dataclass

from core.ids import AgentId, OrderId


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """Something was done with an order or about it; ``what`` as in its history, ``by`` an agent, else customer or shop."""

    order: OrderId
    what: str
    by: AgentId | None
