"""Small functions that must not lose digits, and the quadrature nodes every integral here uses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

DROP = 44.0
"""An integrand is followed until its logarithm has fallen by this much: e^-44 is 1e-19 of the peak."""

NODES, WEIGHTS = np.polynomial.legendre.leggauss(48)
NODES, WEIGHTS = (NODES + 1) / 2, WEIGHTS / 2

_EXP_TERMS = [1.0 / float(np.prod(np.arange(1.0, k + 1))) for k in range(2, 15)]
_LOG_TERMS = [1.0 / k for k in range(3, 21, 2)]


def exp_gap(d: Array) -> Array:
    """e^-d − 1 + d, without cancellation near 0; always ≥ 0."""
    near = np.abs(d) < 0.25
    if not near.any():
        return np.asarray(d + np.expm1(-d))
    small = np.where(near, d, 0.0)
    series = np.zeros_like(small)
    for term in reversed(_EXP_TERMS):
        series = term - small * series
    return np.where(near, small * small * series, d + np.expm1(-np.where(near, 1.0, d)))


def log_gap(v: Array) -> Array:
    """v − ln(1 + v) for v > −1, without cancellation near 0; always ≥ 0. With r = v/(2 + v), ln(1 + v) = 2 artanh r."""
    near = np.abs(v) < 0.2
    small = np.where(near, v, 0.0)
    r = small / (2 + small)
    series = np.zeros_like(r)
    for term in reversed(_LOG_TERMS):
        series = term + r * r * series
    far = np.where(near, 1.0, v)
    return np.where(near, small * r - 2 * r**3 * series, far - np.log1p(far))


def ratio_gap(ratio: Array) -> Array:
    """r − 1 − ln r for r > 0, to full precision near 1 and near 0; always ≥ 0."""
    small = ratio < 0.5
    return np.where(small, ratio - 1 - np.log(ratio), log_gap(np.where(small, 0.0, ratio - 1)))


def larger_root(square: Array, linear: Array, constant: Array | float) -> Array:
    """The positive root of square·t² + linear·t = constant (square > 0, constant > 0), without cancellation."""
    root = np.sqrt(linear * linear + 4 * square * constant)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(linear > 0, 2 * constant / (linear + root), (root - linear) / (2 * square))


def stirling_gap(n: Array) -> Array:
    """ln n! − (n ln n − n + ln(2πn)/2) for n ≥ 16, to full precision."""
    square = 1 / (n * n)
    return np.asarray((1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / n)
