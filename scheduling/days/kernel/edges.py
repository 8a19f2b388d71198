"""The edge of a window, from what stands around it or from what may follow, and where a row leads."""

from __future__ import annotations

import numpy as np

from scheduling.days.kernel.nodes import joins, node_after, nodes_of, rested, weekend, worked
from scheduling.days.kernel.parts import INF, Edge, part
from scheduling.days.kernel.table import future


@part
def edge_around(pack, p, row, begin, end):
    """The edge of the window [begin, end) of a row; both lie on Mondays or on the ends of the horizon."""
    minutes, weekends = 0, 0
    most = pack.most[p].copy()
    for day in range(pack.days):
        if begin <= day < end or row[day] < 0:
            continue
        minutes += pack.length[p, row[day]]
        most[row[day]] -= 1
        if day % 7 == 5 or (day % 7 == 6 and row[day - 1] < 0):
            weekends += 1
    count = nodes_of(pack, p)
    spare = min(max(pack.weekends[p] - weekends, 0), (end - begin) // 7 + 1)
    low = np.full((count, spare + 1), 1, np.int64)
    high = np.full((count, spare + 1), 0, np.int64)
    for node in range(count):
        if weekends <= pack.weekends[p] and joins(pack, p, node, row, end):
            low[node, :] = pack.least[p] - minutes
            high[node, :] = pack.greatest[p] - minutes
    return Edge(node_after(pack, p, row, begin), low, high, most, np.empty((0, 0, 0)))


@part
def edge_before(pack, p, begin, price, rest, edge, buffer, at):
    """The edge of the first `at` days of a window, at the cheapest completion of the rest of it."""
    value = future(pack, p, begin, price, rest, edge, buffer, at)
    count, weekends = (value.shape[0], value.shape[1]) if value.size else (nodes_of(pack, p), 1)
    low, high = np.full((count, weekends), 1, np.int64), np.zeros((count, weekends), np.int64)
    if value.size:
        for node in range(count):
            for w in range(weekends):
                there = np.flatnonzero(value[node, w] < INF)
                if len(there):
                    low[node, w], high[node, w] = there[0], there[-1]
    return Edge(edge.start, low, high, edge.most, value)


@part
def edge_at(pack, people, i, edges):
    """The edge of the i-th of several people."""
    starts, lows, highs, weekends, mosts, values = edges
    count, spare = nodes_of(pack, people[i]), weekends[i] + 1
    value = values[i, :count, :spare] if values.size else np.empty((0, 0, 0))
    return Edge(starts[i], lows[i, :count, :spare], highs[i, :count, :spare], mosts[i], value)


@part
def value_after(pack, p, begin, edge, row):
    """What the cheapest completion of a row costs."""
    node, w, m = edge.start, 0, 0
    for t in range(len(row)):
        if row[t] < 0:
            node = rested(pack, p, node)
        else:
            w += weekend(pack, p, node, begin + t)
            node = worked(pack, p, node, pack.klass[p, row[t]])[1]
            m += pack.length[p, row[t]]
    return edge.value[node, w, m]
