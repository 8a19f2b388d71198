"""Unpopular shifts are shared: with n of them, those in memory included, a person costs half of the price × n².

What they cost before the plan is not paid again, so the first to be asked is who had the fewest.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from scheduling.rules.base import Case, Charge, Person, Rule
from scheduling.space import NO_LIMIT, Space, Toll


class Fairness(Rule):
    name = "fairness of unpopular shifts"

    def narrow(self, person: Person, space: Space) -> None:
        price, days = person.contract.fairness_price, space.catalogue.days
        unpopular = np.concatenate([np.full(f.size, f.template.unpopular) for f in space.catalogue.families] or [np.zeros(0, bool)])
        if price and unpopular.any():
            knots = np.arange(days + 1)[None, :]
            toll = Toll(knots, price * _half_squares(person.agent.unpopular_before, knots[0]))
            weight = np.broadcast_to(unpopular.astype(np.int64), space.allowed.shape)
            space.count(self.name, weight, 0, NO_LIMIT, np.zeros(days, np.int64), toll)

    def charges(self, case: Case) -> Iterator[Charge]:
        for name, shifts in case.shifts.items():
            price, before = case.contract(name).fairness_price, case.agents[name].unpopular_before
            number = sum(shift.template in case.templates and case.templates[shift.template].unpopular for shift in shifts)
            if price and number:
                text = f"{number} unpopular shifts, {before} before"
                yield case.charge(self.name, name, None, text, price * float(_half_squares(before, np.array(number))))

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return "unpopular shifts shared fairly"


def _half_squares(before: int, number: np.ndarray) -> np.ndarray:
    """½ (before + n)² less ½ before²."""
    return number * (before + number / 2)
