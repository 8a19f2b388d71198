"""The states of a chat floor with a place free.

j chats on n agents are spread evenly: r = j mod n agents hold k + 1, the others k = ⌊j/n⌋, so that they finish at the rate
(n − r)·k/h_k + r·(k + 1)/h_{k+1}, with h_k the mean length of a chat while k are held.
"""

from __future__ import annotations

import numpy as np

from wfm.queueing.special import Array

_NEVER = 800.0
"""ln of 1 ÷ the smallest share that is a number, and some more."""

_MOST = 1e6


def free_states(rate: Array, agents: Array, lengths: Array) -> tuple[Array, Array, Array]:
    """Of the states with a place free: ln(sum of π ÷ π of the last), mean chats held, mean agents holding any; each (rows,).

    rate: chats per second > 0. agents ≥ 1, whole. lengths: (m, rows). Climbed like Erlang B: with W the sum in units of the newest
    state, W_j = 1 + (finish_j/rate)·W_{j−1}, up to where nobody ever meets a full floor, to every digit. Raises ValueError for a load
    that would take too long.
    """
    speed = np.concatenate([np.zeros((1, len(rate))), np.arange(1.0, len(lengths) + 1)[:, None] / lengths]) / rate
    log_sum, held, busy = np.zeros_like(rate), np.zeros_like(rate), np.zeros_like(rate)
    # agents who, with any number in hand, keep up: from there on the sum only grows
    enough, at, j = agents * speed[1:].min(axis=0) >= 1, np.arange(len(rate)), 0
    if (rate * lengths.max(axis=0, initial=0.0) > _MOST).any():
        raise ValueError(f"chats: a load above {_MOST:,.0f} is not computed")
    while True:
        j += 1
        at = at[(agents[at] * len(lengths) > j) & ((log_sum[at] < _NEVER) | ~enough[at])]
        if not len(at):
            return log_sum, held, busy
        log_sum[at] = np.logaddexp(0.0, np.log(_finish(j, agents[at], speed[:, at])) + log_sum[at])
        newest = np.exp(-log_sum[at])
        held[at] += newest * (j - held[at])
        busy[at] += newest * (np.minimum(j, agents[at]) - busy[at])


def _finish(chats: int, agents: Array, speed: Array) -> Array:
    """Chats finished while `chats` are spread evenly over the agents; speed[k] of an agent with k in hand, (m + 1, rows)."""
    each = (chats // agents).astype(np.int64)
    more, rows = chats % agents, np.arange(len(agents))
    return np.asarray((agents - more) * speed[each, rows] + more * speed[np.minimum(each + 1, len(speed) - 1), rows])
