"""The nouns of a rostering problem of whole days: shifts are given, at most one a day for each person."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wfm.model.arrays import FloatArray, IntArray, freeze

OFF = -1
Rota = NDArray[np.int16]
"""Who works what: (people, days), index of the shift or OFF."""


@dataclass(frozen=True)
class DayShift:
    """A shift that fills a person's day. not_before: names of the shifts that must not follow it on the next day."""

    name: str
    minutes: int
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """What one person may work; all of it is hard.

    most: for each shift the most days of it in the horizon. least_run, least_rest: shortest run of worked days and of days off; both
    bind only runs that touch neither end of the horizon. max_weekends: weekends with work on Saturday or Sunday. days_off: day indices.
    """

    name: str
    most: tuple[int, ...]
    max_minutes: int
    min_minutes: int
    max_run: int
    least_run: int
    least_rest: int
    max_weekends: int
    days_off: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, eq=False)
class DaysProblem:
    """A whole problem; the horizon starts on a Monday.

    wanted, unwanted (people, days, shifts): price of not giving a wanted shift and of giving an unwanted one. need (days, shifts): people
    required; under, over (days, shifts): price of one too few and one too many.
    """

    days: int
    shifts: tuple[DayShift, ...]
    people: tuple[Person, ...]
    wanted: FloatArray
    unwanted: FloatArray
    need: IntArray
    under: FloatArray
    over: FloatArray

    def __post_init__(self) -> None:
        cells = (self.days, len(self.shifts))
        freeze(self, wanted=(len(self.people), *cells), unwanted=(len(self.people), *cells), under=cells, over=cells)
        freeze(self, np.int64, need=cells)

    @property
    def minutes(self) -> IntArray:
        """Minutes of each shift."""
        return np.array([shift.minutes for shift in self.shifts], np.int64)

    def may_follow(self) -> NDArray[np.bool_]:
        """(shifts, shifts): whether the second may stand on the day after the first."""
        names = [shift.name for shift in self.shifts]
        return np.array([[name not in shift.not_before for name in names] for shift in self.shifts], bool).reshape(len(names), len(names))

    def all_off(self) -> Rota:
        return np.full((len(self.people), self.days), OFF, np.int16)
