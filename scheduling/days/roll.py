"""A rota for a long horizon, window by window: everybody's days by columns and dives, at the price of what each may do afterwards.

Prices of cover for the coming weeks come from an ascent; against them the cheapest completion of each person from every state at the end of
the window is known, so that no window takes hours, weekends or nights that are worth more later. Weeks beyond those are known by tolls.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scheduling.days.ascent import Effort, Prices, ascend
from scheduling.days.case import Case, Patch, cover_of, padded
from scheduling.days.clock import Clock
from scheduling.days.columns import STATE_WORK, states_of
from scheduling.days.far import ascend_far, completions, left_of, no_tolls, priced_edge
from scheduling.days.kernel import INF, Edge, edge_to, relaxed_of_each
from scheduling.days.kernel.parts import NO_VALUE
from scheduling.days.problem import OFF, Rota
from scheduling.days.reach import LOOSER, Reach
from scheduling.days.settle import Settler, marginal
from scheduling.days.start import row_on_pace, windows_of
from wfm.model.arrays import FloatArray

BLOCK, WINDOW, STEP = 84, 28, 21  # days looked at exactly, settled together, and kept
ROUNDS, LATER, FAR, LATER_FAR = 400, 60, 1500, 300  # most rounds of the first ascent, of later ones; the same for tolls
LATER_STEP, FAR_STEP, LATER_FAR_STEP = 2.0, 0.3, 0.1  # first step of later ones; for tolls, as part of the price of a lack
FIRST_SHARE, FAR_SHARE, ASCENT_SHARE = 0.4, 0.2, 0.3  # of the work for first ascents; of what is left for each window, for its own
ROUND_WORK = STATE_WORK / 6  # of one state in an ascent
START_WORTH = 10.0


@dataclass(eq=False)
class Roll:
    """spare: a rota whose rows stand in for people who come to a dead end. part: of the budget, about. noise: of the dives, so that a
    second rota comes out otherwise.
    """

    case: Case
    reach: Reach
    clock: Clock
    random: np.random.Generator
    spare: Rota
    part: float
    noise: float = 0.0

    def __post_init__(self) -> None:
        problem = self.case.problem
        self.ends, self.bound = self.clock.gone + self.part, 0.0
        self.wish, self.rest = self.case.wish.copy(), np.zeros(self.spare.shape)
        self.rota, self.tolls = problem.all_off(), no_tolls(self.case, np.where(problem.need > 0, START_WORTH, 0.0))
        self.settler = Settler(self.clock, self.random, float(len(self.rota)), self.noise)

    def run(self) -> Rota:
        """A rota that keeps every rule; once its time is over, the weeks that are left are filled person by person. Raises Spent.

        Leaves prices of cover in `tolls`, and the best bound that they prove in `bound`.
        """
        days, begin = self.case.problem.days, 0
        while begin < days and (begin == 0 or self.clock.gone < self.ends):
            stop = min(begin + WINDOW, days)
            keep = stop if stop == days else begin + STEP
            self._look_ahead(begin)
            block = self._block(begin)
            prices = self._prices(block)
            self.rota[:, begin:keep] = self._window(block, prices, stop)[:, : keep - begin]
            begin = keep
        self._fill(begin)
        return self.rota

    def _left(self, begin: int) -> float:
        """Of the budget, for one window."""
        return max(self.ends - self.clock.gone, 0.0) / -(-(self.case.problem.days - begin) // STEP)

    def _look_ahead(self, begin: int) -> None:
        """Tolls of all days to come, while these are more than a block."""
        case = self.case
        if case.problem.days - begin <= BLOCK:
            return
        dear = float(case.problem.under.mean())
        later = Effort(LATER_FAR, ASCENT_SHARE * self._left(begin), LATER_FAR_STEP * dear)
        effort = later if begin else Effort(FAR, FAR_SHARE * self.part, FAR_STEP * dear)
        self.tolls = ascend_far(case, self.wish, left_of(case, self.rota, begin), replace(self.tolls, bound=-INF), self.clock, effort)
        self.bound = self.bound if begin else self.tolls.bound

    def _block(self, begin: int) -> Patch:
        """The next weeks of everybody, at the price of what follows them."""
        case, end = self.case, min(begin + BLOCK, self.case.problem.days)
        edges = [self._edge(p, begin, end) for p in range(len(self.rota))]
        if end < case.problem.days:
            after, tolls = completions(case, self.wish, end, self.tolls), self.tolls
            longest = case.pack.length.max(axis=1) * (end - begin)
            edges = [priced_edge(e, int(longest[p]), after[p], tolls.minutes[p], tolls.weekends[p]) for p, e in enumerate(edges)]
        return self._part(begin, end, edges, self.wish[:, begin:end].copy())

    def _edge(self, p: int, begin: int, end: int) -> Edge:
        """At the pace, or as near to it as there are days for; the most of shifts is not looked at."""
        case, row, one = self.case, np.empty((1, end - begin), np.int16), np.array([p])
        for _ in range(2):
            price = np.where(np.isfinite(self.wish[p, begin:end]), 0.0, INF)[None]
            for looser in LOOSER:
                edge = self.reach.edge(p, self.rota[p], begin, end, looser)
                able, none = np.where(edge.most <= 0, INF, price), np.zeros((1, price.shape[2]))
                if relaxed_of_each(case.pack, one, begin, able, none, padded([edge]), case.buffer, row)[0] < INF:
                    return edge
            self._stand_in(p)
        raise AssertionError(f"the row of person {p} that stood breaks a rule")

    def _stand_in(self, p: int) -> None:
        """From now on the person has the days of the spare rota, the past included."""
        row = self.rota[p] = self.spare[p]
        works = np.flatnonzero(row != OFF)
        kept = self.case.wish[p, works, row[works]]
        self.wish[p], self.rest[p] = INF, 0.0
        self.wish[p, works, row[works]], self.rest[p, works] = kept, INF

    def _part(self, begin: int, end: int, edges: list[Edge], price: FloatArray) -> Patch:
        problem, window, everyone = self.case.problem, slice(begin, end), np.arange(len(edges))
        cover = problem.need[window], problem.under[window], problem.over[window]
        rest, fixed = self.rest[:, window].copy(), float(problem.wanted[:, window].sum())
        return Patch(self.case, everyone, begin, end, price, rest, *cover, padded(edges), fixed)

    def _prices(self, block: Patch) -> Prices:
        """The prices of the block, from the tolls on."""
        work, window = ROUND_WORK * states_of(block) * len(block.people), slice(block.begin, block.end)
        known = Prices(self.tolls.worth[window], self.tolls.shifts)
        alone = block.days == self.case.problem.days
        effort = (
            Effort(ROUNDS, FIRST_SHARE * self.part, LATER_STEP)
            if alone
            else Effort(LATER, ASCENT_SHARE * self._left(block.begin), LATER_STEP)
        )
        found = ascend(block, known, self.clock, effort, work)
        self.bound = max(found.bound, self.bound) if alone else self.bound
        worth = self.tolls.worth.copy()
        worth[window] = found.worth
        self.tolls = replace(self.tolls, worth=worth, shifts=found.tolls)
        return found

    def _window(self, block: Patch, prices: Prices, stop: int) -> Rota:
        """The rows of the first days of the block."""
        at, part = stop - block.begin, block
        if at < block.days:
            edges = [self._edge_at(block, prices, p, at) for p in range(len(block.people))]
            part = self._part(block.begin, stop, edges, block.price[:, :at] + prices.tolls[:, None, :])
        rows, stuck = self.settler.run(part, prices.worth[: part.days], self._left(block.begin))
        for p in stuck:
            self._stand_in(p)
            rows[p] = self.rota[p, block.begin : stop]
        return rows

    def _edge_at(self, block: Patch, prices: Prices, p: int, at: int) -> Edge:
        """How a person's first days of the block meet the others, at the cheapest completion."""
        price = block.price[p] - prices.worth + prices.tolls[p]
        return edge_to(self.case.pack, p, block.begin, price, block.rest[p], _one(block, p), self.case.buffer, at)

    def _fill(self, first: int) -> None:
        """The days from `first` on, person by person at the pace and against the prices known."""
        case, rota, worth = self.case, self.rota, self.tolls.worth
        for begin, end, keep in windows_of(case.problem.days, first) if first < case.problem.days else []:
            window = slice(begin, end)
            for p in self.random.permutation(len(rota)):
                lack = cover_of(case.problem, rota)[window] < case.problem.need[window]
                price = self.wish[p, window] + marginal(lack, worth[window], case.problem.under[window], case.problem.over[window])
                row = row_on_pace(case, self.reach, rota[p], int(p), price, begin)
                if row is None:
                    self._stand_in(int(p))
                else:
                    rota[p, begin:keep] = row[: keep - begin]
                self.clock.spend(2e-4)


def _one(patch: Patch, p: int) -> Edge:
    starts, lows, highs, weekends, mosts, values = patch.edges
    nodes, spare = patch.case.pack.least_rest[p] + patch.case.pack.classes[p] * patch.case.pack.max_run[p], weekends[p] + 1
    value = np.ascontiguousarray(values[p, :nodes, :spare]) if values.size else NO_VALUE
    return Edge(int(starts[p]), lows[p, :nodes, :spare], highs[p, :nodes, :spare], mosts[p], value)
