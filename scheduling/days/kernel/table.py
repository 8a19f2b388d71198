"""The table of cheapest completions over (day, node, counters, minutes), filled backward and walked forward."""

from __future__ import annotations

import numpy as np

from scheduling.days.kernel.nodes import may_rest, may_work, moves, nodes_of, rested, settled_from, weekend, worked
from scheduling.days.kernel.parts import INF, part
from scheduling.days.kernel.states import counts, groups, span


@part
def finish(edge, last):
    """Fill last (nodes, counts, minutes) with what follows the window."""
    last[:] = INF
    weekends = edge.low.shape[1]
    for node in range(last.shape[0]):
        for q in range(last.shape[1]):
            w = q % weekends
            for m in range(max(edge.low[node, w], 0), min(edge.high[node, w], last.shape[2] - 1) + 1):
                last[node, q, m] = edge.value[node, w, m] if edge.value.size else 0.0


@part
def least_of_groups(pack, p, price, group, best):
    """Fill best (classes, groups) with the least price of one day at which a shift of the group may follow the class."""
    best[:] = INF
    for s in range(len(price)):
        if group[s] >= 0 and price[s] < INF:
            for c in range(pack.classes[p] + 1):
                if pack.follow[p, c, s]:
                    best[c, group[s]] = min(best[c, group[s]], price[s])


@part
def backward(pack, p, begin, price, rest, edge, table, counters, reach):
    """Fill table (days + 1, nodes, counts, minutes) with the cheapest completion; reach (days + 1, 2) are the minutes that matter."""
    weekends = edge.low.shape[1] - 1
    group, klass, length, counter = groups(pack, p, counters)
    strides, size, free = counts(weekends, counters, edge.most)
    finish(edge, table[len(price)])
    best = np.empty((pack.follow.shape[1], len(klass)))
    early, resting = settled_from(pack, p), pack.least_rest[p]
    goes = moves(pack, p, klass, early)
    for t in range(len(price) - 1, -1, -1):
        least_of_groups(pack, p, price[t], group, best)
        if begin + t < early:
            goes = moves(pack, p, klass, begin + t)
        first, last = reach[t]
        day = (begin + t) % 7
        for node in range(table.shape[1]):
            table[t, node, :, first : last + 1] = INF
            if goes[node, 0] >= 0 and rest[t] < INF:
                target = goes[node, 0]
                lo, hi = max(first, reach[t + 1, 0]), min(last, reach[t + 1, 1])
                for q in range(size):
                    source, into = table[t + 1, target, q], table[t, node, q]
                    for m in range(lo, hi + 1):
                        into[m] = source[m] + rest[t]
            after = goes[node, 1]
            if after < 0:
                continue
            step = 1 if day == 5 or (day == 6 and node < resting) else 0
            for g in range(len(klass)):
                target, worth = goes[node, 2 + g], best[after, g]
                if worth == INF:
                    continue
                lo, hi = max(first, reach[t + 1, 0] - length[g]), min(last, reach[t + 1, 1] - length[g])
                for q in range(size):
                    if (step and q % (weekends + 1) == weekends) or (counter[g] >= 0 and not free[counter[g], q]):
                        continue
                    onward = q + step + (strides[counter[g]] if counter[g] >= 0 else 0)
                    source, into = table[t + 1, target, onward, length[g] :], table[t, node, q]
                    for m in range(lo, hi + 1):
                        value = source[m] + worth
                        into[m] = min(into[m], value)


@part
def forward(pack, p, begin, price, rest, edge, table, counters, reach, row):
    """Walk along the cheapest completions from the start; fills row."""
    weekends = edge.low.shape[1] - 1
    strides, _, free = counts(weekends, counters, edge.most)
    node, q, m = edge.start, 0, 0
    for t in range(price.shape[0]):
        chosen, least, goes, count = -1, INF, 0, q
        if may_rest(pack, p, node, begin + t) and m >= reach[t + 1, 0]:
            goes = rested(pack, p, node)
            least = rest[t] + table[t + 1, goes, q, m]
        if may_work(pack, p, node, begin + t):
            step = weekend(pack, p, node, begin + t)
            for s in range(price.shape[1]):
                if pack.klass[p, s] == 0 or (step and q % (weekends + 1) == weekends):
                    continue
                after, target = worked(pack, p, node, pack.klass[p, s])
                onward, blocked = q + step, not pack.follow[p, after, s]
                for c in range(len(counters)):
                    if counters[c] == s:
                        blocked |= not free[c, q]
                        onward += strides[c]
                then = m + pack.length[p, s]
                if blocked or not reach[t + 1, 0] <= then <= reach[t + 1, 1]:
                    continue
                value = price[t, s] + table[t + 1, target, onward, then]
                if value < least:
                    chosen, least, goes, count = s, value, target, onward
        row[t], node, q = chosen, goes, count
        if chosen >= 0:
            m += pack.length[p, chosen]


@part
def table_of(pack, p, days, edge, buffer, counters, reach):
    """An empty table, in the buffer where it fits."""
    size = counts(edge.low.shape[1] - 1, counters, edge.most)[1]
    shape = (days + 1, nodes_of(pack, p), size, reach[days, 1] + 1)
    states = shape[0] * shape[1] * shape[2] * shape[3]
    space = buffer if states <= len(buffer) else np.empty(states)
    return space[:states].reshape(shape)


@part
def solve(pack, p, begin, price, rest, edge, buffer, counters, row):
    """Cheapest cost with the given counters, inf where there is no way; fills row."""
    days = price.shape[0]
    reach = span(pack, p, days, edge)
    if (reach[:, 0] > reach[:, 1]).any():
        return INF
    table = table_of(pack, p, days, edge, buffer, counters, reach)
    backward(pack, p, begin, price, rest, edge, table, counters, reach)
    least = table[0, edge.start, 0, 0]
    if least < INF:
        forward(pack, p, begin, price, rest, edge, table, counters, reach, row)
    return least


@part
def future(pack, p, begin, price, rest, edge, buffer, at):
    """Cheapest completions (nodes, weekends, minutes) after `at` days of the window, counted from its begin; inf for none."""
    days, none = len(price), np.empty(0, np.int64)
    reach = span(pack, p, days, edge)
    if (reach[:, 0] > reach[:, 1]).any():
        return np.empty((0, 0, 0))
    table = table_of(pack, p, days, edge, buffer, none, reach)
    backward(pack, p, begin, price, rest, edge, table, none, reach)
    found = table[at, :, : min(at // 7 + 2, table.shape[2]), : reach[at, 1] + 1].copy()
    found[:, :, : reach[at, 0]] = INF
    return found
