"""Arguments: broadcast to one shape, and refused with their name and the first bad place."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from wfm.queueing.special import Array


def numbers(
    name: str, values: ArrayLike, *, low: float = 0.0, high: float = np.inf, open_low: bool = False, endless: bool = False
) -> Array:
    """Floats in [low, high] ((low, high] if open_low), nan allowed, inf only if `endless`; else ValueError with name and index."""
    array = np.asarray(values, dtype=np.float64)
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
    """The common shape and the arrays as rows. Raises ValueError where they do not broadcast."""
    shape = np.broadcast_shapes(*(array.shape for array in arrays))
    return shape, [np.broadcast_to(array, shape).ravel() for array in arrays]
