"""A fixed or rotating pattern of weeks: on its days of work a shift has to be worked, of the template it names, on its days off none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from scheduling.rules.base import Case, Person, Rule, Violation, say, week_of
from scheduling.space import Space

OFF, ANY = "off", "any"


class Pattern(Rule):
    """Time off and closed dates go before the pattern: nothing is due on them."""

    name = "pattern of weeks"

    def narrow(self, person: Person, space: Space) -> None:
        if person.contract.pattern:
            template = np.concatenate([np.full(f.size, f.template.name, object) for f in space.catalogue.families] + [np.zeros(0, object)])
            for day in range(person.axis.days):
                entry = entry_of(person, day)
                space.allowed[day] &= (template == entry) | (entry == ANY)
                space.must[day] |= entry != OFF and not _excused(person, day)

    def check(self, case: Case) -> Iterator[Violation]:
        for person in case.persons:
            worked = {shift.day: shift.template for shift in case.shifts[person.name]}
            for day in range(case.axis.days) if person.contract.pattern else ():
                entry, got = entry_of(person, day), worked.get(day)
                if got is None and entry != OFF and not _excused(person, day):
                    yield case.violation(self.name, person.name, day, f"no shift, the pattern says {entry}")
                elif got is not None and entry not in (ANY, got):
                    yield case.violation(self.name, person.name, day, f"works {got}, the pattern says {entry}")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        inside = [(day, entry_of(person, person.axis.day_index(day))) for day in sorted(days or ()) if day in person.axis.dates]
        return "the pattern of weeks" + (" (" + ", ".join(f"{say(day)} {entry}" for day, entry in inside[:7]) + ")" if inside else "")


def entry_of(person: Person, day: int) -> str:
    """What the pattern says of a day."""
    pattern = person.contract.pattern
    return pattern[(week_of(person.axis, day) + person.agent.pattern_week) % len(pattern)][int(person.axis.weekday[day])]


def _excused(person: Person, day: int) -> bool:
    date_ = person.axis.dates[day]
    return date_ in person.agent.time_off or date_ in person.workforce.closed
