"""The lattice of one person's states: what has to be remembered of the past to know which shifts may come next.

A state is a class (how many of the next days' starts the rest after the last shift still forbids), the days worked in a row,
and the weekly counters. An action is working with a weight in each counter and ending in a class.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduling.space import Space
from wfm.model.arrays import IntArray

Code = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Layer:
    """The states before one day and where they lead.

    states (n, 2 + counters): class, run, counters. off (n,) and work (n, actions): index of the state the day after, its size
    where it is not allowed. close: None, or on the last day of a week the counters of the state after it, by its index.
    """

    states: IntArray
    off: IntArray
    work: IntArray
    first: IntArray


@dataclass(frozen=True, eq=False)
class Lattice:
    """All layers of a plan. rank (days, options): place of an option's start among the starts of its day. action (days, options).

    week_end (days,) bool. closing: per day, for a week's last day, (states, target): counters reached that day and state next day.
    """

    layers: tuple[Layer, ...]
    closing: tuple[tuple[IntArray, IntArray] | None, ...]
    rank: IntArray
    ranks: int
    action: IntArray
    actions: int


def make_lattice(space: Space) -> Lattice:
    """The lattice of a space; it does not depend on what is allowed or due, so people of one contract share it."""
    rank = np.array([np.unique(start, return_inverse=True)[1].reshape(-1) for start in space.catalogue.start])
    classes, shift_class = _classes(space)
    actions, action = _actions(space, shift_class)
    layers, closing = [], []
    states = np.zeros((1, 2 + len(space.counters)), np.int64)
    week = space.catalogue.grid.week
    for day in range(space.catalogue.days):
        used = np.unique(action[day][space.catalogue.offered[day]])
        off, work, reached = _step(space, states, day, actions, used, classes)
        first = np.array([classes[k][0] if classes[k] else 0 for k in states[:, 0]], np.int64)
        layers.append(Layer(states, off, work, first))
        states = reached
        closing.append(None)
        if day == space.catalogue.days - 1 or week[day + 1] != week[day]:
            reset = reached.copy()
            reset[:, 2:] = 0
            states, target = np.unique(reset, axis=0, return_inverse=True)
            closing[-1] = (reached, target.reshape(-1))
    return Lattice(tuple(layers), tuple(closing), rank, int(rank.max(initial=-1)) + 1, action, len(actions))


def _classes(space: Space) -> tuple[list[Code], IntArray]:
    """Classes, each the numbers of starts forbidden on the days after, and the class of each option on each day."""
    catalogue, axis = space.catalogue, space.catalogue.grid.axis
    walls = np.unique(catalogue.wall_start).tolist()
    reach = 1 + int(space.rest_minutes + 3000) // 1380
    starts = [sorted({axis.minute(day, wall) for wall in walls}) for day in range(catalogue.days + reach + 1)]
    found: dict[Code, int] = {(): 0}
    memo: dict[tuple[int, int], int] = {}
    shift_class = np.zeros((catalogue.days, catalogue.options), np.int64)
    for day in range(catalogue.days):
        for option in range(catalogue.options):
            free = int(catalogue.end[day, option]) + space.rest_minutes
            if (day, free) not in memo:
                code = _trim(tuple(int(np.searchsorted(starts[day + k], free)) for k in range(1, reach + 1)))
                while code and code not in found:
                    found[code] = len(found)
                    code = _trim(code[1:])
                memo[day, free] = found[_trim(tuple(int(np.searchsorted(starts[day + k], free)) for k in range(1, reach + 1)))]
            shift_class[day, option] = memo[day, free]
    return list(found), shift_class


def _trim(code: Code) -> Code:
    while code and code[-1] == 0:
        code = code[:-1]
    return code


def _actions(space: Space, shift_class: IntArray) -> tuple[IntArray, IntArray]:
    """Distinct (class, weights) of options, shape (actions, 1 + counters), and the action of each option on each day."""
    columns = [shift_class, *(counter.weight for counter in space.counters)]
    stacked = np.stack([np.broadcast_to(column, shift_class.shape) for column in columns], axis=-1).reshape(-1, len(columns))
    actions, action = np.unique(stacked, axis=0, return_inverse=True)
    return actions, action.reshape(shift_class.shape)


def _step(
    space: Space, states: IntArray, day: int, actions: IntArray, used: IntArray, classes: list[Code]
) -> tuple[IntArray, IntArray, IntArray]:
    """Where the states of a day lead: by a day off, by each action, and the states reached."""
    week = int(space.catalogue.grid.week[day])
    after_off = np.array([classes.index(_trim(code[1:])) for code in classes], np.int64)
    rested = states.copy()
    rested[:, 0], rested[:, 1] = after_off[states[:, 0]], 0
    high = np.array([counter.high[week] for counter in space.counters], np.int64)
    targets, allowed = [rested], [np.ones(len(states), bool)]
    for a in used:
        target = states.copy()
        target[:, 0] = actions[a, 0]
        target[:, 1] = states[:, 1] + 1 if space.longest_run < space.catalogue.days else 0
        target[:, 2:] += actions[a, 1:]
        targets.append(target)
        allowed.append((target[:, 1] <= space.longest_run) & np.all(target[:, 2:] <= high, axis=1))
    every, keep = np.concatenate(targets), np.concatenate(allowed)
    reached, index = np.unique(every[keep], axis=0, return_inverse=True)
    full = np.full(len(every), len(reached))
    full[keep] = index.reshape(-1)
    table = full.reshape(len(targets), len(states)).T
    work = np.full((len(states), len(actions)), len(reached))
    work[:, used] = table[:, 1:]
    return table[:, 0].copy(), work, reached
