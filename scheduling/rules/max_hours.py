"""At most so many paid hours in a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import floor

from scheduling.rules.base import Case, Person, Rule, Violation, week_of
from scheduling.space import Space


class MaxHours(Rule):
    name = "most hours in a week"

    def narrow(self, person: Person, space: Space) -> None:
        space.count(self.name, space.paid, 0, floor(person.contract.max_hours_week * 60 + 1e-9))

    def check(self, case: Case) -> Iterator[Violation]:
        for name in case.shifts:
            for (day, minutes), most in zip(paid_weeks(case, name), [case.contract(name).max_hours_week] * case.axis.days, strict=False):
                if minutes > most * 60 + 1e-6:
                    yield case.violation(self.name, name, day, f"{minutes / 60:g} paid hours in the week, at most {most:g} allowed")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return f"at most {person.contract.max_hours_week:g} paid hours a week"


def paid_weeks(case: Case, agent: str) -> list[tuple[int, int]]:
    """First day inside the plan and paid minutes of each Monday–Sunday week; a shift belongs to the week in which it starts."""
    firsts = {week_of(case.axis, day): day for day in range(case.axis.days - 1, -1, -1)}
    minutes = dict.fromkeys(sorted(firsts), 0)
    for shift in case.shifts[agent]:
        if week_of(case.axis, shift.day) in minutes:
            minutes[week_of(case.axis, shift.day)] += shift.paid_minutes
    return [(firsts[week], minutes[week]) for week in minutes]
