"""The bot's newest state, for the status page and whoever follows: this process's own, or that of those who serve it."""

from collections.abc import Mapping
from dataclasses import asdict

import msgspec

from bot.contract import BotState
from console.parts import BOT
from core.bus import BUS, Bus, StateChanged

_PROCESS = "process"


class BotWatch:
    """One a process. ``serves``: whether a bot answers in this process; where none does, the newest that another told of counts."""

    def __init__(self, bus: Bus, process: str, first: BotState, *, serves: bool = True) -> None:
        self._bus = bus
        self._process = process
        self._own = first
        self._serves = serves
        self._others: dict[str, BotState] = {}
        bus.listen(StateChanged, self._heard)

    @property
    def state(self) -> BotState:
        if self._serves or not self._others:
            return self._own
        alive = {process: state for process, state in self._others.items() if process in self._bus.others()}
        return list((alive or self._others).values())[-1]

    def begin(self, state: BotState) -> None:
        """Before anybody follows."""
        self._own = state

    def publish(self, state: BotState) -> None:
        self._own = state
        self._bus.publish(StateChanged(BOT, {**asdict(state), _PROCESS: self._process}))

    def _heard(self, signal: StateChanged) -> None:
        if signal.what == BUS and self._serves:
            # Whoever has just come has not heard it.
            self.publish(self._own)
        elif signal.what == BOT and signal.data.get(_PROCESS) != self._process:
            self._take(signal.data)

    def _take(self, data: Mapping[str, object]) -> None:
        process = str(data.get(_PROCESS))
        try:
            state = msgspec.convert({**data, _PROCESS: None}, BotState)
        except msgspec.ValidationError:
            # A process of another version.
            return
        self._others.pop(process, None)
        self._others[process] = state
        for gone in set(self._others) - {process, *self._bus.others()}:
            del self._others[gone]
