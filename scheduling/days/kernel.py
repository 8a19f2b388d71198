"""The cheapest days of one person against prices, exactly: a compiled backward programme over (day, node, counters).

A node is a run of days off 1..least_rest (the last means rested) or (class, run 1..max_run) of work; a class is a set of successors that
are forbidden, restricted to the person's own shifts, so that the work does not grow with the number of shifts. Counters: weekends worked,
minutes, and for shifts whose most is broken without it, days of that shift. All in one file: numba's cache sees no other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

INF = np.inf
LARGEST = 24_000_000  # states; beyond it a counter is not added, and the row found is mended instead


class Pack(NamedTuple):
    """All people as arrays; minutes are in units of each person's greatest common divisor.

    klass (people, shifts): class of a shift from 1, 0 where the person never works it. follow (people, classes, shifts): may the shift
    follow the class; class 0 is a day off. length (people, shifts); most (people, shifts). least, greatest (people,): of minutes.
    """

    days: int
    klass: NDArray[np.int64]
    classes: NDArray[np.int64]
    follow: NDArray[np.bool_]
    length: NDArray[np.int64]
    most: NDArray[np.int64]
    least: NDArray[np.int64]
    greatest: NDArray[np.int64]
    max_run: NDArray[np.int64]
    least_run: NDArray[np.int64]
    least_rest: NDArray[np.int64]
    weekends: NDArray[np.int64]


class Edge(NamedTuple):
    """How a window meets what lies around it, for one person.

    start: node before its first day. low, high (nodes, weekends): least and greatest minutes inside it that what follows admits, low > high
    where nothing does. most (shifts,): days of each shift left for it.
    """

    start: int
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    most: NDArray[np.int64]


@njit(cache=True, nogil=True)
def nodes_of(pack, p):
    return pack.least_rest[p] + pack.classes[p] * pack.max_run[p]


@njit(cache=True, nogil=True)
def node_after(pack, p, row, end):
    """Node after the first `end` days of a row."""
    if end == 0:
        return pack.least_rest[p] - 1
    run = 1
    working = row[end - 1] >= 0
    while run < end and (row[end - 1 - run] >= 0) == working:
        run += 1
    if not working:
        return min(run, pack.least_rest[p]) - 1
    return pack.least_rest[p] + (pack.klass[p, row[end - 1]] - 1) * pack.max_run[p] + min(run, pack.max_run[p]) - 1


@njit(cache=True, nogil=True)
def may_rest(pack, p, node, day):
    """May a day off follow the node when `day` days are done? A run that began on day 0 may be short."""
    if node < pack.least_rest[p]:
        return True
    run = (node - pack.least_rest[p]) % pack.max_run[p] + 1
    return run >= pack.least_run[p] or run == day


@njit(cache=True, nogil=True)
def may_work(pack, p, node, day):
    if node < pack.least_rest[p]:
        return node == pack.least_rest[p] - 1 or node + 1 == day
    return (node - pack.least_rest[p]) % pack.max_run[p] + 1 < pack.max_run[p]


@njit(cache=True, nogil=True)
def joins(pack, p, node, row, end):
    """Does the rest of the row from day `end` on fit behind the node, as far as runs and successions go?"""
    if end >= pack.days:
        return True
    working = row[end] >= 0
    ahead = 1
    while end + ahead < pack.days and (row[end + ahead] >= 0) == working:
        ahead += 1
    open_end = end + ahead == pack.days
    rest = pack.least_rest[p]
    if node < rest:
        run = node + 1
        if not working:
            return open_end or run + ahead >= rest or run == end
        return run in (rest, end) and (open_end or ahead >= pack.least_run[p])
    run = (node - rest) % pack.max_run[p] + 1
    if not working:
        return may_rest(pack, p, node, end) and (open_end or ahead >= rest)
    follows = pack.follow[p, (node - rest) // pack.max_run[p] + 1, row[end]]
    return follows and run + ahead <= pack.max_run[p] and (open_end or run + ahead >= pack.least_run[p] or run == end)


@njit(cache=True, nogil=True)
def edge_of(pack, p, row, begin, end):
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
    return Edge(node_after(pack, p, row, begin), low, high, most)


@njit(cache=True, nogil=True)
def _groups(pack, p, counters):
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


@njit(cache=True, nogil=True)
def _counts(weekends, counters, most):
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


@njit(cache=True, nogil=True)
def _backward(pack, p, begin, price, rest, edge, table, counters, reach):
    """Fill table (days + 1, nodes, counts, minutes) with the cheapest completion; reach (days + 1, 2) are the minutes that matter."""
    days, shifts = price.shape
    weekends = edge.low.shape[1] - 1
    nodes, size = table.shape[1], table.shape[2]
    group, klass, length, counter = _groups(pack, p, counters)
    strides, _, free = _counts(weekends, counters, edge.most)
    resting, longest = pack.least_rest[p], pack.max_run[p]
    table[days] = INF
    for node in range(nodes):
        for q in range(size):
            for m in range(max(edge.low[node, q % (weekends + 1)], 0), min(edge.high[node, q % (weekends + 1)], table.shape[3] - 1) + 1):
                table[days, node, q, m] = 0.0
    best = np.empty((pack.follow.shape[1], len(klass)))
    for t in range(days - 1, -1, -1):
        done = begin + t
        best[:] = INF
        for s in range(shifts):
            if group[s] >= 0 and price[t, s] < INF:
                for c in range(pack.classes[p] + 1):
                    if pack.follow[p, c, s] and price[t, s] < best[c, group[s]]:
                        best[c, group[s]] = price[t, s]
        first, last = reach[t]
        for node in range(nodes):
            table[t, node, :, first : last + 1] = INF
            if may_rest(pack, p, node, done) and rest[t] < INF:
                target = min(node + 1, resting - 1) if node < resting else 0
                lo, hi = max(first, reach[t + 1, 0]), min(last, reach[t + 1, 1])
                for q in range(size):
                    source, into = table[t + 1, target, q], table[t, node, q]
                    for m in range(lo, hi + 1):
                        into[m] = source[m] + rest[t]
            if not may_work(pack, p, node, done):
                continue
            after = 0 if node < resting else (node - resting) // longest + 1
            run = 0 if node < resting else (node - resting) % longest + 1
            step = 1 if done % 7 == 5 or (done % 7 == 6 and node < resting) else 0
            for g in range(len(klass)):
                worth = best[after, g]
                if worth == INF:
                    continue
                target = resting + (klass[g] - 1) * longest + run
                lo, hi = max(first, reach[t + 1, 0] - length[g]), min(last, reach[t + 1, 1] - length[g])
                for q in range(size):
                    if (step and q % (weekends + 1) == weekends) or (counter[g] >= 0 and not free[counter[g], q]):
                        continue
                    onward = q + step + (strides[counter[g]] if counter[g] >= 0 else 0)
                    source, into = table[t + 1, target, onward, length[g] :], table[t, node, q]
                    for m in range(lo, hi + 1):
                        value = source[m] + worth
                        into[m] = min(into[m], value)


@njit(cache=True, nogil=True)
def _forward(pack, p, begin, price, rest, edge, table, counters, reach, row):
    """Walk along the cheapest completions from the start; fills row."""
    weekends = edge.low.shape[1] - 1
    strides, _, free = _counts(weekends, counters, edge.most)
    resting, longest = pack.least_rest[p], pack.max_run[p]
    node, q, m = edge.start, 0, 0
    for t in range(price.shape[0]):
        done = begin + t
        chosen, least, goes, count = -1, INF, 0, q
        if may_rest(pack, p, node, done) and m >= reach[t + 1, 0]:
            goes = min(node + 1, resting - 1) if node < resting else 0
            least = rest[t] + table[t + 1, goes, q, m]
        if may_work(pack, p, node, done):
            after = 0 if node < resting else (node - resting) // longest + 1
            run = 0 if node < resting else (node - resting) % longest + 1
            step = 1 if done % 7 == 5 or (done % 7 == 6 and node < resting) else 0
            for s in range(price.shape[1]):
                onward = q + step
                if pack.klass[p, s] == 0 or not pack.follow[p, after, s] or (step and q % (weekends + 1) == weekends):
                    continue
                blocked = False
                for c in range(len(counters)):
                    if counters[c] == s:
                        blocked = not free[c, q]
                        onward += strides[c]
                then = m + pack.length[p, s]
                if blocked or not reach[t + 1, 0] <= then <= reach[t + 1, 1]:
                    continue
                target = resting + (pack.klass[p, s] - 1) * longest + run
                value = price[t, s] + table[t + 1, target, onward, then]
                if value < least:
                    chosen, least, goes, count = s, value, target, onward
        row[t], node, q = chosen, goes, count
        if chosen >= 0:
            m += pack.length[p, chosen]


@njit(cache=True, nogil=True)
def _reach(pack, p, days, edge):
    """(days + 1, 2): least and greatest minutes worth looking at before each day; (0, -1) rows where there is no way."""
    longest, high, low = 0, -1, 1 << 40
    for s in range(pack.klass.shape[1]):
        if pack.klass[p, s] > 0:
            longest = max(longest, pack.length[p, s])
    for node in range(edge.low.shape[0]):
        for w in range(edge.low.shape[1]):
            if edge.low[node, w] <= edge.high[node, w]:
                high, low = max(high, edge.high[node, w]), min(low, edge.low[node, w])
    reach = np.empty((days + 1, 2), np.int64)
    for t in range(days + 1):
        reach[t, 0] = max(0, low - _most_days(pack, p, days - t) * longest)
        reach[t, 1] = min(high, _most_days(pack, p, t) * longest)
    return reach


@njit(cache=True, nogil=True)
def _most_days(pack, p, days):
    """Days that can be worked in so many: longest runs, shortest rests between them."""
    cycle = pack.max_run[p] + pack.least_rest[p]
    return days // cycle * pack.max_run[p] + min(days % cycle, pack.max_run[p])


@njit(cache=True, nogil=True)
def _too_many(edge, row, counters):
    """The shift whose most is broken most and has no counter yet, -1 where all is kept."""
    used = np.zeros(len(edge.most), np.int64)
    for s in row:
        if s >= 0:
            used[s] += 1
    worst, excess = -1, 0
    for s in range(len(used)):
        known = False
        for c in counters:
            known |= c == s
        if not known and used[s] - max(edge.most[s], 0) > excess:
            worst, excess = s, used[s] - max(edge.most[s], 0)
    return worst


@njit(cache=True, nogil=True)
def _solve(pack, p, begin, price, rest, edge, buffer, counters, row):
    """Cheapest cost with the given counters, inf where there is no way; fills row."""
    days = price.shape[0]
    reach = _reach(pack, p, days, edge)
    for t in range(days + 1):
        if reach[t, 0] > reach[t, 1]:
            return INF
    _, size, _ = _counts(edge.low.shape[1] - 1, counters, edge.most)
    shape = (days + 1, nodes_of(pack, p), size, reach[days, 1] + 1)
    states = shape[0] * shape[1] * shape[2] * shape[3]
    space = buffer if states <= len(buffer) else np.empty(states)
    table = space[:states].reshape(shape)
    _backward(pack, p, begin, price, rest, edge, table, counters, reach)
    least = table[0, edge.start, 0, 0]
    if least < INF:
        _forward(pack, p, begin, price, rest, edge, table, counters, reach, row)
    return least


@njit(cache=True, nogil=True)
def cheapest(pack, p, begin, price, rest, edge, buffer, row):
    """(cost of the row, least cost proved) of person p in the window of `len(price)` days from `begin`; fills row.

    price (days, shifts), rest (days,): inf forbids. Both are inf where there is no way. They differ only where counters for the most of
    shifts grew beyond what memory is for: the row then keeps the rules, and the second is a bound.
    """
    counters = np.empty(0, np.int64)
    cost = _solve(pack, p, begin, price, rest, edge, buffer, counters, row)
    bound, prices, mended = cost, price, False
    while cost < INF:
        worst = _too_many(edge, row, counters)
        if worst < 0:
            return cost, bound
        if edge.most[worst] <= 0:
            prices = prices.copy()
            prices[:, worst] = INF
        elif _states(pack, p, len(price), edge, np.append(counters, worst)) <= LARGEST:
            counters = np.append(counters, worst)
        else:  # give up exactness: forbid it where it helps least
            prices = prices.copy()
            prices[_least_helpful(prices, row, worst), worst] = INF
            mended = True
        cost = _solve(pack, p, begin, prices, rest, edge, buffer, counters, row)
        if not mended:
            bound = cost
    return INF, bound


@njit(cache=True, nogil=True)
def _states(pack, p, days, edge, counters):
    size = _counts(edge.low.shape[1] - 1, counters, edge.most)[1]
    return (days + 1) * nodes_of(pack, p) * size * (_reach(pack, p, days, edge)[days, 1] + 1)


@njit(cache=True, nogil=True)
def _least_helpful(prices, row, shift):
    """Day of the row on which the shift is worth least."""
    day = -1
    for t in range(len(row)):
        if row[t] == shift and (day < 0 or prices[t, shift] > prices[day, shift]):
            day = t
    return day


@njit(cache=True, nogil=True)
def cheapest_of_each(pack, people, begin, prices, rests, worth, edges, buffer, rows):
    """`cheapest` for several people, (costs, bounds); prices (people, days, shifts) lessened by worth (days, shifts); fills rows.

    edges: (starts, lows, highs, weekends, mosts) padded to one shape.
    """
    starts, lows, highs, weekends, mosts = edges
    costs, bounds = np.empty(len(people)), np.empty(len(people))
    for i in range(len(people)):
        p = people[i]
        count, spare = nodes_of(pack, p), weekends[i] + 1
        edge = Edge(starts[i], lows[i, :count, :spare], highs[i, :count, :spare], mosts[i])
        costs[i], bounds[i] = cheapest(pack, p, begin, prices[i] - worth, rests[i], edge, buffer, rows[i])
    return costs, bounds
