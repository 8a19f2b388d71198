"""The cheapest days of one person where minutes, weekends and days of a shift have a toll each instead of limits: over (day, node) alone."""

from __future__ import annotations

import numpy as np

from scheduling.days.kernel.nodes import may_rest, may_work, nodes_of, rested, weekend, worked
from scheduling.days.kernel.parts import INF, part
from scheduling.days.kernel.states import groups
from scheduling.days.kernel.table import least_of_groups


@part
def tolled_row(pack, p, begin, price, start, tolls, table, row):
    """Cheapest cost from the node `start` on; fills row, and table (days + 1, nodes) with the cheapest completions.

    price (days, shifts): tolls on shifts included, inf forbids. tolls (2,): on a minute and on a weekend.
    """
    count, none = nodes_of(pack, p), np.empty(0, np.int64)
    group, klass, length, _ = groups(pack, p, none)
    best = np.empty((pack.follow.shape[1], len(klass)))
    table[len(price), :count] = 0.0
    for t in range(len(price) - 1, -1, -1):
        least_of_groups(pack, p, price[t], group, best)
        for node in range(count):
            least = table[t + 1, rested(pack, p, node)] if may_rest(pack, p, node, begin + t) else INF
            if may_work(pack, p, node, begin + t):
                away = weekend(pack, p, node, begin + t) * tolls[1]
                for g in range(len(klass)):
                    after, target = worked(pack, p, node, klass[g])
                    least = min(least, best[after, g] + away + length[g] * tolls[0] + table[t + 1, target])
            table[t, node] = least
    if table[0, start] < INF:
        _walk(pack, p, begin, price, start, tolls, table, row)
    return table[0, start]


@part
def _walk(pack, p, begin, price, start, tolls, table, row):
    """Fill row along the cheapest completions."""
    node = start
    for t in range(len(price)):
        chosen, least, goes = -1, INF, 0
        if may_rest(pack, p, node, begin + t):
            goes = rested(pack, p, node)
            least = table[t + 1, goes]
        if may_work(pack, p, node, begin + t):
            away = weekend(pack, p, node, begin + t) * tolls[1]
            for s in range(price.shape[1]):
                if pack.klass[p, s] == 0:
                    continue
                after, target = worked(pack, p, node, pack.klass[p, s])
                value = price[t, s] + away + pack.length[p, s] * tolls[0] + table[t + 1, target]
                if pack.follow[p, after, s] and value < least:
                    chosen, least, goes = s, value, target
        row[t], node = chosen, goes
