"""Enough rest lies between the end of a shift and the start of the next."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from math import ceil

from scheduling.rules.base import Case, Person, Rule, Violation, say
from scheduling.rules.past import last_end
from scheduling.space import Space


class Rest(Rule):
    name = "rest between shifts"

    def narrow(self, person: Person, space: Space) -> None:
        space.rest_minutes = max(space.rest_minutes, ceil(person.contract.rest_hours * 60))
        end = last_end(person.agent, person.axis)
        if end is not None:
            space.allowed &= space.catalogue.start >= end + space.rest_minutes

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            least, end = case.contract(name).rest_hours, last_end(case.agents[name], case.axis)
            if end is not None and shifts and shifts[0].start - end < least * 60:
                text = _text(shifts[0].start - end, "the last shift before the plan", least)
                yield case.violation(self.name, name, shifts[0].day, text)
            for before, after in itertools.pairwise(shifts):
                if after.start - before.end < least * 60:
                    text = _text(after.start - before.end, "the shift before", least)
                    yield case.violation(self.name, name, after.day, text)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        end, least = last_end(person.agent, person.axis), person.contract.rest_hours
        ended = person.axis.local(end) if end is not None and end + least * 60 > 0 else None
        before = f", the last of which ended on {say(ended.date())} at {ended:%H:%M}" if ended else ""
        return f"at least {least:g} h between two shifts{before}"


def _text(minutes: int, earlier: str, least: float) -> str:
    if minutes < 0:
        return f"begins {-minutes / 60:g} h before {earlier} ends, at least {least:g} h between them needed"
    return f"{minutes / 60:g} h after {earlier}, at least {least:g} h needed"
