"""The bot's state as the status page and the live socket tell it."""

from bot.contract import BotState
from console.wire import status as wire


def bot_state(state: BotState) -> wire.BotState:
    engine: wire.Engine = "rasa" if state.engine == "rasa" else "scripted"
    return wire.BotState(
        state.state.value, engine, state.step or None, state.seconds, state.detail, state.model
    )
