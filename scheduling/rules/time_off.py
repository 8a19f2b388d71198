"""Nobody works on a day of their time off, not even the end of a night shift."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduling.rules.base import Case, Person, Rule, Violation, say_dates
from scheduling.space import Space


class TimeOff(Rule):
    name = "time off"

    def narrow(self, person: Person, space: Space) -> None:
        for off in sorted(person.agent.time_off):
            day = person.axis.day_index(off)
            if 0 <= day <= person.axis.days:
                space.forbid_between(person.axis.minute(day, 0), person.axis.minute(day + 1, 0))

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            for off in sorted(case.agents[name].time_off):
                day = case.axis.day_index(off)
                begin, end = case.axis.minute(day, 0), case.axis.minute(day + 1, 0)
                for shift in shifts:
                    if shift.start < end and shift.end > begin:
                        yield case.violation(self.name, name, day, "works on a day of time off")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        dates = say_dates(person.agent.time_off, person.axis, days)
        return f"time off on {dates}" if dates else "time off"
