"""A shift has exactly its template's breaks, in order, inside their windows, far enough apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date

from scheduling.rules.base import Case, Person, Rule, Violation
from wfm.model import Kind, Segment, Shift, ShiftTemplate


class Breaks(Rule):
    """Every engine places breaks by the template itself, so the space needs no narrowing."""

    name = "breaks"

    def check(self, case: Case) -> Iterator[Violation]:
        for shift in case.roster.shifts:
            template = case.templates.get(shift.template)
            if template is not None:
                for text in _faults(shift, template):
                    yield case.violation(self.name, shift.agent, shift.day, text)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return "breaks inside their windows"


def _faults(shift: Shift, template: ShiftTemplate) -> Iterator[str]:
    taken = [part for part in shift.segments if part.kind is Kind.BREAK]
    if [part.name for part in taken] != [rest.name for rest in template.breaks]:
        wanted = ", ".join(rest.name for rest in template.breaks) or "none"
        yield f"breaks are {', '.join(part.name for part in taken) or 'none'}, must be {wanted}"
        return
    for part, rest in zip(taken, template.breaks, strict=True):
        if part.minutes != rest.minutes or part.paid != rest.paid:
            yield f"{rest.name} must last {rest.minutes} minutes and be {'paid' if rest.paid else 'unpaid'}"
        if not rest.earliest <= part.start - shift.start <= rest.latest:
            yield f"{rest.name} starts {part.start - shift.start} minutes into the shift, allowed {rest.earliest}–{rest.latest}"
    yield from _close(taken, template)


def _close(taken: list[Segment], template: ShiftTemplate) -> Iterator[str]:
    for before, after in itertools.pairwise(taken):
        if after.start - before.end < template.break_gap:
            yield f"{after.start - before.end} minutes between {before.name} and {after.name}, at least {template.break_gap} needed"
