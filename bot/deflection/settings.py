"""When a conversation counts as what; every limit by name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeflectionSettings:
    """Whoever the bot answered and who does not contact us within ``window_s`` is assumed to be helped.

    In the same conversation that is whoever writes again after a silence of ``rest_s`` or more. Every ``every_s`` what the
    window has passed for is judged once more from the record, ``at_once`` conversations in a transaction; when somebody
    writes, at most ``others`` of their other conversations are.
    """

    window_s: float = 72 * 3600.0
    rest_s: float = 3600.0
    every_s: float = 600.0
    at_once: int = 200
    others: int = 100
