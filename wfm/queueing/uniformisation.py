"""A birth–death chain carried through a stretch of constant rates by uniformisation: certain, at a cost that grows with the events.

The state after the stretch is a Poisson mixture of the states after 0, 1, … jumps of one discrete chain, and the mean over the stretch is
the same mixture with the Poisson tails; all terms are positive (Jensen 1953; Grassmann 1977).
"""

from __future__ import annotations

import numpy as np

from wfm.queueing.special import Array


def pace(up: Array, down: Array) -> float:
    """Events per second of the uniform chain: the fastest state's."""
    return float((up + down).max(initial=0.0))


def uniformised(state: Array, up: Array, down: Array, time_s: float) -> tuple[Array, Array]:
    """(state at the end, mean state), from the state probabilities (states,) and the rates j → j + 1, j → j − 1 per second."""
    speed = pace(up, down)
    if speed * time_s == 0:
        return state.copy(), state.copy()
    up, down, stay = up / speed, down / speed, 1 - (up + down) / speed
    weight, tail = _poisson(speed * time_s)
    after, mean = np.zeros_like(state), np.zeros_like(state)
    for here, later in zip(weight, tail, strict=True):
        after += here * state
        mean += later * state
        moved = stay * state
        moved[1:] += up[:-1] * state[:-1]
        moved[:-1] += down[1:] * state[1:]
        state = moved
    return after / after.sum(), mean / mean.sum()


def _poisson(jumps: float) -> tuple[Array, Array]:
    """P(N = k) and P(N > k)/jumps for k = 0 … as far as matters, N Poisson with the mean `jumps`."""
    count = np.arange(np.ceil(jumps + 9 * np.sqrt(jumps) + 40) + 1)
    log_weight = np.append(0.0, np.cumsum(np.log(jumps) - np.log(count[1:])))
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    later = np.append(np.cumsum(weight[:0:-1])[::-1], 0.0)
    return weight, later / jumps
