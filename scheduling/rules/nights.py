"""At most so many nights on days in a row. A night is a shift under way at 3:00."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from scheduling.rules.base import Case, Person, Rule, Violation
from scheduling.rules.past import is_night, nights_before, run_before
from scheduling.space import Space, Track
from wfm.model.arrays import BoolArray


class Nights(Rule):
    name = "most nights in a row"

    def narrow(self, person: Person, space: Space) -> None:
        most = person.contract.max_nights
        if most is not None:
            table = np.zeros((most + 1, 2), np.int64)
            table[:, 1] = [*range(1, most + 1), -1]
            before = min(run_before(nights_before(person.agent, person.axis)), most)
            space.tracks.append(Track(self.name, nights(space).astype(np.int64), np.zeros(len(space.allowed), np.int64), table, before))

    def check(self, case: Case) -> Iterator[Violation]:
        for name in case.shifts:
            most, run, last = case.contract(name).max_nights, 0, None
            for day in sorted(nights_of(case, name)) if most is not None else ():
                run = run + 1 if last is not None and day == last + 1 else 1
                last = day
                if run > most and day >= 0:
                    yield case.violation(self.name, name, day, f"more than {most} nights in a row")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return f"at most {person.contract.max_nights} nights in a row"


def nights(space: Space) -> BoolArray:
    """Which options are nights, shape (days, options)."""
    catalogue, axis = space.catalogue, space.catalogue.grid.axis
    three = np.array([axis.minute(day, 180) for day in range(catalogue.days + 1)])
    here, next_ = three[:-1, None], three[1:, None]
    return ((catalogue.start <= here) & (catalogue.end > here)) | ((catalogue.start <= next_) & (catalogue.end > next_))


def nights_of(case: Case, name: str) -> set[int]:
    """Days on which nights start, those before the plan included."""
    inside = {s.day for s in case.shifts[name] if is_night(case.axis, s.day, s.start, s.end)}
    return inside | nights_before(case.agents[name], case.axis)
