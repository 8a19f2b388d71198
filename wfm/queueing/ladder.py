"""The integrals of `palm` by backward recursion, for queues of everyday size: all terms positive, a few dozen steps.

With K(x) = ∫ g, L(x) = ∫ (1 − e^−u) g, M(x) = ∫ u g and N(x) = ∫ (1 − (1 + u) e^−u) g over u > 0, integration by parts gives
x K(x) = 1 + y K(x+1), (x+1) L(x) = K(x) + y L(x+1), x M(x) = K(x) + y M(x+1), (x+1) N(x) = L(x) + y N(x+1); and ∫ e^−u g = K(x+1).
Past `within` the same integrals stand with y e^−within, times g(within).
"""

from __future__ import annotations

import numpy as np

from wfm.queueing.palm import Palm
from wfm.queueing.special import DROP, Array

_MOST = 600.0
_LEAST_X = 0.05
_LEAST_WITHIN = 0.003
_RUNGS = np.array([16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024, 2048])


def climbable(x: Array, y: Array, within: Array) -> np.ndarray:
    """Where the recursion is short, cannot overflow, and `soon` as whole − late keeps its digits."""
    return np.asarray((y <= _MOST) & (x >= _LEAST_X) & ((within >= _LEAST_WITHIN) | (within == 0)))


def rungs(x: Array, y: Array) -> np.ndarray:
    """Steps after which the start no longer matters, (rows,): ∏ y/(x + i) below e^−DROP, the product by Stirling's formula."""
    steps = np.full(len(x), _RUNGS[-1])
    log_y, below = np.log(y), (x - 0.5) * np.log(x)
    for count in _RUNGS[-2::-1]:
        steps[count * (log_y + 1) - (x + count - 0.5) * np.log(x + count) + below < -DROP] = count
    return steps


def ladder(x: Array, y: Array, within: Array, steps: int) -> tuple[Palm, Palm]:
    """(soon, late): the integrals up to and past `within`, in units of g(0). `late` holds only what `soon` and the levels need."""
    whole = _climb(x, y, steps)
    keep = np.exp(-within)
    factor = np.exp(-y * np.expm1(-within) - x * within)
    every, next_ = _climb_every(x, y * keep, steps)
    late_every, late_served = factor * every, factor * keep * next_
    # those who leave, split at `within`: whole − late, where late.left = (1 − e^−T) every + e^−T (every − next)
    late_left = np.where(within > 0, late_every - late_served, whole.left)
    soon = Palm(
        np.maximum(whole.every - late_every, 0.0),
        np.maximum(whole.left - late_left, 0.0),
        np.maximum(whole.served - late_served, 0.0),
        whole.wait,
        whole.wait_served,
        whole.wait_left,
    )
    nothing = np.zeros_like(x)
    return soon, Palm(late_every, late_left, late_served, nothing, nothing, nothing)


def _climb(x: Array, y: Array, steps: int) -> Palm:
    every = 1 / (x + steps)
    left, wait, gone = every / (x + steps + 1), every / (x + steps), every / (x + steps + 1) ** 2
    below = 1 / (x + steps)
    for rung in range(steps - 1, -1, -1):
        above, below = below, 1 / (x + rung)
        served, wait_served = every, wait
        every = (1 + y * every) * below
        left = (every + y * left) * above
        wait = (every + y * wait) * below
        gone = (left + y * gone) * above
    return Palm(every, left, served, wait, wait_served, gone)


def _climb_every(x: Array, y: Array, steps: int) -> tuple[Array, Array]:
    """K(x) and K(x + 1)."""
    every = 1 / (x + steps)
    next_ = every
    for rung in range(steps - 1, -1, -1):
        next_ = every
        every = (1 + y * every) / (x + rung)
    return every, next_
