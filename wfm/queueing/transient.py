"""A queue whose rates change from interval to interval, followed exactly in time: no interval need settle down.

The birth–death chain of M(t)/M/n(t)+M is carried through each interval by a contour integral where that is exact enough, and else by
uniformisation. Who is being served when agents leave goes back to the head of the queue, as in a centre that hands its calls over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, gammainc

from wfm.queueing.contour import by_contour
from wfm.queueing.inputs import numbers
from wfm.queueing.special import Array
from wfm.queueing.uniformisation import pace, uniformised

_MANY_EVENTS = 400.0
"""With fewer, uniformisation is as fast."""


@dataclass(frozen=True, eq=False)
class Transient:
    """Means over each interval, (intervals,); shares are of the arrivals in it, times in seconds, nan without arrivals where ÷ by them.

    p_wait: find all agents busy. p_abandon: of those who arrive in the interval, those who will hang up if its staff stays. abandoned,
    served: contacts leaving each way during the interval. mean_queue, mean_busy: numbers. occupancy: busy ÷ agents, nan with none.
    sl_virtual, sl_offered: of those arriving in the interval, within T, if its staff stays. p_full: P(the room is full), the error of
    cutting the chain. final: the state's probabilities (states,) at the end.
    """

    p_wait: Array
    p_abandon: Array
    abandoned: Array
    served: Array
    mean_queue: Array
    mean_busy: Array
    occupancy: Array
    sl_virtual: Array
    sl_offered: Array
    p_full: Array
    final: Array


def evaluate_transient(
    *,
    calls: ArrayLike,
    interval_s: float,
    aht_s: float,
    agents: ArrayLike,
    patience_s: float,
    within_s: float = 20.0,
    start: ArrayLike = (1.0,),
    room: int | None = None,
) -> Transient:
    """Follow the queue through all intervals.

    calls, agents (whole): per interval, (intervals,). interval_s, aht_s > 0. patience_s > 0, inf for patient callers. start: probabilities
    of 0, 1, … in the system at the beginning, empty by default. room: the most in the system; where None, so many that p_full is
    negligible for a load that could last. Raises ValueError naming the argument.
    """
    chain = _Chain(
        interval_s=float(numbers("interval_s", interval_s, open_low=True)),
        aht_s=float(numbers("aht_s", aht_s, open_low=True)),
        patience_s=float(numbers("patience_s", patience_s, open_low=True, endless=True)),
        within_s=float(numbers("within_s", within_s)),
    )
    arriving, staff = (np.atleast_1d(array) for array in np.broadcast_arrays(numbers("calls", calls), numbers("agents", agents)))
    if (staff % 1 != 0).any() or np.isnan(arriving).any() or arriving.ndim != 1:
        raise ValueError("calls and agents must be one row of numbers, agents whole")
    rates = arriving / chain.interval_s
    state = _started(start, chain.room(rates, staff) if room is None else room)
    rows = []
    for rate, present in zip(rates, staff, strict=True):
        state, mean = chain.carry(state, float(rate), int(present))
        rows.append(chain.figures(mean, float(rate), int(present)))
    means = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    return Transient(**means, final=state)


def _started(start: ArrayLike, room: int) -> Array:
    given = np.asarray(start, np.float64)
    if given.ndim != 1 or len(given) > room + 1 or (given < 0).any() or abs(given.sum() - 1) > 1e-9:
        raise ValueError(f"start must be probabilities that sum to 1, of at most {room + 1} states")
    state = np.zeros(room + 1)
    state[: len(given)] = given
    return state


@dataclass(frozen=True)
class _Chain:
    interval_s: float
    aht_s: float
    patience_s: float
    within_s: float

    def room(self, rates: Array, staff: Array) -> int:
        """States enough: the backlog of the fluid queue at its worst, and 10 deviations of what can be in the system."""
        backlog, worst = 0.0, 0.0
        for rate, present in zip(rates, staff, strict=True):
            backlog = max(0.0, backlog + (rate - present / self.aht_s) * self.interval_s)
            worst = max(worst, present + (min(backlog, rate * self.patience_s) if rate else backlog))
        busiest = float(np.max(rates, initial=0.0)) * self.aht_s
        size = max(worst, busiest)
        return int(np.ceil(size + 8 * np.sqrt(size + 1) + 20 + self._queue_tail(rates, staff)))

    def _queue_tail(self, rates: Array, staff: Array) -> float:
        """Where callers stay for long, the queue falls off slowly: by at least the square root of the time it has, or the patience."""
        time = min(self.patience_s, self.interval_s * len(rates))
        return 8.0 * float(np.sqrt(np.max(rates, initial=0.0) * time))

    def _leaving(self, states: Array, present: int) -> Array:
        return np.minimum(states, present) / self.aht_s + np.maximum(states - present, 0.0) / self.patience_s

    def carry(self, state: Array, rate: float, present: int) -> tuple[Array, Array]:
        """The state after an interval, and its mean over it."""
        states = np.arange(float(len(state)))
        down = self._leaving(states, present)
        up = np.where(states < len(state) - 1, rate, 0.0)
        if pace(up, down) * self.interval_s > _MANY_EVENTS and (found := by_contour(state, up, down, self.interval_s)) is not None:
            return found
        return uniformised(state, up, down, self.interval_s)

    def figures(self, mean: Array, rate: float, present: int) -> dict[str, float]:
        """What an interval reports, from the mean of its states."""
        states = np.arange(len(mean))
        busy, queue = float(mean @ np.minimum(states, present)), float(mean @ np.maximum(states - present, 0))
        leave, virtual, offered = self._fates(len(mean) - present, present)
        free, waiting = float(mean[:present].sum()), mean[present:]
        any_calls = 1.0 if rate > 0 else np.nan
        return {
            "p_wait": min(float(waiting.sum()), 1.0) * any_calls,
            "p_abandon": float(waiting @ leave) * any_calls,
            "abandoned": queue / self.patience_s * self.interval_s,
            "served": busy / self.aht_s * self.interval_s,
            "mean_queue": queue,
            "mean_busy": busy,
            "occupancy": busy / present if present else np.nan,
            "sl_virtual": min(free + float(waiting @ virtual), 1.0) * any_calls,
            "sl_offered": min(free + float(waiting @ offered), 1.0) * any_calls,
            "p_full": float(mean[-1]),
        }

    def _fates(self, count: int, present: int) -> tuple[Array, Array, Array]:
        """P(abandon), P(V ≤ T) and P(served ≤ T) of a caller with 0, 1, … count − 1 ahead; for exponential patience by beta laws."""
        ahead, drain = np.arange(float(count)), present / self.aht_s
        if not present:
            return np.full(count, float(np.isfinite(self.patience_s))), np.zeros(count), np.zeros(count)
        if np.isinf(self.patience_s):
            in_time: Any = gammainc(ahead + 1, drain * self.within_s)
            return np.zeros(count), in_time, in_time
        x, time = drain * self.patience_s, self.within_s / self.patience_s
        served = x / (x + ahead + 1)
        return 1 - served, _over(ahead, x, time), served * _over(ahead, x + 1, time)


def _over(ahead: Array, x: float, time: float) -> Array:
    """P(a wait behind so many is over within `time` patiences), as e^−θV ~ Beta(x, ahead + 1); from the end that keeps its digits."""
    if time < np.log(2):
        return np.asarray(betainc(ahead + 1, x, -np.expm1(-time)))
    return np.asarray(1 - betainc(x, ahead + 1, np.exp(-time)))
