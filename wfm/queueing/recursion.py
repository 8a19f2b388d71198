"""Erlang B by its recursion, for whole numbers of lines and many rows at once: two operations a step.

1/B(n) = 1 + (n/a)/B(n−1). With u(n) = c(n)/B(n) and c(n) = c(n−1)/n it is u(n) = u(n−1)/a + c(n), and c is the same for every row. An
error at line k has shrunk by ∏ j/a, j = k+1 … m, when the climb reaches m = min(n, a): below e^−36 from m − 8.5 √m on. So large systems
start there, from 1/(1 − k/a), instead of at 0.
"""

from __future__ import annotations

import numpy as np

from wfm.queueing.special import Array

MOST_STEPS = 256
"""Longer climbs are left to the quadrature of `erlang_b`."""

_RESCALE = 32
_BLOCK = 16_384


def first_line(lines: Array, load: Array) -> Array:
    """Where the climb of each row starts, (rows,); a function of the row alone, and the same for many rows."""
    half_root: Array = np.floor(np.sqrt(np.minimum(lines, load)) / 2)
    return np.asarray(np.maximum(half_root * (4 * half_root - 17), 0.0))


def inverse_blocking(lines: Array, load: Array, start: Array) -> tuple[Array, Array]:
    """(u, c) with 1/B = u/c, each (rows,), for whole lines ≥ start = `first_line` and load > 0; u is inf where it leaves the range."""
    scaled, scale = np.empty_like(load), np.empty_like(load)
    with np.errstate(over="ignore", divide="ignore"):
        for low in np.unique(start):
            same = np.flatnonzero(start == low) if low or start.any() else np.arange(len(start))
            for rows in np.split(same, range(_BLOCK, len(same), _BLOCK)):
                scaled[rows], scale[rows] = _climbed(lines[rows], load[rows], int(low))
    return scaled, scale


def _climbed(lines: Array, load: Array, low: int) -> tuple[Array, Array]:
    """Rows that start at the same line, in descending order, so that those still climbing are always the first ones."""
    ends = (lines - low).astype(np.uint16)
    top = int(ends.max(initial=0))
    order = np.argsort(top - ends, kind="stable")
    climbing = len(lines) - np.cumsum(np.bincount(ends, minlength=top + 1))
    per_load = (1 / load)[order]
    value = 1 / (1 - low * per_load)
    scales, scale = np.ones(top + 1), 1.0
    for step, count in enumerate(climbing[:-1].tolist(), start=1):
        scale /= low + step
        part = value[:count]
        part *= per_load[:count]
        part += scale
        if step % _RESCALE == 0:
            part /= scale
            scale = 1.0
        scales[step] = scale
    result = np.empty_like(load)
    result[order] = value
    return result, scales[ends]
