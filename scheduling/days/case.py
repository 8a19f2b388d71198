"""A problem made ready for the engines, and the patch of it that one programme is free to change."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from scheduling.days.kernel import INF, Edge, Pack, cheapest_of_each, edge_of, values_of_each
from scheduling.days.packing import pack_people
from scheduling.days.problem import OFF, DaysProblem, Rota
from wfm.model.arrays import FloatArray, IntArray

BUFFER = 4_000_000
Edges = tuple[IntArray, IntArray, IntArray, IntArray, IntArray, FloatArray]
LIMIT = 1e6  # of a price of cover, where a branch says how many


@dataclass(frozen=True, eq=False)
class Case:
    """problem, its people as arrays, and wish (people, days, shifts): price of giving a shift, inf where it is forbidden.

    whole: whether every price is a whole number, so that bounds may be rounded up. buffer: working memory of the compiled programme.
    """

    problem: DaysProblem
    pack: Pack
    wish: FloatArray
    whole: bool
    buffer: FloatArray

    @property
    def step(self) -> float:
        """Least difference between two costs."""
        return 1.0 if self.whole else 1e-6


def make_case(problem: DaysProblem) -> Case:
    wish = problem.unwanted - problem.wanted
    pack = pack_people(problem)
    wish = np.where((pack.klass > 0)[:, None, :], wish, INF)
    for p, person in enumerate(problem.people):
        wish[p, sorted(person.days_off)] = INF
    prices = (problem.wanted, problem.unwanted, problem.under, problem.over)
    return Case(problem, pack, wish, all((part == np.rint(part)).all() for part in prices), np.empty(BUFFER))


def cover_of(problem: DaysProblem, rota: Rota) -> IntArray:
    """How many work each shift each day: (days, shifts)."""
    return _counts(rota, problem.need.shape)


def _counts(rows: Rota, shape: tuple[int, ...]) -> IntArray:
    there = np.zeros(shape, np.int64)
    people, days = np.nonzero(rows != OFF)
    np.add.at(there, (days, rows[people, days]), 1)
    return there


def price_of(case: Case, rota: Rota) -> float:
    """Cost of a rota as the engines count it; `evaluate.cost_of` counts it again, independently."""
    lack = case.problem.need - cover_of(case.problem, rota)
    people, days = np.nonzero(rota != OFF)
    wishes = float(case.problem.wanted.sum() + case.wish[people, days, rota[people, days]].sum())
    return wishes + _cover_price(lack, case.problem.under, case.problem.over)


def _cover_price(lack: IntArray, under: FloatArray, over: FloatArray) -> float:
    return float((under * np.maximum(lack, 0)).sum() + (over * np.maximum(-lack, 0)).sum())


@dataclass(eq=False)
class Patch:
    """The days [begin, end) of some people, free to change; everything around them stays.

    price (people, days, shifts), rest (people, days): inf forbids. need (days, shifts): left for these people, may be negative.
    edges: as `cheapest_of_each` takes them. fixed: the part of the cost that no choice changes. least, most (days, shifts): how many of
    these people may work the shift, -inf and inf but for branches.
    """

    case: Case
    people: IntArray
    begin: int
    end: int
    price: FloatArray
    rest: FloatArray
    need: IntArray
    under: FloatArray
    over: FloatArray
    edges: Edges
    fixed: float
    least: FloatArray = field(init=False)
    most: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        self.least, self.most = np.full(self.need.shape, -INF), np.full(self.need.shape, INF)

    @property
    def days(self) -> int:
        return self.end - self.begin

    def best_rows(self, who: IntArray, worth: FloatArray) -> tuple[FloatArray, FloatArray, Rota]:
        """Exact cheapest rows of the people `who` when covering a cell (days, shifts) is worth so much: costs, bounds, rows."""
        rows = np.empty((len(who), self.days), np.int16)
        edges = tuple(part[who] if part.size else part for part in self.edges)
        costs, bounds = cheapest_of_each(
            self.case.pack, self.people[who], self.begin, self.price[who], self.rest[who], worth, edges, self.case.buffer, rows
        )
        return costs, bounds, rows

    def of(self, who: IntArray, rows: Rota) -> Patch:
        """The patch of some of its people (indices) while the others keep their rows; its cost is without theirs."""
        others = rows.copy()
        others[who] = OFF
        need = self.need - _counts(others, self.need.shape)
        edges = tuple(part[who] if part.size else part for part in self.edges)
        own = self.price[who].copy(), self.rest[who].copy()
        return Patch(self.case, self.people[who], self.begin, self.end, *own, need, self.under, self.over, edges, 0.0)

    def clipped(self, worth: FloatArray) -> FloatArray:
        """Prices of cover that can be right: beyond `under` and `over` only where a branch says how many."""
        return np.clip(worth, np.where(self.most < INF, -LIMIT, -self.over), np.where(self.least > -INF, LIMIT, self.under))

    def cover_bound(self, worth: FloatArray) -> float:
        """Least of the price of cover plus what the cover is worth, over all covers that are allowed; worth must be `clipped`."""
        nearest = np.clip(self.need, self.least, self.most)
        ends = [np.where(np.isfinite(end), end, nearest) for end in (nearest, self.least, self.most)]
        priced = [self.under * np.maximum(self.need - y, 0) + self.over * np.maximum(y - self.need, 0) + worth * y for y in ends]
        return float(np.minimum.reduce(priced).sum())

    def price_of_rows(self, who: IntArray, rows: Rota) -> FloatArray:
        """Price of wishes of each row, and of what follows it."""
        at = np.arange(self.days)
        prices = np.where(rows >= 0, self.price[who[:, None], at, rows], self.rest[who[:, None], at])
        after = values_of_each(self.case.pack, self.people, who, self.begin, self.edges, rows) if self.edges[5].size else 0.0
        return prices.sum(axis=1) + after

    def price_of(self, rows: Rota) -> float:
        """Whole cost of one row for each person, everything around included."""
        there = _counts(rows, self.need.shape)
        wishes = self.price_of_rows(np.arange(len(self.people)), rows).sum()
        return self.fixed + float(wishes) + _cover_price(self.need - there, self.under, self.over)


def make_patch(case: Case, rota: Rota, people: IntArray, begin: int, end: int) -> Patch:
    """The patch of a rota whose people may change in [begin, end): Mondays, or an end of the horizon."""
    edges = [edge_of(case.pack, p, rota[p], begin, end) for p in people]
    return patch_with(case, rota, people, begin, end, edges)


def patch_with(case: Case, rota: Rota, people: IntArray, begin: int, end: int, edges: list[Edge]) -> Patch:
    problem, window = case.problem, slice(begin, end)
    around = rota.copy()
    around[people, window] = OFF
    need = problem.need[window] - cover_of(problem, around)[window]
    price = case.wish[people, window].copy()
    rest = np.zeros(price.shape[:2])
    patch = Patch(case, people, begin, end, price, rest, need, problem.under[window], problem.over[window], padded(edges), 0.0)
    patch.fixed = price_of(case, rota) - patch.price_of(rota[people, window])
    return patch


def padded(edges: list[Edge]) -> Edges:
    """Edges of several people in one shape."""
    nodes, weekends = max(e.low.shape[0] for e in edges), max(e.low.shape[1] for e in edges)
    low, high = np.ones((len(edges), nodes, weekends), np.int64), np.zeros((len(edges), nodes, weekends), np.int64)
    for i, edge in enumerate(edges):
        low[i, : edge.low.shape[0], : edge.low.shape[1]] = edge.low
        high[i, : edge.high.shape[0], : edge.high.shape[1]] = edge.high
    starts = np.array([edge.start for edge in edges], np.int64)
    weekends_left, most = np.array([e.low.shape[1] - 1 for e in edges], np.int64), np.array([e.most for e in edges], np.int64)
    return starts, low, high, weekends_left, most, _values(edges, nodes, weekends)


def _values(edges: list[Edge], nodes: int, weekends: int) -> FloatArray:
    if not any(edge.value.size for edge in edges):
        return np.empty((0, 0, 0, 0))
    values = np.full((len(edges), nodes, weekends, max(e.value.shape[2] for e in edges)), INF)
    for i, edge in enumerate(edges):
        a, b, c = edge.value.shape
        values[i, :a, :b, :c] = edge.value
    return values
