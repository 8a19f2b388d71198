"""What a table has to hold: groups of like shifts, counters, and the minutes that matter."""

from __future__ import annotations

import numpy as np

from scheduling.days.kernel.nodes import nodes_of
from scheduling.days.kernel.parts import part


@part
def groups(pack, p, counters):
    """Shifts that share class, length and counter make one group: (group of shift, class, length, counter of group)."""
    shifts = pack.klass.shape[1]
    group = np.full(shifts, -1, np.int64)
    klass, length, counter = np.zeros(shifts, np.int64), np.zeros(shifts, np.int64), np.full(shifts, -1, np.int64)
    count = 0
    for s in range(shifts):
        if pack.klass[p, s] == 0:
            continue
        mine = -1
        for c in range(len(counters)):
            if counters[c] == s:
                mine = c
        for g in range(count):
            if klass[g] == pack.klass[p, s] and length[g] == pack.length[p, s] and counter[g] == mine:
                group[s] = g
        if group[s] < 0:
            group[s], klass[count], length[count], counter[count] = count, pack.klass[p, s], pack.length[p, s], mine
            count += 1
    return group, klass[:count], length[:count], counter[:count]


@part
def counts(weekends, counters, most):
    """Stride of each counter in the flat index, the index's size, and whether each may still grow there (counters, size)."""
    strides = np.zeros(len(counters), np.int64)
    size = weekends + 1
    for c in range(len(counters)):
        strides[c] = size
        size *= most[counters[c]] + 1
    free = np.ones((len(counters), size), np.bool_)
    for c in range(len(counters)):
        for q in range(size):
            free[c, q] = (q // strides[c]) % (most[counters[c]] + 1) < most[counters[c]]
    return strides, size, free


@part
def span(pack, p, days, edge):
    """(days + 1, 2): least and greatest minutes worth looking at before each day; (0, -1) rows where there is no way."""
    longest, high, low = 0, -1, 1 << 40
    for s in range(pack.klass.shape[1]):
        if pack.klass[p, s] > 0:
            longest = max(longest, pack.length[p, s])
    for node in range(edge.low.shape[0]):
        for w in range(edge.low.shape[1]):
            if edge.low[node, w] <= edge.high[node, w]:
                high, low = max(high, edge.high[node, w]), min(low, edge.low[node, w])
    found = np.empty((days + 1, 2), np.int64)
    for t in range(days + 1):
        found[t, 0] = max(0, low - most_days(pack, p, days - t) * longest)
        found[t, 1] = min(high, most_days(pack, p, t) * longest)
    return found


@part
def most_days(pack, p, days):
    """Days that can be worked in so many: longest runs, shortest rests between them."""
    cycle = pack.max_run[p] + pack.least_rest[p]
    return days // cycle * pack.max_run[p] + min(days % cycle, pack.max_run[p])


@part
def states(pack, p, days, edge, counters):
    size = counts(edge.low.shape[1] - 1, counters, edge.most)[1]
    return (days + 1) * nodes_of(pack, p) * size * (span(pack, p, days, edge)[days, 1] + 1)


@part
def days_of_each(row, shifts):
    """Days of each shift."""
    used = np.zeros(shifts, np.int64)
    for s in row:
        if s >= 0:
            used[s] += 1
    return used


@part
def too_many(edge, row, counters):
    """The shift whose most is broken most and has no counter yet, -1 where all is kept."""
    used = days_of_each(row, len(edge.most))
    worst, excess = -1, 0
    for s in range(len(used)):
        known = False
        for c in counters:
            known |= c == s
        if not known and used[s] - max(edge.most[s], 0) > excess:
            worst, excess = s, used[s] - max(edge.most[s], 0)
    return worst
