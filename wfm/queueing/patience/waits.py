"""What call logs know about patience: how long each caller waited, and whether the wait ended because the caller left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wfm.queueing.inputs import numbers
from wfm.queueing.special import Array


@dataclass(frozen=True, eq=False)
class Waits:
    """Waits of equal length and outcome taken together, (groups,), sorted.

    wait_s: seconds in the queue. abandoned: the caller left; else was answered, so that the patience is only known to be longer. count:
    callers. grain_s: 0 for exact times; 1 where the log cut them to whole seconds, so that 7 means 7 up to 8; to be short against the
    usual wait. seen_after_s: callers whose wait ended by then are not in the data (left truncation).
    """

    wait_s: Array
    abandoned: NDArray[np.bool_]
    count: Array
    grain_s: float
    seen_after_s: float

    @property
    def abandons(self) -> float:
        """Callers who left."""
        return float(self.count[self.abandoned].sum())

    @property
    def middle_s(self) -> Array:
        """Where in its grain each wait lies on average."""
        return self.wait_s + self.grain_s / 2

    @property
    def waited_s(self) -> float:
        """Total time under observation: past seen_after_s, of all callers."""
        return float(self.count @ (self.middle_s - self.seen_after_s))


def waits(wait_s: ArrayLike, abandoned: ArrayLike, *, grain_s: float = 0.0, seen_after_s: float = 0.0) -> Waits:
    """Callers one by one, (calls,), of those who had to wait; answered at once (wait 0) tells nothing about patience and is left out.

    seen_after_s drops everybody whose wait ended by then, answered or not: the way to leave out abandons so short that they are no sign
    of impatience. With a grain it must be a multiple of it. Leave out announcement and ring time, transfers and callbacks beforehand.
    Raises ValueError for negative or missing waits, lengths that differ, and where nobody is left.
    """
    time, left = numbers("wait_s", wait_s), np.asarray(abandoned, bool)
    grain_s, seen_after_s = float(numbers("grain_s", grain_s)), float(numbers("seen_after_s", seen_after_s))
    if time.shape != left.shape or time.ndim != 1 or np.isnan(time).any():
        raise ValueError(f"wait_s has shape {time.shape} and abandoned {left.shape}, expected one row each, none missing")
    if grain_s and seen_after_s % grain_s:
        raise ValueError(f"seen_after_s is {seen_after_s:g}, expected a multiple of grain_s {grain_s:g}")
    kept = (time >= seen_after_s if grain_s and seen_after_s else time > seen_after_s) | (left & (seen_after_s == 0))
    if not kept.any():
        raise ValueError("nobody waited: there is nothing to learn about patience")
    pairs, count = np.unique(np.column_stack([time[kept], ~left[kept]]), axis=0, return_counts=True)
    return Waits(pairs[:, 0], pairs[:, 1] == 0, count.astype(np.float64), grain_s, seen_after_s)
