"""For each Monday and node the least and greatest minutes that can still follow; and the edge of a window at a pace."""

from __future__ import annotations

import numpy as np

from scheduling.days.kernel.nodes import may_rest, may_work, node_after, nodes_of, rested, weekend, worked
from scheduling.days.kernel.parts import Edge, part

NEVER = 1 << 40


@part
def reach_from(pack, p, allowed):
    """(least, greatest) minutes from each Monday on: each (weeks + 1, nodes, weekends left). allowed (days, shifts): may be worked.

    Interval in, interval out: minutes between the two are taken to be within reach as well. The most of a shift is not looked at.
    """
    days, count, spare = pack.days, nodes_of(pack, p), pack.weekends[p] + 1
    weeks = -(-days // 7)
    least = np.full((weeks + 1, count, spare), NEVER, np.int64)
    greatest = np.full((weeks + 1, count, spare), -NEVER, np.int64)
    low, high = np.zeros((count, spare), np.int64), np.zeros((count, spare), np.int64)
    least[weeks], greatest[weeks] = 0, 0
    for day in range(days - 1, -1, -1):
        new_low, new_high = np.full((count, spare), NEVER, np.int64), np.full((count, spare), -NEVER, np.int64)
        for node in range(count):
            if may_rest(pack, p, node, day):
                target = rested(pack, p, node)
                new_low[node], new_high[node] = low[target], high[target]
            if not may_work(pack, p, node, day):
                continue
            step = weekend(pack, p, node, day)
            for s in range(pack.klass.shape[1]):
                if pack.klass[p, s] == 0 or not allowed[day, s]:
                    continue
                after, target = worked(pack, p, node, pack.klass[p, s])
                if not pack.follow[p, after, s]:
                    continue
                for left in range(step, spare):
                    if low[target, left - step] < NEVER:
                        new_low[node, left] = min(new_low[node, left], low[target, left - step] + pack.length[p, s])
                        new_high[node, left] = max(new_high[node, left], high[target, left - step] + pack.length[p, s])
        low, high = new_low, new_high
        if day % 7 == 0:
            least[day // 7], greatest[day // 7] = low, high
    return least, greatest


@part
def edge_on_pace(pack, p, row, begin, end, least, greatest, pace, slack):
    """The edge of the window [begin, end) when only the days before it stand.

    least, greatest: `reach_from`. pace: share of the person's working days that lie before `end`. slack (3,): minutes, weekends and days
    of a shift that may stray from the pace; a huge one means no pace. Where the pace cannot be kept, what comes nearest may be.
    """
    minutes, weekends = 0, 0
    most = pack.most[p].copy()
    for s in range(len(most)):
        most[s] = min(most[s], int(np.ceil(most[s] * pace)) + slack[2])
    for day in range(begin):
        if row[day] >= 0:
            minutes += pack.length[p, row[day]]
            most[row[day]] -= 1
            if day % 7 == 5 or (day % 7 == 6 and row[day - 1] < 0):
                weekends += 1
    count, left = nodes_of(pack, p), pack.weekends[p] - weekends
    ahead = min(left, int(np.ceil(pack.weekends[p] * pace)) + slack[1] - weekends)
    spare = max(min(ahead, (end - begin) // 7 + 1), 0)
    low, high = np.full((count, spare + 1), 1, np.int64), np.zeros((count, spare + 1), np.int64)
    floor = int(np.floor(pack.least[p] * pace)) - slack[0] - minutes
    roof = int(np.ceil(pack.greatest[p] * pace)) + slack[0] - minutes
    week = -(-end // 7)
    for node in range(count):
        for w in range(spare + 1):
            if left - w < 0 or least[week, node, left - w] >= NEVER:
                continue
            first = pack.least[p] - minutes - greatest[week, node, left - w]
            last = pack.greatest[p] - minutes - least[week, node, left - w]
            if first <= last:
                low[node, w] = min(max(first, floor), last)
                high[node, w] = max(min(last, roof), first)
    return Edge(node_after(pack, p, row, begin), low, high, most, np.empty((0, 0, 0)))
