"""The words of `numpy.random.Philox`, compiled: setting up numpy's generator takes longer than drawing a day's numbers from it.

Philox4x64-10 (Salmon, Moraes, Dror & Shaw 2011, Parallel random numbers: as easy as 1, 2, 3), counter from 1 as numpy has it.
"""

from __future__ import annotations

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

FACTORS = (np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157))
WEYL = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B))
ZERO, ONE = np.uint64(0), np.uint64(1)
DROPPED, HALF, SCALE = np.uint64(12), 0.5, 2.0**-52


@intrinsic
def _product(typing, a, b):
    """The upper and the lower 64 bits of a product of two numbers of 64."""

    def build(context, builder, signature, args):
        wide, word = ir.IntType(128), ir.IntType(64)
        product = builder.mul(builder.zext(args[0], wide), builder.zext(args[1], wide))
        halves = builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), word), builder.trunc(product, word)
        return context.make_tuple(builder, signature.return_type, halves)

    return types.UniTuple(types.uint64, 2)(types.uint64, types.uint64), build


@njit(inline="always")
def _unit(word):
    """A number strictly between 0 and 1 from 52 bits of a word."""
    return (float(np.int64(word >> DROPPED)) + HALF) * SCALE


@njit(inline="always")
def _block(counter, low, high):
    """Four words of the stream with the key (low, high)."""
    a, b, c, d = counter, ZERO, ZERO, ZERO
    for _ in range(10):
        (upper, lower), (above, below) = _product(FACTORS[0], a), _product(FACTORS[1], c)
        a, b, c, d = above ^ b ^ low, below, upper ^ d ^ high, lower
        low, high = low + WEYL[0], high + WEYL[1]
    return a, b, c, d


def _fill(uniform, low, high):
    """Numbers strictly between 0 and 1, one for each word of the stream."""
    counter = ZERO
    for start in range(0, len(uniform) - 3, 4):
        counter += ONE
        a, b, c, d = _block(counter, low, high)
        uniform[start], uniform[start + 1], uniform[start + 2], uniform[start + 3] = _unit(a), _unit(b), _unit(c), _unit(d)
    left = len(uniform) % 4
    a, b, c, _ = _block(counter + ONE, low, high)
    if left > 0:
        uniform[-left] = _unit(a)
    if left > 1:
        uniform[1 - left] = _unit(b)
    if left > 2:
        uniform[-1] = _unit(c)


try:
    fill = njit(nogil=True, cache=True)(_fill)
except RuntimeError:  # nowhere to keep what was compiled: see `simulation.kernel`
    fill = njit(nogil=True)(_fill)
