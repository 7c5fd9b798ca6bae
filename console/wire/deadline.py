"""A conversation's promised times, and how each deadline was reached."""

from datetime import datetime
from typing import Literal

from console.wire.base import Answer, DueKind

DeadlineState = Literal["running", "paused", "missed", "kept", "unanswered", "late"]
DeadlineStepKind = Literal["counted", "closed", "holiday", "paused"]


class DeadlineStep(Answer, frozen=True):
    """From when to when, and the seconds that counted in it; ``holiday`` is its name; ``text`` says it in words."""

    kind: DeadlineStepKind
    start: datetime
    end: datetime
    seconds: float
    holiday: str | None
    text: str


class Deadline(Answer, frozen=True):
    """``unanswered``: it ended in time without an answer, as none was owed any more; ``missed`` may have ended so too.

    ``text`` says how it was reached, in the asker's language and in ``zone`` (IANA).

    ``policy`` and ``hours`` are names; ``hours`` null: around the clock. ``due_at`` null: it stands still or has stopped.
    Seconds are business time. ``hidden``: steps that were left out in the middle.
    """

    target: DueKind
    state: DeadlineState
    text: str
    policy: str
    hours: str | None
    zone: str
    started_at: datetime
    promised_s: float
    counted_s: float
    paused_s: float
    due_at: datetime | None
    warn_at: datetime | None
    warned_at: datetime | None
    missed_at: datetime | None
    stopped_at: datetime | None
    steps: tuple[DeadlineStep, ...]
    hidden: int
