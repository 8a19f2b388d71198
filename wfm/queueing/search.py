"""The least whole number for which a yes that stays yes is given, for many rows at once."""

from __future__ import annotations

import numpy as np

from wfm.queueing.special import Array
from wfm.queueing.targets import Judge

MOST_AGENTS = 1e9
"""A target that so many agents do not meet counts as out of reach."""


def least(judge: Judge, guess: Array, scale: Array) -> Array:
    """The least whole n ≥ 0 of each row that `judge` accepts, (rows,), as floats; inf where it accepts none up to MOST_AGENTS.

    guess: where to look first. scale: agents per unit of slack, roughly. A bracket is kept, so that the answer is certain: it
    is accepted and the number below it was refused. Inside the bracket the slack is interpolated, every third time halved.
    """
    low, high = np.full(len(guess), -1.0), np.full(len(guess), np.inf)
    low_slack, high_slack = np.full(len(guess), -1.0), np.full(len(guess), 1.0)
    step, next_ = np.maximum(np.ceil(scale), 1.0), np.clip(np.ceil(guess), 0.0, MOST_AGENTS)
    rows, turn = np.arange(len(guess)), 0
    while len(rows):
        asked = next_[rows]
        met, slack = judge(rows, asked)
        yes, no = rows[met], rows[~met]
        high[yes], high_slack[yes] = asked[met], np.maximum(slack[met], 1e-9)
        low[no], low_slack[no] = asked[~met], np.minimum(slack[~met], -1e-9)
        rows = rows[(high[rows] - low[rows] > 1) & (low[rows] < MOST_AGENTS)]
        turn += 1
        next_[rows] = _next(low[rows], high[rows], low_slack[rows], high_slack[rows], step[rows], halve=turn % 3 == 0)
        step[rows] *= 2
    return high


def _next(low: Array, high: Array, low_slack: Array, high_slack: Array, step: Array, *, halve: bool) -> Array:
    """Where to ask next, strictly between low and high."""
    closed = np.isfinite(high) & (low >= 0)
    top = np.where(np.isfinite(high), high, low)
    part = 0.5 if halve else -low_slack / (high_slack - low_slack)
    inside = np.ceil(low + (top - low) * part)
    upward, downward = low + np.ceil(step * np.clip(-low_slack, 0.2, 2.0)), top - np.ceil(step * np.clip(high_slack, 0.2, 2.0))
    asked = np.where(closed, inside, np.where(np.isfinite(high), np.maximum(downward, 0.0), upward))
    return np.clip(asked, low + 1, np.where(np.isfinite(high), high - 1, MOST_AGENTS))


def refuse_unreachable(answer: Array, shape: tuple[int, ...]) -> Array:
    """The answer, (rows,), as it is. Raises ValueError naming the first place of the caller's shape where a row is inf."""
    if not np.isinf(answer).any():
        return answer
    place = np.argwhere(np.isinf(answer.reshape(shape)))[0]
    where = f" at [{', '.join(map(str, place))}]" if len(place) else ""
    raise ValueError(f"the targets{where} are out of reach: {MOST_AGENTS:,.0f} agents do not meet them")
