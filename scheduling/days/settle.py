"""One window settled for everybody: first each person's cheapest days against what is short, then groups by columns and dives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduling.days.case import Patch
from scheduling.days.clock import Clock
from scheduling.days.columns import Generator
from scheduling.days.dive import Dive, DiveSettings
from scheduling.days.kernel import INF
from scheduling.days.problem import OFF, Rota
from wfm.model.arrays import BoolArray, FloatArray, IntArray

SHORT = 0.1  # part of the price of a lack added to a cell's worth where people are put in one by one
FIRST, DOUBLE = 12, 2  # people freed together once a larger group took too long; factor from sweep to sweep
SMALLER, LARGER = 0.7, 2.0  # how far the largest group that is tried lies from one that took too long, and from one that did not
PATIENCE, MOST = 3.0, 0.6  # times its even share of the window's time that a group may take; part of that time


@dataclass(eq=False)
class Settler:
    """size: people freed together at most, learnt from window to window."""

    clock: Clock
    random: np.random.Generator
    size: float
    noise: float = 0.0

    def run(self, part: Patch, worth: FloatArray, limit: float) -> tuple[Rota, list[int]]:
        """Rows of everybody in about so much of the budget, and who is stuck: in no way through the window, their rows empty."""
        until = self.clock.gone + limit
        rows, stuck = self._one_by_one(part, worth)
        everyone = np.setdiff1d(np.arange(len(rows)), stuck)
        size, better = max(self.size, FIRST), len(everyone) > 0
        while better and self.clock.gone < until:
            groups = np.array_split(self.random.permutation(everyone), -(-len(everyone) // int(size)))
            better = self._sweep(part, rows, groups, worth, until)
            larger = FIRST if self.size < size else min(size * DOUBLE, max(self.size, FIRST))  # too many at once: begin with few
            better, size = (len(groups) > 1 and better) or larger != size, float(larger)
        return rows, stuck

    def _sweep(self, part: Patch, rows: Rota, groups: list[IntArray], worth: FloatArray, until: float) -> bool:
        """Free each group once; whether anything got better."""
        better = False
        for done, who in enumerate(groups):
            left = until - self.clock.gone
            if left <= 0:
                break
            better |= self._free(part, rows, np.sort(who), worth, left * min(MOST, PATIENCE / (len(groups) - done)))
        return better

    def _free(self, part: Patch, rows: Rota, who: IntArray, worth: FloatArray, limit: float) -> bool:
        patch, found = part.of(who, rows), None
        cost = patch.price_of(rows[who])
        with self.clock.gate(limit) as cut:
            generator = Generator(patch, self.clock, worth, rows[who])
            root = generator.run(cost)
            found = Dive(generator, cost, self.random, DiveSettings(self.noise)).run(root) if root.bound < cost else None
        self.size = SMALLER * len(who) if cut else min(max(self.size, LARGER * len(who)), float(len(rows)))
        if found is not None:
            rows[who] = found
        return found is not None

    def _one_by_one(self, part: Patch, worth: FloatArray) -> tuple[Rota, list[int]]:
        """Each person's cheapest days against what is still short, and who has none."""
        rows, cover, stuck = np.full((len(part.people), part.days), OFF, np.int16), np.zeros(part.need.shape, np.int64), []
        for p in self.random.permutation(len(rows)):
            price = marginal(cover < part.need, worth, part.under, part.over)
            costs, _, found = part.best_rows(np.array([p]), -price)
            if costs[0] == INF:
                stuck.append(int(p))
                continue
            rows[p] = found[0]
            days = np.flatnonzero(rows[p] != OFF)
            cover[days, rows[p, days]] += 1
            self.clock.spend(2e-4)
        return rows, stuck


def marginal(lack: BoolArray, worth: FloatArray, under: FloatArray, over: FloatArray) -> FloatArray:
    """Price of one more person in each cell (days, shifts): what it is worth where somebody lacks, and a little more, else `over`."""
    return np.where(lack, -worth - SHORT * under, over)
