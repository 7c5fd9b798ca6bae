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


class Caution(StrEnum):
    """How sure the bot has to be before it answers."""

    BOLD = "bold"
    USUAL = "usual"
    CAREFUL = "careful"


@dataclass(frozen=True, slots=True)
class BotProfile:
    """How the bot is in one inbox.

    ``engine``: the name of the one that understands here; None: the installation's. ``persona``: what the bot calls itself, empty for
    no name. ``languages``: those it answers in, the first where nothing tells another; empty: all that it has.
    """

    engine: str | None = None
    persona: str = ""
    languages: tuple[str, ...] = ()
    caution: Caution = Caution.USUAL


USUAL_BOT = BotProfile()


@dataclass(frozen=True, slots=True)
class Inbox:
    """``config`` belongs to the adapter of ``kind``; everybody else leaves it alone.

    ``weight``: what one of its conversations loads an agent with; ``interruptible``: it yields to what is not.
    ``brand``: for whom it speaks; None: for the company as a whole. ``hold_out``: the share of customers whom the bot leaves
    to people; ``profile``: how the bot is here.
    """

    id: InboxId
    kind: str
    name: str
    enabled: bool
    queue: QueueId
    bot: BotMode
    config: Mapping[str, object] = field(default_factory=dict)
    weight: int = 1
    interruptible: bool = False
    brand: str | None = None
    hold_out: float = 0.0
    profile: BotProfile = USUAL_BOT


def bot_mode(answers: bool, mode: str | None) -> BotMode:  # noqa: FBT001 (two columns of one row)
    """As stored: whether it answers is in the older column, which processes of the version before read and write."""
    if answers:
        return BotMode.ANSWER
    return BotMode.SUGGEST if mode == BotMode.SUGGEST else BotMode.OFF


def stored_bot(mode: BotMode) -> dict[str, object]:
    """Both columns, so that a process of the version before, which knows no suggesting, keeps silent there."""
    return {"bot": mode is BotMode.ANSWER, "bot_mode": mode.value}
