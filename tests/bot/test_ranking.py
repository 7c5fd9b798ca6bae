"""What an engine took a turn for is kept with it."""

from bot.contract import Turn
from bot.proposals import Guess, Talk, Understanding
from tests.bot.builders import understood
from tests.bot.desk import a_desk


class Hears:
    """An engine that makes the same of every turn."""

    def __init__(self, heard: Understanding) -> None:
        self._heard = heard

    async def understand(self, turn: Turn) -> Understanding:
        return self._heard


async def test_the_likeliest_intents_are_kept_with_the_turn(sqlite_address: str) -> None:
    ranking = (Guess("greet", 0.6), Guess("thank", 0.3))
    heard = understood(Talk("bot-greet"), ranking=ranking, in_scope=0.8)
    async with a_desk(sqlite_address, Hears(heard)) as desk:
        await desk.say("Hi thanks")
        (row,) = await desk.turns()
    assert [(each.intent, each.confidence) for each in row.ranking] == [("greet", 0.6), ("thank", 0.3)]
    assert row.in_scope == 0.8
