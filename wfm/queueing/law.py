"""What a law of patience is to the queue's formulas."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from wfm.queueing.special import Array


class Law(Protocol):
    """Patience R in seconds, at times t ≥ 0 of any shape.

    survival: P(R > t). left: P(R ≤ t), with its own digits where small. left_wait: E[R; R ≤ t]. mean_s: E[R].
    knots_s: times (knots,) between which the law is smooth, for the quadrature.
    """

    @property
    def mean_s(self) -> float: ...

    @property
    def knots_s(self) -> Array: ...

    def survival(self, t: Array) -> Array: ...

    def left(self, t: Array) -> Array: ...

    def left_wait(self, t: Array) -> Array: ...


def stayed(law: Law, t: Array) -> Array:
    """H(t) = E[min(R, t)] = ∫₀ᵗ P(R > u) du, as a sum of positive terms."""
    return t * law.survival(t) + law.left_wait(t)


def positive(name: str, value: float, high: float = np.inf) -> None:
    """Raises ValueError unless 0 < value < inf and value ≤ high."""
    if not (0 < value < np.inf and value <= high):
        raise ValueError(f"{name} is {value}, expected above 0 and {'finite' if np.isinf(high) else f'at most {high:g}'}")


def quantile(law: Law, gone: float) -> float:
    """The time by which the share `gone` (0 ≤ gone < 1) has lost patience; 0 where so many leave at once. Raises ValueError for others."""
    if not 0 <= gone < 1:
        raise ValueError(f"gone is {gone}, expected at least 0 and below 1")
    low, high = 0.0, min(max(law.mean_s, 1e-9), 1e300)
    if float(law.left(np.array(0.0))) >= gone:
        return 0.0
    while float(law.left(np.array(high))) < gone:
        low, high = high, 2 * high
    while high - low > 4e-16 * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if float(law.left(np.array(middle))) < gone else (low, middle)
    return high
