"""Random numbers by key, never by order of use: two rosters meet exactly the same day.

A stream belongs to (seed, replication, purpose, queue or agent); its word number i belongs to contact (or day) number i.
All variates are made by inversion here and nowhere else, so they are monotone in the uniform behind them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache

import numpy as np

from wfm.model.arrays import FloatArray

WORD = 2**64 - 1


def key(seed: int, replication: int, purpose: str, *owner: str) -> int:
    """The 128-bit Philox key of one stream; any change of any part gives an unrelated stream, on every machine the same."""
    text = "\x1f".join((str(seed), str(replication), purpose, *owner))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest(), "little")


def uniforms(count: int, stream: int) -> FloatArray:
    """The first `count` numbers of a stream, each strictly between 0 and 1, shape (count,).

    The words are those of `numpy.random.Philox(key=stream).random_raw`, 52 bits of each are used.
    """
    uniform = np.empty(count)
    _filler()(uniform, np.uint64(stream & WORD), np.uint64(stream >> 64))
    return uniform


def uniforms_of(counts: list[int], streams: list[int]) -> FloatArray:
    """The first numbers of several streams, stream after stream, shape (sum of counts,)."""
    uniform, fill, start = np.empty(sum(counts)), _filler(), 0
    for count, stream in zip(counts, streams, strict=True):
        fill(uniform[start : start + count], np.uint64(stream & WORD), np.uint64(stream >> 64))
        start += count
    return uniform


@cache
def _filler() -> Callable[[FloatArray, np.uint64, np.uint64], None]:
    """Compiled where numba is; numpy's own generator gives the same numbers, only it takes longer to set up than to draw from."""
    try:
        from simulation.philox import fill
    except ImportError:
        return _by_numpy
    return fill


def _by_numpy(uniform: FloatArray, low: np.uint64, high: np.uint64) -> None:
    words = np.random.Philox(key=int(low) | int(high) << 64).random_raw(len(uniform))
    words >>= np.uint64(12)
    uniform[:] = words
    uniform += 0.5
    uniform *= 2.0**-52


def exponential(uniform: FloatArray) -> FloatArray:
    """Exponential variates of mean 1."""
    variate = np.negative(uniform)
    np.log1p(variate, out=variate)
    return np.negative(variate, out=variate)


def handle_factor(uniform: FloatArray, cv: float) -> FloatArray:
    """Handle times in units of their mean: exponential where cv is 1, constant where it is 0, lognormal otherwise.

    cv: standard deviation ÷ mean. For the lognormal σ² = ln(1 + cv²) and μ = −σ²/2.
    """
    if cv == 1:
        return exponential(uniform)
    variance = _log_variance(cv)
    factor = _normal()(uniform)
    factor *= np.sqrt(variance)
    factor -= variance / 2
    return np.exp(factor, out=factor)


@cache
def _log_variance(cv: float) -> np.float64:
    return np.log1p(max(cv, 0.0) ** 2)


@cache
def _normal() -> Callable[[FloatArray], FloatArray]:
    """The inverse of the normal distribution function; a tenth of a second to import, for which exponential handle times need not wait."""
    from scipy.special import ndtri

    return ndtri
