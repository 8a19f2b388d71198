"""Enough rest lies between the end of a shift and the start of the next."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from math import ceil

from scheduling.rules.base import Case, Person, Rule, Violation
from scheduling.space import Space


class Rest(Rule):
    name = "rest between shifts"

    def narrow(self, person: Person, space: Space) -> None:
        space.rest_minutes = max(space.rest_minutes, ceil(person.contract.rest_hours * 60))

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            least = case.contract(name).rest_hours
            for before, after in itertools.pairwise(shifts):
                if after.start - before.end < least * 60:
                    text = f"{(after.start - before.end) / 60:g} h after the shift before, at least {least:g} h needed"
                    yield case.violation(self.name, name, after.day, text)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return f"at least {person.contract.rest_hours:g} h between two shifts"
