"""Every session lies between the first and last date of its activity, wholly inside its window of the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduling.rules.base import Case, Person, Rule, Violation
from wfm.model import Activity, Segment, TimeAxis


class SessionWindow(Rule):
    """Sessions with fixed starts are held by their own rule, not by the window."""

    name = "dates and window of sessions"

    def check(self, case: Case) -> Iterator[Violation]:
        for activity in case.workforce.activities:
            for name in () if activity.at else activity.attendees:
                for part in case.attended(activity, name):
                    if not _inside(case.axis, activity, part):
                        day = case.axis.day_index(case.axis.local(part.start).date())
                        text = f"{activity.name} at {case.clock(part.start)} lies outside its dates or its window of the day"
                        yield case.violation(self.name, name, day, text)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return "sessions inside their dates and windows"


def _inside(axis: TimeAxis, activity: Activity, part: Segment) -> bool:
    """Whether some date of the activity has a window around the session (a window may reach past midnight)."""
    for day in range(axis.day_index(activity.earliest), axis.day_index(activity.latest) + 1):
        if axis.minute(day, activity.from_minute) <= part.start and part.end <= axis.minute(day, activity.to_minute):
            return True
    return False
