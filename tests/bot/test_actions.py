"""The action server believes only the secret and our own live turns; everything else is refused."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.actions import PATH, ActionSettings, RasaActions
from bot.contract import Outcome, Turn
from bot.findings import Findings
from bot.forms.going import Progress
from bot.live import LiveTurn, LiveTurns
from bot.proposals import (
    AskSlot,
    Complains,
    Found,
    LookupFailed,
    NotProven,
    NumberRefused,
    OrderTold,
    WantsPerson,
)
from core.agent import Permission
from core.errors import Invalid
from core.ids import ConversationId, TurnId
from core.order import Order, OrderState
from core.web import errors_as_json
from tests.bot.builders import SmallKnowledge, a_past, a_turn, some_findings

pytestmark = pytest.mark.server
SECRET = "an action secret"
LIMIT = 300_000
EMPTIED = {"event": "slot", "name": "order_number", "value": None}
ASK_NUMBER = AskSlot("order_number", "bot-order-ask-number")


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
    action: str,
    *,
    turn: str | None = "t9",
    sender: str = "c1",
    number: object = None,
    intent: str | tuple[str, float] = "order_status",
    padding: int = 0,
) -> dict[str, Any]:
    """As Rasa 3.6 sends it, with more in it than we read; ``intent`` with how sure it is, or as sure as usual."""
    name, confidence = (intent, 0.9) if isinstance(intent, str) else intent
    return {
        "next_action": action,
        "sender_id": sender,
        "version": "3.6.21",
        "tracker": {
            "sender_id": sender,
            "slots": {"order_number": number, "lang": "en", "requested_slot": "order_number"},
            "latest_message": {
                "intent": {"name": name, "confidence": confidence},
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
async def test_a_number_that_only_the_tracker_has_counts_for_nothing(desk: Desk, number: object) -> None:
    with desk.turns.during(a_turn("Where is my order?")) as live:
        _, answer = await desk.call("validate_order_form", number=number)
    assert answer["events"] == [EMPTIED]
    assert live.progress is not None
    assert live.progress.slots == {}


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
            "responses": [{"custom": {"kind": "finding", "ref": 0}}],
        }
        status, answer = await desk.call("action_order_status", number="LL-10234")
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
    assert answer["events"] == [EMPTIED]
    assert [live.findings[each["custom"]["ref"]] for each in answer["responses"]] == [refused, ASK_NUMBER]


async def test_what_is_no_business_of_the_form_is_left_to_the_rules(desk: Desk) -> None:
    past = a_past("Where is my order?", Outcome.ASKED, active_form="order_form")
    turn = a_turn("How long does shipping take?", history=(past,))
    with desk.turns.during(turn) as live:
        answer = await desk.call("validate_order_form", intent="ask_knowledge")
    assert answer == (200, {"events": [], "responses": []})
    assert live.progress is None


@pytest.mark.parametrize(
    ("text", "confidence", "said"),
    [
        ("how long is shipping", 0.5, [Found]),
        ("how long is shipping", 0.7, [AskSlot]),
        ("is it there soon", 0.5, [AskSlot]),
        ("how long is shipping of LL-10234", 0.5, [OrderTold]),
    ],
)
async def test_a_doubtful_guess_opens_no_form_where_an_article_surely_answers(
    desk: Desk, text: str, confidence: float, said: list[type]
) -> None:
    with desk.turns.during(a_turn(text)) as live:
        _, answer = await desk.call("validate_order_form", intent=("order_status", confidence))
    assert live.progress is not None
    assert [type(each) for each in live.progress.proposals] == said
    assert (live.progress.form is None) == (said != [AskSlot])
    assert len(answer["responses"]) == 1


@pytest.mark.parametrize("text", ["I don't want to return it", "is it too late to return it?", "我不想退货"])
async def test_what_only_speaks_of_a_wish_is_looked_up_however_sure_the_guess(desk: Desk, text: str) -> None:
    with desk.turns.during(a_turn(text)) as live:
        _, answer = await desk.call("validate_return_form", intent=("order_return", 0.99))
    assert live.progress is not None
    assert [type(each) for each in live.progress.proposals] == [Found]
    assert live.progress.form is None
    assert answer["events"][-1] == {"event": "active_loop", "name": None}


async def test_an_open_form_is_kept_however_doubtful_the_guess(desk: Desk) -> None:
    past = a_past("Where is my order?", Outcome.ASKED, active_form="order_form")
    with desk.turns.during(a_turn("how long is shipping", history=(past,))) as live:
        await desk.call("validate_order_form", intent=("order_status", 0.5))
    assert live.progress is None or live.progress.form == "order_form"


async def test_a_form_that_is_left_ends_in_rasa_too(desk: Desk) -> None:
    past = a_past("Where is my order?", Outcome.ASKED, active_form="order_form")
    with desk.turns.during(a_turn("never mind", history=(past,))):
        _, answer = await desk.call("validate_order_form", intent="deny")
    assert answer["events"] == [EMPTIED, {"event": "active_loop", "name": None}]


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
        live.progress = Progress((OrderTold(Order("LL-10234", OrderState.SHIPPED)),), None, {})
        status, _ = await desk.call(action, number="LL-10234")
    assert status == 200
    assert live.findings == [NotProven()]


async def test_a_mistake_of_ours_is_kept_with_the_turn(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def wrong(*_: object) -> None:
        raise IndexError("a bug")

    monkeypatch.setattr(Findings, "articles", wrong)
    with desk.turns.during(a_turn("How do I pay?")) as live:
        status, _ = await desk.call("action_ask_knowledge", intent="ask_knowledge")
        assert status == 500
        assert isinstance(live.mistake, IndexError)
