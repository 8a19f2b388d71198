"""People serve only queues they have the skill for, and nobody serves one outside work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduling.rules.base import Case, Person, Rule, Violation
from wfm.model import Kind


class Skills(Rule):
    """Cover counts a person only for their own queues, so the space needs no narrowing."""

    name = "skills"

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            for shift in shifts:
                served = {queue for part in shift.segments for queue in part.queues}
                for queue in sorted(served - set(case.agents[name].skills)):
                    yield case.violation(self.name, name, shift.day, f"serves {queue} without the skill")
                if any(part.queues for part in shift.segments if part.kind is not Kind.WORK):
                    yield case.violation(self.name, name, shift.day, "serves a queue during a break or an activity")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return f"skills: {', '.join(person.agent.skills) or 'none'}"
