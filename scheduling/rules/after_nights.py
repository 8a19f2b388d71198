"""After nights come at least so many days off before a shift that is no night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np

from scheduling.rules.base import Case, Person, Rule, Violation
from scheduling.rules.nights import nights, nights_of
from scheduling.rules.past import nights_before, off_before, past_days
from scheduling.space import Space, Track
from wfm.model.arrays import IntArray

OFF, DAY, NIGHT = range(3)
FREE, IN_NIGHTS = 0, 1


class AfterNights(Rule):
    name = "days off after nights"

    def narrow(self, person: Person, space: Space) -> None:
        least = person.contract.days_off_after_nights
        if least:
            letters = np.where(nights(space), NIGHT, DAY)
            start = _start(person, least)
            space.tracks.append(Track(self.name, letters, np.zeros(len(letters), np.int64), after_nights_table(least), start))

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            least, night = case.contract(name).days_off_after_nights, nights_of(case, name)
            days = sorted({shift.day for shift in shifts} | past_days(case.agents[name], case.axis).keys())
            for before, after in pairwise(days):
                if after >= 0 and before in night and after not in night and after - before <= least:
                    yield case.violation(self.name, name, after, f"{after - before - 1} days off after a night, at least {least} needed")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return f"at least {person.contract.days_off_after_nights} days off after nights"


def after_nights_table(least: int) -> IntArray:
    """States: free, in nights, then one for each day off after nights that is not yet enough. Letters as above."""
    table = np.full((least + 1, 3), -1, np.int64)
    table[:, NIGHT] = IN_NIGHTS
    table[FREE, [OFF, DAY]] = FREE
    for state in range(1, least + 1):
        table[state, OFF] = FREE if state == least else state + 1
    return table


def _start(person: Person, least: int) -> int:
    days = past_days(person.agent, person.axis)
    off = off_before(days)
    if off is None or off >= least or max(days) not in nights_before(person.agent, person.axis):
        return FREE
    return IN_NIGHTS + off
