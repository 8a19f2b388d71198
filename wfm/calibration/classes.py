"""Classes of customers: who is served before whom, and how many of each kind belong to them."""

from __future__ import annotations

import numpy as np

from wfm.model import CallLog
from wfm.model.arrays import BoolArray, FloatArray

FINEST_S, LONGEST_S = 5.0, 600.0
NEIGHBOURS = 80
"""Callers after each whom they are compared with."""

FEWEST_PAIRS = 50


def credits_s(log: CallLog) -> FloatArray:
    """Head start of each class in the order of waiting, as if its customers had come so much earlier, (classes,); the least is 0.

    Of two neighbouring classes the head start that explains most of who overtook whom, among pairs that waited at the same time.
    """
    steps = [_head_start_s(log, rank) for rank in range(1, len(log.classes))]
    found = np.concatenate([[0.0], np.cumsum(steps)])
    return np.asarray(found - found.min())


def _head_start_s(log: CallLog, rank: int) -> float:
    """Of a class over the one below, in steps of `FINEST_S`; 0 where too few of both waited together to tell."""
    ahead_s, later_first = [], []
    who = np.flatnonzero((log.wait_s > 0) & log.served)
    for shift in range(1, min(NEIGHBOURS, len(who))):
        first, second = who[:-shift], who[shift:]
        together = log.asked_s[second] < log.begun_s[first]
        up = together & (log.rank[first] == rank - 1) & (log.rank[second] == rank)
        down = together & (log.rank[first] == rank) & (log.rank[second] == rank - 1)
        for chosen, sign in ((up, 1.0), (down, -1.0)):
            overtook = log.begun_s[second][chosen] < log.begun_s[first][chosen]
            ahead_s.append(sign * (log.asked_s[second] - log.asked_s[first])[chosen])
            later_first.append(overtook == (sign > 0))
    return _best(np.concatenate(ahead_s), np.concatenate(later_first)) if ahead_s else 0.0


def _best(ahead_s: FloatArray, upper_first: BoolArray) -> float:
    """The head start d that is right most often: the upper of two goes first exactly where it came less than d after the other."""
    if len(ahead_s) < FEWEST_PAIRS:
        return 0.0
    tried = np.arange(-LONGEST_S, LONGEST_S + FINEST_S, FINEST_S)
    right = np.array([np.sum((ahead_s < head) == upper_first) for head in tried])
    best = tried[right == right.max()]
    return float(best[np.argmin(np.abs(best - np.median(best)))])


def shares(log: CallLog, kind: int) -> FloatArray:
    """Share of each class among a kind's calls that waited, (classes,): who is served at once is often not classed at all."""
    waited = (log.kind == kind) & (log.wait_s > 0)
    if not waited.any():
        waited = log.kind == kind
    return np.bincount(log.rank[waited], minlength=len(log.classes)) / max(int(waited.sum()), 1)
