"""At most so many days worked in a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import numpy as np

from scheduling.rules.base import Case, Person, Rule, Violation, week_of
from scheduling.rules.past import past_days
from scheduling.space import Space
from wfm.model import Agent, TimeAxis


class DaysPerWeek(Rule):
    name = "most days in a week"

    def narrow(self, person: Person, space: Space) -> None:
        high = np.full(space.catalogue.grid.weeks, person.contract.max_days_week)
        high[0] = max(high[0] - len(_this_week(person.agent, person.axis)), 0)
        space.count(self.name, np.ones(space.allowed.shape, np.int64), 0, high)

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            most = case.contract(name).max_days_week
            days = {shift.day for shift in shifts} | _this_week(case.agents[name], case.axis)
            worked = Counter(week_of(case.axis, day) for day in days)
            inside = {week_of(case.axis, shift.day) for shift in shifts}
            for week in sorted(week for week in inside if worked[week] > most):
                last = max(shift.day for shift in shifts if week_of(case.axis, shift.day) == week)
                yield case.violation(self.name, name, last, f"{worked[week]} days in the week, at most {most} allowed")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return f"at most {person.contract.max_days_week} days a week"


def _this_week(agent: Agent, axis: TimeAxis) -> set[int]:
    """Days worked before the plan in its first week."""
    return {day for day in past_days(agent, axis) if week_of(axis, day) == 0}
