"""One configured entry: a mailbox, a bot token, a widget, a chat app."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.ids import InboxId, QueueId


class BotMode(StrEnum):
    """What the bot does here: nothing, a note to the agents with an answer that they may give, or it answers."""

    OFF = "off"
    SUGGEST = "suggest"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Inbox:
    """``config`` belongs to the adapter of ``kind``; everybody else leaves it alone."""

    id: InboxId
    kind: str
    name: str
    enabled: bool
    queue: QueueId
    bot: BotMode
    config: Mapping[str, object] = field(default_factory=dict)


def bot_mode(answers: bool, mode: str | None) -> BotMode:  # noqa: FBT001 (two columns of one row)
    """As stored: whether it answers is in the older column, which processes of the version before read and write."""
    if answers:
        return BotMode.ANSWER
    return BotMode.SUGGEST if mode == BotMode.SUGGEST else BotMode.OFF


def stored_bot(mode: BotMode) -> dict[str, object]:
    """Both columns, so that a process of the version before, which knows no suggesting, keeps silent there."""
    return {"bot": mode is BotMode.ANSWER, "bot_mode": mode.value}
