"""For each Monday and node the least and greatest minutes that can still follow; and the pace along the way."""

from __future__ import annotations

import numpy as np
from numba import njit

from scheduling.days.case import Case
from scheduling.days.kernel import Edge, may_rest, may_work, node_after, nodes_of
from wfm.model.arrays import BoolArray, FloatArray, IntArray

NEVER = 1 << 40
SLACK_SHIFTS = 2  # of the longest shift, that minutes may stray from the pace
SLACK_DAYS = 1  # that weekends and days of a shift may run ahead of it


@njit(cache=True, nogil=True)
def reach_of(pack, p, allowed):
    """(least, greatest) minutes from each Monday on: each (weeks + 1, nodes, weekends left). allowed (days, shifts): may be worked.

    Interval in, interval out: minutes between the two are taken to be within reach as well. The most of a shift is not looked at.
    """
    days, count, spare = pack.days, nodes_of(pack, p), pack.weekends[p] + 1
    weeks = -(-days // 7)
    least = np.full((weeks + 1, count, spare), NEVER, np.int64)
    greatest = np.full((weeks + 1, count, spare), -NEVER, np.int64)
    low, high = np.zeros((count, spare), np.int64), np.zeros((count, spare), np.int64)
    least[weeks], greatest[weeks] = 0, 0
    resting, longest = pack.least_rest[p], pack.max_run[p]
    for day in range(days - 1, -1, -1):
        new_low, new_high = np.full((count, spare), NEVER, np.int64), np.full((count, spare), -NEVER, np.int64)
        for node in range(count):
            if may_rest(pack, p, node, day):
                target = min(node + 1, resting - 1) if node < resting else 0
                new_low[node], new_high[node] = low[target], high[target]
            if not may_work(pack, p, node, day):
                continue
            after = 0 if node < resting else (node - resting) // longest + 1
            run = 0 if node < resting else (node - resting) % longest + 1
            step = 1 if day % 7 == 5 or (day % 7 == 6 and node < resting) else 0
            for s in range(pack.klass.shape[1]):
                if pack.klass[p, s] == 0 or not allowed[day, s] or not pack.follow[p, after, s]:
                    continue
                target = resting + (pack.klass[p, s] - 1) * longest + run
                for left in range(step, spare):
                    if low[target, left - step] < NEVER:
                        new_low[node, left] = min(new_low[node, left], low[target, left - step] + pack.length[p, s])
                        new_high[node, left] = max(new_high[node, left], high[target, left - step] + pack.length[p, s])
        low, high = new_low, new_high
        if day % 7 == 0:
            least[day // 7], greatest[day // 7] = low, high
    return least, greatest


@njit(cache=True, nogil=True)
def paced_edge(pack, p, row, begin, end, least, greatest, pace, slack):
    """The edge of the window [begin, end) when only the days before it stand.

    least, greatest: `reach_of`. pace: share of the person's working days that lie before `end`. slack (3,): minutes, weekends and days of a
    shift that may stray from the pace; a huge one means no pace. Where the pace cannot be kept, what comes nearest may be.
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
    return Edge(node_after(pack, p, row, begin), low, high, most)


class Reach:
    """Reachability and pace of everybody in a case."""

    def __init__(self, case: Case):
        self.case = case
        allowed = np.isfinite(case.wish)
        self.tables = [reach_of(case.pack, p, allowed[p]) for p in range(len(allowed))]
        self.pace = _pace(allowed)
        longest = case.pack.length.max(axis=1)
        self.slack = np.array([[SLACK_SHIFTS * int(size), SLACK_DAYS, SLACK_DAYS] for size in longest], np.int64)

    def possible(self, p: int) -> bool:
        """Has the person any days that keep the rules, as far as intervals tell?"""
        least, greatest = self.tables[p][0][0], self.tables[p][1][0]
        start = self.case.pack.least_rest[p] - 1
        return bool(((least[start] <= self.case.pack.greatest[p]) & (greatest[start] >= self.case.pack.least[p])).any())

    def edge(self, p: int, row: IntArray, begin: int, end: int, looser: int = 1) -> Edge:
        """looser: factor on the slack of the pace."""
        least, greatest = self.tables[p]
        return paced_edge(self.case.pack, p, row, begin, end, least, greatest, self.pace[p, end], self.slack[p] * looser)


def _pace(allowed: BoolArray) -> FloatArray:
    """(people, days + 1): share of each person's days on which work is possible that lie before each day."""
    able = allowed.any(axis=2).cumsum(axis=1)
    before = np.concatenate([np.zeros((len(able), 1)), able], axis=1)
    return before / np.maximum(before[:, -1:], 1)
