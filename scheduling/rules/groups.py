"""Everybody of a group attends a session at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduling.rules.base import Case, Person, Rule, Violation


class Groups(Rule):
    name = "groups together"

    def check(self, case: Case) -> Iterator[Violation]:
        for activity in case.workforce.activities:
            for group in activity.groups():
                common = [part.start for part in case.attended(activity, group[0])]
                for name in group[1:]:
                    starts = [part.start for part in case.attended(activity, name)]
                    if starts != common:
                        day = case.axis.day_index(case.axis.local(min(set(starts) ^ set(common), default=0)).date())
                        yield case.violation(self.name, name, day, f"{activity.name}: not at the time of {group[0]}")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return "groups attend together"
