"""Quick repair of a first rota: person by person, window by window, each put back at the exact cheapest days while the others stand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from scheduling.days.case import Case, cover_of, price_of
from scheduling.days.clock import Clock
from scheduling.days.hoods import Standing
from scheduling.days.kernel import INF, cheapest, edge_of
from scheduling.days.problem import OFF, Rota
from scheduling.days.start import marginal
from wfm.model.arrays import IntArray

WEEKS = 4  # of one window
WORK = 3e-4  # of one person in one window
LEAST = 0.002  # of the cost that a sweep over everybody must save for another one


def polish(case: Case, standing: Standing, clock: Clock, random: np.random.Generator) -> None:
    """Sweeps over everybody until one saves little. Raises Spent; the standing rota keeps what was saved."""
    rota, aim = standing.rota.copy(), INF
    cover = cover_of(case.problem, rota)
    while standing.cost < aim:
        aim = standing.cost - LEAST * abs(standing.cost)
        for p in random.permutation(len(rota)):
            for begin, end in _windows(case.problem.days, random):
                standing.cost -= _put_back(case, rota, cover, int(p), begin, end)
                standing.rota = rota
                clock.spend(WORK)
    standing.cost = price_of(case, rota)


def _windows(days: int, random: np.random.Generator) -> list[tuple[int, int]]:
    """Windows that cover the horizon from a Monday drawn on."""
    first = 7 * int(random.integers(WEEKS))
    cuts = [0, *range(first, days, 7 * WEEKS), days]
    return [(begin, end) for begin, end in pairwise(cuts) if begin < end]


def _put_back(case: Case, rota: Rota, cover: IntArray, p: int, begin: int, end: int) -> float:
    """What it saves; rota and cover are changed."""
    before = rota[p, begin:end].copy()
    _count(cover, before, begin, -1)
    price, row = case.wish[p, begin:end] + marginal(case, cover, begin, end), np.empty(end - begin, np.int16)
    edge = edge_of(case.pack, p, rota[p], begin, end)
    cost = cheapest(case.pack, p, begin, price, np.zeros(end - begin), edge, case.buffer, row)[0]
    days = np.flatnonzero(before != OFF)
    saved = float(price[days, before[days]].sum()) - cost
    if saved > 1e-6:
        rota[p, begin:end] = row
    _count(cover, rota[p, begin:end], begin, 1)
    return max(saved, 0.0)


def _count(cover: IntArray, row: Rota, begin: int, change: int) -> None:
    days = np.flatnonzero(row != OFF)
    cover[begin + days, row[days]] += change
