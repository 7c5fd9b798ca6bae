"""Who tries order numbers learns of a few at most, by themselves or together with others; their own are never counted."""

from bot.contract import Turn
from bot.findings import Findings
from bot.orders.asking import Asking, AskingSettings
from bot.orders.contract import OrderFormat
from bot.proposals import NumberRefused, OrderTold, ProofFailed
from bot.rasa_wire import tracker_events
from core.ids import ContactId, InboxId
from core.limits import InProcessRateLimits, Rate
from tests.bot.builders import SmallKnowledge, a_turn
from tests.bot.shop import CODE, OWNER, Talk, a_shop
from tests.builders import ManualClock

DAY = 86_400
FEW = AskingSettings(by_contact=Rate(2, 2 / DAY), by_inbox=Rate(3, 3 / 3600))
MALLORY = a_turn(contact=ContactId("mallory"), inbox=InboxId("shop"))
EVE = a_turn(contact=ContactId("eve"), inbox=InboxId("shop"))


def findings(clock: ManualClock) -> Findings:
    asking = Asking(InProcessRateLimits(clock), FEW)
    return Findings(SmallKnowledge(), a_shop(), OrderFormat(), asking=asking)


async def test_a_stranger_hears_of_a_few_orders_a_day() -> None:
    clock = ManualClock()
    found = findings(clock)
    assert isinstance(await found.order(MALLORY, "10234"), OrderTold)
    assert isinstance(await found.order(MALLORY, "99999"), NumberRefused)
    for number in ("20871", "88888"):
        assert await found.order(MALLORY, number) == ProofFailed()
    assert isinstance(await found.order(MALLORY, "10234"), OrderTold)
    clock.forward(DAY)
    assert isinstance(await found.order(MALLORY, "20871"), OrderTold)


async def test_all_strangers_of_an_inbox_together_hear_of_some_an_hour() -> None:
    clock = ManualClock()
    found = findings(clock)
    for turn, number in ((MALLORY, "10234"), (MALLORY, "20871"), (EVE, "48213")):
        assert isinstance(await found.order(turn, number), OrderTold)
    assert await found.order(EVE, "10877") == ProofFailed()
    clock.forward(3600)
    assert isinstance(await found.order(EVE, "10877"), OrderTold)


def fresh(number: int, network: str | None = "their network") -> Turn:
    """Somebody who was never here before."""
    return a_turn(contact=ContactId(f"c{number}"), inbox=InboxId("shop"), network=network)


async def test_fresh_sessions_from_one_network_hear_of_a_few_orders_an_hour_together() -> None:
    clock = ManualClock()
    found = Findings(SmallKnowledge(), a_shop(), OrderFormat(), asking=Asking(InProcessRateLimits(clock)))
    for each in range(20):
        assert isinstance(await found.order(fresh(each), str(70_000 + each)), NumberRefused)
    # Whether there is one or not.
    for number in ("10234", "99999"):
        assert await found.order(fresh(21), number) == ProofFailed()
    assert isinstance(await found.order(fresh(0), "70000"), NumberRefused)
    assert isinstance(await found.order(fresh(21, "another"), "10234"), OrderTold)
    assert isinstance(await found.order(fresh(22, None), "10234"), OrderTold)
    clock.forward(3600)
    assert isinstance(await found.order(fresh(21), "10234"), OrderTold)


async def test_who_proved_that_they_are_theirs_hears_of_them_all() -> None:
    found = findings(ManualClock())
    olive = a_turn(verified=True, emails=(OWNER,))
    for number in ("10234", "20871", "48213", "10877"):
        assert isinstance(await found.order(olive, number), OrderTold)


async def who_asked_too_much() -> Talk:
    talk = Talk(verified=False)
    turn = talk.turn("")
    for other in range(10):
        await talk.findings.order(turn, str(70_000 + other))
    return talk


async def test_beyond_it_a_change_and_a_question_start_with_the_proof() -> None:
    talk = await who_asked_too_much()
    for number in ("10234", "99999"):
        assert await talk.hear(f"cancel order {number}") == ["bot-proof-ask-address"]
        assert await talk.hear("never mind") == ["bot-request-stopped"]
    assert await talk.hear("Where is order 10234?") == ["bot-proof-ask-address"]
    assert await talk.hear("How can I pay, by card?") == ["paying", "bot-proof-ask-address"]
    assert await talk.hear(OWNER) == ["bot-proof-ask-code"]
    assert await talk.hear("111111") == ["bot-proof-wrong"]
    assert await talk.hear(CODE) == ["bot-proof-right", "bot-order-state-placed"]
    assert talk.form is None
    assert set(talk.history[-1].slots) == {"order_number"}


async def test_beyond_it_nothing_is_told_of_what_is_not_theirs_or_is_not_there() -> None:
    for number in ("10234", "99999"):
        talk = await who_asked_too_much()
        talk.proof.reads = ("mallory@example.org",)
        assert await talk.hear(f"Where is order {number}?") == ["bot-proof-ask-address"]
        await talk.hear("mallory@example.org")
        assert await talk.hear(CODE) == ["bot-proof-right", "bot-order-not-yours"]


async def test_beyond_it_a_repeated_turn_says_the_same() -> None:
    talk = await who_asked_too_much()
    for text in ("Where is order 10234?", OWNER):
        await talk.hear(text)
    talk.verified = True
    assert await talk.hear(CODE) == ["bot-proof-right", "bot-order-state-placed"]


async def test_beyond_it_a_person_takes_over_where_nothing_can_be_proven() -> None:
    talk = await who_asked_too_much()
    talk.proof.offers = False
    assert await talk.hear("Where is order 10234?") == ["person: not_proven", "bot-proof-impossible"]


async def test_beyond_it_the_state_is_told_after_the_proof_that_a_change_needs() -> None:
    talk = await who_asked_too_much()
    await talk.hear("cancel order 10234")
    assert await talk.hear("and where is order 20871?") == ["bot-proof-ask-address"]
    await talk.hear(OWNER)
    await talk.hear(CODE)
    talk.verified = True
    assert await talk.hear("yes") == ["bot-done-cancel", "bot-order-state-shipped"]


async def test_to_rasa_the_number_is_not_accepted_before_the_proof() -> None:
    talk = await who_asked_too_much()
    await talk.hear("Where is order 10234?")
    slots = {each["name"]: each["value"] for each in tracker_events(talk.turn("")) if each["event"] == "slot"}
    assert slots == {"requested_slot": "order_number"}
