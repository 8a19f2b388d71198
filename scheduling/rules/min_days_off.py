"""At least so many days off in a row: a shorter pause between two days of work is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np

from scheduling.rules.base import Case, Person, Rule, Violation
from scheduling.rules.past import off_before, past_days
from scheduling.space import Space, Track
from wfm.model.arrays import IntArray

RESTED, WORKING = 0, 1


class MinDaysOff(Rule):
    name = "least days off in a row"

    def narrow(self, person: Person, space: Space) -> None:
        least = person.contract.min_days_off
        if least > 1:
            on = np.ones(space.allowed.shape, np.int64)
            off = off_before(past_days(person.agent, person.axis))
            start = RESTED if off is None or off >= least else WORKING + off
            space.tracks.append(Track(self.name, on, np.zeros(len(on), np.int64), days_off_table(least), start))

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            least, worked = case.contract(name).min_days_off, {shift.day for shift in shifts}
            days = sorted(worked | past_days(case.agents[name], case.axis).keys())
            for before, after in pairwise(days):
                if 1 < after - before <= least and after >= 0:
                    yield case.violation(self.name, name, after, f"{after - before - 1} days off before, at least {least} needed")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return f"at least {person.contract.min_days_off} days off in a row"


def days_off_table(least: int) -> IntArray:
    """States: rested, working, then one for each day off that is not yet enough. Letters: off, on."""
    table = np.full((least + 1, 2), -1, np.int64)
    table[RESTED] = RESTED, WORKING
    table[WORKING] = 2, WORKING
    for state in range(2, least + 1):
        table[state, 0] = RESTED if state == least else state + 1
    return table
