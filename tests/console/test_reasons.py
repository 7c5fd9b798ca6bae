"""Why an agent was asked, as the console tells it: of decisions as they are stored now, and as they were before."""

from typing import Any

import msgspec

from console.queries.reasons import Labels, candidates_of, reason_of
from core.ids import AgentId
from routing.engine import AgentChanged, Arrived, Engine
from routing.ladder import Ladder, Step
from routing.reason import by_hand, of_offer, of_standby
from routing.why import Why
from tests.routing.values import after, an_item, needs, somebody

NAMES = {"ada": "Ada", "bob": "Bob", "sue": "Sue"}
LABELS = Labels({"low": "Marta", "gold": "Jonas"}, {"general": "General"})


def stored(form: Any) -> dict[str, Any]:
    """As it comes back from the database."""
    back: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(form))
    return back


def contest() -> dict[str, Any]:
    engine = Engine()
    for name, worth in (("low", 1.0), ("gold", 4.0)):
        engine.feed([Arrived(after(0), an_item(name, worth=worth, deadline=after(60), target_s=60.0))])
    (offer,) = engine.feed([AgentChanged(after(20), somebody("ada", capacity=1))])
    return stored(of_offer(offer, 5))


def test_the_conversations_that_competed_are_named_with_what_they_were_measured_by() -> None:
    reason = reason_of(contest(), NAMES, LABELS)
    assert (reason.trigger, reason.policy, reason.competed) == ("agent", "index", 2)
    assert [(each.name, each.phase, each.waited_s, each.slack_s) for each in reason.rivals] == [
        ("Jonas", "on_time", 20, 40),
        ("Marta", "on_time", 20, 40),
    ]
    assert reason.rivals[0].index > reason.rivals[1].index


def test_a_live_offer_says_nothing_of_other_conversations() -> None:
    assert reason_of(contest(), NAMES).rivals == ()


def test_the_agents_are_named_with_their_levels_and_the_step_that_asked_for_them() -> None:
    item = an_item("c1", needs("german", 3), needs("refunds", 2, drop_after_s=30))
    engine = Engine()
    for name, levels in (("ada", {"german": 4, "refunds": 2}), ("bob", {"german": 3, "refunds": 5})):
        engine.feed([AgentChanged(after(0), somebody(name, levels))])
    (offer,) = engine.feed([Arrived(after(5), item)])
    reason = reason_of(stored(of_offer(offer, 5)), NAMES, LABELS)
    assert reason.candidates[0].skills == {"german": 4, "refunds": 2}
    assert [each.name for each in reason.candidates] == ["Ada", "Bob"]
    assert (reason.asked, reason.step, reason.steps, reason.considered) == (
        {"german": 3, "refunds": 2},
        0,
        2,
        2,
    )


def test_who_is_asked_by_name_is_said_to_be() -> None:
    ladder = Ladder((), (Step((), frozenset({AgentId("bob")}), 30), Step()))
    engine = Engine()
    engine.feed([AgentChanged(after(0), somebody(name)) for name in ("ada", "bob")])
    (offer,) = engine.feed([Arrived(after(5), an_item("c1", ladder=ladder, entered_at=after(5)))])
    reason = reason_of(stored(of_offer(offer, 5)), NAMES, LABELS)
    assert (reason.candidates[0].name, reason.by_name) == ("Bob", True)


def test_what_somebody_did_by_hand_names_them_and_what_they_set_aside() -> None:
    agent = somebody("ada", queues=frozenset())
    form = stored(by_hand(Why.ASSIGNED, an_item("c1", needs("german", 3)), agent, AgentId("sue"), after(9)))
    reason = reason_of(form, NAMES)
    assert (reason.code, reason.by, reason.overridden) == ("assigned", "Sue", ("queue", "skill:german"))
    assert candidates_of(form) == {"ada", "sue"}


def test_who_stood_by_is_told_who_was_asked_first() -> None:
    form = stored(of_standby(an_item("c1"), somebody("bob"), after(9), after=AgentId("ada")))
    reason = reason_of(form, NAMES)
    assert (reason.code, reason.after, reason.waited_s) == ("standby", "Ada", 9)


def test_a_reason_of_the_older_form_is_still_told() -> None:
    old = {
        "v": 1,
        "code": "least_loaded",
        "queue": "general",
        "waited_s": 40,
        "due_s": None,
        "considered": 1,
        "requirements": [],
        "candidates": [{"agent": "bob", "index": 0.5, "idle_s": 3, "skills": {"german": 3}}],
    }
    reason = reason_of(old, NAMES, LABELS)
    assert (reason.code, reason.waited_s, reason.trigger, reason.rivals) == ("least_loaded", 40, None, ())
    (bob,) = reason.candidates
    assert (bob.name, bob.index, bob.skills) == ("Bob", 0.5, {"german": 3})
