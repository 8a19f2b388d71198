"""The gamma law of mean 1, also for shapes so large that scipy's incomplete gamma function loses its left tail.

From `_LARGE` on Temme's uniform expansion (1979, "The asymptotic expansion of the incomplete gamma functions", SIAM J. Math. Anal. 10), and
the Cornish–Fisher expansion of the quantile (Abramowitz & Stegun 26.4); both are then good to 1e-13.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammainc, gammaincc, gammainccinv, gammaincinv, ndtr, ndtri

from wfm.queueing.special import Array, ratio_gap

_LARGE = 2e5
_FIRST = (-1 / 3, 1 / 12, -2 / 135, 1 / 864, 1 / 2835)
_SECOND = (-1 / 540, -1 / 288, 1 / 378)


def chances(shape: Array, factor: Array) -> tuple[Array, Array]:
    """P(factor at most this), P(more), shapes broadcast; each with its own digits where small."""
    shape, factor = np.broadcast_arrays(shape, factor)
    usual = np.minimum(shape, _LARGE)
    # nobody comes near 1e100 times the mean
    at = np.minimum(factor, 1e100) * usual
    below, above = np.where(shape < _LARGE, gammainc(usual, at), 0.0), np.where(shape < _LARGE, gammaincc(usual, at), 0.0)
    large = shape >= _LARGE
    below[large], above[large] = _temme(shape[large], factor[large])
    return below, above


def _temme(shape: Array, factor: Array) -> tuple[Array, Array]:
    """By the normal law, less or more what the gamma law's skewness moves."""
    ratio = np.clip(factor, 0.5, 2.0)
    eta = np.sign(ratio - 1) * np.sqrt(2 * ratio_gap(ratio))
    score = eta * np.sqrt(shape)
    height = np.exp(-np.minimum(score * score / 2, 700.0)) / np.sqrt(2 * np.pi * shape)
    # past these the height is nothing, and the series need not hold
    eta = np.clip(eta, -0.1, 0.1)
    moved = height * (np.polyval(_FIRST[::-1], eta) + np.polyval(_SECOND[::-1], eta) / shape)
    return np.clip(ndtr(score) - moved, 0.0, 1.0), np.clip(ndtr(-score) + moved, 0.0, 1.0)


def quantile(shape: Array, score: Array) -> Array:
    """The factor that is exceeded as often as a normal variable exceeds `score`, |score| < 10, shapes broadcast."""
    shape, score = np.broadcast_arrays(shape, score)
    usual, tail = np.minimum(shape, _LARGE), ndtr(-np.abs(score))
    low = score < 0
    exact = np.where(low, gammaincinv(usual, np.where(low, tail, 0.5)), gammainccinv(usual, np.where(low, 0.5, tail))) / usual
    return np.where(shape < _LARGE, exact, _cornish_fisher(np.maximum(shape, _LARGE), score))


def at_chance(shape: Array, chance: Array) -> Array:
    """The factor below which it stays with this chance in (0, 1), shapes broadcast."""
    shape, chance = np.broadcast_arrays(shape, chance)
    exact = gammaincinv(np.minimum(shape, _LARGE), chance) / np.minimum(shape, _LARGE)
    return np.where(shape < _LARGE, exact, _cornish_fisher(np.maximum(shape, _LARGE), np.clip(ndtri(chance), -10.0, 10.0)))


def _cornish_fisher(k: Array, z: Array) -> Array:
    square, root = z * z, np.sqrt(k)
    small = z * (square - 7) / 36 / root - (3 * square * square + 7 * square - 16) / 810 / k
    small += z * (9 * square * square + 256 * square - 433) / 38880 / (k * root)
    return np.asarray(1 + z / root + ((square - 1) / 3 + small) / k)
