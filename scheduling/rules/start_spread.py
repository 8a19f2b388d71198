"""In a week the starts of the shifts lie at most so many minutes apart.

Where few starts are possible the earliest and the latest so far are remembered. Where there are many, every person and week gets a window
of starts that keeps the rule, spread over the day from person to person and such that their sessions with fixed starts find room.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from scheduling.rules.base import Case, Person, Rule, Violation, week_of
from scheduling.rules.forward import wall_start
from scheduling.space import Space, Spread, Track
from wfm.model.arrays import BoolArray, IntArray

MOST_STATES = 16  # of memory; more would slow every move


class StartSpread(Rule):
    name = "spread of starts in a week"

    def narrow(self, person: Person, space: Space) -> None:
        most, walls = person.contract.start_spread, np.unique(space.catalogue.wall_start)
        if most is None or not len(walls) or walls[-1] - walls[0] <= most:
            return
        pairs = [(a, b) for a in range(len(walls)) for b in range(a, len(walls)) if walls[b] - walls[a] <= most]
        if len(pairs) < MOST_STATES:
            space.tracks.append(_remembered(self.name, space, walls, pairs))
            return
        value = np.broadcast_to(space.catalogue.wall_start, space.allowed.shape)
        space.spreads.append(Spread(self.name, value, most, space.catalogue.grid.week))
        if space.tight:
            space.tighten(_windows(person, space, walls, most))

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            most = case.contract(name).start_spread
            weeks: dict[int, list[tuple[int, int]]] = {}
            for shift in shifts if most is not None else ():
                weeks.setdefault(week_of(case.axis, shift.day), []).append((wall_start(case, shift), shift.day))
            for starts in weeks.values():
                (first, _), (last, day) = min(starts), max(starts)
                if last - first > most:
                    yield case.violation(
                        self.name, name, day, f"starts of the week are {last - first} minutes apart, at most {most} allowed"
                    )

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return f"starts of a week at most {person.contract.start_spread} minutes apart"


def _remembered(name: str, space: Space, walls: IntArray, pairs: list[tuple[int, int]]) -> Track:
    """State 0: no start yet; then the pairs of earliest and latest. Letters: off, off on a Monday, starts, starts on a Monday."""
    number, many = {pair: n for n, pair in enumerate(pairs, 1)}, len(walls)
    table = np.full((len(pairs) + 1, 2 + 2 * many), -1, np.int64)
    table[:, 0], table[:, 1] = np.arange(len(table)), 0
    for at in range(many):
        table[0, 2 + at] = number[at, at]
        table[:, 2 + many + at] = number[at, at]
        for (first, last), state in number.items():
            table[state, 2 + at] = number.get((min(first, at), max(last, at)), -1)
    monday = space.catalogue.grid.axis.weekday == 0
    letters = 2 + np.searchsorted(walls, space.catalogue.wall_start)[None, :] + many * monday[:, None]
    return Track(name, letters, monday.astype(np.int64), table)


def _windows(person: Person, space: Space, walls: IntArray, most: int) -> BoolArray:
    """Options inside the window of each week, shape (days, options)."""
    week, wall = space.catalogue.grid.week, space.catalogue.wall_start
    firsts = walls[walls <= walls[-1] - most] if (walls <= walls[-1] - most).any() else walls[:1]
    people = [agent.name for agent in person.workforce.agents if agent.contract == person.contract.name]
    wanted = firsts[len(firsts) * people.index(person.name) // len(people)]
    order = firsts[np.argsort(np.abs(firsts - wanted), kind="stable")]
    inside = np.zeros(space.allowed.shape, bool)
    for w in np.unique(week).tolist():
        days = week == w
        windows = ((wall >= first) & (wall <= first + most) for first in order.tolist())
        usable = [window for window in windows if _holds(person, space, days, window)]
        chosen = usable[0] if usable else (wall >= order[0]) & (wall <= order[0] + most)
        inside[days] = chosen
    return inside


def _holds(person: Person, space: Space, days: BoolArray, window: BoolArray) -> bool:
    """Whether every fixed session of some days, and every day that must be worked, finds a shift in a window of starts."""
    for activity in person.workforce.activities:
        for on, minute in activity.at if person.name in activity.attendees else ():
            day = person.axis.day_index(on)
            if 0 <= day < len(days) and days[day]:
                begin = person.axis.minute(day, minute)
                hosts = (space.catalogue.start[day] <= begin) & (space.catalogue.end[day] >= begin + activity.minutes)
                if not (hosts & window & space.allowed[day]).any():
                    return False
    due = np.flatnonzero(space.must & days)
    return bool((space.allowed[due] & window).any(axis=1).all()) and bool((space.allowed[days] & window).any())
