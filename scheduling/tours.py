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
    """All schedules of one person.

    closes: per day with which a period of a counter ends, the states that satisfy its lower limits. tolls: what those states cost then,
    None where nothing.
    """

    space: Space
    lattice: Lattice
    closes: tuple[BoolArray | None, ...]
    tolls: tuple[FloatArray | None, ...]

    @classmethod
    def of(cls, space: Space, lattice: Lattice) -> Tours:
        closes: list[BoolArray | None] = []
        tolls: list[FloatArray | None] = []
        for day, closing in enumerate(lattice.closing):
            closes.append(None if closing is None else _satisfied(space, day, closing[0]))
            tolls.append(None if closing is None else _tolls(space, day, closing[0]))
        return cls(space, lattice, tuple(closes), tuple(tolls))

    def best(self, values: FloatArray, must: BoolArray | None = None) -> tuple[float, IntArray]:
        """Dearest schedule: its value and the option of each day (`OFF` for none).

        values (days, options): worth of each option, −inf where forbidden; a day off is worth 0. must (days,): days that have to be
        worked. The value is −inf where no schedule exists.
        """
        table = self._by_rank(values)
        worth = self._backward(table, must, 0, np.zeros(self._states(len(values))))
        if worth[0][0] == -np.inf:
            return -np.inf, frozen(np.full(len(values), OFF), np.int64)
        return float(worth[0][0]), self._follow(values, table, worth, must, 0, 0)

    def best_within(self, values: FloatArray, must: BoolArray, old: IntArray, days: slice) -> IntArray | None:
        """The options of the dearest schedule that differs from an old one on some days only; None where none is found.

        values (days of the slice, options). What comes after the slice is only asked to stay possible, at once or after the next day off.
        """
        first, last = days.start, days.stop
        table = self._by_rank(values, first)
        worth = self._backward(table, must[days], first, self._kept(old, last))
        state = self._state(old, first)
        if worth[0][state] == -np.inf:
            return None
        options = old.copy()
        options[days] = self._follow(values, table, worth, must[days], first, state)
        return options

    def _state(self, options: IntArray, day: int) -> int:
        """The state before a day when the options are followed from the first."""
        state = 0
        for d in range(day):
            layer, option = self.lattice.layers[d], options[d]
            state = int(layer.off[state] if option == OFF else layer.work[state, self.lattice.action[d, option]])
            closing = self.lattice.closing[d]
            state = int(closing[1][state]) if closing is not None else state
        return state

    def _kept(self, options: IntArray, day: int) -> FloatArray:
        """Before a day, 0 for states from which the options can be followed to where the old schedule has rested, else −inf."""
        layers = self.lattice.layers
        rests = next((d for d in range(day, len(layers)) if options[d] == OFF), len(layers) - 1)
        target = self._state(options, rests + 1)
        worth = np.full(self._states(rests + 1), -np.inf)
        if rests == len(layers) - 1:
            worth[:] = 0.0
        worth[target] = 0.0
        for d in range(rests, day - 1, -1):
            layer, option = layers[d], options[d]
            after = np.concatenate([self._closed(d, worth), [-np.inf]])
            if option == OFF:
                worth = after[layer.off]
            else:
                fits = self.lattice.rank[d, option] >= layer.first
                worth = np.where(fits, after[layer.work[:, self.lattice.action[d, option]]], -np.inf)
        return worth

    def _states(self, day: int) -> int:
        """How many states there are before a day, or after the last."""
        if day < len(self.lattice.layers):
            return len(self.lattice.layers[day].states)
        closing = self.lattice.closing[-1]
        return int(closing[1].max()) + 1 if closing is not None else 1

    def feasible(self, allowed: BoolArray, must: BoolArray) -> BoolArray:
        """Which options stand in some whole schedule, shape (days, options)."""
        table = self._by_rank(np.where(allowed, 0.0, -np.inf))
        worth = self._backward(table, must, 0, np.zeros(self._states(len(allowed))))
        here = np.zeros(1, bool)
        here[0] = worth[0][0] > -np.inf
        good = np.zeros(allowed.shape, bool)
        for day, layer in enumerate(self.lattice.layers):
            after = np.concatenate([self._closed(day, worth[day + 1]), [-np.inf]]) > -np.inf
            open_to = after[layer.work] & here[:, None]
            least = np.where(open_to, layer.first[:, None], self.lattice.ranks).min(axis=0)
            good[day] = allowed[day] & (self.lattice.rank[day] >= least[self.lattice.action[day]])
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

    def _by_rank(self, values: FloatArray, first: int = 0) -> FloatArray:
        """Best value of each action with a start at or after each rank, on days from `first`, shape (days, ranks + 1, actions)."""
        lattice = self.lattice
        table = np.full((len(values), lattice.ranks + 1, lattice.actions), -np.inf)
        days = slice(first, first + len(values))
        np.maximum.at(table, (np.arange(len(values))[:, None], lattice.rank[days], lattice.action[days]), values)
        return np.maximum.accumulate(table[:, ::-1], axis=1)[:, ::-1]

    def _closed(self, day: int, worth: FloatArray) -> FloatArray:
        """Worth of the states right after a day, looking through the end of a week."""
        closing, closes = self.lattice.closing[day], self.closes[day]
        if closing is None or closes is None:
            return worth
        after = np.where(closes, worth[closing[1]], -np.inf)
        toll = self.tolls[day]
        return after if toll is None else after - toll

    def _backward(self, table: FloatArray, must: BoolArray | None, first: int, last: FloatArray) -> list[FloatArray]:
        """Best worth of what follows each state, before each day from `first` on and after the last, where it is given."""
        worth = [last]
        for n in range(len(table) - 1, -1, -1):
            layer = self.lattice.layers[first + n]
            after = np.concatenate([self._closed(first + n, worth[-1]), [-np.inf]])
            best = (after[layer.work] + table[n][layer.first]).max(axis=1, initial=-np.inf)
            if must is None or not must[n]:
                best = np.maximum(best, after[layer.off])
            worth.append(best)
        worth.reverse()
        return worth

    def _follow(
        self, values: FloatArray, table: FloatArray, worth: list[FloatArray], must: BoolArray | None, first: int, state: int
    ) -> IntArray:
        """The options along a best schedule, from a state before the day `first`."""
        chosen = np.full(len(values), OFF, np.int64)
        for n in range(len(values)):
            layer = self.lattice.layers[first + n]
            after = np.concatenate([self._closed(first + n, worth[n + 1]), [-np.inf]])
            rank = int(layer.first[state])
            works = after[layer.work[state]] + table[n, rank]
            action = int(np.argmax(works)) if len(works) else 0
            off = after[layer.off[state]] if must is None or not must[n] else -np.inf
            if len(works) and works[action] > off:
                fits = (self.lattice.action[first + n] == action) & (self.lattice.rank[first + n] >= rank)
                chosen[n] = int(np.argmax(np.where(fits, values[n], -np.inf)))
                state = int(layer.work[state, action])
            else:
                state = int(layer.off[state])
            closing = self.lattice.closing[first + n]
            state = int(closing[1][state]) if closing is not None else state
        return chosen


def _satisfied(space: Space, day: int, sums: IntArray) -> BoolArray:
    """Which sums of the counters, (states, counters), satisfy the lower limits of the periods that end with a day."""
    good = np.ones(len(sums), bool)
    for counter, total in zip(space.counters, sums.T, strict=True):
        if counter.ends(day):
            good &= total >= counter.low[counter.period[day]]
    return good


def _tolls(space: Space, day: int, sums: IntArray) -> FloatArray | None:
    """What sums of the counters, (states, counters), cost where their periods end with a day."""
    due = [(c, total) for c, total in zip(space.counters, sums.T, strict=True) if c.toll is not None and c.ends(day)]
    return sum((c.toll.of(int(c.period[day]), total) for c, total in due), np.zeros(len(sums))) if due else None
