"""Voluntary leave: hours that may lack of those due in a week, at their price."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from scheduling.rules.base import Case, Charge, Person, Rule
from scheduling.rules.max_hours import paid_weeks
from scheduling.rules.min_hours import whole_due
from scheduling.space import NO_LIMIT, Space, Toll


class Leave(Rule):
    """How much there may be at most is a matter of the least hours in a week."""

    name = "voluntary leave"

    def narrow(self, person: Person, space: Space) -> None:
        contract = person.contract
        if contract.leave_hours:
            due = np.array([whole_due(person, week) for week in range(space.catalogue.grid.weeks)])
            toll = Toll(np.stack([due - 60, due, due + 1], axis=1), np.array([contract.leave_price, 0.0, 0.0]))
            space.count(self.name, space.paid, 0, NO_LIMIT, toll=toll)

    def charges(self, case: Case) -> Iterator[Charge]:
        for person in case.persons:
            price = person.contract.leave_price if person.contract.leave_hours else 0.0
            for week, (day, minutes) in enumerate(paid_weeks(case, person.name)) if price else ():
                lacking = (whole_due(person, week) - minutes) / 60
                if lacking > 0:
                    yield case.charge(self.name, person.name, day, f"{lacking:g} h of voluntary leave in the week", lacking * price)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return f"voluntary leave up to {person.contract.leave_hours:g} h a week"
