"""Every attendee gets every session of an activity, whole; nobody else attends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduling.rules.base import Case, Person, Rule, Violation
from wfm.model import Activity


class SessionsWhole(Rule):
    """Sessions are placed by `scheduling.sessions`, never dropped or shortened."""

    name = "sessions delivered whole"

    def check(self, case: Case) -> Iterator[Violation]:
        activities = {activity.name: activity for activity in case.workforce.activities}
        for activity in activities.values():
            for name in activity.attendees:
                yield from self._attended(case, activity, name)
        for (name, agent), parts in case.sessions.items():
            if name not in activities or agent not in activities[name].attendees:
                day = case.axis.day_index(case.axis.local(parts[0].start).date())
                yield case.violation(self.name, agent, day, f"attends {name} without being asked to")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return "every session of every activity"

    def _attended(self, case: Case, activity: Activity, agent: str) -> Iterator[Violation]:
        parts = case.attended(activity, agent)
        if len(parts) != activity.sessions:
            text = f"{activity.name}: {len(parts)} of {activity.sessions} sessions"
            yield case.violation(self.name, agent, None, text)
        for part in parts:
            day = case.axis.day_index(case.axis.local(part.start).date())
            if part.minutes != activity.minutes:
                yield case.violation(self.name, agent, day, f"{activity.name}: {part.minutes} of {activity.minutes} minutes")
            if part.paid != activity.paid:
                yield case.violation(self.name, agent, day, f"{activity.name} must be {'paid' if activity.paid else 'unpaid'}")
