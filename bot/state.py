"""What the console and the terminal show of Rasa: how far it is, and since when."""

from dataclasses import dataclass
from typing import Literal

Phase = Literal["absent", "installing", "training", "starting", "ready", "failed"]
EngineName = Literal["rasa", "scripted"]


@dataclass(frozen=True, slots=True)
class RasaAddress:
    """Where the running Rasa answers, and the secret that each request carries as X-Parley-Secret."""

    url: str
    secret: str

    def __repr__(self) -> str:
        """Without the secret: states are logged."""
        return f"RasaAddress({self.url!r})"


@dataclass(frozen=True, slots=True)
class BotState:
    """`step` is what is being done in this phase, `seconds` how long the phase has lasted, `detail` the newest news or what went wrong.

    `address` is there exactly while the phase is ready; `model` names the model that is served or was trained last.
    """

    state: Phase = "absent"
    step: str = ""
    seconds: float = 0.0
    detail: str = ""
    model: str | None = None
    address: RasaAddress | None = None

    @property
    def engine(self) -> EngineName:
        """Who answers customers while it is so."""
        return "rasa" if self.state == "ready" else "scripted"
