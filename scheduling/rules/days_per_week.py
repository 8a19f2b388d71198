"""At most so many days worked in a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import numpy as np

from scheduling.rules.base import Case, Person, Rule, Violation, week_of
from scheduling.space import Space


class DaysPerWeek(Rule):
    name = "most days in a week"

    def narrow(self, person: Person, space: Space) -> None:
        space.count(self.name, np.ones(space.allowed.shape, np.int64), 0, person.contract.max_days_week)

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            most = case.contract(name).max_days_week
            worked = Counter(week_of(case.axis, day) for day in {shift.day for shift in shifts})
            for week in sorted(week for week in worked if worked[week] > most):
                last = max(shift.day for shift in shifts if week_of(case.axis, shift.day) == week)
                yield case.violation(self.name, name, last, f"{worked[week]} days in the week, at most {most} allowed")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return f"at most {person.contract.max_days_week} days a week"
