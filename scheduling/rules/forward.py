"""Shifts move on in the day: on the day after a shift one starts at most so much earlier in the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from scheduling.rules.base import Case, Person, Rule, Violation
from scheduling.rules.past import past_days
from scheduling.space import Space
from wfm.model import Shift


class Forward(Rule):
    name = "forward rotation"

    def narrow(self, person: Person, space: Space) -> None:
        less = person.contract.forward_minutes
        space.forward_minutes = less
        past = past_days(person.agent, person.axis)
        if less is not None and -1 in past:
            space.allowed[0] &= space.catalogue.start[0] >= person.axis.minute(0, max(past[-1].start - less, 0))

    def check(self, case: Case) -> Iterator[Violation]:
        for name in case.shifts:
            less = case.contract(name).forward_minutes
            for (before, wall, _), (after, _, start) in pairwise(_starts(case, name) if less is not None else ()):
                if after == before + 1 and after >= 0 and start < case.axis.minute(after, max(wall - less, 0)):
                    text = f"starts at {case.clock(start)}, the day before at {wall // 60:02d}:{wall % 60:02d}"
                    yield case.violation(self.name, name, after, text)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        less = person.contract.forward_minutes
        return f"no shift more than {less} minutes earlier in the day than that of the day before"


def _starts(case: Case, name: str) -> list[tuple[int, int, int]]:
    """Days worked with the start of their shift, in wall-clock and in elapsed minutes."""
    axis = case.axis
    found = [(day, past.start, axis.minute(day, past.start)) for day, past in past_days(case.agents[name], axis).items()]
    return sorted(found + [(s.day, wall_start(case, s), s.start) for s in case.shifts[name]])


def wall_start(case: Case, shift: Shift) -> int:
    """The start as its template says it, in wall-clock minutes; the clock's own for a shift of no template."""
    template, local = case.templates.get(shift.template), case.axis.local(shift.start)
    walls = (wall for wall in (template.starts() if template else ()) if case.axis.minute(shift.day, wall) == shift.start)
    return next(walls, local.hour * 60 + local.minute)
