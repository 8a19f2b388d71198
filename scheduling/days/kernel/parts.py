"""What all files of the compiled programme share: people as arrays, the edge of a window, and how its parts are compiled."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

INF = np.inf
NO_VALUE = np.empty((0, 0, 0))
part = njit(nogil=True)
"""Kept on disk within the entries that call it."""


def entry(make: Callable[[int], Callable[..., Any]]) -> Callable[..., Any]:
    """What Python calls, kept on disk.

    make: gives the function, not yet compiled, for a number that stands for what all files of this folder say; numba keeps compiled code by
    the value of that number too, so that it notices a change in any of them.
    """
    files = sorted(Path(__file__).parent.glob("*.py"))
    text = blake2b(b"".join(file.read_bytes() for file in files), digest_size=7).digest()
    return njit(nogil=True, cache=True)(make(int.from_bytes(text, "little")))


class Pack(NamedTuple):
    """All people as arrays; minutes are in units of each person's greatest common divisor.

    klass (people, shifts): class of a shift from 1, 0 where the person never works it. follow (people, classes, shifts): may the shift
    follow the class; class 0 is a day off. length (people, shifts); most (people, shifts). least, greatest (people,): of minutes.
    """

    days: int
    klass: NDArray[np.int64]
    classes: NDArray[np.int64]
    follow: NDArray[np.bool_]
    length: NDArray[np.int64]
    most: NDArray[np.int64]
    least: NDArray[np.int64]
    greatest: NDArray[np.int64]
    max_run: NDArray[np.int64]
    least_run: NDArray[np.int64]
    least_rest: NDArray[np.int64]
    weekends: NDArray[np.int64]


class Edge(NamedTuple):
    """How a window meets what lies around it, for one person.

    start: node before its first day. low, high (nodes, weekends): least and greatest minutes inside it that what follows admits, low > high
    where nothing does. most (shifts,): days of each shift left for it. value (nodes, weekends, minutes): cost of the cheapest
    completion, of no size where none costs anything.
    """

    start: int
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    most: NDArray[np.int64]
    value: NDArray[np.float64]
