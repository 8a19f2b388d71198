"""Cheapest rows that keep the most of every shift: by counters where there is room, else by tolls."""

from __future__ import annotations

import numpy as np

from scheduling.days.kernel.parts import INF, part
from scheduling.days.kernel.states import days_of_each, states, too_many
from scheduling.days.kernel.table import solve

LARGEST = 3_000_000  # states; beyond it a counter is not added, and a toll keeps the most of the shift instead
TRIES = 12  # tolls on shifts that break their most one after the other
FIRST_TOLL, FINEST_TOLL, LAST_TOLL = 4.0, 0.25, 1e5


@part
def cheapest_row(pack, p, begin, price, rest, edge, buffer, row):
    """(cost of the row, least cost proved) of person p in the window of `len(price)` days from `begin`; fills row.

    price (days, shifts), rest (days,): inf forbids. Both are inf where there is no way. They differ only where counters for the most of
    shifts grew too large: the row then keeps the rules because of tolls on those shifts, and the second is a bound.
    """
    counters, tolls, prices, mended = np.empty(0, np.int64), np.zeros(price.shape[1]), price, False
    bound, tries = -INF, 0
    while True:
        cost = solve(pack, p, begin, prices + tolls, rest, edge, buffer, counters, row)
        if not mended:
            bound = max(bound, cost - tolls_of(tolls, edge.most))
        if cost == INF:
            return INF, bound
        worst = too_many(edge, row, counters)
        if worst < 0:
            return cost - tolls_of(tolls, days_of_each(row, len(tolls))), bound
        if edge.most[worst] <= 0:
            prices = prices.copy()
            prices[:, worst] = INF
        elif states(pack, p, len(price), edge, np.append(counters, worst)) <= LARGEST:
            counters = np.append(counters, worst)
        elif tries < TRIES:
            tries += 1
            found = _raise_toll(pack, p, begin, prices, rest, edge, buffer, counters, row, tolls, worst)
            bound = bound if mended else max(bound, found)
        else:  # forbid it where it helps least
            prices = prices.copy()
            prices[_least_helpful(prices, row, worst), worst] = INF
            mended = True


@part
def _raise_toll(pack, p, begin, price, rest, edge, buffer, counters, row, tolls, shift):
    """Raise the toll on a shift to about the least that keeps its most; returns the best bound met on the way."""
    low, step, bound = tolls[shift], FIRST_TOLL, -INF
    high = low + step
    while high - low > FINEST_TOLL and high < LAST_TOLL:
        tolls[shift] = high if step else (low + high) / 2
        cost = solve(pack, p, begin, price + tolls, rest, edge, buffer, counters, row)
        bound = max(bound, cost - tolls_of(tolls, edge.most))
        kept = days_of_each(row, len(tolls))[shift] <= edge.most[shift]
        if kept:
            high, step = tolls[shift], 0.0
        else:
            low = tolls[shift]
            step *= 2
            high = high + step
    tolls[shift] = high
    return bound


@part
def tolls_of(tolls, days):
    """Tolls on so many days of each shift."""
    total = 0.0
    for s in range(len(tolls)):
        total += tolls[s] * max(days[s], 0)
    return total


@part
def _least_helpful(prices, row, shift):
    """Day of the row on which the shift is worth least."""
    day = -1
    for t in range(len(row)):
        if row[t] == shift and (day < 0 or prices[t, shift] > prices[day, shift]):
            day = t
    return day
