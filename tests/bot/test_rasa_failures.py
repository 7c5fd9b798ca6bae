"""Real Rasa never answers with nothing: what is broken around it is said, and leaves the conversation as it was."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import pytest

from tests.servers.rasa import Actions, RunningRasa

pytestmark = pytest.mark.rasa

UNAVAILABLE = [{"kind": "unavailable", "reason": "action_failed"}]


@pytest.fixture
def actions(rasa: RunningRasa) -> Iterator[Actions]:
    yield rasa.actions
    rasa.actions.mode = "well"


@pytest.mark.parametrize("mode", ["broken", "slow", "nonsense"])
def test_an_action_server_that_fails_is_said(rasa: RunningRasa, actions: Actions, mode: str) -> None:
    actions.mode = mode  # type: ignore[assignment]
    answer = rasa.say("how do I return a lamp?", f"fails {mode}", turn="t1")
    assert answer.said == UNAVAILABLE
    assert (answer.record["failed"], answer.intent) == ("action_failed", "ask_knowledge")


def test_a_failed_turn_leaves_no_trace_and_may_be_repeated(rasa: RunningRasa, actions: Actions) -> None:
    rasa.say("hello", "repeat", turn="t1")
    actions.mode = "broken"
    failed = rasa.say("how do I return a lamp?", "repeat", turn="t2", after="t1")
    actions.mode = "well"
    again = rasa.say("how do I return a lamp?", "repeat", turn="t2", after="t1")
    assert (failed.said, again.kinds) == (UNAVAILABLE, ["action_ask_knowledge"])
    assert again.record["last_turn"] == "t1"


def test_a_form_whose_check_fails_stays_open(rasa: RunningRasa, actions: Actions) -> None:
    rasa.say("where is my order?", "check fails")
    actions.mode = "broken"
    failed = rasa.say("LL-10234", "check fails")
    actions.mode = "well"
    assert (failed.said, failed.record["active_form"]) == (UNAVAILABLE, "order_form")
    assert rasa.say("LL-10234", "check fails").kinds == ["order"]


def test_an_action_that_says_nothing_is_a_failure(rasa: RunningRasa, actions: Actions) -> None:
    actions.mode = "silent"
    answer = rasa.say("I want to talk to a person", "silent")
    assert answer.said == [{"kind": "unavailable", "reason": "nothing_said"}]
    assert answer.intent == "talk_to_person"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"message": "hello"}, "sender"),
        ({"sender": "", "message": "hello"}, "sender"),
        ({"sender": "x"}, "message"),
        ({"sender": "x", "message": 7}, "message"),
        ({"sender": "x", "message": "hello", "metadata": "t1"}, "metadata"),
        (["hello"], "object"),
    ],
)
def test_what_is_no_turn_is_refused_with_the_field(rasa: RunningRasa, body: object, field: str) -> None:
    status, told = rasa.call("POST", "/webhooks/rest/webhook", body)
    assert status == 400
    assert field in told["error"]


@pytest.mark.parametrize("text", ["", "  ", "🙂", "?!", "\u0000", "\n" * 50])
def test_a_message_without_words_is_answered(rasa: RunningRasa, text: str) -> None:
    answer = rasa.say(text, "no words")
    assert (answer.record["failed"], len(answer.said)) == (None, 1)


COMMANDS = [
    "/restart",
    "/session_start",
    "/back",
    "/talk_to_person",
    '/order_status{"order_number": "LL-10234"}',
    "  /restart",
    "/EXTERNAL_reminder",
]
"""What the client must never let through; the launcher stops it once more."""


@pytest.mark.parametrize("text", COMMANDS)
def test_a_command_from_a_customer_is_a_text_like_any_other(rasa: RunningRasa, text: str) -> None:
    sender = f"command-{COMMANDS.index(text)}"
    rasa.say("where is my order?", sender, turn="t1")
    answer = rasa.say(text, sender, turn="t2")
    assert answer.record["last_turn"] == "t1"
    events = rasa.call("GET", f"/conversations/{sender}/tracker?include_events=ALL")[1]["events"]
    assert [event["text"][0] for event in events if event["event"] == "user"] == ["w", "\uff0f"]
    assert "restart" not in [event["event"] for event in events]


def test_a_text_of_20000_characters_is_answered_soon(rasa: RunningRasa) -> None:
    began = monotonic()
    assert rasa.say("how do I return a lamp? " * 900, "long").kinds == ["action_ask_knowledge"]
    assert monotonic() - began < 2


def test_messages_of_one_customer_do_not_wait_for_one_another_by_the_second(rasa: RunningRasa) -> None:
    began = monotonic()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: rasa.say("hello", "eager"), range(8)))
    assert [answer.kinds for answer in answers] == [["say"]] * 8
    assert monotonic() - began < 3


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/webhooks/rest/webhook"),
        ("PUT", "/model"),
        ("GET", "/status"),
        ("PUT", "/conversations/x/tracker/events"),
        ("GET", "/conversations/x/tracker"),
        ("POST", "/model/parse"),
    ],
)
def test_nothing_is_done_for_whoever_does_not_know_the_secret(
    rasa: RunningRasa, method: str, path: str
) -> None:
    assert rasa.call(method, path, {}, secret="guess")[0] == 401


def test_it_listens_on_loopback_only(rasa: RunningRasa) -> None:
    port = int(rasa.url.rpartition(":")[2])
    listening = [
        fields[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        for line in Path(table).read_text().splitlines()[1:]
        if (fields := line.split())[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port
    ]
    assert listening == [f"0100007F:{port:04X}"]
