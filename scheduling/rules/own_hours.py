"""No shift of a person starts before their earliest time of day or ends after their latest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from scheduling.rules.availability import hours
from scheduling.rules.base import Case, Person, Rule, Violation
from scheduling.space import Space


class OwnHours(Rule):
    name = "earliest and latest"

    def narrow(self, person: Person, space: Space) -> None:
        agent, axis = person.agent, person.axis
        if (agent.earliest, agent.latest) != (0, 2880):
            begin, end = (np.array([axis.minute(day, wall) for day in range(axis.days)]) for wall in (agent.earliest, agent.latest))
            space.allowed &= (space.catalogue.start >= begin[:, None]) & (space.catalogue.end <= end[:, None])

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            agent = case.agents[name]
            for shift in shifts:
                if shift.start < case.axis.minute(shift.day, agent.earliest) or shift.end > case.axis.minute(shift.day, agent.latest):
                    text = f"shift {case.clock(shift.start)}–{case.clock(shift.end)} lies outside {hours((agent.earliest, agent.latest))}"
                    yield case.violation(self.name, name, shift.day, text)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return f"shifts only {hours((person.agent.earliest, person.agent.latest))}"
