"""The cheapest days of one person where limits on minutes, weekends and days of a shift are tolls: over (day, node) alone."""

from __future__ import annotations

import numpy as np

from scheduling.days.kernel.nodes import may_rest, may_work, moves, nodes_of, rested, settled_from, weekend, worked
from scheduling.days.kernel.parts import INF, part
from scheduling.days.kernel.states import groups
from scheduling.days.kernel.table import least_of_groups


@part
def tolled_row(pack, p, begin, price, start, tolls, table, row):
    """Cheapest cost from the node `start` on; fills row, and table (days + 1, nodes) with the cheapest completions.

    price (days, shifts): tolls on shifts included, inf forbids. tolls (2,): on a minute and on a weekend.
    """
    count, resting = nodes_of(pack, p), pack.least_rest[p]
    group, klass, length, _ = groups(pack, p, np.empty(0, np.int64))
    best = np.empty((pack.follow.shape[1], len(klass)))
    early = settled_from(pack, p)
    goes = moves(pack, p, klass, early)
    table[len(price), :count] = 0.0
    for t in range(len(price) - 1, -1, -1):
        least_of_groups(pack, p, price[t], group, best)
        if begin + t < early:
            goes = moves(pack, p, klass, begin + t)
        for c in range(best.shape[0]):
            for g in range(len(klass)):
                best[c, g] += length[g] * tolls[0]
        ahead, now, day = table[t + 1], table[t], (begin + t) % 7
        for node in range(count):
            least = ahead[goes[node, 0]] if goes[node, 0] >= 0 else INF
            if goes[node, 1] >= 0:
                away = tolls[1] if day == 5 or (day == 6 and node < resting) else 0.0
                after = goes[node, 1]
                for g in range(len(klass)):
                    least = min(least, best[after, g] + away + ahead[goes[node, 2 + g]])
            now[node] = least
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
