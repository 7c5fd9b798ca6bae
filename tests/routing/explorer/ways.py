"""The shortest ways to a broken promise when a guard is gone, as the explorer finds them."""

from tests.routing.explorer.explore import Trace
from tests.routing.explorer.model import Guard
from tests.routing.explorer.world import Deed

WITHOUT: dict[Guard, Trace] = {
    Guard.GENERATION: (Deed("look", 0), Deed("finish", 0, 0), Deed("commit", 0)),
    Guard.EPOCH: (Deed("lapse"), Deed("look", 0), Deed("lead", 1), Deed("commit", 0)),
    Guard.VERSION: (Deed("look", 0), Deed("forget_or_learn", 0), Deed("commit", 0)),
    Guard.CAPACITY: (Deed("take", 0, 0), Deed("take", 0, 2)),
    Guard.EXCLUSION: (Deed("look", 0), Deed("exclude", 0, 0), Deed("commit", 0)),
    Guard.SEQUENCE: (
        Deed("come_or_go", 0),
        Deed("look", 0),
        Deed("forget_or_learn", 1),
        Deed("commit", 0),
    ),
}
ON_OFFER_TWICE: Trace = (
    Deed("lapse"),
    Deed("look", 0),
    Deed("lead", 1),
    Deed("finish", 0, 0),
    Deed("look", 1),
    Deed("commit", 0),
    Deed("commit", 1),
)
"""Without the epoch and the unique index, this rings two agents for one conversation."""
