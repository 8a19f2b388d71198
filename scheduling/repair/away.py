"""Somebody is away for part of a day: their shift stays, with the hours of the absence taken out of its work as a session nobody can move.

Breaks stay where they are; a session of training that the absence touches is missed. What is left of the day stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import count, pairwise

from scheduling.rules.base import say
from wfm.model import Activity, ActivityKind, Kind, Roster, Segment, Shift, TimeAxis, Workforce
from wfm.model.axis import DAY_MINUTES

Day = tuple[str, date]
"""An agent's name and a date."""
Away = tuple[str, date, int, int]
"""An agent's name, a date, and from and to in wall-clock minutes of it; `to` lies beyond midnight only for a shift that does."""
NAME = "away"
_NAMED = re.compile(rf"{NAME} \w+ \d+ \w+ \d\d\.\d\d-\d\d\.\d\d( no \d+)?")  # as `_name` does it


def until(begin: int, end: int) -> int:
    """The `to` of an absence whose two times of day these are: one that comes before the other is on the day after."""
    return end if end >= begin else end + DAY_MINUTES


def without(published: Roster, workforce: Workforce, away: Iterable[Away]) -> tuple[Roster, Workforce, set[tuple[str, int]]]:
    """The roster and the workforce with the absences as sessions of their own, paid like time off; and the days that stand as they are."""
    axis, shifts, still = published.axis, list(published.shifts), set[tuple[str, int]]()
    made, taken = list[Activity](), {activity.name for activity in workforce.activities}
    for agent, day, first, last in away:
        index = axis.day_index(day)
        begin, end = axis.minute(index, first), axis.minute(index, last)
        touched = _touched(shifts, agent, begin, end)
        still |= {(agent, shift.day) for shift in touched} or {(agent, index)}
        for shift in touched:
            cut = shift
            for span in _by_day(axis, begin, end):
                cut = _cut(cut, *span, lambda begin, end: _name(axis, begin, end, taken))
            shifts[shifts.index(shift)] = cut
            made += [_activity(axis, cut, part) for part in cut.segments if part not in shift.segments and part.kind is Kind.ACTIVITY]
    return replace(published, shifts=tuple(shifts)), replace(workforce, activities=(*workforce.activities, *made)), still


def is_absence(activity: str) -> bool:
    """Whether an activity of a roster is hours of somebody's absence."""
    return bool(_NAMED.fullmatch(activity))


def _name(axis: TimeAxis, begin: int, end: int, taken: set[str]) -> str:
    """What hours of an absence are called: their day and times, told apart where several people have the same; it joins `taken`.

    Only signs that the name of an activity may have in a scenario file.
    """
    first, last = axis.local(begin), axis.local(end)
    words = f"{NAME} {say(first.date())} {first:%H.%M}-{last:%H.%M}"
    name = next(one for n in count(1) if (one := words if n == 1 else f"{words} no {n}") not in taken)
    taken.add(name)
    return name


def _touched(shifts: Iterable[Shift], agent: str, begin: int, end: int) -> list[Shift]:
    return [shift for shift in shifts if shift.agent == agent and shift.start < end and begin < shift.end]


def idle_absences(published: Roster, absences: Iterable[Day] = (), away: Iterable[Away] = ()) -> tuple[str, ...]:
    """A sentence for each absence that takes nothing from the roster, as nobody works then; names and dates must be those of the plan."""
    axis, told = published.axis, []
    for agent, day in absences:
        if not any(shift.day == axis.day_index(day) for shift in published.of(agent)):
            told.append(f"{agent} has no shift on {say(day)}: the absence changes nothing")
    for agent, day, first, last in away:
        index = axis.day_index(day)
        if not _touched(published.shifts, agent, axis.minute(index, first), axis.minute(index, last)):
            own = [f"{axis.local(s.start):%H:%M}–{axis.local(s.end):%H:%M}" for s in published.of(agent) if s.day == index]
            works = f"works {' and '.join(own)}" if own else "has no shift"
            told.append(f"{agent} {works} on {say(day)}: the absence of hours changes nothing")
    return tuple(told)


def _by_day(axis: TimeAxis, begin: int, end: int) -> list[tuple[int, int]]:
    """A span in parts that lie within a day each, as activities do."""
    edges = [begin, *(edge for edge in axis.day_starts.tolist() if begin < edge < end), end]
    return list(pairwise(edges))


def _cut(shift: Shift, begin: int, end: int, name: Callable[[int, int], str]) -> Shift:
    """The shift in which whatever is no break gives way to the absence."""
    queues = next((part.queues for part in shift.segments if part.kind is Kind.WORK), ())
    parts: list[Segment] = []
    for part in shift.segments:
        inside = max(part.start, begin), min(part.end, end)
        if part.kind is Kind.BREAK or inside[0] >= inside[1] or is_absence(part.name):
            parts.append(part)
            continue
        work = replace(part, kind=Kind.WORK, name="work", queues=queues, paid=True)
        parts += [replace(work, end=inside[0])] if part.start < inside[0] else []
        parts.append(Segment(*inside, Kind.ACTIVITY, name(*inside)))
        parts += [replace(work, start=inside[1])] if inside[1] < part.end else []
    return replace(shift, segments=tuple(parts))


def _activity(axis: TimeAxis, shift: Shift, part: Segment) -> Activity:
    local = axis.local(part.start)
    day = min(local.date(), axis.dates[-1])  # what lies beyond the plan is told from its last day
    wall = (local.date() - day).days * 1440 + local.hour * 60 + local.minute
    window = {"from_minute": wall, "to_minute": wall + part.minutes, "at": ((day, wall),)}
    return Activity(part.name, ActivityKind.OTHER, part.minutes, (shift.agent,), day, day, **window)
