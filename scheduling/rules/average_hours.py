"""Paid hours a week on average over some weeks lie between a least and a most.

The weeks of the plan are taken in blocks from its first. Where few sums are possible the hours so far are remembered. Where there are many,
each week gets its share of the block's hours by what is needed in it, so that the sum keeps the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil, floor

import numpy as np

from scheduling.rules.base import Case, Person, Rule, Violation
from scheduling.rules.max_hours import paid_weeks
from scheduling.rules.min_hours import share_due
from scheduling.space import NO_LIMIT, Counter, Space
from wfm.model.arrays import IntArray

MOST_SUMS = 24  # remembered; more would slow every move


class AverageHours(Rule):
    name = "hours on average"

    def narrow(self, person: Person, space: Space) -> None:
        contract, week = person.contract, space.catalogue.grid.week
        if not contract.average_weeks:
            return
        low, high = limits(person)
        period = week // contract.average_weeks
        unit = int(np.gcd.reduce(space.paid, axis=None)) or 1
        if high.max() < NO_LIMIT and high.max() // unit <= MOST_SUMS:
            space.count(self.name, space.paid, low, high, period)
            return
        space.sums.append(Counter(self.name, space.paid, low, high, period))
        if space.tight:
            _share_out(self.name, person, space, low, high)

    def check(self, case: Case) -> Iterator[Violation]:
        for person in case.persons:
            size = person.contract.average_weeks
            weeks = paid_weeks(case, person.name) if size else []
            low, high = limits(person) if size else ((), ())
            for block in range(-(-len(weeks) // size) if size else 0):
                part = weeks[block * size : (block + 1) * size]
                minutes = sum(paid for _, paid in part)
                if not low[block] <= minutes <= high[block]:
                    limit = f"at least {low[block] / 60:.4g} due" if minutes < low[block] else f"at most {high[block] / 60:.4g} allowed"
                    text = f"{minutes / 60:g} paid hours in {len(part)} week{'s' * (len(part) > 1)}, {limit}"
                    yield case.violation(self.name, person.name, part[0][0], text)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        contract, most = person.contract, person.contract.max_hours_average
        least = f"at least {contract.min_hours_average:g}" if contract.min_hours_average else ""
        limits_ = " and ".join(filter(None, (least, "" if most is None else f"at most {most:g}")))
        return f"{limits_} paid hours a week on average over {contract.average_weeks} week{'s' * (contract.average_weeks > 1)}"


def limits(person: Person) -> tuple[IntArray, IntArray]:
    """Least and most paid minutes of each block of weeks."""
    contract, axis = person.contract, person.axis
    weeks = (axis.days - 1 + axis.start.weekday()) // 7 + 1
    blocks = np.arange(weeks) // contract.average_weeks
    due = np.bincount(blocks, [share_due(person, week, contract.min_hours_average) for week in range(weeks)])
    low = np.array([ceil(minutes - 1e-6) for minutes in due], np.int64)
    if contract.max_hours_average is None:
        return low, np.full(len(low), NO_LIMIT, np.int64)
    return low, np.bincount(blocks).astype(np.int64) * floor(contract.max_hours_average * 60 + 1e-9)


def _share_out(name: str, person: Person, space: Space, low: IntArray, high: IntArray) -> None:
    """Weekly limits whose sums lie inside those of the blocks: by what is needed on the days the person may work."""
    grid = space.catalogue.grid
    cells = np.searchsorted(grid.axis.day_starts, np.arange(grid.cells) * grid.minutes, side="right") - 1
    need = np.bincount(cells, grid.need.sum(axis=0), grid.axis.days) * space.allowed.any(axis=1)
    weekly = np.bincount(grid.week, need) + 1e-9
    most = np.full(grid.weeks, NO_LIMIT, np.int64)
    least = np.zeros(grid.weeks, np.int64)
    for block in range(len(low)):
        weeks = np.flatnonzero(np.arange(grid.weeks) // person.contract.average_weeks == block)
        limit = np.full(len(weeks), (person.contract.max_hours_week + person.contract.overtime_hours) * 60)
        if high[block] < NO_LIMIT:
            most[weeks] = np.floor(_poured(float(high[block]), weekly[weeks], limit) + 1e-6)
        least[weeks] = np.ceil(_poured(float(low[block]), weekly[weeks], np.minimum(limit, most[weeks])) - 1e-6)
    space.count(name, space.paid, least, most)
    space.tightened = True


def _poured(total: float, weight: np.ndarray, limit: np.ndarray) -> np.ndarray:
    """A total shared out by weight, nobody above their limit; less where all limits together are."""
    share = np.zeros(len(weight))
    for _ in range(len(weight) + 1):
        room = limit - share > 1e-9
        rest = total - share.sum()
        if rest <= 1e-9 or not room.any():
            break
        share = np.where(room, np.minimum(limit, share + rest * weight / weight[room].sum()), share)
    return share
