"""The exact best schedule of one person over the whole plan: a dynamic programme over the lattice, last day first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduling.lattice import Lattice
from scheduling.space import Space
from wfm.model.arrays import BoolArray, FloatArray, IntArray, frozen

OFF = -1


@dataclass(frozen=True, eq=False)
class Tours:
    """All schedules of one person. closes: per week end, the states that satisfy the lower limits of the week."""

    space: Space
    lattice: Lattice
    closes: tuple[BoolArray | None, ...]

    @classmethod
    def of(cls, space: Space, lattice: Lattice) -> Tours:
        closes: list[BoolArray | None] = []
        for day, closing in enumerate(lattice.closing):
            if closing is None:
                closes.append(None)
                continue
            low = np.array([counter.low[space.catalogue.grid.week[day]] for counter in space.counters], np.int64)
            closes.append(np.all(closing[0][:, 2:] >= low, axis=1))
        return cls(space, lattice, tuple(closes))

    def best(self, values: FloatArray, must: BoolArray | None = None) -> tuple[float, IntArray]:
        """Dearest schedule: its value and the option of each day (`OFF` for none).

        values (days, options): worth of each option, −inf where forbidden; a day off is worth 0. must (days,): days that have to be
        worked. The value is −inf where no schedule exists.
        """
        table = self._by_rank(values)
        worth = self._backward(table, must)
        if worth[0][0] == -np.inf:
            return -np.inf, frozen(np.full(len(values), OFF), np.int64)
        return float(worth[0][0]), self._follow(values, table, worth, must)

    def feasible(self, allowed: BoolArray, must: BoolArray) -> BoolArray:
        """Which options stand in some whole schedule, shape (days, options)."""
        table = self._by_rank(np.where(allowed, 0.0, -np.inf))
        worth = self._backward(table, must)
        here = np.zeros(1, bool)
        here[0] = worth[0][0] > -np.inf
        good = np.zeros(allowed.shape, bool)
        for day, layer in enumerate(self.lattice.layers):
            after = np.concatenate([self._closed(day, worth[day + 1]), [-np.inf]]) > -np.inf
            open_to = after[layer.work] & here[:, None]
            least = np.where(open_to, layer.first[:, None], self.lattice.ranks).min(axis=0)
            good[day] = allowed[day] & (self.lattice.rank >= least[self.lattice.action[day]])
            here = self._forward(day, here, open_to & (table[day][layer.first] > -np.inf), after, bool(must[day]))
        return good

    def _forward(self, day: int, here: BoolArray, works: BoolArray, after: BoolArray, must: bool) -> BoolArray:
        """States reached after a day from the states `here`."""
        layer, reached = self.lattice.layers[day], np.zeros(len(after), bool)
        reached[layer.work[works]] = True
        if not must:
            reached[layer.off[here & after[layer.off]]] = True
        closing = self.lattice.closing[day]
        if closing is None:
            return reached[:-1]
        merged = np.zeros(int(closing[1].max()) + 1, bool)
        merged[closing[1][reached[:-1]]] = True
        return merged

    def _by_rank(self, values: FloatArray) -> FloatArray:
        """Best value of each action with a start at or after each rank, shape (days, ranks + 1, actions)."""
        lattice = self.lattice
        table = np.full((len(values), lattice.ranks + 1, lattice.actions), -np.inf)
        days = np.arange(len(values))[:, None]
        np.maximum.at(table, (days, lattice.rank[None, :], lattice.action), values)
        return np.maximum.accumulate(table[:, ::-1], axis=1)[:, ::-1]

    def _closed(self, day: int, worth: FloatArray) -> FloatArray:
        """Worth of the states right after a day, looking through the end of a week."""
        closing, closes = self.lattice.closing[day], self.closes[day]
        if closing is None or closes is None:
            return worth
        return np.where(closes, worth[closing[1]], -np.inf)

    def _backward(self, table: FloatArray, must: BoolArray | None) -> list[FloatArray]:
        """Best worth of what follows each state, before each day and after the last."""
        last = self.lattice.closing[-1]
        worth = [np.zeros(int(last[1].max()) + 1 if last is not None else 1)]
        for day in range(len(self.lattice.layers) - 1, -1, -1):
            layer = self.lattice.layers[day]
            after = np.concatenate([self._closed(day, worth[-1]), [-np.inf]])
            best = (after[layer.work] + table[day][layer.first]).max(axis=1, initial=-np.inf)
            if must is None or not must[day]:
                best = np.maximum(best, after[layer.off])
            worth.append(best)
        worth.reverse()
        return worth

    def _follow(self, values: FloatArray, table: FloatArray, worth: list[FloatArray], must: BoolArray | None) -> IntArray:
        """The options along a best schedule, first day first."""
        chosen, state = np.full(len(values), OFF, np.int64), 0
        for day, layer in enumerate(self.lattice.layers):
            after = np.concatenate([self._closed(day, worth[day + 1]), [-np.inf]])
            rank = int(layer.first[state])
            works = after[layer.work[state]] + table[day, rank]
            action = int(np.argmax(works)) if len(works) else 0
            off = after[layer.off[state]] if must is None or not must[day] else -np.inf
            if len(works) and works[action] > off:
                fits = (self.lattice.action[day] == action) & (self.lattice.rank >= rank)
                chosen[day] = int(np.argmax(np.where(fits, values[day], -np.inf)))
                state = int(layer.work[state, action])
            else:
                state = int(layer.off[state])
            closing = self.lattice.closing[day]
            state = int(closing[1][state]) if closing is not None else state
        return chosen
