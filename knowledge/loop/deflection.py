"""Whether an article helps with the questions of its cluster: a share, how sure it is, and what follows; pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import exp, lgamma, log

from core.shares import Share
from knowledge.loop.settings import LoopSettings

_MOST_GAIN = 700.0
"""Beyond it a float ends; any gain that large decides."""


class Verdict(StrEnum):
    """``WORKS`` closes the cluster, ``FAILS`` opens it again, ``UNSURE`` waits for more questions."""

    UNSURE = "unsure"
    WORKS = "works"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Version:
    """What one revision did while readers saw it; ``waiting``: asked so lately that nobody can tell yet."""

    number: int
    since: datetime
    until: datetime | None
    share: Share
    waiting: int


def evidence(found: Share, share_: float) -> float:
    """How much better these outcomes are explained by any other share than by ``share_`` (between 0 and 1): a bet's gain.

    However often one looks, it ever reaches 1/a with a probability of a at most where ``share_`` is the true one; an
    interval for a fixed number of questions, looked at again and again, errs sooner or later. Source: J. Ville, Étude
    critique de la notion de collectif, 1939; the bet is a uniform mixture over all shares.
    """
    asked, helped = found.asked, found.helped
    mixture = lgamma(helped + 1) + lgamma(asked - helped + 1) - lgamma(asked + 2)
    gain = mixture - helped * log(share_) - (asked - helped) * log(1 - share_)
    return exp(min(gain, _MOST_GAIN))


def verdict(found: Share, settings: LoopSettings) -> Verdict:
    """After enough conversations, only when the whole interval lies on one side of ``works_below``, and not by looking often."""
    if found.asked < settings.enough or evidence(found, settings.works_below) < 1 / settings.mistaken:
        return Verdict.UNSURE
    if found.high < settings.works_below:
        return Verdict.FAILS
    return Verdict.WORKS if found.low > settings.works_below else Verdict.UNSURE
