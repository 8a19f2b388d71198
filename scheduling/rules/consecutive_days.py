"""At most so many days worked in a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduling.rules.base import Case, Person, Rule, Violation
from scheduling.rules.past import past_days, run_before
from scheduling.space import Space


class ConsecutiveDays(Rule):
    name = "most days in a row"

    def narrow(self, person: Person, space: Space) -> None:
        space.longest_run = min(space.longest_run, person.contract.max_consecutive_days)
        space.run_before = run_before(past_days(person.agent, person.axis))

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            most, run, last = case.contract(name).max_consecutive_days, 0, None
            for day in sorted({shift.day for shift in shifts} | past_days(case.agents[name], case.axis).keys()):
                run = run + 1 if last is not None and day == last + 1 else 1
                last = day
                if run > most and day >= 0:
                    yield case.violation(self.name, name, day, f"more than {most} days in a row")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        run = run_before(past_days(person.agent, person.axis))
        before = f", {run} of which {'was' if run == 1 else 'were'} just before the plan" if run else ""
        return f"at most {person.contract.max_consecutive_days} days in a row{before}"
