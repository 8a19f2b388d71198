"""Compiles every programme before a clock starts, on a problem that takes no time."""

from __future__ import annotations

from functools import cache

import numpy as np

from scheduling.days.case import make_case, make_patch
from scheduling.days.clock import Clock
from scheduling.days.columns import Generator
from scheduling.days.problem import DayShift, DaysProblem, Person
from scheduling.days.reach import Reach
from scheduling.days.roll import Roll
from scheduling.days.start import first_rota

DAYS = 112  # more than is looked at exactly


@cache
def warm_up() -> None:
    """Once in a process; a minute at the very first use on a machine, then a moment."""
    case = make_case(_tiny())
    clock = Clock(None, None, lambda: False)
    reach, random = Reach(case), np.random.default_rng(1)
    rota = first_rota(case, reach, clock, random)
    Roll(case, reach, clock, random, rota, 0.1).run()
    Generator(make_patch(case, rota, np.arange(1), 0, 7), clock).run()


def _tiny() -> DaysProblem:
    free, need = np.zeros((1, DAYS, 1)), np.ones((DAYS, 1))
    person = Person("one", (DAYS,), DAYS * 480, 0, 5, 1, 1, 16)
    return DaysProblem(DAYS, (DayShift("D", 480),), (person,), free, free, need, need, need)
