"""Erlang B, the loss system M/M/n/n, for any real number of lines.

1/B(n, a) = a ∫₀^∞ e^(−aw) (1 + w)^n dw, and 1/B(n, a) = 1 + (n/a)/B(n−1, a) (Jagerman 1974; Jagers & van Doorn 1991). Whole lines climb the
recursion of `recursion` where that is short; other numbers up to 64 climb it from their fractional part; it only adds positive terms.
Where more lines are near the load, 1/B = Γ(n+1, a)/Γ(n+1) ÷ (e^−a aⁿ/n!), with the denominator by Stirling's formula (Loader 2000, "Fast
and accurate computation of binomial probabilities"). Else the integral is taken by Gauss–Legendre over the stretch that matters, with its
peak e^L carried as L.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gamma, gammaincc

from wfm.queueing.recursion import MOST_STEPS, first_line, inverse_blocking
from wfm.queueing.special import DROP, NODES, WEIGHTS, Array, larger_root, log_gap, ratio_gap, stirling_gap

_SHORT = 128.0
_CLIMB = 64.0
_LIGHT = 20.0
_NEAR = 5.0
_MOST_NEAR = 3e5
"""From a million on scipy's incomplete gamma function loses digits."""


def log_inverse_blocking(lines: Array, load: Array) -> Array:
    """ln(1/B) for lines > −1 (real) and load > 0, both of shape (rows,); inf where B is below the smallest float."""
    start, whole, few, near = _routes(lines, load)
    if whole.all():
        scaled, scale = inverse_blocking(lines, load, start)
        return np.asarray(np.log(scaled) - np.log(scale))
    result = np.empty_like(load)
    scaled, scale = inverse_blocking(lines[whole], load[whole], start[whole])
    result[whole] = np.log(scaled) - np.log(scale)
    for rows, formula in ((few, _climbed), (near, _nearby), (~(whole | few | near), _integrated)):
        result[rows] = formula(lines[rows], load[rows])
    return result


def inverse(lines: Array, load: Array) -> Array:
    """1/B, (rows,), inf where that is beyond the largest float; arguments as above."""
    start, whole, _, _ = _routes(lines, load)
    with np.errstate(over="ignore"):
        if not whole.all():
            return np.exp(log_inverse_blocking(lines, load))
        scaled, scale = inverse_blocking(lines, load, start)
        return np.asarray(scaled / scale)


def _routes(lines: Array, load: Array) -> tuple[Array, np.ndarray, np.ndarray, np.ndarray]:
    """First line of the recursion; rows that climb it as whole numbers or from a fraction, and those near the load; others integrate."""
    start = first_line(np.maximum(lines, 0.0), load)
    whole = (lines == np.floor(lines)) & (lines >= 0) & (lines - start <= MOST_STEPS)
    near = (np.abs(load - lines) <= _NEAR * np.sqrt(np.maximum(lines, 0.0))) & (lines <= _MOST_NEAR)
    near &= lines > np.where(whole, _SHORT, _CLIMB)
    whole &= ~near
    return start, whole, ~whole & (lines <= _CLIMB), near


def _nearby(lines: Array, load: Array) -> Array:
    gone = lines * ratio_gap(load / lines) + stirling_gap(lines) + np.log(2 * np.pi * lines) / 2
    return np.asarray(np.log(gammaincc(lines + 1, load)) + gone)


def blocking(lines: Array, load: Array) -> Array:
    """B, the share of calls that find every line taken; shapes as above."""
    return np.exp(-log_inverse_blocking(lines, load))


def _climbed(lines: Array, load: Array) -> Array:
    """The recursion; rows in descending order, so that those still climbing are always the first ones."""
    steps = np.where(lines < 0, 0.0, np.floor(lines))
    order = np.argsort(-steps, kind="stable")
    start, per_load = (lines - steps)[order], 1 / load[order]
    inverse = np.ones_like(start)
    broken = start != 0
    inverse[broken] = _fraction(start[broken], load[order][broken])
    climbing = np.searchsorted(-steps[order], -np.arange(steps.max(initial=0.0) + 1), side="right")
    with np.errstate(over="ignore", divide="ignore"):
        for step, count in enumerate(climbing[1:], start=1):
            inverse[:count] = 1 + (start[:count] + step) * per_load[:count] * inverse[:count]
        result = np.empty_like(inverse)
        result[order] = np.log(inverse)
    return result


def _fraction(lines: Array, load: Array) -> Array:
    """1/B for −1 < lines < 1: e^a a^−n Γ(n+1, a) for a light load, the integral of e^−t (1 + t/a)^n for a heavy one."""
    light = load < _LIGHT
    near, far = np.where(light, load, 1.0), np.where(light, _LIGHT, load)
    shape = lines + 1
    closed = gamma(shape) * gammaincc(shape, near) * np.exp(near - lines * np.log(near))
    t = DROP * NODES[:, None]
    open_ = DROP * (WEIGHTS @ (np.exp(-t) * (1 + t / far) ** lines))
    return np.where(light, closed, open_)


def _integrated(lines: Array, load: Array) -> Array:
    """With w = w* + v at the peak w* = max(0, lines/load − 1), scaled there by `stretch`: exponent −slope·v − lines (v − ln(1 + v))."""
    slope = np.maximum(load - lines, 0.0)
    stretch = np.maximum(lines, load)
    left = np.minimum(np.maximum(1 - load / lines, 0.0), np.sqrt(2 * DROP / lines))
    right = larger_root(4 / 3 * slope + lines, 2 * slope - 4 / 3 * DROP, 2 * DROP)
    v = (left + right) * NODES[:, None] - left
    total = WEIGHTS @ np.exp(-slope * v - lines * log_gap(v)) * (left + right)
    return np.log(stretch * total) + np.where(load < lines, lines * ratio_gap(np.minimum(load / lines, 1.0)), 0.0)
