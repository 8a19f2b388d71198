"""The memory of the compiled search: one array of whole numbers and one of floats, in which every other array has its place.

Compiled functions that hand on fifty arrays take minutes to compile; two arrays take seconds. Element (a, b) of the array OPTION, for
example, is `i[at2(i, OPTION, a, b)]` in a kernel and `memory.option[a, b]` outside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.model.arrays import FloatArray, IntArray

NONE = -1
FIXED, OWN, SHARED = 0, 1, 2
"""Kinds of session: at a given start; at any of its starts; at a start that its group shares."""

SCALARS = ("queues", "cells", "groups", "people", "days", "weeks", "rests", "padded", "longest", "hour", "tolled", "shared")
"""The first whole numbers. rests: most breaks of a shift. padded: cells up to the end of the last shift. longest: cells of 24 hours.
shared: how many blocks are of a group. tolled: whether ending a period has a price."""

WHOLE = (
    "mask",  # (groups,): queues as bits
    "day_cell",  # (days + 2,): first cell of each day, the last twice
    "week_day",  # (weeks + 1,): first day of each week
    "group",  # (people,) and so the next three
    "contract",
    "automaton",
    "base_of",
    "must",  # (base_of, days): days that have to be worked
    "begin",  # (contracts, days, options): first cell
    "stop",  # and the one after the last
    "families",  # (contracts + 1,): first family
    "fam",  # (families, 5): first option, starts, lengths, breaks, least cells between two
    "pause",  # (families, breaks, 3): first offset, number of offsets, cells
    "layer",  # (automata, days, 7): first place in off and least, in leads, states, in target or NONE, states after, once closed, actions
    "off",  # state after a day off
    "least",  # rank of the first start that is rested
    "leads",  # state after each action
    "target",  # state of the day after the end of a period
    "rank",  # (automata, days, options): of the start among the starts of its day
    "action",
    "ranks",  # (automata,)
    "starts",  # first cells at which sessions may start, by block
    "start_of",  # (blocks + 1,)
    "members",  # by block
    "member_of",  # (blocks + 1,)
    "bound_day",  # (blocks,): sessions that stay on their day
    "movable",  # blocks of a group
    "session_cells",  # (blocks,)
    "spread",  # (groups, queues, cells): people counted
    "present",  # (queues, cells)
    "next",  # queues to which somebody counted here could move, as bits
    "option",  # (people, days)
    "breaks",  # (people, days, breaks): offsets
    "session",  # (people, ·, 5): first cell, the one after the last, host day, kind, block
    "sessions",  # (people,)
    "random",  # (1,): state of the generator
    "away",  # (padded,) and from here on scratch
    "shade",
    "frame",
    "which",
    "back",
    "closed",
    "host",
    "new_option",
    "new_breaks",
    "old_option",
    "old_breaks",
    "old_session",
    "parent",
    "pick",
    "team",
)

FLOATS = (
    "need",  # (queues, cells)
    "prices",  # (3,): under, deep under, over, of a cell
    "base",  # (base_of, days, options): worth of an option for itself, −inf where not allowed
    "close",  # worth of ending a period there, by target
    "guide",  # (groups, cells): what somebody is worth by the bound
    "more",  # (queues, cells): price of one more
    "less",
    "total",  # (2,): price of cover, of plans
    "value",  # (padded + 1,) and from here on scratch
    "worked",
    "rested",
    "table",
    "worth",
    "loss",
    "start_loss",
    "slot",
    "tally",
)
OTHERS = 2
"""People of no group who change with one that moves."""

HEAD, PLACE = len(SCALARS), 4


@dataclass(eq=False)
class Memory:
    """whole, floats: all of it. array: each by its name, as views of them."""

    whole: IntArray
    floats: FloatArray
    array: dict[str, np.ndarray]

    def __getattr__(self, name: str) -> np.ndarray:
        return self.array[name]

    def copy(self) -> Memory:
        """Another memory with the same contents."""
        whole, floats = self.whole.copy(), self.floats.copy()
        array = {}
        for name, view in self.array.items():
            source, target = (self.whole, whole) if name in WHOLE else (self.floats, floats)
            begin = (view.ctypes.data - source.ctypes.data) // 8
            array[name] = target[begin : begin + view.size].reshape(view.shape)
        return Memory(whole, floats, array)


def lay_out(scalars: dict[str, int], arrays: dict[str, np.ndarray]) -> Memory:
    """A memory of the given contents."""
    head = HEAD + PLACE * (len(WHOLE) + len(FLOATS))
    whole = np.zeros(head + sum(arrays[name].size for name in WHOLE), np.int64)
    floats = np.zeros(sum(arrays[name].size for name in FLOATS))
    whole[:HEAD] = [scalars[name] for name in SCALARS]
    views, ends = {}, {id(whole): head, id(floats): 0}
    for n, name in enumerate((*WHOLE, *FLOATS)):
        array, target = arrays[name], whole if name in WHOLE else floats
        begin = ends[id(target)]
        ends[id(target)] += array.size
        views[name] = target[begin : begin + array.size].reshape(array.shape)
        views[name][...] = array
        steps = [step // 8 for step in views[name].strides[:-1]]
        place = HEAD + PLACE * n
        whole[place : place + 1 + len(steps)] = [begin, *steps]
    return Memory(whole, floats, views)
