"""Prices of cover for long horizons by ascent: everybody's exact cheapest days against prices, and the prices moved to where people lack.

A linear programme over rows of many weeks hardly converges; this needs some hundred rounds, each of which proves a bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scheduling.days.case import Patch
from scheduling.days.clock import Clock
from scheduling.days.kernel import INF, relaxed_of_each
from scheduling.days.problem import OFF, Rota
from wfm.model.arrays import FloatArray, IntArray

FIRST_STEP, LAST_STEP = 10.0, 0.02  # of a price, for each person who lacks
TOLL_STEP = 0.1  # of a toll, relative to that, for each day of a shift too many
MEMORY = 0.8  # weight of the directions of earlier rounds


@dataclass(frozen=True)
class Effort:
    """How long an ascent may take: at most so many rounds, and about so much of the budget. first: its first step."""

    rounds: int
    part: float
    first: float = FIRST_STEP

    def steps(self, clock: Clock) -> Iterator[float]:
        """Steps that fall to the last one, faster where time runs out; always one."""
        begun = clock.gone
        for k in range(self.rounds):
            done = max(k / self.rounds, (clock.gone - begun) / max(self.part, 1e-9) if k else 0.0)
            if done >= 1:
                return
            yield self.first * (LAST_STEP / self.first) ** done


@dataclass(frozen=True, eq=False)
class Prices:
    """worth (days, shifts): of covering a cell. tolls (people, shifts): on each day of a shift of which a person may not work more."""

    worth: FloatArray
    tolls: FloatArray
    bound: float = -INF


def ascend(patch: Patch, prices: Prices, clock: Clock, effort: Effort, round_work: float) -> Prices:
    """The prices that prove the best bound of the patch. Raises Spent."""
    case, everyone = patch.case, np.arange(len(patch.people))
    rows, most = np.full((len(everyone), patch.days), OFF, np.int16), np.maximum(patch.edges[4], 0)  # who has no way stays off
    closed = np.where((patch.edges[4] <= 0)[:, None, :], INF, patch.price)
    worth, tolls, best = patch.clipped(prices.worth), prices.tolls, prices
    pull, push = np.zeros(worth.shape), np.zeros(tolls.shape)
    for step in effort.steps(clock):
        costs = relaxed_of_each(case.pack, patch.people, patch.begin, closed - worth, tolls, patch.edges, case.buffer, rows)
        total = costs.sum() if np.isfinite(costs).all() else -INF
        bound = float(patch.cover_bound(worth) + patch.fixed + total - (tolls * most).sum())
        if bound > best.bound or best is prices:
            best = Prices(worth, tolls, bound)
        cover, used = counted(rows, worth.shape[1])
        pull, push = (MEMORY * old + (1 - MEMORY) * new for old, new in ((pull, patch.need - cover), (push, used - most)))
        worth, tolls = patch.clipped(worth + step * pull), np.maximum(tolls + TOLL_STEP * step * push, 0.0)
        clock.spend(round_work)
    return best


def counted(rows: Rota, shifts: int) -> tuple[IntArray, IntArray]:
    """(days, shifts) and (people, shifts): how often each shift is worked."""
    cover, used = np.zeros((rows.shape[1], shifts), np.int64), np.zeros((len(rows), shifts), np.int64)
    people, days = np.nonzero(rows != OFF)
    np.add.at(cover, (days, rows[people, days]), 1)
    np.add.at(used, (people, rows[people, days]), 1)
    return cover, used
