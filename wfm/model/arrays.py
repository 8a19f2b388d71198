"""Read-only arrays: what every noun that holds numbers is made of."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def frozen(values: ArrayLike, dtype: DTypeLike = np.float64) -> NDArray[Any]:
    """A read-only copy, so that nobody edits a noun in place; what is read-only already and nobody else's is taken as it is."""
    if isinstance(values, np.ndarray) and values.dtype == dtype and values.base is None and not values.flags.writeable:
        return values
    array = np.array(values, dtype=dtype)
    array.flags.writeable = False
    return array


def freeze(noun: Any, dtype: DTypeLike = np.float64, **shapes: tuple[int, ...]) -> None:
    """In a frozen dataclass's `__post_init__`: make the named fields read-only arrays of the given shapes.

    Raises ValueError naming the noun, the field, the shape found and the shape expected.
    """
    for name, shape in shapes.items():
        array = frozen(getattr(noun, name), dtype)
        if array.shape != shape:
            raise ValueError(f"{type(noun).__name__}.{name} has shape {array.shape}, expected {shape}")
        object.__setattr__(noun, name, array)
