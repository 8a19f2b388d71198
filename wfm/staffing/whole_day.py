"""A target that the day has to meet as a whole: about the least agents, spread so that its intervals are served alike.

The day meets its share if the sum over its intervals of weight·(level − share) is not below 0, by whatever definition. First one level for
all its intervals, as low as that allows; whole agents lift most intervals above it, so that then single agents go where they help least.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wfm.model import ServiceLevel
from wfm.model.arrays import BoolArray, FloatArray
from wfm.queueing import Measures
from wfm.staffing.workload import Workload

_ROUNDS = 12

Agents = Callable[[FloatArray | float], FloatArray]
"""A level per interval → the least agents for it and all else that is asked."""

Expected = Callable[[FloatArray], tuple[Measures, FloatArray]]
"""Agents per interval → what is then expected, and the contacts to weigh it by."""


def agents_for_day(work: Workload, agents: Agents, expected: Expected) -> FloatArray:
    """Whole agents per interval, (intervals,), with which every day meets the queue's share."""
    share, days = work.queue.target.share, int(work.day[-1]) + 1
    low, high = np.zeros(days), np.full(days, share)
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        met = np.bincount(work.day, excess(work, *expected(agents(middle[work.day])))) >= 0
        low, high = np.where(met, low, middle), np.where(met, middle, high)
    present, least = agents(high[work.day]), agents(0.0)
    while (spare := _spare(work, present, least, expected)).any():
        present = present - spare
    return present


def _spare(work: Workload, present: FloatArray, least: FloatArray, expected: Expected) -> BoolArray:
    """Intervals from which one agent can go while every day still meets its share, those first that lose least."""
    now = excess(work, *expected(present))
    may = present > least
    loss = np.where(may, now - excess(work, *expected(present - may)), np.inf)
    spare = np.zeros(len(present), bool)
    for day, left in enumerate(np.bincount(work.day, now)):
        rows = np.flatnonzero((work.day == day) & may)
        rows = rows[np.argsort(loss[rows], kind="stable")]
        spare[rows] = np.cumsum(loss[rows]) <= left
    return spare


def excess(work: Workload, measures: Measures, contacts: FloatArray) -> FloatArray:
    """Contacts served in time less those that the share asks for, by the queue's definition, (intervals,)."""
    target = work.queue.target
    weight = contacts * _counted(target.definition, measures)
    return np.where(weight > 0, weight * (measures[f"sl_{target.definition}"] - target.share), 0.0)


def _counted(definition: ServiceLevel, measures: Measures) -> FloatArray:
    """Share of the contacts that stand under the fraction line of a definition."""
    if definition is ServiceLevel.ANSWERED:
        return np.asarray(1 - measures.p_abandon)
    if definition is ServiceLevel.ABANDONS_EXCLUDED:
        return np.asarray(1 - measures.p_abandon_within)
    return np.ones_like(measures.p_abandon)
