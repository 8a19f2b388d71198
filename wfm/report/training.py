"""The training ledger: what was demanded, what stands in the roster, what is lost and what is owed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from wfm.model import Activity, ActivityKind, Kind, LedgerRow, Roster, Workforce

TRAINING = (ActivityKind.TRAINING.value, ActivityKind.COACHING.value)


def ledger(workforce: Workforce, roster: Roster) -> tuple[LedgerRow, ...]:
    """A row for each activity, in attendee-hours.

    What an attendee lacks is owed while the activity's window reaches past the plan, and cancelled where it does not: then nobody can
    give it any more. An hour too many of one attendee never hides what another lacks.
    """
    given = _given(roster)
    return tuple(_row(activity, given, roster.axis.dates[-1]) for activity in workforce.activities)


def training_hours(rows: tuple[LedgerRow, ...], field: str) -> float:
    """Attendee-hours of training and coaching; field: "planned" or "delivered"."""
    return float(sum(getattr(row, field) for row in rows if row.kind in TRAINING))


def _given(roster: Roster) -> dict[tuple[str, str], float]:
    """Hours by (activity, agent)."""
    hours: dict[tuple[str, str], float] = defaultdict(float)
    for shift in roster.shifts:
        for segment in shift.segments:
            if segment.kind is Kind.ACTIVITY:
                hours[segment.name, shift.agent] += segment.minutes / 60
    return hours


def _row(activity: Activity, given: dict[tuple[str, str], float], last: date) -> LedgerRow:
    each = activity.minutes * activity.sessions / 60
    got = [given.get((activity.name, agent), 0.0) for agent in activity.attendees]
    lacking = sum(max(each - hours, 0.0) for hours in got)
    owed = lacking if activity.latest > last else 0.0
    return LedgerRow(activity.name, activity.kind.value, activity.hours, float(sum(got)), lacking - owed, owed)
