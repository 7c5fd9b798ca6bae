"""What became of the bot's conversations, what it saves, and what is set for measuring it."""

from datetime import date
from typing import Annotated, Literal

import msgspec

from console.wire.base import Answer, Ask, Count

OutcomeName = Literal["confirmed", "assumed", "escalated", "abandoned"]
EffectWord = Literal["too_few", "no_difference", "less", "more"]
Currency = Annotated[
    str, msgspec.Meta(pattern="^[A-Z]{3}$", description="three capital letters, such as EUR")
]
Cost = Annotated[float, msgspec.Meta(ge=0, le=1_000_000)]
HoldOutShare = Annotated[float, msgspec.Meta(ge=0, le=0.5)]


class Figure(Answer, frozen=True):
    """So many of all; ``low`` and ``high`` bound the true share, from 0 to 1, with 95 % confidence."""

    count: int
    low: float
    high: float


class Outcomes(Answer, frozen=True):
    """The four add up to ``conversations``. ``came_again`` is a part of ``abandoned``; ``deflected``: confirmed and assumed."""

    conversations: int
    confirmed: Figure
    assumed: Figure
    escalated: Figure
    abandoned: Figure
    came_again: Figure
    deflected: Figure


class OutcomeLine(Answer, frozen=True):
    """``key`` is an intent, channel, language, inbox or article version (id:language:number); "" for none known.

    ``name`` of the inbox or article, null where the key says it.
    """

    key: str
    name: str | None
    outcomes: Outcomes


class OutcomeTable(Answer, frozen=True):
    """The most frequent lines; so many ``more`` are left out here, and in the file."""

    by: Literal["intent", "article", "channel", "language", "inbox"]
    lines: tuple[OutcomeLine, ...]
    more: int


class OutcomeDay(Answer, frozen=True):
    """As the clocks of the zone show it."""

    day: date
    confirmed: int
    assumed: int
    escalated: int
    abandoned: int


class OutcomeHour(Answer, frozen=True):
    """``weekday`` from 0, Monday; ``hour`` from 0 to 23."""

    weekday: int
    hour: int
    outcomes: Outcomes


class Saved(Answer, frozen=True):
    """``conversations`` that the bot spared people, times what one costs; ``unpriced``: of them, without any figure for theirs."""

    currency: str
    amount: float
    conversations: int
    unpriced: int


class Estimate(Answer, frozen=True):
    """With its 95 % interval."""

    value: float
    low: float
    high: float


class Arm(Answer, frozen=True):
    """``people``, each counted by their first conversation.

    ``worked``: a person of ours had it, or another one that they began within the window; ``again``: they began another one.
    """

    people: int
    worked: Figure
    again: Figure


class HoldOutLine(Answer, frozen=True):
    """One inbox, or all of them (null). ``work``: by how much the share that people work on is smaller because of the bot.

    ``again``: by how much more of them come again. ``waiting``: so many began so lately that nobody can tell yet. ``saved``
    is what ``work`` comes to in money, over the ``conversations`` that the bot took; null without the operator's figures.
    """

    inbox: str | None
    name: str | None
    share: float | None
    held: Arm
    bot: Arm
    conversations: int
    waiting: int
    work: Estimate | None
    again: Estimate | None
    told: EffectWord
    saved: Estimate | None


class BotReport(Answer, frozen=True):
    """Of the conversations with the bot that began from ``since`` to ``until``, both of them whole days of ``zone``.

    ``waiting`` began then too and are not settled, and in no figure. ``reasons``: how many, by outcome and reason.
    ``saved`` is null without the operator's figures. ``window_s``: how long is waited for somebody to come again.
    """

    since: date
    until: date
    zone: str
    inbox: str | None
    window_s: float
    outcomes: Outcomes
    waiting: int
    reasons: dict[OutcomeName, dict[str, int]]
    tables: tuple[OutcomeTable, ...]
    days: tuple[OutcomeDay, ...]
    hours: tuple[OutcomeHour, ...]
    saved: Saved | None
    hold_out: tuple[HoldOutLine, ...]
    enough: int


class HeldInbox(Answer, frozen=True):
    """An inbox in which the bot answers, or somebody is held out."""

    id: str
    name: str
    kind: str
    answers: bool
    share: float


class Measuring(Answer, frozen=True):
    """What a conversation costs that a person handles, by channel where that is known; null where the operator gave no figure."""

    currency: str | None
    cost: float | None
    by_channel: dict[str, float]
    inboxes: tuple[HeldInbox, ...]
    version: int


class MeasuringAsk(Ask, frozen=True):
    """``hold_outs`` by inbox; those that are left out stay as they are. ``version``: the one that was looked at."""

    currency: Currency | None = None
    cost: Cost | None = None
    by_channel: dict[str, Cost] = msgspec.field(default_factory=dict)
    hold_outs: dict[str, HoldOutShare] = msgspec.field(default_factory=dict)
    version: Count | None = None
