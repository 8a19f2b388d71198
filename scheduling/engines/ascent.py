"""Cover prices by ascent on the bound itself: everybody's exact best schedule, compiled, at prices that follow what is missing or too much.

At any prices the bound (see `engines.bound`) rises fastest towards the people that the cover would like beyond those who would come. Steps
are scaled by the usual size of this difference in each cell (Kingma and Ba, Adam, 2015) and shrink by the same factor each round. For
few people with many sets of skills that is far cheaper than the linear programme of `engines.relaxed`, which joins people who are alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scheduling.engines import kernel
from scheduling.engines.memory import Memory
from scheduling.engines.packed import pack
from scheduling.problem import Problem
from wfm.model import Progress
from wfm.model.arrays import BoolArray, FloatArray

ROUNDS, FEWEST = 1600, 400  # at effort 1, and at least
ENTRIES = 12_000  # of a matrix, once through by the linear programme, take as long as one person's best week
BEGIN = 0.3  # of the price of an agent missing: the first prices
FIRST, LAST = 0.1, 0.00003  # of the same price: steps of the first and the last round
DRIFT, SPREAD, STILL = 0.9, 0.99, 0.1  # memory of the mean difference and of its square, people who count as no difference


@dataclass(frozen=True, eq=False)
class Relaxation:
    """The bound by prices. mask (groups, queues). corners, at_corners (5, queues, cells): people there may be, the price."""

    memory: Memory
    mask: BoolArray
    corners: FloatArray
    at_corners: FloatArray

    def at(self, prices: FloatArray) -> tuple[float, FloatArray]:
        """The bound but for a constant, and by how much the cover likes more people than would come, (queues, cells)."""
        offered = np.where(self.mask[:, :, None], prices, -np.inf)
        best = offered.max(axis=1)
        value = np.zeros((len(self.mask), int(self.memory.value.size)))
        cells = prices.shape[1]
        value[:, :cells] = np.where(np.isfinite(best), best, 0.0)
        present = np.zeros(value.shape)
        worth = kernel.everybody(self.memory.whole, self.memory.floats, value, present)
        paid = self.at_corners + prices * self.corners
        which = paid.argmin(axis=0)[None]
        liked = np.take_along_axis(self.corners, which, 0)[0]
        among = self.mask[:, :, None] & (offered == best[:, None])
        share = present[:, None, :cells] * among / np.maximum(among.sum(axis=1, keepdims=True), 1)
        return float(paid.min(axis=0).sum() - worth), liked - share.sum(axis=0)


def relaxation_of(problem: Problem) -> Relaxation:
    """The bound of a problem without its sessions; everybody must have a schedule."""
    need, queues = problem.grid.need, range(len(problem.grid.need))
    memory = pack(replace(problem, blocks=()), dict.fromkeys(range(len(problem.workers)), ()), np.zeros(need.shape), 0)
    mask = np.array([[queue in group for queue in queues] for group in problem.groups], bool).reshape(len(problem.groups), len(queues))
    corners = np.stack([np.zeros_like(need), np.floor(0.9 * need), np.ceil(0.9 * need), np.floor(need), np.ceil(need)])
    return Relaxation(memory, mask, corners, problem.grid.prices.cover(need, corners))


def rounds_of(problem: Problem) -> int:
    """How many rounds of prices."""
    return int(ROUNDS * min(problem.settings.effort, 2.0)) + FEWEST


def entries_of(problem: Problem) -> float:
    """The work of all rounds, in entries of a matrix gone through by a linear programme."""
    return ENTRIES * rounds_of(problem) * len(problem.workers) * problem.grid.weeks


def ascended(problem: Problem, progress: Progress) -> FloatArray:
    """Prices (queues, cells) at which the bound without sessions is highest, of those met. Whoever has no schedule at all is left out."""
    zeros, grid, rounds = np.zeros(problem.grid.cells), problem.grid, rounds_of(problem)
    able = tuple(worker for worker in problem.workers if worker.best(zeros) is not None)
    relaxation = relaxation_of(replace(problem, workers=able))
    unit = max(grid.prices.under, grid.prices.over, 1e-9)
    prices = np.full(grid.need.shape, BEGIN * grid.prices.under)
    mean, square = np.zeros(prices.shape), np.zeros(prices.shape)
    highest, kept = -np.inf, prices
    for n in range(rounds):
        bound, slope = relaxation.at(prices)
        if bound > highest:
            highest, kept = bound, prices
        mean = DRIFT * mean + (1 - DRIFT) * slope
        square = SPREAD * square + (1 - SPREAD) * slope**2
        step = unit * FIRST * (LAST / FIRST) ** (n / rounds) / (1 - DRIFT ** (n + 1))
        prices = prices + step * mean / (np.sqrt(square / (1 - SPREAD ** (n + 1))) + STILL)
        prices = np.clip(prices, -grid.prices.over, grid.prices.deep_under)
        if n % 10 == 0:
            progress("pricing the cover", n / rounds)
    return kept
