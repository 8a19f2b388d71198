"""Prices for all days to come, however many: limits on minutes, weekends and shifts are tolls, so that one round takes milliseconds.

What `ascent` does for some weeks exactly, this does for a year roughly. It proves a bound too, a little lower.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduling.days.ascent import MEMORY, Effort, counted
from scheduling.days.case import Case
from scheduling.days.clock import Clock
from scheduling.days.kernel import INF, Edge, edge_of, tolled_of_each
from scheduling.days.problem import OFF, Rota
from wfm.model.arrays import FloatArray, IntArray

FAR_WORK = 5e-9  # of one state in a round
TOLL_STEP, MONTH = 0.3, 28  # of a toll, relative to a step of a price of cover, for each day too many in so many days


@dataclass(frozen=True, eq=False)
class Tolls:
    """worth (days, shifts): of covering a cell. shifts (people, shifts), minutes (people,), weekends (people,): tolls on one of each."""

    worth: FloatArray
    shifts: FloatArray
    minutes: FloatArray
    weekends: FloatArray
    bound: float = -INF


@dataclass(frozen=True, eq=False)
class Left:
    """What everybody has left from a day on: node, least and greatest minutes, weekends (people,), days of each shift (people, shifts)."""

    begin: int
    starts: IntArray
    least: IntArray
    greatest: IntArray
    weekends: IntArray
    most: IntArray


def left_of(case: Case, rota: Rota, begin: int) -> Left:
    """What the days before `begin` leave."""
    edges = [edge_of(case.pack, p, rota[p], begin, case.problem.days) for p in range(len(rota))]
    least, greatest = (
        np.array([part[p] for p in range(len(rota))]) for part in ([e.low[0, 0] for e in edges], [e.high[0, 0] for e in edges])
    )
    weekends = np.array([e.low.shape[1] - 1 for e in edges])
    return Left(begin, np.array([e.start for e in edges]), least, greatest, weekends, np.maximum([e.most for e in edges], 0))


def no_tolls(case: Case, worth: FloatArray) -> Tolls:
    people, shifts = case.pack.klass.shape
    return Tolls(worth, np.zeros((people, shifts)), np.zeros(people), np.zeros(people))


def ascend_far(case: Case, wish: FloatArray, left: Left, tolls: Tolls, clock: Clock, effort: Effort) -> Tolls:
    """The tolls that prove the best bound of what is left. wish (people, days, shifts): as of the case. Raises Spent."""
    problem, length = case.problem, case.pack.length
    days = problem.days - left.begin
    need, under, over = problem.need[left.begin :], problem.under[left.begin :], problem.over[left.begin :]
    wish = np.where((left.most <= 0)[:, None, :], INF, wish[:, left.begin :])
    rows, tables = np.full(wish.shape[:2], OFF, np.int16), _tables(case, days)  # who has no way stays off
    now, best = tolls, tolls
    pulls: list[FloatArray] = [np.zeros(1)] * 4
    size, part = np.maximum(length.max(axis=1), 1), MONTH / max(days, MONTH)
    work = FAR_WORK * wish.shape[0] * days * tables.shape[2] * (case.pack.classes.mean() + 1)
    for step in effort.steps(clock):
        worth = now.worth[left.begin :]
        pair = np.stack([now.minutes, now.weekends], axis=1)
        costs = tolled_of_each(case.pack, left.begin, wish - worth + now.shifts[:, None, :], left.starts, pair, tables, rows)
        total = costs.sum() if np.isfinite(costs).all() else -INF
        bound = float((worth * need).sum() + problem.wanted[:, left.begin :].sum() + total) - _allowed(left, now)
        if bound > best.bound or best is tolls:
            best = Tolls(now.worth, now.shifts, now.minutes, now.weekends, bound)
        cover, used = counted(rows, wish.shape[2])
        minutes = (used * length).sum(axis=1)
        news = (need - cover, used - left.most, minutes, _weekends(rows, left.begin) - left.weekends)
        pulls = [MEMORY * old + (1 - MEMORY) * new for old, new in zip(pulls, news, strict=True)]
        move = TOLL_STEP * step * part
        full = now.worth.copy()
        full[left.begin :] = np.clip(worth + step * pulls[0], -over, under)
        up, down = (now.minutes + move * (pulls[2] - limit) / size**2 for limit in (left.greatest, left.least))
        now = Tolls(
            full,
            np.maximum(now.shifts + move * pulls[1], 0.0),
            np.maximum(up, 0.0) + np.minimum(down, 0.0),
            np.maximum(now.weekends + move * pulls[3], 0.0),
        )
        clock.spend(work)
    return best


def completions(case: Case, wish: FloatArray, begin: int, tolls: Tolls) -> FloatArray:
    """(people, nodes): cost of the cheapest days from `begin` on after each node, tolls included."""
    days, people = case.problem.days - begin, len(wish)
    rows, tables = np.empty((people, days), np.int16), _tables(case, days)
    price = wish[:, begin:] - tolls.worth[begin:] + tolls.shifts[:, None, :]
    pair = np.stack([tolls.minutes, tolls.weekends], axis=1)
    tolled_of_each(case.pack, begin, price, np.zeros(people, np.int64), pair, tables, rows)
    return tables[:, 0].copy()


def priced_edge(edge: Edge, longest: int, after: FloatArray, minutes: float, weekends: float) -> Edge:
    """The edge at the cost `after` (nodes,) of what follows, and tolls on what the window takes; longest: minutes it may take at all."""
    count, spare = edge.low.shape
    most = min(max(int(edge.high.max()), 0), longest)
    taken = minutes * np.arange(most + 1) + weekends * np.arange(spare)[:, None]
    value = np.ascontiguousarray(after[:count, None, None] + taken[None])
    return Edge(edge.start, edge.low, np.minimum(edge.high, most), edge.most, value)


def _allowed(left: Left, tolls: Tolls) -> float:
    """What the tolls come to where every limit is used up."""
    minutes = np.maximum(tolls.minutes, 0) * left.greatest + np.minimum(tolls.minutes, 0) * left.least
    return float((tolls.shifts * left.most).sum() + minutes.sum() + (tolls.weekends * left.weekends).sum())


def _weekends(rows: Rota, begin: int) -> IntArray:
    """Weekends with work (people,); `begin` is a Monday."""
    days = np.arange(rows.shape[1]) + begin
    works = (rows != OFF) & (days % 7 >= 5)
    weeks = np.zeros((len(rows), rows.shape[1] // 7 + 1), bool)
    for day in np.flatnonzero(days % 7 >= 5):
        weeks[:, day // 7] |= works[:, day]
    return weeks.sum(axis=1)


def _tables(case: Case, days: int) -> FloatArray:
    nodes = int((case.pack.least_rest + case.pack.classes * case.pack.max_run).max())
    return np.empty((len(case.wish), days + 1, nodes))
