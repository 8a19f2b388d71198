"""A first rota: person by person, window by window, each at the exact cheapest days against what is still short."""

from __future__ import annotations

import numpy as np

from scheduling.days.case import Case, cover_of
from scheduling.days.clock import Clock
from scheduling.days.kernel import INF, cheapest
from scheduling.days.problem import OFF, Rota
from scheduling.days.reach import LOOSER, Reach
from scheduling.days.single import NoRow, whole_row
from wfm.model.arrays import FloatArray, IntArray

WHOLE = 63  # days up to which the whole horizon is one window
WINDOW, STEP = 28, 21


def windows_of(days: int, begin: int = 0) -> list[tuple[int, int, int]]:
    """(begin, end, kept until) of the windows that cover the days from `begin` on, in order."""
    if days - begin <= WHOLE:
        return [(begin, days, days)]
    found = []
    while begin + WINDOW < days:
        found.append((begin, begin + WINDOW, begin + STEP))
        begin += STEP
    return [*found, (begin, days, days)]


def marginal(case: Case, cover: IntArray, begin: int, end: int) -> FloatArray:
    """Price of one more person in each cell of [begin, end): minus `under` where somebody lacks, else `over`."""
    problem, window = case.problem, slice(begin, end)
    return np.where(cover[window] < problem.need[window], -problem.under[window], problem.over[window])


def first_rota(case: Case, reach: Reach, clock: Clock, random: np.random.Generator) -> Rota:
    """A rota that keeps every rule. Raises NoRow when there is none for somebody, and Spent."""
    rota = case.problem.all_off()
    settled: set[int] = set()
    for p in range(len(rota)):
        if not reach.possible(p):
            raise NoRow(p, True)
    for begin, end, keep in windows_of(case.problem.days):
        for p in (int(p) for p in random.permutation(len(rota))):
            if p in settled:
                continue
            price = case.wish[p, begin:end] + marginal(case, cover_of(case.problem, rota), begin, end)
            row = row_on_pace(case, reach, rota[p], p, price, begin)
            if row is None:
                rota[p] = OFF
                rota[p] = whole_row(case, p, clock, -marginal(case, cover_of(case.problem, rota), 0, case.problem.days))
                settled.add(p)
            else:
                rota[p, begin:keep] = row[: keep - begin]
            clock.spend(2e-4)
    return rota


def row_on_pace(case: Case, reach: Reach, before: Rota, p: int, price: FloatArray, begin: int) -> Rota | None:
    """A person's cheapest days of the window of `len(price)` days behind the days `before`; None where there is no way on."""
    row, rest = np.empty(len(price), np.int16), np.zeros(len(price))
    for looser in LOOSER:
        edge = reach.edge(p, before, begin, begin + len(price), looser)
        if cheapest(case.pack, p, begin, price, rest, edge, case.buffer, row)[0] < INF:
            return row
    return None
