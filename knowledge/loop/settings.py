"""Every limit of the loop, by name; ``app/settings.py`` may give others."""

from dataclasses import dataclass

from knowledge.loop.redacting import LONGEST


@dataclass(frozen=True, slots=True)
class LoopSettings:
    """What is kept of questions that found nothing good, what clustering them may cost, and when an article helps.

    A question is kept redacted, ``characters`` of it, for ``keep_days``, and at most until the conversation in which it was
    asked has been closed for ``closed_days``; ``forget_at_once`` are forgotten in one transaction.

    Every ``cluster_every_s`` at most ``at_once`` new questions are compared with the newest ``compared`` of their
    language, at most ``of_cluster`` of each cluster. A question joins a cluster that is ``join_at`` like it, by the
    ``nearest`` members; ``words`` is the share of words beside vectors, ``words_join_at`` counts where there are none.

    An article helped in a conversation when nobody took over and the customer did not come back within ``window_s``.
    After ``enough`` conversations its cluster is opened again when the share is below ``works_below`` (between 0 and 1),
    and closed when it is above, each with the confidence ``z`` (in standard deviations); one that is just there is ever
    misjudged, however often it is looked at, with a probability of ``mistaken`` at most.

    Every ``compare_every_s`` at most ``compared_articles`` new revisions are compared with what is near them, for texts that are ``same_at`` alike.
    """

    characters: int = LONGEST
    keep_days: int = 365
    closed_days: int = 365
    forget_at_once: int = 200
    cluster_every_s: float = 15.0
    at_once: int = 100
    compared: int = 3_000
    of_cluster: int = 20
    join_at: float = 0.52
    words_join_at: float = 0.27
    words: float = 0.2
    nearest: int = 20
    window_s: float = 3 * 86_400.0
    enough: int = 20
    works_below: float = 0.5
    z: float = 1.96
    mistaken: float = 0.05
    compare_every_s: float = 30.0
    compared_articles: int = 20
    same_at: float = 0.8
