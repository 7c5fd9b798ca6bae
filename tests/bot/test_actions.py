"""The action server believes only the secret and our own live turns; everything else is refused."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.actions import PATH, ActionSettings, RasaActions
from bot.contract import (
    Complains,
    Found,
    LookupFailed,
    NotProven,
    NumberRefused,
    OrderTold,
    Outcome,
    Turn,
    WantsPerson,
)
from bot.findings import Findings
from bot.live import LiveTurn, LiveTurns
from bot.orders import Order, OrderState
from core.agent import Permission
from core.errors import Invalid
from core.ids import ConversationId, TurnId
from core.web import errors_as_json
from tests.bot.builders import SmallKnowledge, a_past, a_turn, some_findings

pytestmark = pytest.mark.server
SECRET = "an action secret"
LIMIT = 300_000


class Desk:
    """Calls actions the way Rasa does."""

    def __init__(self, client: TestClient[web.Request, web.Application], turns: LiveTurns) -> None:
        self.client = client
        self.turns = turns
        self.knowledge = SmallKnowledge()

    async def call(self, action: str, *, secret: str | None = SECRET, **values: Any) -> tuple[int, Any]:
        body = a_call(action, **values)
        headers = {} if secret is None else {"X-Parley-Secret": secret}
        async with self.client.post(PATH, json=body, headers=headers) as response:
            return response.status, await response.json()


def a_call(
    action: str, *, turn: str | None = "t9", sender: str = "c1", number: object = None, padding: int = 0
) -> dict[str, Any]:
    """As Rasa 3.6 sends it, with more in it than we read."""
    return {
        "next_action": action,
        "sender_id": sender,
        "version": "3.6.21",
        "tracker": {
            "sender_id": sender,
            "slots": {"order_number": number, "lang": "en", "requested_slot": "order_number"},
            "latest_message": {
                "intent": {"name": "order_status", "confidence": 0.9},
                "text": "x" * padding,
                "metadata": {} if turn is None else {"turn": turn},
            },
            "active_loop": {"name": "order_form"},
            "events": [{"event": "action", "name": "action_listen"}],
        },
    }


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    turns, knowledge = LiveTurns(), SmallKnowledge()
    actions = RasaActions(some_findings(knowledge), turns, ActionSettings(SECRET, LIMIT))
    app = web.Application(middlewares=[errors_as_json], client_max_size=1000)
    for route in actions.routes():
        assert route.permission is Permission.INTERNAL
        app.router.add_route(route.method, route.path, route.handler)
    async with TestClient(TestServer(app)) as client:
        made = Desk(client, turns)
        made.knowledge = knowledge
        yield made


def the_finding(live: LiveTurn, answer: Any) -> Any:
    """What the answer refers to; it must be a reference, never words."""
    (response,) = answer["responses"]
    assert response["custom"]["kind"] == "finding"
    return live.findings[response["custom"]["ref"]]


@pytest.mark.parametrize(
    "secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], SECRET.upper(), "\u00e9", SECRET + " x"]
)
async def test_without_the_right_secret_nothing_is_told(desk: Desk, secret: str | None) -> None:
    with desk.turns.during(a_turn()) as live:
        status, answer = await desk.call("action_ask_knowledge", secret=secret)
    assert status == 403
    assert answer["error"]["code"] == "wrong_secret"
    assert live.findings == []
    assert desk.knowledge.asked == []


def test_it_does_not_start_without_a_secret() -> None:
    with pytest.raises(Invalid):
        RasaActions(some_findings(), LiveTurns(), ActionSettings(""))


@pytest.mark.parametrize("turn", [None, "", "t8", "another"])
async def test_a_turn_that_is_not_under_way_is_refused(desk: Desk, turn: str | None) -> None:
    with desk.turns.during(a_turn()):
        status, answer = await desk.call("action_ask_knowledge", turn=turn)
    assert (status, answer["error"]["code"]) == (403, "unknown_turn")


async def test_a_turn_that_is_over_is_refused(desk: Desk) -> None:
    with desk.turns.during(a_turn()):
        pass
    assert (await desk.call("action_ask_knowledge"))[0] == 403


async def test_a_tracker_that_claims_another_conversations_turn_is_refused(desk: Desk) -> None:
    with desk.turns.during(a_turn()) as live:
        status, answer = await desk.call("action_order_status", sender="c2", number="LL-10234")
    assert (status, answer["error"]["code"]) == (403, "made_up_tracker")
    assert live.findings == []


@pytest.mark.parametrize("number", ["LL-20871", "20871", 20871, ["LL-20871"], {"a": 1}, True])
async def test_a_number_that_the_customer_did_not_write_is_refused(desk: Desk, number: object) -> None:
    with desk.turns.during(a_turn("My number is LL-10234")) as live:
        status, answer = await desk.call("validate_order_form", number=number)
    assert (status, answer["error"]["code"]) == (403, "made_up_tracker")
    assert live.number is None


async def test_an_order_is_told_only_for_a_number_accepted_in_this_turn(desk: Desk) -> None:
    with desk.turns.during(a_turn("Where is it?")):
        status, _ = await desk.call("action_order_status", number="LL-10234")
    assert status == 403


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("LL-10234", "LL-10234"),
        ("it is 10234.", "10234"),
        ("订单号是ＬＬ－１０２３４", "LL-10234"),
        ("ll 10234", "ll 10234"),
        ("１０２３４", "10234"),
    ],
)
async def test_a_valid_number_is_accepted_in_its_normal_form_and_its_order_told(
    desk: Desk, text: str, number: str
) -> None:
    with desk.turns.during(a_turn(text)) as live:
        status, answer = await desk.call("validate_order_form", number=number)
        assert status == 200
        assert answer == {
            "events": [{"event": "slot", "name": "order_number", "value": "LL-10234"}],
            "responses": [],
        }
        status, answer = await desk.call("action_order_status", number="LL-10234")
    assert answer["events"] == [{"event": "slot", "name": "order_number", "value": None}]
    told = the_finding(live, answer)
    assert isinstance(told, OrderTold)
    assert told.order.number == "LL-10234"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("123", NumberRefused("123", well_formed=False)),
        ("99999", NumberRefused("LL-99999", well_formed=True)),
    ],
)
async def test_a_wrong_number_empties_the_slot_and_says_why(
    desk: Desk, text: str, refused: NumberRefused
) -> None:
    with desk.turns.during(a_turn(text)) as live:
        _, answer = await desk.call("validate_order_form", number=text)
    assert answer["events"] == [{"event": "slot", "name": "order_number", "value": None}]
    assert the_finding(live, answer) == refused


async def test_a_form_that_starts_empty_gets_nothing(desk: Desk) -> None:
    with desk.turns.during(a_turn("Where is my order?")):
        assert await desk.call("validate_order_form") == (200, {"events": [], "responses": []})


async def test_knowledge_is_asked_with_our_text_not_with_the_trackers(desk: Desk) -> None:
    with desk.turns.during(a_turn("How do I pay?")) as live:
        _, answer = await desk.call("action_ask_knowledge", padding=5)
    found = the_finding(live, answer)
    assert isinstance(found, Found)
    assert desk.knowledge.asked == ["How do I pay?"]
    assert found.answers[0].article == "paying"


async def test_when_it_did_not_help_the_last_question_is_looked_up_again(desk: Desk) -> None:
    past = a_past("How do I pay by card?", Outcome.ANSWERED)
    with desk.turns.during(a_turn("That did not help", history=(past,))) as live:
        _, answer = await desk.call("action_not_helped")
    found = the_finding(live, answer)
    assert isinstance(found, Found)
    assert found.again
    assert desk.knowledge.asked == ["How do I pay by card?"]


async def test_a_person_and_a_complaint_are_passed_on(desk: Desk) -> None:
    with desk.turns.during(a_turn("x")) as live:
        assert the_finding(live, (await desk.call("action_hand_over"))[1]) == WantsPerson()
        assert the_finding(live, (await desk.call("action_complaint"))[1]) == Complains()


async def test_a_knowledge_base_that_fails_is_a_finding_too(desk: Desk) -> None:
    desk.knowledge.fails = True
    with desk.turns.during(a_turn("How?")) as live:
        status, answer = await desk.call("action_ask_knowledge")
    assert status == 200
    assert the_finding(live, answer) == LookupFailed("knowledge")


async def test_a_tracker_larger_than_the_applications_limit_is_read_up_to_ours(desk: Desk) -> None:
    with desk.turns.during(a_turn("How?")):
        assert (await desk.call("action_ask_knowledge", padding=200_000))[0] == 200
        assert (await desk.call("action_ask_knowledge", padding=LIMIT))[0] == 413


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"next_action": 5}', b"\xff", b'{"next_action":"x"}'])
async def test_what_is_no_call_is_refused(desk: Desk, body: bytes) -> None:
    async with desk.client.post(PATH, data=body, headers={"X-Parley-Secret": SECRET}) as response:
        assert response.status == 422


async def test_an_unknown_action_is_refused(desk: Desk) -> None:
    with desk.turns.during(a_turn("How?")):
        assert (await desk.call("action_transfer_money"))[0] == 404


async def test_two_turns_at_once_keep_their_findings_apart(desk: Desk) -> None:
    other = a_turn("怎么付款", id=TurnId("t8"), conversation=ConversationId("c2"))
    with desk.turns.during(a_turn("How do I pay?")) as ours, desk.turns.during(other) as theirs:
        await desk.call("action_ask_knowledge")
        await desk.call("action_hand_over", turn="t8", sender="c2")
    assert isinstance(ours.findings[0], Found)
    assert theirs.findings == [WantsPerson()]


@pytest.mark.parametrize("action", ["validate_order_form", "action_order_status"])
async def test_no_action_looks_up_an_order_for_who_is_not_proven(
    desk: Desk, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def told(findings: Findings, turn: Turn, written: str) -> OrderTold:
        return OrderTold(Order("LL-10234", OrderState.SHIPPED))

    # Even if the look-up itself would tell.
    monkeypatch.setattr(Findings, "order", told)
    turn = a_turn("Where is my order LL-10234?", proven=False)
    with desk.turns.during(turn) as live:
        live.number = "LL-10234"
        status, answer = await desk.call(action, number="LL-10234")
    assert status == 200
    assert live.findings == [NotProven()]
    assert answer["events"] == [{"event": "slot", "name": "order_number", "value": None}]
