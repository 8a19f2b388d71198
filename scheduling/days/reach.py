"""For each Monday and node the least and greatest minutes that can still follow; and the pace along the way."""

from __future__ import annotations

import numpy as np

from scheduling.days.case import Case
from scheduling.days.kernel import Edge, paced_edge, reach_of
from wfm.model.arrays import BoolArray, FloatArray, IntArray

SLACK_SHIFTS = 2  # of the longest shift, that minutes may stray from the pace
LOOSER = (1, 2, 4, 1000)  # factors on both, tried in turn
SLACK_DAYS = 1  # that weekends and days of a shift may run ahead of it


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
