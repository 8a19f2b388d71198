"""Everything by force: every schedule of every person in plain Python, every way to spread people over queues.

Shares no line with `scheduling`; for plans without a clock change that start on a Monday and lie inside one week, on whole cells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from tests.scheduling.small import Centre
from wfm.model import Activity, Agent, Roster, ScheduleSettings, ShiftTemplate, Workforce

Held = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Worked:
    """One way to work on one day, elapsed minutes. rests: (start, end) of each break."""

    start: int
    end: int
    rests: tuple[tuple[int, int], ...]
    unpaid: int


def optimum(centre: Centre) -> float | None:
    """The least price of any roster, None where the rules contradict each other. At most two agents."""
    agents, cell = centre.workforce.agents, centre.settings.grid_minutes
    need = np.repeat(centre.required.rostered, centre.required.axis.step_minutes // cell, axis=1)
    ways = [schedules(agent, centre) for agent in agents]
    if not all(ways):
        return None
    skills = [tuple(q for q, name in enumerate(centre.required.queues) if name in agent.skills) for agent in agents]
    table = np.array(
        [
            [price_of_cell(need[:, c], _chosen(skills, who), centre.settings) * cell / 60 for c in range(need.shape[1])]
            for who in product((0, 1), repeat=len(agents))
        ]
    )
    if not agents:
        return float(table[0].sum())
    paid = [np.array(list(way.values())) * centre.settings.paid_price / 60 for way in ways]
    works = [np.array([[c in key[0] for c in range(need.shape[1])] for key in way], float) for way in ways]
    fits = _fits(centre.workforce, [[key[1] for key in way] for way in ways])
    if len(agents) == 1:
        costs = (table[0].sum() + works[0] @ (table[1] - table[0]) + paid[0])[fits]
        return float(costs.min()) if fits.any() else None
    none, second, first, both = table
    cover = none.sum() + (works[0] @ (first - none))[:, None] + (works[1] @ (second - none))[None]
    cover = cover + (works[0] * (both - first - second + none)) @ works[1].T + paid[0][:, None] + paid[1][None]
    return float(cover[fits].min()) if fits.any() else None


def _fits(workforce: Workforce, held: list[list[Held]]) -> np.ndarray:
    """Which schedules go together by their sessions: groups attend together, rooms have room, what comes after comes after."""
    kinds = [list(dict.fromkeys(one)) for one in held]
    good = np.array([_together(workforce, who) for who in product(*kinds)]).reshape([len(kind) for kind in kinds])
    return good[np.ix_(*([kind.index(h) for h in one] for kind, one in zip(kinds, held, strict=True)))]


def _together(workforce: Workforce, held: tuple[Held, ...]) -> bool:
    shared, every = _shared(workforce), {a.name: a for a in workforce.activities}
    if len({tuple(h for h in one if h[0] in shared) for one in held}) > 1:
        return False
    ordered = (_ordered(every, agent, dict_of) for agent, dict_of in zip(workforce.agents, map(_by_name, held), strict=True))
    sessions = {(name, start, -1 if name in shared else n) for n, one in enumerate(held) for name, start in one}
    spans = [(every[name].room, start, start + every[name].minutes) for name, start, _ in sessions]
    roomy = all(
        sum(r == room.name and a <= moment < b for r, a, b in spans) <= room.count for room in workforce.rooms for _, moment, _ in spans
    )
    return roomy and all(ordered)


def _by_name(held: Held) -> dict[str, list[int]]:
    return {name: [start for other, start in held if other == name] for name, _ in held}


def _ordered(every: dict[str, Activity], agent: Agent, starts: dict[str, list[int]]) -> bool:
    pairs = ((every[a], every[b]) for a in starts for b in starts if a in every[b].after)
    pupil = ((a, b) for a, b in pairs if agent.name not in (a.trainer, b.trainer))
    return all(max(starts[a.name]) + a.minutes <= min(starts[b.name]) for a, b in pupil)


def _chosen(skills: list[tuple[int, ...]], who: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [s for s, works in zip(skills, who, strict=True) if works]


def _shared(workforce: Workforce) -> set[str]:
    """Activities whose attendees all go together."""
    return {a.name for a in workforce.activities if (a.group_size or 1) > 1}


def price_of_cell(need: np.ndarray, people: list[tuple[int, ...]], settings: ScheduleSettings) -> float:
    """The least price per hour of a cell: every way to give each of the people one of their queues."""
    return min(_price(need, places, settings) for places in product(*(skills for skills in people if skills)))


def _price(need: np.ndarray, places: tuple[int, ...], settings: ScheduleSettings) -> float:
    total = 0.0
    for queue, wanted in enumerate(need.tolist()):
        there = places.count(queue)
        missing = max(wanted - there, 0.0)
        deep = max(missing - wanted / 10, 0.0)
        total += settings.under_price * (missing - deep) + settings.deep_under_price * deep + settings.over_price * max(there - wanted, 0.0)
    return total


def schedules(agent: Agent, centre: Centre) -> dict[tuple[frozenset[int], Held], int]:
    """Every schedule of one person that keeps the rules: cells worked and sessions held, with the least paid minutes."""
    days = range(centre.required.axis.days)
    attended = [a for a in centre.workforce.activities if agent.name in a.attendees]
    found: dict[tuple[frozenset[int], Held], int] = {}
    for choice in product(*([None, *_day(agent, centre, day)] for day in days)):
        worked = [one for one in choice if one]
        if not _days_kept(agent, centre.workforce, [one is not None for one in choice], worked):
            continue
        for sessions in product(*(_starts(a, n, centre) for a in attended for n in range(a.sessions))):
            held = [(a, s) for a, s in zip([a for a in attended for _ in range(a.sessions)], sessions, strict=True)]
            paid = _paid(worked, held)
            if _sessions_kept(worked, held) and _hours_kept(agent, centre, paid):
                key = (_cells(worked, held, centre), tuple(sorted((a.name, s) for a, s in held)))
                found[key] = min(paid, found.get(key, paid))
    return found


def _day(agent: Agent, centre: Centre, day: int) -> Iterator[Worked]:
    window, contract = agent.available[day], centre.workforce.contract_of[agent.contract]
    for template in centre.workforce.shifts if window else ():
        for begin, length in product(template.starts(), template.lengths):
            start, end = day * 1440 + begin, day * 1440 + begin + length
            free = all(end <= n * 1440 or start >= (n + 1) * 1440 for n in _blocked(agent, centre))
            inside = day * 1440 + window[0] <= start and end <= day * 1440 + window[1]
            if template.name in contract.shifts and template.weekdays[day] and free and inside:
                unpaid = sum(rest.minutes for rest in template.breaks if not rest.paid)
                yield from (Worked(start, end, rests, unpaid) for rests in _rests(template, start, end, centre.settings.grid_minutes))


def _blocked(agent: Agent, centre: Centre) -> list[int]:
    return [(day - centre.required.axis.start).days for day in agent.time_off | centre.workforce.closed]


def _rests(template: ShiftTemplate, start: int, end: int, cell: int) -> Iterator[tuple[tuple[int, int], ...]]:
    windows = (range(start + rest.earliest, start + rest.latest + 1, cell) for rest in template.breaks)
    for begins in product(*windows):
        rests = tuple((b, b + rest.minutes) for b, rest in zip(begins, template.breaks, strict=True))
        apart = all(after[0] - before[1] >= template.break_gap for before, after in pairwise(rests))
        if apart and all(rest[1] <= end for rest in rests):
            yield rests


def _days_kept(agent: Agent, workforce: Workforce, on: list[bool], worked: list[Worked]) -> bool:
    contract = workforce.contract_of[agent.contract]
    rested = all(b.start - a.end >= contract.rest_hours * 60 for a, b in pairwise(worked))
    run = max(len(part) for part in "".join("x" if day else " " for day in on).split(" "))
    return rested and run <= contract.max_consecutive_days and len(worked) <= contract.max_days_week


def _hours_kept(agent: Agent, centre: Centre, paid: int) -> bool:
    """Every weekday is a usual one and none is closed, so what is due is in proportion to the days of the plan."""
    contract = centre.workforce.contract_of[agent.contract]
    due = contract.min_hours_week * centre.required.axis.days / 7 - len(agent.time_off) * contract.max_hours_week / contract.max_days_week
    return due * 60 - 1e-6 <= paid <= contract.max_hours_week * 60 + 1e-6


def _starts(activity: Activity, number: int, centre: Centre) -> list[int]:
    first = centre.required.axis.start
    if activity.at:
        day, wall = activity.at[number]
        return [(day - first).days * 1440 + wall]
    days = range((activity.earliest - first).days, (activity.latest - first).days + 1)
    walls = range(activity.from_minute, activity.to_minute - activity.minutes + 1, centre.settings.grid_minutes)
    return [day * 1440 + wall for day in days for wall in walls]


def _sessions_kept(worked: list[Worked], held: list[tuple[Activity, int]]) -> bool:
    spans = [(start, start + activity.minutes) for activity, start in held]
    inside = all(any(one.start <= a and b <= one.end for one in worked) for a, b in spans)
    busy = sorted(spans + [rest for one in worked for rest in one.rests])
    return inside and all(before[1] <= after[0] for before, after in pairwise(busy))


def _paid(worked: list[Worked], held: list[tuple[Activity, int]]) -> int:
    return sum(one.end - one.start - one.unpaid for one in worked) - sum(a.minutes for a, _ in held if not a.paid)


def _cells(worked: list[Worked], held: list[tuple[Activity, int]], centre: Centre) -> frozenset[int]:
    cell = centre.settings.grid_minutes
    away = [rest for one in worked for rest in one.rests] + [(start, start + activity.minutes) for activity, start in held]
    cells = {c for one in worked for c in range(one.start // cell, one.end // cell)}
    return frozenset(
        c for c in cells if not any(a < (c + 1) * cell and b > c * cell for a, b in away) and c * cell < centre.required.axis.minutes
    )


def price(roster: Roster, centre: Centre, cell: int) -> float:
    """The price of a roster recomputed minute by minute and, per cell, by every way to spread the people."""
    queues, step = centre.required.queues, centre.required.axis.step_minutes
    skills = {a.name: tuple(queues.index(q) for q in a.skills if q in queues) for a in centre.workforce.agents}
    busy = [(s.agent, {m for p in s.segments if p.kind == "work" for m in range(p.start, p.end)}) for s in roster.shifts]
    total = sum(p.minutes for s in roster.shifts for p in s.segments if p.paid) / 60 * centre.settings.paid_price
    for begin in range(0, centre.required.axis.minutes, cell):
        there = [skills[name] for name, minutes in busy if minutes.issuperset(range(begin, begin + cell))]
        total += price_of_cell(centre.required.rostered[:, begin // step], there, centre.settings) * cell / 60
    return total
