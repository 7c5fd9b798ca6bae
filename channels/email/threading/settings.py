"""How evidence is weighed and how much of it is looked at."""

from dataclasses import dataclass, field

from channels.email.threading.evidence import Weights


@dataclass(frozen=True, slots=True)
class ThreadingSettings:
    """``named``: Message-IDs of a mail that are looked up, ``kept`` of them are remembered for later mails.

    ``candidates``: conversations that are weighed for one mail; ``recent`` of them by their sender and subject.
    ``subjects``: mails of a conversation whose subjects are compared. ``hops``: how often a mail follows a conversation that was merged or is over to the next one.
    """

    weights: Weights = field(default_factory=Weights)
    named: int = 30
    kept: int = 8
    candidates: int = 20
    recent: int = 10
    subjects: int = 50
    hops: int = 8
