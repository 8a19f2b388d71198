"""Nobody works on a date on which the centre is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduling.rules.base import Case, Person, Rule, Violation, say_dates
from scheduling.space import Space


class Closed(Rule):
    name = "closed dates"

    def narrow(self, person: Person, space: Space) -> None:
        for closed in sorted(person.workforce.closed):
            day = person.axis.day_index(closed)
            if 0 <= day <= person.axis.days:
                space.forbid_between(person.axis.minute(day, 0), person.axis.minute(day + 1, 0))

    def check(self, case: Case) -> Iterator[Violation]:
        for closed in sorted(case.workforce.closed):
            day = case.axis.day_index(closed)
            begin, end = case.axis.minute(day, 0), case.axis.minute(day + 1, 0)
            for shift in case.roster.shifts:
                if shift.start < end and shift.end > begin:
                    yield case.violation(self.name, shift.agent, day, "works on a date on which the centre is closed")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        dates = say_dates(person.workforce.closed, person.axis, days)
        return f"the centre closed on {dates}" if dates else "closed dates"
