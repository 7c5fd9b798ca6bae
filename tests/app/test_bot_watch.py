"""The bot's state is seen in every process, also where no bot runs."""

from app.bot_watch import BotWatch
from bot.contract import BotState, Progress
from tests.linked import linked

OFF = BotState(Progress.OFF, "scripted")
TRAINING = BotState(Progress.TRAINING, "scripted", "training", 3.5, model="abc")
READY = BotState(Progress.READY, "rasa")


def test_a_process_without_a_bot_shows_what_another_told() -> None:
    one, other = linked()
    serving, web = BotWatch(one, "one", OFF), BotWatch(other, "other", OFF, serves=False)
    assert web.state == OFF
    serving.publish(TRAINING)
    assert web.state == serving.state == TRAINING


def test_a_process_with_a_bot_shows_its_own() -> None:
    one, other = linked()
    first, second = BotWatch(one, "one", OFF), BotWatch(other, "other", OFF)
    first.publish(READY)
    assert (first.state, second.state) == (READY, OFF)


def test_who_comes_later_is_told_too() -> None:
    one, other = linked()
    serving = BotWatch(one, "one", OFF)
    serving.publish(READY)
    web = BotWatch(other, "other", OFF, serves=False)
    one.turn(cut=False)
    assert web.state == READY


def test_what_a_process_of_another_version_tells_is_left_out() -> None:
    one, other = linked()
    web = BotWatch(other, "other", OFF, serves=False)
    BotWatch(one, "one", OFF).publish(BotState("brand new", "rasa"))  # type: ignore[arg-type]
    assert web.state == OFF
