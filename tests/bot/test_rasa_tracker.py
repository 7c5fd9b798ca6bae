"""What real Rasa remembers: bounded, restored from our record, kept over a swap of the model."""

from typing import Any

import pytest

from tests.servers.rasa import RunningRasa

pytestmark = pytest.mark.rasa

LISTEN = {"event": "action", "name": "action_listen"}
OUT_OF_STEP = [{"kind": "unavailable", "reason": "out_of_step"}]


def events(turn: str, *, form: bool) -> list[dict[str, Any]]:
    """The shortest list that carries our turn record, as the project's README gives it."""
    intent = {"name": "order_status" if form else "ask_knowledge", "confidence": 1.0}
    user = {
        "event": "user",
        "text": "",
        "parse_data": {"intent": intent, "entities": []},
        "metadata": {"turn": turn},
    }
    opened = [
        {"event": "action", "name": "order_form"},
        {"event": "active_loop", "name": "order_form"},
        {"event": "slot", "name": "requested_slot", "value": "order_number"},
    ]
    answered = [{"event": "action", "name": "action_ask_knowledge"}]
    start = [{"event": "action", "name": "action_session_start"}, {"event": "session_started"}, LISTEN]
    return [*start, user, *(opened if form else answered), LISTEN]


def restore(rasa: RunningRasa, sender: str, turn: str, *, form: bool) -> int:
    return rasa.call("PUT", f"/conversations/{sender}/tracker/events", events(turn, form=form))[0]


def test_an_open_form_is_restored(rasa: RunningRasa) -> None:
    assert restore(rasa, "restored", "t7", form=True) == 200
    told = rasa.say("LL-10234", "restored", turn="t8", after="t7")
    assert told.said == [{"kind": "order", "number": "LL-10234"}]
    assert told.record["last_turn"] == "t7"


def test_restoring_replaces_what_was_there(rasa: RunningRasa) -> None:
    rasa.say("where is my order?", "replaced", turn="t1")
    assert restore(rasa, "replaced", "t1", form=False) == 200
    answer = rasa.say("hello", "replaced", turn="t2", after="t1")
    assert (answer.kinds, answer.record["active_form"]) == (["say"], None)


def test_a_turn_that_brings_our_record_goes_on_from_it_where_the_tracker_is_elsewhere(
    rasa: RunningRasa,
) -> None:
    """In one call: a server that never saw this conversation, one that is behind, and around forms any."""
    record = {"events": events("t7", form=True), "anew": False}
    told = rasa.say("LL-10234", "brought", turn="t8", after="t7", **record)
    assert told.said == [{"kind": "order", "number": "LL-10234"}]
    assert told.record["last_turn"] == "t7"
    assert rasa.say("hello", "brought", turn="t9", after="t8", **record).record["active_form"] is None
    behind = rasa.say("hello", "brought", turn="t11", after="t10", **record).record
    assert (behind["last_turn"], behind["active_form"]) == ("t7", "order_form")
    record |= {"events": events("t11", form=False), "anew": True}
    assert rasa.say("hello", "brought", turn="t12", after="t11", **record).record["active_form"] is None


def test_what_brings_our_record_is_kept_in_no_tracker(rasa: RunningRasa) -> None:
    record = {"events": events("t1", form=False), "anew": True}
    rasa.say("hello", "slim", turn="t2", after="t1", **record)
    _, kept = rasa.call("GET", "/conversations/slim/tracker")
    said = [each["metadata"] for each in kept["events"] if each["event"] == "user"]
    assert [set(each) - {"model_id", "assistant_id"} for each in said] == [{"turn"}, {"turn", "after"}]


def test_a_tracker_that_is_not_where_our_record_left_it_is_not_touched(rasa: RunningRasa) -> None:
    rasa.say("where is my order?", "step", turn="t1")
    refused = rasa.say("LL-10234", "step", turn="t3", after="t2")
    assert (refused.said, refused.record["last_turn"]) == (OUT_OF_STEP, "t1")
    assert rasa.say("LL-10234", "step", turn="t2", after="t1").kinds == ["order"]


def test_a_conversation_that_rasa_does_not_know_is_out_of_step_unless_it_is_new(rasa: RunningRasa) -> None:
    assert rasa.say("hello", "unknown", turn="t9", after="t8").said == OUT_OF_STEP
    assert rasa.say("hello", "unknown", turn="t1", after=None).kinds == ["say"]


def test_a_turn_that_was_answered_already_is_not_done_again(rasa: RunningRasa) -> None:
    """The answer was lost on its way: our record still has the turn before."""
    rasa.say("where is my order?", "lost", turn="t1", after=None)
    repeated = rasa.say("where is my order?", "lost", turn="t1", after=None)
    assert (repeated.said, repeated.record["last_turn"]) == (OUT_OF_STEP, "t1")


def test_a_long_conversation_stays_bounded_and_keeps_its_form(rasa: RunningRasa) -> None:
    rasa.say("where is my order?", "long talk")
    counts = [rasa.say("how much is shipping?", "long talk").record["events"] for _ in range(30)]
    assert max(counts) < 120 + 20
    assert rasa.say("LL-10234", "long talk").kinds == ["order"]


def test_a_long_conversation_keeps_its_language(rasa: RunningRasa) -> None:
    rasa.say("你好", "long numbers")
    answers = [rasa.say("12345", "long numbers") for _ in range(30)]
    assert {answer.record["language"] for answer in answers} == {"zh"}


def test_a_swap_of_the_model_keeps_open_forms(rasa: RunningRasa) -> None:
    rasa.say("where is my order?", "swapped", turn="t1")
    assert rasa.call("PUT", "/model", {"model_file": str(rasa.model)})[0] == 204
    told = rasa.say("LL-10234", "swapped", turn="t2", after="t1")
    assert (told.kinds, told.record["model"]) == (["order"], rasa.model.name.removesuffix(".tar.gz"))


def test_the_status_names_the_model(rasa: RunningRasa) -> None:
    status, told = rasa.call("GET", "/status")
    assert (status, told["model_file"]) == (200, rasa.model.name)
