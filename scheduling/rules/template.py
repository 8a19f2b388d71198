"""A shift has the start, length and weekday of a template of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduling.rules.base import Case, Person, Rule, Violation
from wfm.model import Shift


class Template(Rule):
    """The catalogue holds nothing else, so the space needs no narrowing."""

    name = "shift template"

    def check(self, case: Case) -> Iterator[Violation]:
        for shift in case.roster.shifts:
            for text in _faults(case, shift):
                yield case.violation(self.name, shift.agent, shift.day, text)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return f"shifts of contract {person.contract.name}: {', '.join(person.contract.shifts) or 'none'}"


def _faults(case: Case, shift: Shift) -> Iterator[str]:
    agent, template = case.agents.get(shift.agent), case.templates.get(shift.template)
    if agent is None or template is None:
        yield f"unknown agent {shift.agent!r}" if agent is None else f"unknown shift template {shift.template!r}"
        return
    if not 0 <= shift.day < case.axis.days:
        yield "the shift starts outside the plan"
        return
    if template.name not in case.contract(shift.agent).shifts:
        yield f"contract {agent.contract} has no shift {template.name}"
    if shift.start not in {case.axis.minute(shift.day, wall) for wall in template.starts()}:
        yield f"{template.name} does not start at {case.clock(shift.start)}"
    if shift.end - shift.start not in template.lengths:
        yield f"{template.name} does not last {shift.end - shift.start} minutes"
    if not template.weekdays[int(case.axis.weekday[shift.day])]:
        yield f"{template.name} does not start on a {case.axis.dates[shift.day]:%A}"
