"""What is locked stands fast: a day off, or a shift of a template, with a start, of a length."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from scheduling.rules.base import Case, Person, Rule, Violation, say
from scheduling.rules.forward import wall_start
from scheduling.space import Space
from wfm.model import Lock


class Locks(Rule):
    name = "locked shifts"

    def narrow(self, person: Person, space: Space) -> None:
        families = space.catalogue.families
        for lock in person.agent.locks:
            day = person.axis.day_index(lock.day)
            if not 0 <= day < person.axis.days:
                continue
            if lock.off:
                space.allowed[day] = False
                continue
            named = [np.full(f.size, lock.shift in ("", f.template.name)) for f in families]
            fits = np.concatenate([*named, np.zeros(0, bool)])
            fits &= (space.catalogue.wall_start == lock.start) | (lock.start is None)
            fits &= (space.catalogue.length == lock.minutes) | (lock.minutes is None)
            space.allowed[day] &= fits
            space.must[day] = True

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            for lock in case.agents[name].locks:
                day = case.axis.day_index(lock.day)
                mine = [shift for shift in shifts if shift.day == day]
                if 0 <= day < case.axis.days and not ((lock.off and not mine) or any(_fits(case, shift, lock) for shift in mine)):
                    yield case.violation(self.name, name, day, f"not {said(lock)} as locked")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        mine = [lock for lock in sorted(person.agent.locks) if days is None or lock.day in days]
        return f"what is locked ({', '.join(f'{said(lock)} on {say(lock.day)}' for lock in mine)})" if mine else "locked shifts"


def _fits(case: Case, shift: object, lock: Lock) -> bool:
    if lock.off:
        return False
    start = lock.start is None or wall_start(case, shift) == lock.start
    return lock.shift in ("", shift.template) and start and lock.minutes in (None, shift.end - shift.start)


def said(lock: Lock) -> str:
    """A lock in words."""
    if lock.off:
        return "a day off"
    at = "" if lock.start is None else f" from {lock.start // 60:02d}:{lock.start % 60:02d}"
    return f"{lock.shift or 'a shift'}{at}" + ("" if lock.minutes is None else f" of {lock.minutes / 60:g} h")
