"""How an agent answers an offer in the simulated world: at once, after a while, or not at all."""

from routing.simulation.laws import Uniform, drawing
from routing.simulation.scenario import Ringing


def answer_s(ringing: Ringing, chance: Uniform) -> float | None:
    """Seconds until the agent accepts, None if nobody does."""
    if chance.random() < ringing.missed:
        return None
    if ringing.accept is None:
        return 0.0
    seconds = drawing(ringing.accept, chance)()
    return seconds if seconds < ringing.offer_s else None
