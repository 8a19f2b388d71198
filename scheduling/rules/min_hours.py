"""At least so many paid hours in a week.

Due in a week is `min_hours_week`, in proportion where the plan covers only some of its days, less `max_hours_week ÷ max_days_week` for
each day of time off. Where closed dates or the border of the plan take away days that the person could otherwise work, no more is due
than in proportion to the days left: a bank holiday is nobody's debt.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil

import numpy as np

from scheduling.rules.base import Case, Person, Rule, Violation, week_of
from scheduling.rules.max_hours import paid_weeks
from scheduling.space import NO_LIMIT, Space


class MinHours(Rule):
    name = "least hours in a week"

    def narrow(self, person: Person, space: Space) -> None:
        if person.contract.min_hours_week > 0:
            low = np.array([ceil(due_minutes(person, week) - 1e-6) for week in range(space.catalogue.grid.weeks)])
            space.count(self.name, space.paid, low, NO_LIMIT)

    def check(self, case: Case) -> Iterator[Violation]:
        for person in case.persons:
            for week, (day, minutes) in enumerate(paid_weeks(case, person.name)):
                due = due_minutes(person, week)
                if minutes < due - 1e-6:
                    text = f"{minutes / 60:g} paid hours in the week, at least {due / 60:.4g} due"
                    yield case.violation(self.name, person.name, day, text)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        leave = f", less up to {person.contract.leave_hours:g} of leave" if person.contract.leave_hours else ""
        return f"at least {person.contract.min_hours_week:g} paid hours a week{leave}"


def due_minutes(person: Person, week: int) -> float:
    """Paid minutes due in a week of the plan, voluntary leave taken off."""
    return max(0.0, whole_due(person, week) - person.contract.leave_hours * 60)


def whole_due(person: Person, week: int) -> int:
    """Paid minutes due in a week of the plan if nobody takes leave."""
    return ceil(share_due(person, week, person.contract.min_hours_week) - 1e-6)


def share_due(person: Person, week: int, hours: float) -> float:
    """Paid minutes due in a week of the plan where `hours` are in a whole week."""
    axis, contract = person.axis, person.contract
    days = [day for day in range(axis.days) if week_of(axis, day) == week]
    usual = {w for w in range(7) if person.agent.available[w] is not None and any(t.weekdays[w] for t in person.templates)}
    usable = [d for d in days if axis.weekday[d] in usual and axis.dates[d] not in person.workforce.closed]
    share = len(days) / 7
    if usual:
        share = min(share, min(contract.max_days_week, len(usable)) / min(contract.max_days_week, len(usual)))
    off = sum(axis.dates[day] in person.agent.time_off for day in days)
    return max(0.0, (hours * share - off * contract.max_hours_week / contract.max_days_week) * 60)
