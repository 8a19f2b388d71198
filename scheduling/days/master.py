"""The linear programme over whole rows: one row each per person, cover of every cell with priced under and over.

HiGHS through SciPy's own binding, because it keeps the basis when columns are added; never highspy, which cannot live beside OR-Tools.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from scheduling.days.case import Patch
from scheduling.days.clock import Spent
from scheduling.days.problem import OFF, Rota
from wfm.model.arrays import BoolArray, FloatArray, IntArray

try:
    from scipy.optimize._highspy import _core as highs
except ImportError as error:  # not a public name of SciPy
    raise ImportError("rosters of whole days need the HiGHS binding inside SciPy 1.15 or later; this SciPy has none") from error

MISSING = 1e5
DUAL, PRIMAL = 1, 4


@dataclass(frozen=True, eq=False)
class Relaxed:
    """A solved programme: cost, share (columns,), worth (days, shifts) and pay (people,) as prices, missing: the rows do not suffice."""

    cost: float
    share: FloatArray
    worth: FloatArray
    pay: FloatArray
    missing: bool


class Master:
    """Columns may be added, switched off and on, and dropped; every solve starts from the last basis."""

    def __init__(self, patch: Patch):
        self.patch = patch
        self.who = np.empty(0, np.int64)
        self.rows: Rota = np.empty((0, patch.days), np.int16)
        self.cost = np.empty(0)
        self.on = np.empty(0, bool)
        self.known: set[tuple[int, bytes]] = set()
        self.steps = 0
        self.solver = highs._Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("simplex_strategy", PRIMAL)):
            self.solver.setOptionValue(name, value)
        self._begin()

    def _begin(self) -> None:
        people, need = len(self.patch.people), self.patch.need.ravel().astype(float)
        bounds = np.concatenate([np.ones(people), need])
        none = np.empty(0, np.int32)
        self.solver.addRows(len(bounds), bounds, bounds, 0, np.zeros(len(bounds), np.int32), none, np.empty(0))
        cells = np.arange(people, len(bounds), dtype=np.int32)
        self._add(np.full(people, MISSING), np.arange(people, dtype=np.int32), np.ones(people))
        beyond = np.full(len(cells), MISSING)  # where a branch limits the cover, the rows known so far may not suffice
        for price, sign in ((self.patch.under.ravel(), 1.0), (self.patch.over.ravel(), -1.0), (beyond, 1.0), (beyond, -1.0)):
            self._add(price, cells, np.full(len(cells), sign))
        self.first = people + 4 * len(cells)
        self.limits = np.zeros(2 * len(cells)), np.full(2 * len(cells), highs.kHighsInf)

    def _add(self, cost: FloatArray, rows: IntArray, values: FloatArray) -> None:
        count = len(cost)
        starts = np.arange(count, dtype=np.int32)
        self.solver.addCols(count, cost, np.zeros(count), np.full(count, highs.kHighsInf), count, starts, rows.astype(np.int32), values)

    def add(self, who: IntArray, rows: Rota) -> int:
        """Add the rows not known yet; returns how many they were."""
        new = [i for i in range(len(who)) if (int(who[i]), rows[i].tobytes()) not in self.known]
        if not new:
            return 0
        who, rows = who[new], rows[new]
        self.known.update((int(p), row.tobytes()) for p, row in zip(who, rows, strict=True))
        cost = self.patch.price_of_rows(who, rows)
        starts, entries, shifts = [], [], self.patch.need.shape[1]
        for p, row in zip(who, rows, strict=True):
            days = np.flatnonzero(row != OFF)
            starts.append(sum(map(len, entries)))
            entries.append(np.concatenate([[p], len(self.patch.people) + days * shifts + row[days]]))
        flat = np.concatenate(entries).astype(np.int32)
        top = np.full(len(new), highs.kHighsInf)
        self.solver.addCols(len(new), cost, np.zeros(len(new)), top, len(flat), np.array(starts, np.int32), flat, np.ones(len(flat)))
        self.who, self.rows = np.concatenate([self.who, who]), np.concatenate([self.rows, rows])
        self.cost, self.on = np.concatenate([self.cost, cost]), np.concatenate([self.on, np.ones(len(new), bool)])
        return len(new)

    def allow(self, on: BoolArray) -> None:
        """Switch columns (columns,) on and off."""
        changed = np.flatnonzero(on != self.on)
        if len(changed):
            top = np.where(on[changed], highs.kHighsInf, 0.0)
            self.solver.changeColsBounds(len(changed), (changed + self.first).astype(np.int32), np.zeros(len(changed)), top)
            self.on = on.copy()
            self.solver.setOptionValue("simplex_strategy", DUAL)  # the basis lost its primal feasibility, not its dual

    def limit_cover(self) -> None:
        """Take over how many the patch admits in each cell: least and most of under and over."""
        patch = self.patch
        low = np.maximum([patch.need - patch.most, patch.least - patch.need], 0.0).ravel()
        high = np.maximum([patch.need - patch.least, patch.most - patch.need], 0.0).ravel()
        changed = np.flatnonzero((low != self.limits[0]) | (high != self.limits[1]))
        if len(changed):
            index = (changed + len(patch.people)).astype(np.int32)
            self.solver.changeColsBounds(len(changed), index, low[changed], high[changed])
            self.limits = low, high
            self.solver.setOptionValue("simplex_strategy", DUAL)

    def drop(self, gone: BoolArray) -> None:
        """Forget columns (columns,)."""
        index = np.flatnonzero(gone)
        self.solver.deleteCols(len(index), (index + self.first).astype(np.int32))
        self.known.difference_update((int(self.who[i]), self.rows[i].tobytes()) for i in index)
        self.who, self.rows, self.cost, self.on = self.who[~gone], self.rows[~gone], self.cost[~gone], self.on[~gone]

    def solve(self, seconds: float = math.inf) -> Relaxed:
        """Solve, within so many wall seconds. Raises Spent when they are over."""
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + max(seconds, 0.0))
        self.solver.run()
        if self.solver.getModelStatus() == highs.HighsModelStatus.kTimeLimit:
            raise Spent
        self.solver.setOptionValue("simplex_strategy", PRIMAL)
        info, found = self.solver.getInfo(), self.solver.getSolution()
        self.steps += max(info.simplex_iteration_count, 0)
        values, duals = np.array(found.col_value), np.array(found.row_dual)
        people = len(self.patch.people)
        worth = duals[people:].reshape(self.patch.need.shape)
        artificial = np.concatenate([values[:people], values[people + 2 * self.patch.need.size : self.first]])
        missing = bool(artificial.max(initial=0.0) > 1e-6)
        return Relaxed(self.patch.fixed + info.objective_function_value, values[self.first :], worth, duals[:people], missing)

    def reduced(self, worth: FloatArray) -> FloatArray:
        """Cost of each column less what its cells are worth."""
        padded = np.concatenate([worth, np.zeros((len(worth), 1))], axis=1)
        return self.cost - padded[np.arange(self.patch.days), self.rows].sum(axis=1)
