"""One configured entry: a mailbox, a bot token, a widget, a chat app."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.ids import InboxId, QueueId


@dataclass(frozen=True, slots=True)
class Inbox:
    """``config`` belongs to the adapter of ``kind``; everybody else leaves it alone."""

    id: InboxId
    kind: str
    name: str
    enabled: bool
    queue: QueueId
    bot: bool
    config: Mapping[str, object] = field(default_factory=dict)
