"""At most one shift starts on a day, and shifts of one person never overlap."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date

from scheduling.rules.base import Case, Person, Rule, Violation


class OneADay(Rule):
    """Every engine chooses at most one option a day; that shifts of different days do not overlap is a rest of zero minutes."""

    name = "one shift a day"

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            for before, after in itertools.pairwise(shifts):
                if before.day == after.day:
                    yield case.violation(self.name, name, after.day, "two shifts start on this day")
                elif after.start < before.end:
                    yield case.violation(self.name, name, after.day, "the shift starts before the one of the day before ends")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return "one shift a day"
