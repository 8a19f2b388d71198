"""A rota for a long horizon, window by window: everybody's days by columns and a dive, at the exact price of what each may do afterwards.

Prices of cover for the coming weeks come from an ascent; against them the cheapest completion of each person from every state at the end of
the window is known exactly, so that no window takes hours, weekends or nights that are worth more later.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduling.days.ascent import FIRST_STEP, Effort, Prices, ascend
from scheduling.days.case import Case, Patch, padded
from scheduling.days.clock import Clock
from scheduling.days.columns import STATE_WORK, Generator, states_of
from scheduling.days.dive import Dive, DiveSettings
from scheduling.days.kernel import INF, Edge, cheapest, edge_to
from scheduling.days.problem import OFF, Rota
from scheduling.days.reach import LOOSER, Reach
from wfm.model.arrays import FloatArray

BLOCK, WINDOW, STEP = 84, 28, 21  # days looked ahead where not all can be, settled together, and kept
ROUNDS, LATER, ENOUGH, LEAST = 400, 60, 120, 5  # of the first ascent, of later ones; for all days at once, and for any
LATER_STEP = 2.0  # first step of later ones
FIRST_SHARE, ASCENT_SHARE = 0.5, 0.3  # of the work: for the first ascent; of what is left for each window, for its ascent
ROUND_WORK = STATE_WORK / 6  # of one state in an ascent
BEYOND_CACHE = 2.5  # as long takes a state of a table that no cache holds
START_WORTH = 10.0
SHORT = 0.1  # part of the price of a lack added to a cell's worth where people are put in one by one


@dataclass(eq=False)
class Roll:
    """work: to be spent on all windows together, about. noise: of the dives, so that a second rota comes out otherwise."""

    case: Case
    reach: Reach
    clock: Clock
    random: np.random.Generator
    work: float
    noise: float = 0.0

    def __post_init__(self) -> None:
        self.ends, self.bound = self.clock.used + self.work, 0.0
        self.worth = np.zeros(self.case.problem.need.shape)

    def run(self) -> Rota | None:
        """A rota that keeps every rule; None at a dead end. Raises Spent.

        Leaves the prices of cover in `worth`, and in `bound` what they prove where all days were looked at together.
        """
        days, rota, begin, prices = self.case.problem.days, self.case.problem.all_off(), 0, None
        while begin < days:
            stop = min(begin + WINDOW, days)
            keep = stop if stop == days else begin + STEP
            block = self._block(rota, begin)
            if block is None:
                return None
            prices = self._prices(block, prices)
            rows = self._window(block, prices, stop)
            if rows is None:
                return None
            rota[:, begin:keep] = rows[:, : keep - begin]
            self.worth[begin:keep] = prices.worth[: keep - begin]
            prices, begin = Prices(prices.worth[keep - begin :], prices.tolls), keep
        return rota

    def _block(self, rota: Rota, begin: int) -> Patch | None:
        """What is looked at from a day on: all days to come where there is work for that, else the next weeks."""
        days = self.case.problem.days
        near = self._patch(rota, begin, min(begin + BLOCK, days))
        if near is None or near.end == days:
            return near
        wider = ((days - begin) / BLOCK) ** 3 * BEYOND_CACHE  # days, weekends and minutes all grow
        affordable = FIRST_SHARE * self.work * (1 - begin / days)
        return self._patch(rota, begin, days) if ENOUGH * wider * _round_work(near) <= affordable else near

    def _left(self, begin: int) -> float:
        """Work for one window."""
        return max(self.ends - self.clock.used, 0.0) / -(-(self.case.problem.days - begin) // STEP)

    def _patch(self, rota: Rota, begin: int, end: int) -> Patch | None:
        """The days [begin, end) of everybody, at the pace; None where somebody has no way on."""
        edges = [self._edge(rota, p, begin, end) for p in range(len(rota))]
        return None if any(edge is None for edge in edges) else self._part(begin, end, edges, self.case.wish[:, begin:end].copy())

    def _edge(self, rota: Rota, p: int, begin: int, end: int) -> Edge | None:
        case, row = self.case, np.empty(end - begin, np.int16)
        price, rest = np.where(np.isfinite(case.wish[p, begin:end]), 0.0, INF), np.zeros(end - begin)
        for looser in (0, *LOOSER):
            edge = self.reach.edge(p, rota[p], begin, end, looser)
            if cheapest(case.pack, p, begin, price, rest, edge, case.buffer, row)[0] < INF:
                return edge
        return None

    def _part(self, begin: int, end: int, edges: list[Edge], price: FloatArray) -> Patch:
        problem, window, everyone, rest = self.case.problem, slice(begin, end), np.arange(len(edges)), np.zeros(price.shape[:2])
        cover = problem.need[window], problem.under[window], problem.over[window]
        return Patch(self.case, everyone, begin, end, price, rest, *cover, padded(edges), float(problem.wanted[:, window].sum()))

    def _prices(self, block: Patch, known: Prices | None) -> Prices:
        """The prices of the block, from those known for its first days on."""
        work = _round_work(block) * (1.0 if block.days <= BLOCK else BEYOND_CACHE)
        if known is None:
            rounds = int(np.clip(FIRST_SHARE * self.work / work, LEAST, ROUNDS))
            start = Prices(np.where(block.need > 0, START_WORTH, 0.0), np.zeros((len(block.people), block.need.shape[1])))
            found = ascend(block, start, self.clock, rounds, work, FIRST_STEP)
            self.bound = found.bound if block.days == self.case.problem.days else 0.0
            return found
        rounds = int(np.clip(ASCENT_SHARE * self._left(block.begin) / work, LEAST, LATER))
        worth = np.concatenate([known.worth] * (block.days // len(known.worth) + 1))[: block.days]
        return ascend(block, Prices(worth, known.tolls), self.clock, rounds, work, LATER_STEP)

    def _window(self, block: Patch, prices: Prices, stop: int) -> Rota | None:
        """The rows of the first days of the block."""
        at, case = stop - block.begin, self.case
        if stop == case.problem.days:
            part, price = block, block.price
        else:
            priced, rest = block.price - prices.worth, np.zeros(block.days)
            edges = [
                edge_to(case.pack, p, block.begin, priced[p] + prices.tolls[p], rest, _one(block, p), case.buffer, at)
                for p in range(len(block.people))
            ]
            price = block.price[:, :at] + prices.tolls[:, None, :]
            part = self._part(block.begin, stop, edges, price)
        rows = None
        with self.clock.cap(self._left(block.begin)):
            generator = Generator(part, self.clock, prices.worth[: part.days])
            root = generator.run()
            rows = Dive(generator, INF, self.random, DiveSettings(self.noise)).run(root)
        return self._one_by_one(part, prices.worth[: part.days]) if rows is None else rows

    def _one_by_one(self, part: Patch, worth: FloatArray) -> Rota | None:
        """Each person's cheapest days against what is still short."""
        rows, cover = np.full((len(part.people), part.days), OFF, np.int16), np.zeros(part.need.shape, np.int64)
        for p in self.random.permutation(len(rows)):
            price = np.where(cover < part.need, -worth - SHORT * part.under, part.over)
            costs, _, found = part.best_rows(np.array([p]), -price)
            if costs[0] == INF:
                return None
            rows[p] = found[0]
            days = np.flatnonzero(rows[p] != OFF)
            cover[days, rows[p, days]] += 1
            self.clock.spend(2e-4)
        return rows


def _one(patch: Patch, p: int) -> Edge:
    starts, lows, highs, weekends, mosts, _ = patch.edges
    nodes, spare = patch.case.pack.least_rest[p] + patch.case.pack.classes[p] * patch.case.pack.max_run[p], weekends[p] + 1
    return Edge(int(starts[p]), lows[p, :nodes, :spare], highs[p, :nodes, :spare], mosts[p], np.empty((0, 0, 0)))


def _round_work(block: Patch) -> float:
    return ROUND_WORK * states_of(block) * len(block.people)
