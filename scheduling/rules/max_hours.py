"""At most so many paid hours in a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import floor

import numpy as np

from scheduling.rules.base import Case, Person, Rule, Violation, week_of
from scheduling.rules.past import past_days
from scheduling.space import Space


class MaxHours(Rule):
    name = "most hours in a week"

    def narrow(self, person: Person, space: Space) -> None:
        weeks = range(space.catalogue.grid.weeks)
        space.count(self.name, space.paid, 0, np.array([most_minutes(person, week) for week in weeks], np.int64))

    def check(self, case: Case) -> Iterator[Violation]:
        for person in case.persons:
            for week, (day, minutes) in enumerate(paid_weeks(case, person.name)):
                if minutes > most_minutes(person, week):
                    text = f"{minutes / 60:g} paid hours in the week, at most {most_minutes(person, week) / 60:g} allowed"
                    yield case.violation(self.name, person.name, day, text)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        overtime = f" and {person.contract.overtime_hours:g} of overtime" if person.contract.overtime_hours else ""
        return f"at most {person.contract.max_hours_week:g} paid hours a week{overtime}"


def usual_minutes(person: Person, week: int) -> int:
    """Most paid minutes without overtime in a week of the plan, less what was worked of the first week before it."""
    past = past_days(person.agent, person.axis)
    before = sum(shift.paid_minutes for day, shift in past.items() if week == 0 == week_of(person.axis, day))
    return max(floor(person.contract.max_hours_week * 60 + 1e-9) - before, 0)


def most_minutes(person: Person, week: int) -> int:
    """Most paid minutes in a week of the plan."""
    return usual_minutes(person, week) + floor(person.contract.overtime_hours * 60 + 1e-9)


def paid_weeks(case: Case, agent: str) -> list[tuple[int, int]]:
    """First day inside the plan and paid minutes of each Monday–Sunday week; a shift belongs to the week in which it starts."""
    firsts = {week_of(case.axis, day): day for day in range(case.axis.days - 1, -1, -1)}
    minutes = dict.fromkeys(sorted(firsts), 0)
    for shift in case.shifts[agent]:
        if week_of(case.axis, shift.day) in minutes:
            minutes[week_of(case.axis, shift.day)] += shift.paid_minutes
    return [(firsts[week], minutes[week]) for week in minutes]
