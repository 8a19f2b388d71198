"""Paid hours beyond the usual most of a week are overtime, at its price."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from scheduling.rules.base import Case, Charge, Person, Rule
from scheduling.rules.max_hours import paid_weeks, usual_minutes
from scheduling.space import NO_LIMIT, Space, Toll


class Overtime(Rule):
    """How much there may be at most is a matter of the most hours in a week."""

    name = "overtime"

    def narrow(self, person: Person, space: Space) -> None:
        contract = person.contract
        if contract.overtime_hours:
            usual = np.array([usual_minutes(person, week) for week in range(space.catalogue.grid.weeks)])
            knots = np.stack([usual - 1, usual, usual + 60], axis=1)
            toll = Toll(knots, np.array([0.0, 0.0, contract.overtime_price]))
            space.count(self.name, space.paid, 0, NO_LIMIT, toll=toll)

    def charges(self, case: Case) -> Iterator[Charge]:
        for person in case.persons:
            price = person.contract.overtime_price if person.contract.overtime_hours else 0.0
            for week, (day, minutes) in enumerate(paid_weeks(case, person.name)) if price else ():
                over = (minutes - usual_minutes(person, week)) / 60
                if over > 0:
                    yield case.charge(self.name, person.name, day, f"{over:g} h of overtime in the week", over * price)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return f"overtime up to {person.contract.overtime_hours:g} h a week"
