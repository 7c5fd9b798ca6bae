"""The lines of one ability: conversations enter, leave, and turn late or guarded as time passes."""

from array import array
from bisect import bisect_left, insort
from math import inf
from typing import cast

from routing.matching.records import GUARDED, LATE, ON_TIME, RATE, Ability, Entry, Line, LineKey, Waiting
from routing.matching.turns import Turns

_FINISHED, _LONGEST_S, _LESS = 20, 60.0, 0.95
"""Ceilings hold while about so many others finish, at most so long, and while the rate is no less than this share."""


def enter(ability: Ability, work: Waiting, now: float, turns: Turns) -> None:
    """Into its line."""
    work.ability = ability
    if work.barred:
        ability.marked[work] = None
    _stand(ability, work, now, turns)


def leave(work: Waiting) -> None:
    """Out of its line and its ability."""
    ability = work.ability
    if ability is None:
        return
    _step_out(ability, work)
    if work.barred:
        del ability.marked[work]
    work.ability = work.line = work.entry = work.turn = None


def turn(ability: Ability, work: Waiting, now: float, turns: Turns) -> None:
    """Into the line where it belongs as late, or past the guard."""
    _step_out(ability, work)
    _stand(ability, work, now, turns)


def raise_ceilings(ability: Ability, now: float) -> None:
    """High enough for a while."""
    finished = _FINISHED * RATE / ability.rate if ability.rate else inf
    ability.holds_until = now + min(_LONGEST_S, finished)
    ability.holds_from = int(ability.rate * _LESS)
    ability.counted = -inf
    ability.ceilings = array("d", [_ceiling(ability, line, line.order[0]) for line in ability.rows])


def _ceiling(ability: Ability, line: Line, entry: Entry) -> float:
    if ability.holds_until == -inf:
        return inf
    task, ahead = entry[-1], None
    if line.phase is ON_TIME:
        ahead = bisect_left(ability.dues, task.due)
        ability.counted = max(ability.counted, task.due)
    return ability.pool.policy.ceiling(task, ability.holds_until, ability.holds_from / RATE, ahead)


def _stand(ability: Ability, work: Waiting, now: float, turns: Turns) -> None:
    task, pool = work.task, ability.pool
    policy = pool.policy
    item, when = task.item, task.guard_at
    phase = GUARDED if when < now else LATE if pool.turns and task.due < now else ON_TIME
    if phase is GUARDED:
        entry: Entry = (task.entered, task.arrival, work, task)
        key: LineKey = (item.weight, item.interruptible, GUARDED, None)
    else:
        place = policy.place_late(task) if phase is LATE else policy.place(task)
        entry = cast(Entry, (*place, task.arrival, work, task))
        key = (item.weight, item.interruptible, phase, policy.line(task))
    if pool.turns and phase is ON_TIME:
        insort(ability.dues, task.due)
        if task.due < ability.counted:
            ability.holds_until = -inf
        when = min(when, task.due)
    work.entry, work.line, work.turn = entry, _line_up(ability, key, entry), None
    if when < inf and phase is not GUARDED:
        turns.expect(ability, work, when)


def _line_up(ability: Ability, key: LineKey, entry: Entry) -> Line:
    line = ability.lines.get(key)
    if line is None:
        return _open(ability, key, entry)
    if line.order[-1] < entry:
        line.order.append(entry)
    else:
        insort(line.order, entry)
        if line.order[0] is entry:
            _show(ability, line, entry)
    return line


def _step_out(ability: Ability, work: Waiting) -> None:
    line, entry = work.line, work.entry
    if line is None or entry is None:
        return
    order = line.order
    if order[0] is not entry:
        del order[bisect_left(order, entry)]
    elif len(order) > 1:
        del order[0]
        _show(ability, line, order[0])
    else:
        _close(ability, line)
    if line.phase is ON_TIME and ability.pool.turns:
        del ability.dues[bisect_left(ability.dues, work.task.due)]


def _show(ability: Ability, line: Line, entry: Entry) -> None:
    """It is the first now."""
    ability.fronts[line.at] = entry
    if ability.pool.ordered:
        ability.front = entry
    else:
        ability.ceilings[line.at] = _ceiling(ability, line, entry)
    if ability.marked or ability.room == inf:
        ability.room = _room(ability)


def _open(ability: Ability, key: LineKey, entry: Entry) -> Line:
    weight, interruptible, phase, _ = key
    line = ability.lines[key] = Line(key, weight, interruptible, phase, len(ability.rows), [entry])
    ability.rows.append(line)
    ability.fronts.append(entry)
    ability.ceilings.append(_ceiling(ability, line, entry))
    _look_over(ability)
    return line


def _close(ability: Ability, line: Line) -> None:
    """The last of the rows takes its place."""
    del ability.lines[line.key]
    at, last = line.at, ability.rows[-1]
    ability.rows[at], ability.fronts[at], ability.ceilings[at] = (
        last,
        ability.fronts[-1],
        ability.ceilings[-1],
    )
    last.at = at
    del ability.rows[-1], ability.fronts[-1], ability.ceilings[-1]
    _look_over(ability)


def _look_over(ability: Ability) -> None:
    ability.front = ability.fronts[0] if ability.fronts else None
    ability.room = _room(ability)


def _room(ability: Ability) -> float:
    """How much an agent needs to have any of the fronts as it stands."""
    rows = ability.rows
    if (ability.pool.ordered and len(rows) > 1) or any(each.phase is GUARDED for each in rows):
        return inf
    if ability.marked and any(each[-2].barred for each in ability.fronts):
        return inf
    return max([each.weight for each in rows], default=0.0)
