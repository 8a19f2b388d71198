"""The integrals of the Erlang A queue as sums of positive parts, at any scale.

With rates per patience, x = agents·patience/AHT and y = calls per patience, the virtual wait has density ∝ g(u) = exp(y(1 − e^−u) − x u),
u in units of the patience (Palm 1957; Baccelli & Hébuterne 1981; Mandelbaum & Zeltyn 2005). Around any point m,
ln g(m + d) − ln g(m) = −slope·d − curve·(e^−d − 1 + d): nothing large cancels and nothing overflows, whatever x and y.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from wfm.queueing.special import DROP, NODES, WEIGHTS, Array, exp_gap, larger_root

_TINY = 1e-280
_NARROW = 5.0
_CUTS = (-4.0, 0.0, 4.0, 12.0, 40.0)


@dataclass(frozen=True)
class Palm:
    """∫ weight(u) g(u) du over a stretch of u, each (rows,), in units of g at its peak.

    every: weight 1. left: 1 − e^−u, those whose patience ends first. served: e^−u. wait: u. wait_served: u e^−u.
    wait_left: 1 − (1 + u) e^−u, the patience of those who leave.
    """

    every: Array
    left: Array
    served: Array
    wait: Array
    wait_served: Array
    wait_left: Array

    def __add__(self, other: Palm) -> Palm:
        return Palm(*(mine + theirs for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True)))


def palm(x: Array, y: Array, begin: Array, end: Array) -> Palm:
    """The integrals from `begin` to `end` (≥ begin ≥ 0, inf allowed), in units of the patience; all arrays (rows,)."""
    peak = np.log1p(np.maximum(y - x, 0.0) / x)
    middle = np.clip(peak, begin, end)
    beside = middle - peak
    steep, bent = np.maximum(x - y, 0.0), np.minimum(x, y)
    slope, curve = steep - bent * np.expm1(-beside), np.maximum(bent * np.exp(-beside), _TINY)
    left = np.minimum(_reach_left(slope, curve), middle - begin)
    # slope + curve, whose parts cancel far from the peak, is just this
    right = np.minimum(larger_root(steep + bent, 2 * slope - DROP, 2 * DROP), end - middle)
    parts = _stretches(middle, slope, curve, left, right)
    return Palm(*(parts * np.exp(-steep * beside - bent * exp_gap(beside))))


def _reach_left(slope: Array, curve: Array) -> Array:
    """How far left of `middle` g matters: −slope·t + curve(e^t − 1 − t) ≥ DROP. Bounded by t²/2 and, far out, by 0.59 e^t."""
    near = larger_root(curve / 2, np.maximum(-slope, 0.0), DROP)
    return np.minimum(near, np.maximum(2.0, np.log(DROP / 0.59 / curve)))


def _stretches(middle: Array, slope: Array, curve: Array, left: Array, right: Array) -> Array:
    """The six integrals, (6, rows): one panel where the stretch is short, panels that grow with the distance where it is long."""
    wide = left + right > _NARROW
    total = np.empty((6, len(middle)))
    narrow = ~wide
    total[:, narrow] = _panel(middle[narrow], slope[narrow], curve[narrow], -left[narrow], right[narrow])
    if wide.any():
        middle, slope, curve, left, right = (values[wide] for values in (middle, slope, curve, left, right))
        edges = [-left, *(np.clip(cut, -left, right) for cut in _CUTS), right]
        total[:, wide] = sum(_panel(middle, slope, curve, low, high) for low, high in pairwise(edges))
    return total


def _panel(middle: Array, slope: Array, curve: Array, low: Array, high: Array) -> Array:
    d = low + (high - low) * NODES[:, None]
    u = middle + d
    g = np.exp(-slope * d - curve * exp_gap(d))
    left = -np.expm1(-u)
    served = np.exp(-u)
    waited = u * served
    # 1 − (1 + u) e^−u = e^−u (e^u − 1 − u): the second way keeps its digits for short waits
    wait_left = np.where(u < 0.25, served * exp_gap(-np.minimum(u, 0.25)), left - waited)
    return np.stack([WEIGHTS @ (weight * g) for weight in (1.0, left, served, u, waited, wait_left)]) * (high - low)
