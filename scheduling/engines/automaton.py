"""The smallest automaton that allows what a lattice allows, for people who owe the same: the compiled search walks over fewer states.

States of a day with the same future are one (Hopcroft's idea, day by day from the last), states without a future are none, and so are
actions of a day that lead everywhere to the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduling.lattice import Lattice, Layer
from scheduling.tours import Tours
from wfm.model.arrays import BoolArray, FloatArray, IntArray

DEAD = -1


@dataclass(frozen=True, eq=False)
class Day:
    """off (n,), leads (n, actions): state after the day, DEAD where not allowed. least (n,): rank of the first start allowed.

    action (options,): what an option is, 0 where it is never offered. target, worth: of each state after the day with which a period
    ends, the state of the next day and what that is worth; None on other days. after: states after the day.
    """

    off: IntArray
    leads: IntArray
    least: IntArray
    action: IntArray
    target: IntArray | None
    worth: FloatArray | None
    after: int


def minimised(tours: Tours) -> list[Day]:
    """The automaton of somebody's schedules, a day at a time; the state before the first day is 0, if there is any schedule."""
    lattice, offered = tours.lattice, tours.space.catalogue.offered
    final = lattice.closing[-1]
    states = np.zeros(int(final[1].max(initial=-1)) + 1 if final is not None else 1, np.int64)  # class of each state of the next day
    days: list[Day] = []
    for day in range(len(lattice.layers) - 1, -1, -1):
        reached, target, worth = _closed(tours, day, states)
        after = int(reached.max(initial=-1)) + 1
        states, made = _layer(lattice.layers[day], np.append(reached, DEAD), lattice, day, offered[day])
        off, leads, least, action = made
        days.append(Day(off, leads, least, action, target, worth, after))
    days.reverse()
    return days


def _closed(tours: Tours, day: int, states: IntArray) -> tuple[IntArray, IntArray | None, FloatArray | None]:
    """The class of each state after a day, and where the end of a period leads each class and with what worth."""
    closing, good, toll = tours.lattice.closing[day], tours.closes[day], tours.tolls[day]
    if closing is None or good is None:
        return states, None, None
    target = np.where(good, states[closing[1]], DEAD)
    worth = np.zeros(len(target)) if toll is None else -toll
    alive = target != DEAD
    pairs, which = np.unique(np.stack([target[alive].astype(float), worth[alive]], axis=1), axis=0, return_inverse=True)
    reached = np.full(len(target), DEAD)
    reached[alive] = which.reshape(-1)
    return reached, pairs[:, 0].astype(np.int64), pairs[:, 1]


def _layer(
    layer: Layer, reached: IntArray, lattice: Lattice, day: int, offered: BoolArray
) -> tuple[IntArray, tuple[IntArray, IntArray, IntArray, IntArray]]:
    """The class of each state of a day, and the day itself. reached: class of each state after it, DEAD behind the last."""
    action = lattice.action[day]
    used, renamed = np.unique(action[offered], return_inverse=True)
    ranks = np.append(np.unique(lattice.rank[day][offered]), lattice.ranks)
    least = ranks[np.minimum(np.searchsorted(ranks, layer.first), len(ranks) - 1)]
    leads = reached[layer.work[:, used]].reshape(len(least), len(used))
    leads[least == lattice.ranks] = DEAD
    off = reached[layer.off]
    alive = (off != DEAD) | (leads != DEAD).any(axis=1)
    least = np.where((leads != DEAD).any(axis=1), least, 0)
    columns, merged = np.unique(leads[alive], axis=1, return_inverse=True) if len(used) else (leads[alive], np.zeros(0, np.int64))
    rows, which = np.unique(np.concatenate([off[alive, None], least[alive, None], columns], axis=1), axis=0, return_inverse=True)
    classes = np.full(len(off), DEAD)
    classes[alive] = which.reshape(-1)
    named = np.zeros(len(action), np.int64)
    named[offered] = merged.reshape(-1)[renamed.reshape(-1)]
    return classes, (rows[:, 0], rows[:, 2:], rows[:, 1], named)
