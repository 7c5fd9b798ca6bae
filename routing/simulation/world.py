"""The world around the engine, under a virtual clock: people come, agents accept and finish, the patient and the others go."""

import heapq
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from routing import engine as facts
from routing.engine import Fact, Offer
from routing.queue import QueueItem
from routing.simulation.coming import NEVER, SECOND, Traffic, lots, overtime_s
from routing.simulation.desk import START, Desk, moment, pace
from routing.simulation.laws import Uniform
from routing.simulation.ringing import answer_s
from routing.simulation.scenario import Scenario
from routing.simulation.shifts import spans, within

PENDING, ANSWERED, ABANDONED = 0, 1, 2
_FAR = 1 << 62
_SCALE = 1 << 53
# What happens first at the same instant: shifts, ends and answers before arrivals, arrivals before those who go.
_ON, _OFF, _BACK, _FINISHED, _ACCEPTED, _MISSED, _GONE = range(7)
_BEFORE_ARRIVALS = _GONE


class Decides(Protocol):
    """The engine, as the world sees it."""

    def feed(self, facts: Sequence[Fact], /) -> list[Offer]: ...

    def next_step(self) -> datetime | None: ...


Chances = Callable[[int], Uniform]
"""Makes a source of chance from a number: the same conversation, offered as often, meets the same luck."""


@dataclass(slots=True)
class Outcome:
    """By conversation: microseconds waited, what became of it, the desk that took it (-1: none).

    ``busy``: by team, seconds of work in units of capacity within what is counted; ``staffed``: those that there were.
    """

    wait: list[int]
    fate: list[int]
    desk: list[int]
    busy: list[float]
    staffed: list[float]


class World:
    """One run: a scenario, its traffic, the same as queue items, an engine, the desks, and chance for answers to offers."""

    def __init__(
        self,
        scenario: Scenario,
        traffic: Traffic,
        items: Sequence[QueueItem],
        engine: Decides,
        desks: Sequence[Desk],
        chances: Chances,
    ) -> None:
        self._chances = chances
        self._scenario, self._traffic, self._items = scenario, traffic, items
        self._engine, self._desks = engine, desks
        self._place = {desk.id: number for number, desk in enumerate(desks)}
        self._instant = scenario.ringing.accept is None and not scenario.ringing.missed
        self._slowdown = scenario.slowdown
        self._lots = None if scenario.seen else lots(scenario, traffic)
        self._events: list[tuple[int, int, int, int]] = []
        self._facts: list[Fact] = []
        self._ends: dict[int, int] = {}
        self._began: dict[int, int] = {}
        self._rings: dict[int, tuple[int, int]] = {}
        self._from, self._until = round(scenario.warm_up_s * SECOND), round(scenario.until_s * SECOND)
        size, teams = len(items), len(scenario.teams)
        self._outcome = Outcome([0] * size, [PENDING] * size, [-1] * size, [0.0] * teams, [0.0] * teams)
        self._open = sum(1 for at in traffic.at if self._from <= at < self._until)
        self._step: tuple[datetime | None, int] = (None, _FAR)

    def run(self) -> Outcome:
        """Until everybody who counts was answered or has gone, or the overtime is over."""
        self._begin()
        arrivals, end = self._traffic.at, self._until + round(overtime_s(self._scenario) * SECOND)
        coming, size = 0, len(arrivals)
        while True:
            arrival = arrivals[coming] if coming < size else _FAR
            event = self._events[0] if self._events else (_FAR, 0, 0, 0)
            step, now = self._next_step(), min(arrival, event[0])
            if min(step, now) >= (end if self._open else self._until):
                break
            if step <= now:
                self._facts.append(facts.StepDue(moment(step)))
                self._feed(step)
            elif event[0] < arrival or (event[0] == arrival and event[1] < _BEFORE_ARRIVALS):
                heapq.heappop(self._events)
                self._happen(*event)
            else:
                self._arrive(coming, arrival)
                coming += 1
        return self._close(min(end, now))

    def _begin(self) -> None:
        end = self._until + round(overtime_s(self._scenario) * SECOND)
        at_work = [spans(team.shifts, end) for team in self._scenario.teams]
        for number, desk in enumerate(self._desks):
            times = at_work[desk.team]
            desk.on_shift = bool(times) and times[0][0] == 0
            for start, until in times:
                self._events += [(start, _ON, number, 0)] if start else []
                self._events += [(until, _OFF, number, 0)] if until < end else []
            counted = within(times, self._from, self._until)
            self._outcome.staffed[desk.team] += counted / SECOND * desk.like.capacity
            self._facts.append(facts.AgentChanged(START, desk.state()))
        heapq.heapify(self._events)

    def _next_step(self) -> int:
        step = self._engine.next_step()
        if step is None:
            return _FAR
        if step is not self._step[0]:
            apart = step - START
            self._step = (step, (apart.days * 86_400 + apart.seconds) * SECOND + apart.microseconds)
        return self._step[1]

    def _feed(self, now: int) -> None:
        news, self._facts = self._facts, []
        for offer in self._engine.feed(news):
            self._offered(offer, now)

    def _arrive(self, serial: int, now: int) -> None:
        item = self._items[serial]
        self._facts.append(facts.Arrived(item.entered_at, item))
        self._feed(now)
        patience = self._traffic.patience[serial]
        if patience != NEVER and self._outcome.fate[serial] == PENDING:
            heapq.heappush(self._events, (now + patience, _GONE, serial, 0))

    def _offered(self, offer: Offer, now: int) -> None:
        number = self._place[offer.agent]
        desk, item = self._desks[number], offer.item
        desk.load += item.weight
        desk.version += 1
        if item.interruptible:
            desk.yielding += item.weight
        serial = int(item.conversation)
        if self._instant:
            self._accept(serial, number, now)
            return
        ringing, (times, _) = self._scenario.ringing, self._rings.get(serial, (0, 0))
        self._rings[serial] = (times + 1, number)
        seconds = answer_s(ringing, self._chances(int(self._traffic.luck[serial] * _SCALE) + times))
        kind, after = (_MISSED, ringing.offer_s) if seconds is None else (_ACCEPTED, seconds)
        heapq.heappush(self._events, (now + round(after * SECOND), kind, serial, times + 1))

    def _accept(self, serial: int, number: int, now: int) -> None:
        outcome, desk, item = self._outcome, self._desks[number], self._items[serial]
        at = self._traffic.at[serial]
        self._settle(serial, ANSWERED, now)
        outcome.desk[serial] = number
        kind = self._traffic.kind[serial]
        lot = self._lots[kind] if self._lots is not None else None
        seconds = (self._traffic.work[serial] if lot is None else next(lot)) * desk.factors[kind]
        desk.missed = 0
        desk.expected_s += item.handle_s * desk.factors[kind]
        if self._slowdown:
            desk.work(now, self._slowdown)
        desk.left[serial] = seconds
        self._began[serial] = now
        self._plan(desk, number, serial, now)
        when = item.entered_at if now == at else moment(now)
        self._facts.append(facts.Removed(when, item.conversation))
        self._facts.append(facts.AgentChanged(when, desk.state()))

    def _plan(self, desk: Desk, number: int, serial: int, now: int) -> None:
        """When what is in hand ends; with a slowdown, everything anew."""
        if not self._slowdown:
            end = self._ends[serial] = now + max(1, round(desk.left[serial] * SECOND))
            heapq.heappush(self._events, (end, _FINISHED, serial, number))
            return
        held = len(desk.left)
        for each, seconds in desk.left.items():
            end = now + max(1, math.ceil(seconds * pace(held, self._slowdown) * SECOND))
            self._ends[each] = end
            heapq.heappush(self._events, (end, _FINISHED, each, number))

    def _happen(self, now: int, what: int, about: int, more: int) -> None:
        if what == _FINISHED:
            self._finish(about, more, now)
        elif what == _GONE:
            self._go(about, now)
        elif what in {_ACCEPTED, _MISSED}:
            times, number = self._rings.get(about, (0, 0))
            if times == more and self._outcome.fate[about] == PENDING:
                if what == _ACCEPTED:
                    self._accept(about, number, now)
                else:
                    self._miss(about, number, now)
                self._feed(now)
        else:
            desk = self._desks[about]
            if what == _BACK:
                desk.responding = True
            else:
                desk.on_shift = what == _ON
            self._tell(desk, now)

    def _finish(self, serial: int, number: int, now: int) -> None:
        if self._ends.get(serial) != now:
            return
        del self._ends[serial]
        desk, item = self._desks[number], self._items[serial]
        if self._slowdown:
            desk.work(now, self._slowdown)
        del desk.left[serial]
        left = desk.expected_s - item.handle_s * desk.factors[self._traffic.kind[serial]]
        desk.expected_s = left if desk.left else 0.0
        self._count_busy(desk.team, self._began.pop(serial), now, item.weight)
        if self._slowdown and desk.left:
            self._plan(desk, number, serial, now)
        desk.idle_since = moment(now)
        self._free(desk, item)
        self._tell(desk, now)

    def _go(self, serial: int, now: int) -> None:
        if self._outcome.fate[serial] != PENDING:
            return
        self._settle(serial, ABANDONED, now)
        item = self._items[serial]
        self._facts.append(facts.Removed(moment(now), item.conversation))
        times, number = self._rings.get(serial, (0, 0))
        if times and number >= 0:
            self._free(self._desks[number], item)
            self._tell(self._desks[number], now)
        else:
            self._feed(now)

    def _miss(self, serial: int, number: int, now: int) -> None:
        """Nobody answered: the conversation waits on, and whoever misses too many is left in peace for a while."""
        desk, item, ringing = self._desks[number], self._items[serial], self._scenario.ringing
        self._rings[serial] = (self._rings[serial][0], -1)
        self._free(desk, item)
        desk.missed += 1
        self._facts.append(facts.Declined(moment(now), item.conversation, desk.id))
        if desk.missed >= ringing.missed_offers:
            desk.missed, desk.responding = 0, False
            heapq.heappush(
                self._events, (now + round(ringing.away_s * SECOND), _BACK, self._place[desk.id], 0)
            )
            desk.version += 1
            self._facts.append(facts.AgentChanged(moment(now), desk.state()))

    def _free(self, desk: Desk, item: QueueItem) -> None:
        desk.load -= item.weight
        desk.version += 1
        if item.interruptible:
            desk.yielding -= item.weight

    def _tell(self, desk: Desk, now: int) -> None:
        self._facts.append(facts.AgentChanged(moment(now), desk.state()))
        self._feed(now)

    def _settle(self, serial: int, fate: int, now: int) -> None:
        at, outcome = self._traffic.at[serial], self._outcome
        outcome.wait[serial] = now - at
        outcome.fate[serial] = fate
        if self._from <= at < self._until:
            self._open -= 1

    def _count_busy(self, team: int, began: int, ended: int, units: int) -> None:
        counted = min(ended, self._until) - max(began, self._from)
        if counted > 0:
            self._outcome.busy[team] += counted / SECOND * units

    def _close(self, now: int) -> Outcome:
        """What is not decided yet has waited until now; what is in hand was worked on until now."""
        for serial, fate in enumerate(self._outcome.fate):
            if fate == PENDING:
                self._outcome.wait[serial] = max(0, now - self._traffic.at[serial])
        for desk in self._desks:
            for serial in desk.left:
                self._count_busy(desk.team, self._began[serial], now, self._items[serial].weight)
        return self._outcome
