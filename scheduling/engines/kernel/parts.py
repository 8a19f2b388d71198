"""What all parts of the search share: places in the memory, what is never compiled alone, chance."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit

from scheduling.engines.memory import FLOATS, HEAD, PLACE, WHOLE

# fmt: off
(QUEUES, CELLS, GROUPS, PEOPLE, DAYS, WEEKS, RESTS, PADDED, LONGEST, HOUR, TOLLED, SHARED_BLOCKS,) = range(HEAD)
(MASK, DAY_CELL, WEEK_DAY, GROUP, CONTRACT, AUTOMATON, BASE_OF, MUST, BEGIN, STOP, FAMILIES, FAM, PAUSE, LAYER, OFF,
LEAST, LEADS, TARGET, RANK, ACTION, RANKS, STARTS, START_OF, MEMBERS, MEMBER_OF, BOUND_DAY, MOVABLE,
SESSION_CELLS, SPREAD, PRESENT, NEXT, OPTION, BREAKS, SESSION, SESSIONS, RANDOM, AWAY, SHADE, FRAME, WHICH, BACK, CLOSED, HOST,
NEW_OPTION, NEW_BREAKS, OLD_OPTION, OLD_BREAKS, OLD_SESSION, PARENT, PICK, TEAM,) = range(HEAD, HEAD + PLACE * len(WHOLE), PLACE)
(NEED, PRICES, BASE, CLOSE, GUIDE, MORE, LESS, TOTAL, VALUE, WORKED, RESTED, TABLE, WORTH, LOSS, START_LOSS, SLOT, TALLY,) = range(
    HEAD + PLACE * len(WHOLE), HEAD + PLACE * (len(WHOLE) + len(FLOATS)), PLACE
)
# fmt: on
part = njit(_nrt=False, forceinline=True, error_model="numpy")
"""A part of a chapter: written into it, not called."""


chapter = njit(nogil=True, _nrt=False, error_model="numpy")
"""Called, without reference counts, since nothing is made here; kept on disk within the entries that call it."""


def entry(make: Callable[[int], Callable[..., Any]]) -> Callable[..., Any]:
    """What Python calls, kept on disk where there is a folder for it.

    make: gives the function, not yet compiled, for a number that stands for what all files of the kernel say; numba keeps compiled code by
    the value of that number too, so that it notices a change in any of them.
    """
    function = make(text_of(Path(__file__).parent))
    try:
        return njit(nogil=True, cache=True, _nrt=False, error_model="numpy")(function)
    except RuntimeError:  # neither beside this file nor in the user's home
        return njit(nogil=True, _nrt=False, error_model="numpy")(function)


def text_of(folder: Path) -> int:
    """A number for what all files of the kernel in this folder, and the one with its memory beside it, say."""
    files = (*sorted(folder.glob("*.py")), folder.parent / "memory.py")
    return int.from_bytes(blake2b(b"".join(file.read_bytes() for file in files), digest_size=7).digest(), "little")


NOISE = 0.05  # of the temperature, against ties
ALIKE = 0.6  # chance that two people taken out share a queue, at least
ONE_WEEK, TWO_WEEKS = 0.4, 0.3  # chance that the days which may change are such; else they are
SOME_DAYS = 9  # from anywhere on
FEW, FEW_DAYS, FEW_TEAM = 0.5, 2, 3  # chance that only a few days of a few people may change
SAME_DAY, OTHER_DAY, SAME_WEEK = (
    0.35,
    0.7,
    0.9,
)  # chance that a group session stays on its day; or goes to another near it, or stays in its week
EASED = 0.5  # chance that a member's own sessions move with the group's
NEAR = 7  # days between such
TOP, TRIES = 8, 2  # cheapest starts of a group session looked at, and how many of them are tried
FACTOR, PRECISION = np.uint64(2685821657736338717), 2.0 ** (-53)
INFINITE = np.inf
NONE, ALL, OWN_ONES, OWN = np.int64(-1), np.int64(-1), np.int64(-2), np.int64(1)  # typed, or each function would be compiled twice
OUT, IN = np.int64(1), np.int64(2)  # shades of cells that somebody leaves, comes to, or (both) keeps


@part
def at1(i, array, a):
    """Place of an element in its array of the memory."""
    return i[array] + a


@part
def at2(i, array, a, b):
    return i[array] + a * i[array + 1] + b


@part
def at3(i, array, a, b, c):
    return i[array] + a * i[array + 1] + b * i[array + 2] + c


@part
def uniform(i, f):
    """From 0 to before 1 (xorshift64*)."""
    x = np.uint64(i[at1(i, RANDOM, 0)])
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    i[at1(i, RANDOM, 0)] = np.int64(x)
    return float(x * FACTOR >> np.uint64(11)) * PRECISION


@part
def below(i, f, number):
    """A whole number from 0 to before `number`."""
    return min(int(uniform(i, f) * number), number - 1)
