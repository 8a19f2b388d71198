"""Sessions with fixed starts take place exactly then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduling.rules.base import Case, Person, Rule, Violation


class SessionStarts(Rule):
    name = "fixed starts of sessions"

    def check(self, case: Case) -> Iterator[Violation]:
        for activity in case.workforce.activities:
            wanted = sorted((case.axis.minute(case.axis.day_index(day), wall), day) for day, wall in activity.at)
            for name in activity.attendees if wanted else ():
                starts = {part.start for part in case.attended(activity, name)}
                for minute, day in wanted:
                    if minute not in starts:
                        text = f"{activity.name} does not start at {case.clock(minute)} as fixed"
                        yield case.violation(self.name, name, case.axis.day_index(day), text)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return "sessions at their fixed starts"
