"""Capacity for work that may wait: what arrives in interval i is due by the end of interval i + wait (e-mail, back office).

Least constant capacity: the critical interval, the largest work of a window s … t over the t + wait − s + 1 intervals it may be done in.
Least-cost capacity: a linear programme between the arrival curve and the due curve. For equal prices the smoothest such plan is the
taut string of `deferred`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog
from scipy.sparse import eye_array, hstack, vstack

from wfm.queueing.inputs import numbers
from wfm.queueing.special import Array


def least_constant_capacity(work: ArrayLike, wait: int) -> float:
    """The least capacity per interval that finishes everything in time, used from the first interval to `wait` past the last.

    work: arriving per interval, (intervals,), in the unit of the answer. wait ≥ 0: whole intervals. Nothing to do needs 0. Raises
    ValueError for work negative or not finite, and for a wait below 0.
    """
    total = np.concatenate([[0.0], np.cumsum(_work(work))])
    _check_wait(wait)
    time, capacity = np.arange(float(len(total))), 0.0
    while True:
        # the window that most exceeds the capacity; the one whose ratio is largest exceeds any smaller capacity (Dinkelbach)
        lead = total - capacity * time
        first = _last_least(lead[:-1])
        gap = lead[1:] - lead[first] - capacity * wait
        last = int(np.argmax(gap)) if len(gap) else 0
        better = (total[last + 1] - total[first[last]]) / (last + 1 + wait - first[last]) if len(gap) else 0.0
        if better <= capacity:
            return float(capacity)
        capacity = better


def _last_least(values: Array) -> np.ndarray:
    """For each place, where the least value up to it stands."""
    least = np.minimum.accumulate(values)
    return np.maximum.accumulate(np.where(values == least, np.arange(len(values)), 0))


@dataclass(frozen=True, eq=False)
class CapacityPlan:
    """reason: "optimal" or "infeasible" (then all nan). capacity, done: per interval, (horizon,). cost: of the capacity and its peak."""

    reason: str
    capacity: Array
    done: Array
    cost: float


def least_cost_capacity(
    work: ArrayLike, wait: int, price: ArrayLike, at_least: ArrayLike = 0.0, at_most: ArrayLike = np.inf, peak_price: float = 0.0
) -> CapacityPlan:
    """The cheapest capacity per interval that does all work in time.

    work: (intervals,). price ≥ 0: per unit of capacity, (horizon,), horizon ≥ intervals; what would be due after the horizon is due at its
    end. at_least, at_most: bounds of the capacity, broadcast to (horizon,). peak_price: for each unit of the highest capacity. Raises
    ValueError naming what is wrong.
    """
    arriving, cost = _work(work), np.atleast_1d(numbers("price", price))
    _check_wait(wait)
    if len(cost) < len(arriving):
        raise ValueError(f"price has {len(cost)} intervals, expected at least the {len(arriving)} of work")
    horizon = len(cost)
    arrived = np.cumsum(np.append(arriving, np.zeros(horizon - len(arriving))))
    due = np.append(np.zeros(wait), arrived)[:horizon]
    due[-1:] = arrived[-1:]
    low = np.broadcast_to(numbers("at_least", at_least), (horizon,))
    high = np.broadcast_to(numbers("at_most", at_most, endless=True), (horizon,))
    return _solved(arrived, due, cost, (low, high), peak_price)


def _solved(arrived: Array, due: Array, price: Array, bounds: tuple[Array, Array], peak_price: float) -> CapacityPlan:
    """Variables: capacity, work done by the end of each interval, the peak."""
    n = len(price)
    one, none, column = eye_array(n), 0 * eye_array(n), np.ones((n, 1))
    step = one - eye_array(n, k=-1)
    rows: Any = vstack([hstack([-one, step, 0 * column]), hstack([none, -step, 0 * column]), hstack([one, none, -column])])
    limits = np.vstack([np.column_stack(bounds), np.column_stack([due, arrived]), [[0.0, np.inf]]])
    cost = np.concatenate([price, np.zeros(n), [peak_price]])
    found = linprog(cost, A_ub=rows.tocsr(), b_ub=np.zeros(3 * n), bounds=limits, method="highs")
    if found.x is None or (bounds[0] > bounds[1]).any():
        nothing = np.full(n, np.nan)
        return CapacityPlan("infeasible", nothing, nothing, float("nan"))
    return CapacityPlan("optimal", found.x[:n], np.diff(found.x[n : 2 * n], prepend=0.0), float(found.fun))


def _work(work: ArrayLike) -> Array:
    array = numbers("work", work)
    if array.ndim != 1 or np.isnan(array).any():
        raise ValueError(f"work has shape {array.shape} or holds nan, expected one row of numbers")
    return array


def _check_wait(wait: int) -> None:
    if wait < 0:
        raise ValueError(f"wait is {wait}, expected 0 or more intervals")
