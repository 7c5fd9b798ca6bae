"""When each promise starts, stands still, stops, and when it is missed."""

from dataclasses import replace
from datetime import datetime

import pytest

from core.conversation import Cause
from core.events import (
    ConversationStarted,
    Event,
    HandlerChanged,
    MessageReceived,
    ReplyQueued,
    StatusChanged,
)
from core.ids import AgentId, ContactId, ConversationId, InboxId, MessageId, SLAPolicyId
from routing import sla
from routing.calendar import BusinessHours, Interval
from routing.promises import Clocks, moved
from routing.sla import Policy, SlaClock, Target
from tests.routing.values import NINE, after

ONE, ADA, MESSAGE = ConversationId("c1"), AgentId("ada"), MessageId("m1")
POLICY = Policy(SLAPolicyId("gold"), "Gold", first_response_s=60, next_response_s=120, resolution_s=3600)
STARTED = ConversationStarted(ONE, ContactId("x"), InboxId("web"))


def handed(handler: str, cause: Cause = Cause.HANDED_OFF) -> HandlerChanged:
    return HandlerChanged(ONE, handler, None, None, None, 1, cause.value, None)


def wrote(handler: str = "agent") -> MessageReceived:
    return MessageReceived(ONE, MESSAGE, handler, 1)


def replied(author: str = "agent") -> ReplyQueued:
    return ReplyQueued(ONE, MESSAGE, author, InboxId("web"))


def turned(status: str) -> StatusChanged:
    return StatusChanged(ONE, status, None, None, None)


def course(*events: tuple[float, Event]) -> Clocks:
    """What a course of events, with their seconds after nine, leaves the clocks at."""
    clocks: Clocks = {}
    for seconds, event in events:
        clocks = moved(clocks, event, after(seconds))
    return clocks


def due(clocks: Clocks) -> dict[str, float]:
    """Seconds after nine at which each running target is missed."""
    found = {target.value: sla.due(clock, POLICY) for target, clock in clocks.items()}
    return {target: (when - NINE).total_seconds() for target, when in found.items() if when is not None}


BOT_FIRST = ((0, STARTED), (0, wrote("bot")), (5, replied("bot")), (10, wrote("bot")), (20, handed("queue")))
PERSON_ANSWERED = (*BOT_FIRST, (30, handed("agent", Cause.OFFER_ACCEPTED)), (50, replied()))


def test_first_response_runs_from_the_hand_over_and_the_bot_does_not_stop_it() -> None:
    assert due(course(*BOT_FIRST)) == {"first": 80, "resolution": 3600}
    assert due(course(*BOT_FIRST, (21, replied("bot"))))["first"] == 80


def test_without_a_bot_it_runs_from_arrival() -> None:
    clocks = course((0, STARTED), (0, handed("queue", Cause.NO_BOT)), (0, wrote("queue")))
    assert due(clocks) == {"first": 60, "resolution": 3600}


def test_while_the_bot_answers_nobody_owes_a_response() -> None:
    assert due(course(*BOT_FIRST[:4])) == {"resolution": 3600}


def test_a_persons_first_message_meets_it_and_another_hand_does_not_start_it_again() -> None:
    assert due(course(*PERSON_ANSWERED)) == {"resolution": 3600}
    assert "first" not in due(course(*PERSON_ANSWERED, (60, handed("queue", Cause.TRANSFERRED))))


def test_a_second_hand_over_by_the_bot_starts_it_again() -> None:
    again = course(*PERSON_ANSWERED, (60, handed("bot", Cause.RETURNED_TO_BOT)), (70, handed("queue")))
    assert due(again)["first"] == 130


def test_a_transfer_before_the_first_answer_keeps_the_start() -> None:
    assert due(course(*BOT_FIRST, (40, handed("queue", Cause.TRANSFERRED))))["first"] == 80


def test_next_response_runs_from_the_customers_first_message_after_ours() -> None:
    asked = (*PERSON_ANSWERED, (100, wrote()), (110, wrote()))
    assert due(course(*asked))["next"] == 220
    assert "next" not in due(course(*asked, (150, replied())))
    assert due(course(*asked, (150, replied()), (200, wrote())))["next"] == 320


def test_before_the_first_answer_another_message_owes_nothing_more() -> None:
    assert due(course(*BOT_FIRST, (25, wrote("queue")))) == {"first": 80, "resolution": 3600}


def test_who_writes_first_owes_no_first_response_but_the_next() -> None:
    wrote_first = ((0, STARTED), (0, handed("agent", Cause.WROTE_FIRST)), (1, replied()))
    assert due(course(*wrote_first)) == {"resolution": 3600}
    assert due(course(*wrote_first, (100, wrote())))["next"] == 220


def test_all_but_first_response_stand_still_while_waiting() -> None:
    clocks = course(*PERSON_ANSWERED, (100, wrote()), (130, turned("waiting")))
    assert due(clocks) == {}
    for start in (turned("open"), turned("open")):
        clocks = moved(clocks, start, after(1130))
    assert due(clocks) == {"next": 1220, "resolution": 4600}
    assert due(course(*BOT_FIRST, (25, turned("snoozed")))) == {"first": 80}


def test_resolving_stops_everything_and_opening_again_goes_on_with_what_was_left() -> None:
    resolved = (*PERSON_ANSWERED, (600, turned("resolved")))
    assert due(course(*resolved)) == {}
    reopened = course(*resolved, (10_600, turned("open")), (10_600, handed("queue", Cause.REOPENED)))
    assert due(reopened) == {"resolution": 13_600}
    assert due(moved(reopened, wrote("queue"), after(10_600)))["next"] == 10_720


def test_another_policy_measures_from_the_same_start() -> None:
    clock = SlaClock(Target.FIRST, NINE)
    silver = Policy(SLAPolicyId("silver"), "Silver", 300, None, None)
    assert (sla.due(clock, POLICY), sla.due(clock, silver)) == (after(60), after(300))
    assert sla.due(SlaClock(Target.NEXT, NINE), silver) is None
    assert sla.due(clock, None) is None


def test_a_pause_counts_only_the_business_time_in_it() -> None:
    """Friday 16:50 with an hour promised; waiting from 17:30, after closing, to Monday 09:30."""
    hours = BusinessHours("UTC", (((Interval(540, 1020)),),) * 5 + ((), ()))
    policy = Policy(SLAPolicyId("x"), "X", None, 3600, None, hours)
    friday = datetime.fromisoformat("2026-03-06T16:50:00+00:00")
    clock = sla.pause(SlaClock(Target.NEXT, friday), datetime.fromisoformat("2026-03-06T17:30:00+00:00"))
    clock = sla.resume(clock, datetime.fromisoformat("2026-03-09T09:30:00+00:00"))
    assert sla.due(clock, policy) == datetime.fromisoformat("2026-03-09T10:20:00+00:00")


def test_a_target_is_missed_at_its_time_and_told_once() -> None:
    clock = SlaClock(Target.FIRST, NINE)
    assert sla.miss(clock, POLICY, after(59)) == clock
    missed = sla.miss(clock, POLICY, after(60))
    assert missed.missed_at == after(60)
    later = Policy(SLAPolicyId("silver"), "Silver", 300, None, None)
    assert sla.miss(missed, POLICY, after(900)) == sla.miss(missed, later, after(900)) == missed


def test_what_stands_still_or_has_stopped_is_not_missed() -> None:
    clock = SlaClock(Target.NEXT, NINE)
    for still in (sla.pause(clock, after(5)), sla.stop(clock, after(5))):
        assert sla.miss(still, POLICY, after(9000)) == still


def test_the_warning_comes_at_its_share_of_the_target_and_moves_with_the_pauses() -> None:
    warned = replace(POLICY, warn_share=0.75)
    clock = SlaClock(Target.NEXT, NINE)
    assert sla.near_at(clock, warned) == after(90)
    assert sla.near_at(clock, replace(warned, warn_share=1.0)) is None
    later = sla.resume(sla.pause(clock, after(30)), after(1030))
    assert (sla.near_at(later, warned), sla.due(later, warned)) == (after(1090), after(1120))
    assert sla.warn(clock, warned, after(89)) == clock
    told = sla.warn(clock, warned, after(91))
    assert told.warned_at == after(91)
    assert sla.warn(told, warned, after(100)) == told


def test_what_stands_still_after_the_deadline_does_not_move_it() -> None:
    clock = sla.resume(sla.pause(SlaClock(Target.NEXT, NINE), after(130)), after(1000))
    assert sla.due(clock, POLICY) == after(120)


def test_what_presses_most_is_due_first_and_knows_its_target_and_worth() -> None:
    policy = replace(POLICY, worth=4.0)
    due_at = {Target.FIRST: after(60), Target.NEXT: None, Target.RESOLUTION: after(60)}
    assert sla.pressing(due_at, policy) == sla.Pressing(after(60), 60, 4.0)
    assert sla.pressing({Target.FIRST: None}, policy) is sla.pressing(due_at, None) is None


@pytest.mark.parametrize("change", [sla.pause, sla.resume, sla.stop, sla.go_on])
def test_doing_it_twice_is_doing_it_once(change: object) -> None:
    assert callable(change)
    for clock in (SlaClock(Target.NEXT, NINE), sla.pause(SlaClock(Target.NEXT, NINE), after(1))):
        once = change(clock, after(10))
        assert change(once, after(20)) == once
