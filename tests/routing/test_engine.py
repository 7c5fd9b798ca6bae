"""Who is offered what, told in small scenes."""

from dataclasses import replace

from core.agent import PresenceState
from core.ids import AgentId, QueueId
from routing.engine import AgentChanged, AgentRemoved, Arrived, Declined, Engine, Offer, Removed, StepDue
from routing.plan import Plan, QueuePolicy
from routing.policies.indexed import Index
from routing.policies.ordered import EarliestDeadline
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.why import Why
from tests.routing.values import NINE, after, an_item, needs, somebody


def an_engine(*agents: AgentState) -> Engine:
    made = Engine(Plan(QueuePolicy(EarliestDeadline())))
    assert made.feed([AgentChanged(NINE, agent) for agent in agents]) == []
    return made


def arrive(engine: Engine, item: QueueItem, at: float = 0) -> list[str]:
    return names(engine.feed([Arrived(after(at), item)]))


def names(offers: list[Offer]) -> list[str]:
    return [f"{offer.item.conversation} to {offer.agent}" for offer in offers]


def test_a_conversation_is_offered_at_once_when_an_agent_is_free() -> None:
    assert arrive(an_engine(somebody("ada")), an_item("c1")) == ["c1 to ada"]


def test_it_waits_for_an_agent_who_comes_later() -> None:
    engine = an_engine()
    assert arrive(engine, an_item("c1")) == []
    assert names(engine.feed([AgentChanged(after(9), somebody("ada"))])) == ["c1 to ada"]


def test_only_members_of_the_queue_are_offered_its_work() -> None:
    engine = an_engine(somebody("ada", queues=frozenset({QueueId("billing")})))
    assert arrive(engine, an_item("c1")) == []


def test_only_who_has_the_skill_at_the_level_is_offered_it() -> None:
    engine = an_engine(somebody("ada", {"chinese": 2}), somebody("bob", {"chinese": 3}))
    assert arrive(engine, an_item("c1", needs("chinese", 3))) == ["c1 to bob"]


def test_a_skill_that_relaxes_lets_others_have_it_later() -> None:
    engine = an_engine(somebody("ada"))
    assert arrive(engine, an_item("c1", needs("chinese", 3, drop_after_s=20))) == []
    assert engine.next_step() == after(20)
    assert names(engine.feed([StepDue(after(19))])) == []
    assert names(engine.feed([StepDue(after(20))])) == ["c1 to ada"]


def test_nobody_is_offered_more_than_they_can_hold() -> None:
    engine = an_engine(somebody("ada", capacity=3, load=2))
    assert arrive(engine, an_item("c1", weight=2)) == []
    assert arrive(engine, an_item("c2", weight=1)) == ["c2 to ada"]
    assert arrive(engine, an_item("c3", weight=1)) == []


def test_who_is_busy_away_or_gone_is_offered_nothing() -> None:
    for state in set(PresenceState) - {PresenceState.AVAILABLE}:
        assert arrive(an_engine(somebody("ada", presence=state)), an_item("c1")) == []
    assert arrive(an_engine(somebody("ada", active=False)), an_item("c1")) == []


def test_the_earlier_deadline_goes_first_then_the_higher_priority_then_the_longer_wait() -> None:
    engine = an_engine()
    for item in (
        an_item("third", deadline=after(60), entered_at=after(2)),
        an_item("fourth", deadline=after(90), entered_at=after(0), priority=1),
        an_item("second", deadline=after(60), entered_at=after(1)),
        an_item("first", deadline=after(60), entered_at=after(3), priority=1),
    ):
        arrive(engine, item)
    offers = engine.feed([AgentChanged(after(5), somebody("ada", capacity=9))])
    assert names(offers) == ["first to ada", "second to ada", "third to ada", "fourth to ada"]


def test_what_has_no_target_is_not_passed_for_ever() -> None:
    engine = an_engine()
    arrive(engine, an_item("old", deadline=None))
    arrive(engine, an_item("new", deadline=after(700), entered_at=after(650)), at=650)
    assert names(engine.feed([AgentChanged(after(651), somebody("ada", capacity=1))])) == ["old to ada"]


def test_the_least_loaded_share_of_capacity_gets_it() -> None:
    engine = an_engine(somebody("ada", capacity=2, load=1), somebody("bob", capacity=6, load=2))
    [offer] = engine.feed([Arrived(NINE, an_item("c1"))])
    assert (offer.agent, offer.why) == ("bob", Why.LEAST_LOADED)


def test_among_equals_the_longest_idle_gets_it() -> None:
    engine = an_engine(somebody("ada", idle_since=after(-5)), somebody("bob", idle_since=after(-50)))
    [offer] = engine.feed([Arrived(NINE, an_item("c1"))])
    assert (offer.agent, offer.why) == ("bob", Why.LONGEST_IDLE)


def test_the_agent_who_knows_the_customer_gets_it_if_free() -> None:
    engine = an_engine(somebody("ada"), somebody("bob", load=2))
    [offer] = engine.feed([Arrived(NINE, an_item("c1", preferred=AgentId("bob")))])
    assert (offer.agent, offer.why) == ("bob", Why.PREVIOUS_AGENT)
    assert [each.id for each in offer.candidates] == ["bob", "ada"]


def test_a_declined_offer_goes_to_somebody_else_and_keeps_its_place() -> None:
    engine = an_engine(somebody("ada"), somebody("bob", idle_since=after(10)))
    item = an_item("c1", deadline=after(60))
    [offer] = engine.feed([Arrived(after(20), item)])
    [again] = engine.feed([Declined(after(25), offer.item.conversation, offer.agent)])
    assert (offer.agent, again.agent) == ("ada", "bob")
    assert (again.item.entered_at, again.item.deadline) == (item.entered_at, item.deadline)


def test_who_declined_is_asked_again_only_when_nobody_else_is_left_and_after_a_pause() -> None:
    engine = an_engine(somebody("ada"), somebody("bob", load=3))
    arrive(engine, an_item("c1"))
    assert engine.feed([Declined(after(1), an_item("c1").conversation, AgentId("ada"))]) == []
    assert engine.feed([StepDue(after(500))]) == [], "bob is only full: it waits for him"
    gone = replace(somebody("bob", load=3), presence=PresenceState.OFFLINE)
    [offer] = engine.feed([AgentChanged(after(501), gone)])
    assert (offer.agent, offer.why) == ("ada", Why.OFFERED_AGAIN)


def test_the_last_one_left_has_a_pause_before_being_asked_again() -> None:
    engine = an_engine(somebody("ada"))
    arrive(engine, an_item("c1"))
    assert engine.feed([Declined(after(1), an_item("c1").conversation, AgentId("ada"))]) == []
    assert engine.next_step() == after(31)
    assert names(engine.feed([StepDue(after(31))])) == ["c1 to ada"]


def test_what_is_already_offered_is_not_offered_to_a_second_agent() -> None:
    engine = an_engine(somebody("ada"))
    assert engine.feed([Arrived(NINE, an_item("c1"), offered_to=AgentId("bob"))]) == []


def test_a_conversation_that_left_the_queue_is_not_offered() -> None:
    engine = an_engine()
    arrive(engine, an_item("c1"))
    engine.feed([Removed(after(1), an_item("c1").conversation)])
    assert engine.feed([AgentChanged(after(2), somebody("ada"))]) == []


def test_an_agent_who_was_removed_is_offered_nothing() -> None:
    engine = an_engine(somebody("ada"))
    engine.feed([AgentRemoved(NINE, AgentId("ada"))])
    assert arrive(engine, an_item("c1")) == []


def test_a_deadline_that_moves_moves_the_place_in_the_line() -> None:
    engine = an_engine()
    for name, due in (("c1", 10), ("c2", 20), ("c3", 40)):
        arrive(engine, an_item(name, deadline=after(due)))
    arrive(engine, an_item("c1", deadline=after(30)), at=1)
    offers = engine.feed([AgentChanged(after(2), somebody("ada"))])
    assert names(offers) == ["c2 to ada", "c1 to ada", "c3 to ada"]


def test_several_arrivals_at_once_are_served_in_their_order() -> None:
    engine = an_engine(somebody("ada", capacity=1))
    facts = [
        Arrived(NINE, an_item("later", deadline=after(90))),
        Arrived(NINE, an_item("sooner", deadline=after(9))),
    ]
    assert names(engine.feed(facts)) == ["sooner to ada"]


def test_one_conversation_whose_worth_is_no_number_stops_nobody() -> None:
    engine = Engine(Plan(QueuePolicy(Index(point_factor=1e200))))
    engine.feed([AgentChanged(NINE, somebody("ada")), AgentChanged(NINE, somebody("bob"))])
    assert arrive(engine, replace(an_item("c1"), priority=100)) == ["c1 to ada"]
    assert arrive(engine, an_item("c2"), 1) == ["c2 to bob"]
