"""Arguments: broadcast to one shape, and refused with their name and the first bad place."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from wfm.queueing.special import Array

LARGEST = float(np.finfo(np.float64).max)


def numbers(
    name: str, values: ArrayLike, *, low: float = 0.0, high: float = np.inf, open_low: bool = False, endless: bool = False
) -> Array:
    """Floats in [low, high] ((low, high] if open_low), nan allowed, inf only if `endless`; else ValueError with name and index."""
    array = np.asarray(values, dtype=np.float64)
    if array.size and low < array.min() and array.max() <= min(high, LARGEST):
        return array  # as nearly always; a nan fails the comparisons
    bad = (array < low) | (array > high) | (array == -np.inf)
    if open_low:
        bad |= array == low
    if not endless:
        bad |= array == np.inf
    if bad.any():
        raise ValueError(f"{_place(name, bad)} is {array[bad].flat[0]:g}, expected {_range(low, high, open_low, endless)}")
    return array


def _place(name: str, bad: np.ndarray) -> str:
    if bad.ndim == 0:
        return name
    return f"{name}[{', '.join(str(i) for i in np.argwhere(bad)[0])}]"


def _range(low: float, high: float, open_low: bool, endless: bool) -> str:
    text = f"{'above' if open_low else 'at least'} {low:g}"
    if np.isfinite(high):
        return f"{text} and at most {high:g}"
    return text if endless else f"{text} and finite"


def flat(*arrays: Array) -> tuple[tuple[int, ...], list[Array]]:
    """The common shape and the arrays as rows, read-only where they need no copy. Raises ValueError where they do not broadcast."""
    shape = np.broadcast_shapes(*(array.shape for array in arrays))
    return shape, [_row(array, shape) for array in arrays]


def _row(array: Array, shape: tuple[int, ...]) -> Array:
    if array.size == 1:
        return constant(array.item(), math.prod(shape))
    if array.shape == shape:
        return array.reshape(-1)
    return np.broadcast_to(array, shape).reshape(-1)


def constant(value: float, rows: int) -> Array:
    """The same value for so many rows, in the memory of one; read-only."""
    array: Array = np.ndarray((rows,), np.float64, buffer=np.array([value], np.float64), strides=(0,))
    array.flags.writeable = False
    return array


def nan_of(values: Array) -> float:
    """nan where any of the rows is, else some number ≥ 0, inf included; for rows none of which is negative."""
    if values.strides == (0,) and len(values):
        return float(values[0])
    with np.errstate(over="ignore"):
        return float(values.sum())
