"""Who asks is proven in the conversation before anything changes; whoever knows a number and an address gets no further."""

from typing import Any

import pytest

from bot.contract import ChoseWay, Turn
from bot.doing import Doer
from bot.forms.kinds import REASON, form_of, pending
from bot.handing.brief import brief_of
from bot.handing.settings import HandingSettings
from bot.handing.telling import Telling
from bot.orders.asking import Asking, AskingSettings
from bot.proposals import Change, Changed, NotProven, Understanding, Wish
from bot.reply import AskBack, HandOff, Line
from core.clock import SystemClock
from core.ids import MessageId, TurnId
from core.limits import InProcessRateLimits, Rate
from core.order import Done, OrderState
from tests.bot.builders import TEXTS, a_turn, understood
from tests.bot.shop import CODE, OWNER, STATES, Talk, a_shop

WISHES = (
    "cancel order 10234",
    "change the delivery address of order 10234 to 1 Evil Road, 99999 Town",
    "I want to return order 48213",
    "I want a refund for order 48213",
    "帮我取消订单10234",
)


async def test_a_code_proves_the_customer_and_the_form_goes_on() -> None:
    talk = Talk(verified=False)
    assert await talk.hear("cancel order 10234") == ["bot-proof-ask-address"]
    assert await talk.hear(f"my mail is {OWNER}.") == ["bot-proof-ask-code"]
    assert talk.proof.sent == [OWNER]
    assert await talk.hear("How can I pay, by card?") == ["paying", "bot-proof-ask-code"]
    assert await talk.hear("111 111") == ["bot-proof-wrong"]
    assert await talk.hear("the code is 204-060") == ["bot-proof-right", "bot-confirm-cancel"]
    talk.verified = True
    assert await talk.hear("yes") == ["bot-done-cancel"]
    assert talk.state("LL-10234") is OrderState.CANCELLED


async def test_a_repeated_turn_takes_the_code_for_the_code_that_was_right() -> None:
    talk = Talk(verified=False)
    for text in ("I want to return order 48213", OWNER):
        await talk.hear(text)
    talk.verified = True
    assert await talk.hear(CODE) == ["bot-proof-right", "bot-order-ask-reason"]
    assert set(talk.history[-1].slots) == {"order_number", "orders"}
    assert await talk.hear("123456") == ["bot-order-ask-reason"]


async def test_the_address_and_the_attempt_are_forgotten_once_it_is_proven() -> None:
    talk = Talk(verified=False)
    for text in ("cancel order 10234", OWNER, CODE):
        await talk.hear(text)
    assert set(talk.history[-1].slots) == {"order_number", "orders"}


@pytest.mark.parametrize("wish", WISHES)
async def test_whoever_knows_number_and_address_changes_nothing(wish: str) -> None:
    talk = Talk(verified=False)
    before = {number: (talk.state(number), talk.address(number)) for number in STATES}
    said = [wish, OWNER, "yes", "I am the owner, just do it", "000000", "123456", "yes"]
    heard = [key for text in said for key in await talk.hear(text)]
    assert {number: (talk.state(number), talk.address(number)) for number in STATES} == before
    assert not [
        key for key in heard if key.startswith(("bot-confirm", "bot-done", "bot-waits", "bot-refused"))
    ]
    assert talk.wishes("LL-48213") == []


@pytest.mark.parametrize("wish", WISHES)
async def test_whoever_proves_an_address_of_their_own_gets_at_no_order_of_another(wish: str) -> None:
    talk = Talk(verified=False)
    talk.proof.reads = ("mallory@example.org",)
    for text in (wish, "mallory@example.org", CODE):
        await talk.hear(text)
    talk.verified, talk.emails = True, ("mallory@example.org",)
    heard: list[str] = []
    while talk.form is not None:
        heard += await talk.hear("no reason" if _asks(talk) == REASON else "yes")
    assert "bot-refused-not-yours" in heard
    assert talk.state("LL-10234") is OrderState.PLACED
    assert talk.address("LL-10234") == "1 Old Road, 12345 Town"
    assert talk.wishes("LL-48213") == []


def _asks(talk: Talk) -> str | None:
    form = form_of(talk.form)
    assert form is not None
    return pending(form, talk.history[-1].slots, verified=talk.verified)


async def test_the_state_of_an_order_is_all_that_its_number_opens() -> None:
    talk = Talk(verified=False)
    assert await talk.hear("Where is order 10234?") == ["bot-order-state-placed"]
    assert talk.proof.sent == []


async def test_guessing_ends_with_a_person() -> None:
    talk = Talk(verified=False)
    await talk.hear("cancel order 10234")
    await talk.hear(OWNER)
    assert await talk.hear("111111") == ["bot-proof-wrong"]
    assert await talk.hear("222222") == ["bot-proof-wrong"]
    assert await talk.hear("333333") == ["person: not_proven", "bot-proof-failed"]


async def test_a_code_that_came_too_late_ends_with_a_person() -> None:
    talk = Talk(verified=False)
    await talk.hear("cancel order 10234")
    await talk.hear(OWNER)
    talk.proof.over = True
    assert await talk.hear(CODE) == ["person: not_proven", "bot-proof-failed"]


@pytest.mark.parametrize("text", ["I did not get any mail", "send me a new code", "没收到"])
async def test_a_code_is_sent_again_and_to_another_address(text: str) -> None:
    talk = Talk(verified=False)
    await talk.hear("cancel order 10234")
    await talk.hear(OWNER)
    assert await talk.hear(text) == ["bot-proof-ask-code"]
    assert await talk.hear("ann.li@example.org") == ["bot-proof-ask-code"]
    assert talk.proof.sent == [OWNER, OWNER, "ann.li@example.org"]
    await talk.hear("send it again please")
    assert (await talk.hear("send it again please"))[0].startswith("person: ")


async def test_where_codes_go_to_is_an_address_of_a_customer() -> None:
    talk = Talk(verified=False)
    await talk.hear("cancel order 10234")
    assert await talk.hear("support@parley.example") == ["bot-proof-no-address"]
    assert await talk.hear(OWNER) == ["bot-proof-ask-code"]


@pytest.mark.parametrize(("letter", "offers"), [(True, True), (False, False)])
async def test_where_nothing_can_be_proven_a_person_takes_over(letter: bool, offers: bool) -> None:  # noqa: FBT001
    talk = Talk(verified=False, letter=letter)
    talk.proof.offers = offers
    assert await talk.hear("cancel order 10234") == ["person: not_proven", "bot-proof-impossible"]


async def test_a_letter_that_proves_its_sender_is_enough() -> None:
    talk = Talk(letter=True)
    await talk.hear("cancel order 10234")
    assert await talk.hear("yes") == ["bot-done-cancel"]


@pytest.mark.parametrize("wish", WISHES)
async def test_a_letter_that_anybody_may_have_written_gets_nothing(wish: str) -> None:
    talk = Talk(letter=True, verified=False)
    talk.proven = False
    assert (await talk.hear(wish))[0] == "person: not_proven"


@pytest.mark.parametrize("unproven", [{"verified": False}, {"proven": False}])
async def test_what_an_engine_proposes_is_not_done_for_who_is_not_proven(unproven: dict[str, Any]) -> None:
    orders = a_shop()
    change = Change(Wish.CANCEL, "LL-10234", "", "")
    known: dict[str, Any] = {"verified": True, "emails": (OWNER,)}

    async def done(turn: Turn) -> Understanding:
        return await Doer(orders).do(turn, understood(change), "en")

    assert (await done(a_turn(**(known | unproven)))).proposals == (NotProven(),)
    assert orders._orders["LL-10234"].state is OrderState.PLACED
    assert (await done(a_turn(**known))).proposals == (Changed(Wish.CANCEL, "LL-10234", Done()),)


async def test_nobody_is_told_anything_that_whoever_keeps_orders_did_not_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def gone(*_: object) -> None:
        raise OSError

    talk = Talk()
    await talk.hear("cancel order 10234")
    monkeypatch.setattr(talk.orders, "cancel", gone)
    assert await talk.hear("yes") == ["person: lookup_failed", "bot-change-unknown"]


async def test_an_agent_reads_of_the_form_what_people_may_read() -> None:
    talk = Talk(verified=False)
    await talk.hear("I want to return order 48213 because the shade is broken")
    await talk.hear(OWNER)
    thought = await talk.say("get me a human")
    assert isinstance(thought.reply, HandOff)
    brief = brief_of(talk.turn(""), thought.reply, thought.understood, "en", HandingSettings())
    assert brief.slots == {"order_number": "LL-48213", "reason": "the shade is broken"}


async def test_an_agent_reads_what_was_done_to_an_order_before_and_in_the_very_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def gone(*_: object) -> None:
        raise OSError

    telling, talk = Telling(TEXTS, HandingSettings()), Talk()
    for text in (
        "cancel order 10234",
        "yes",
        "cancel order 20871",
        "yes",
        "return order 48213 because it is too big",
    ):
        await talk.hear(text)
    monkeypatch.setattr(talk.orders, "request_return", gone)
    turn = talk.turn("yes")
    thought = await talk.say("yes")
    assert isinstance(thought.reply, HandOff)
    brief = telling.handoff(turn, thought.reply, thought.understood, "en")
    assert [step for step in brief.steps if step[0] != "asked"] == [
        ("changed", "cancel LL-10234"),
        ("refused", "cancel LL-20871"),
        ("told", ""),
        ("unknown", "return LL-48213"),
    ]
    assert "cancelled order LL-10234" in brief.summary
    assert "LL-48213, and does not know whether it was done" in brief.summary
    assert "已取消订单 LL-10234" in telling.summed_up(brief, "zh").summary


async def test_a_turn_that_is_repeated_changes_nothing_twice_and_says_the_same() -> None:
    doer, change = Doer(a_shop()), Change(Wish.CANCEL, "LL-10234", "", "")
    known: dict[str, Any] = {"verified": True, "emails": (OWNER,)}
    turns = [a_turn(id=TurnId(name), message=MessageId("m1"), **known) for name in ("t1", "t2")]
    said = [(await doer.do(turn, understood(change), "en")).proposals for turn in turns]
    assert said[0] == said[1] == (Changed(Wish.CANCEL, "LL-10234", Done()),)


ACCOUNT = "Telegram (A…)"


async def asked_for_the_way() -> Talk:
    """Whose order has a customer with an account."""
    talk = Talk(verified=False)
    talk.proof.account = ACCOUNT
    await talk.hear("cancel order 10234")
    return talk


async def test_where_the_customer_has_an_account_they_choose_where_the_code_goes() -> None:
    talk = Talk(verified=False)
    talk.proof.account = ACCOUNT
    reply = (await talk.say("cancel order 10234")).reply
    assert isinstance(reply, AskBack)
    assert reply.pieces == (Line("bot-proof-ask-way", {"account": ACCOUNT}),)
    assert [each.chosen for each in reply.offers] == [ChoseWay(True, ACCOUNT), ChoseWay(False)]
    assert await talk.press(ChoseWay(True)) == ["bot-proof-ask-code-there"]
    assert await talk.hear(CODE) == ["bot-proof-right", "bot-confirm-cancel"]
    assert set(talk.history[-1].slots) == {"order_number", "orders"}


@pytest.mark.parametrize(
    "text",
    ["1", "telegram", "to my Telegram please", "发到我的telegram吧", "the first one", "send it to telegram"],
)
async def test_the_account_may_be_chosen_in_words(text: str) -> None:
    talk = await asked_for_the_way()
    assert await talk.hear(text) == ["bot-proof-ask-code-there"]


@pytest.mark.parametrize("text", ["2", "by mail", "e-mail please", "用邮箱吧", "rather by e-mail", "邮件"])
async def test_mail_may_be_chosen_in_words(text: str) -> None:
    talk = await asked_for_the_way()
    assert await talk.hear(text) == ["bot-proof-ask-address"]
    assert await talk.hear(OWNER) == ["bot-proof-ask-code"]
    assert await talk.hear(CODE) == ["bot-proof-right", "bot-confirm-cancel"]


@pytest.mark.parametrize(
    "text", ["I have no telegram", "not telegram", "what is telegram?", "我没有telegram"]
)
async def test_whoever_does_not_want_a_code_there_gets_none(text: str) -> None:
    talk = await asked_for_the_way()
    await talk.hear(text)
    assert talk.proof.sent == []


async def test_an_address_that_is_written_at_once_is_taken() -> None:
    talk = await asked_for_the_way()
    assert await talk.hear(OWNER) == ["bot-proof-ask-code"]


async def test_a_code_that_did_not_come_goes_there_again_or_by_mail() -> None:
    talk = await asked_for_the_way()
    await talk.hear("telegram")
    assert await talk.hear("I did not get any code") == ["bot-proof-ask-code-there"]
    assert await talk.hear("by mail then") == ["bot-proof-ask-address"]
    assert await talk.hear("ann.li@example.org") == ["bot-proof-ask-code"]
    assert talk.proof.sent == [OWNER, OWNER, "ann.li@example.org"]


async def test_where_the_account_cannot_be_reached_it_goes_by_mail_and_else_a_person_takes_over() -> None:
    talk = await asked_for_the_way()
    talk.proof.reached = False
    assert await talk.hear("telegram") == ["bot-proof-account-failed"]
    assert await talk.hear("How can I pay, by card?") == ["paying", "bot-proof-ask-address"]
    assert await talk.hear(OWNER) == ["bot-proof-ask-code"]
    alone = Talk(verified=False)
    alone.proof.account, alone.proof.offers, alone.proof.reached = ACCOUNT, False, False
    assert await alone.hear("cancel order 10234") == ["bot-proof-ask-account"]
    assert await alone.hear("yes please") == ["person: not_proven", "bot-proof-failed"]


async def test_an_account_is_named_for_the_very_order_that_it_belongs_to() -> None:
    talk = await asked_for_the_way()
    talk.proof.account = None
    assert await talk.hear("no, I meant order 20871") == ["bot-proof-ask-address"]


async def test_who_tries_too_many_numbers_learns_of_no_account() -> None:
    talk = Talk(verified=False)
    talk.proof.account = ACCOUNT
    few = AskingSettings(by_contact=Rate(burst=1, per_s=0.001))
    talk.findings._asking = Asking(InProcessRateLimits(SystemClock()), few)
    await talk.hear("where is order 20871?")
    assert await talk.hear("cancel order 10234") == ["bot-proof-ask-address"]


async def test_a_button_for_a_code_that_is_not_asked_for_sends_none() -> None:
    talk = Talk(verified=False)
    talk.proof.account = ACCOUNT
    assert await talk.press(ChoseWay(True)) == ["bot-choice-gone"]
    await talk.hear("cancel order 10234")
    assert await talk.press(ChoseWay(True)) == ["bot-proof-ask-code-there"]
    assert await talk.press(ChoseWay(False)) == ["bot-proof-ask-address"]
    assert talk.proof.sent == [OWNER]


async def test_as_many_codes_may_be_tried_as_the_customer_was_told() -> None:
    talk = Talk(verified=False)
    talk.handing, talk.proof.tries = HandingSettings(), 5
    for text in ("cancel order 10234", OWNER):
        await talk.hear(text)
    for left in ("4", "3", "2", "1"):
        reply = (await talk.say(f"11111{left}")).reply
        assert isinstance(reply, AskBack)
        assert reply.pieces[0] == Line("bot-proof-wrong", {"left": left})
    assert await talk.hear("111110") == ["person: not_proven", "bot-proof-failed"]


async def test_a_code_that_is_typed_once_more_is_taken_kindly() -> None:
    talk = Talk(verified=False)
    for text in ("change the address of order 10234", OWNER, CODE):
        await talk.hear(text)
    talk.verified = True
    assert await talk.hear("204 060") == ["bot-proof-already", "bot-order-ask-address"]
    assert await talk.hear("12 Hill Road, 204060 Springfield") == ["bot-confirm-address"]
    assert await talk.hear(CODE) == ["bot-proof-already", "bot-confirm-address"]
    assert await talk.hear("yes") == ["bot-done-address"]
    assert await talk.hear(CODE) == ["bot-proof-already"]
    assert await talk.hear("123456") != ["bot-proof-already"]
