"""What operators decide about the relay."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RelaySettings:
    """``poll_s`` is the safety net below the signals; ``heads`` bounds a look, ``at_once`` the IO of each handler.

    Where what a transaction does takes longer than ``within_s``, the next does less: others wait for its conversations.

    What a process works on is its own for ``claim_s`` and claimed anew while it goes on: if it dies, another takes it then.
    Two thirds of that are more than any transaction may stand still for.
    """

    heads: int = 64
    within_s: float = 0.2
    at_once: int = 64
    poll_s: float = 1.0
    claim_s: float = 8.0
