"""The lattice of one person's states: what has to be remembered of the past to know which shifts may come next.

A state is a class (how many of the next days' starts the rest after the last shift still forbids), the state of each track (the days
worked in a row are one), and the counters. An action is working with a letter of each track and a weight in each counter, ending in a
class.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduling.space import Space, Track
from wfm.model.arrays import BoolArray, IntArray

Code = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Layer:
    """The states before one day and where they lead.

    states (n, 1 + tracks + counters). off (n,) and work (n, actions): index of the state the day after, its size where it is not allowed.
    """

    states: IntArray
    off: IntArray
    work: IntArray
    first: IntArray


@dataclass(frozen=True, eq=False)
class Lattice:
    """All layers of a plan. rank (days, options): place of an option's start among the starts of its day. action (days, options).

    closing: per day with which a period of a counter ends, (counters, target): counters reached that day and state next day.
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
    tracks = tracks_of(space)
    actions, action = _actions(space, shift_class, tracks)
    layers, closing = [], []
    states = np.array([[0, *(track.start for track in tracks), *(0 for _ in space.counters)]], np.int64)
    for day in range(space.catalogue.days):
        used = np.unique(action[day][space.catalogue.offered[day]])
        off, work, reached = _step(_Day(space, tracks, day, classes), states, actions, used)
        first = np.array([classes[k][0] if classes[k] else 0 for k in states[:, 0]], np.int64)
        layers.append(Layer(states, off, work, first))
        states, closed = _close(space, reached, day, 1 + len(tracks))
        closing.append(closed)
    return Lattice(tuple(layers), tuple(closing), rank, int(rank.max(initial=-1)) + 1, action, len(actions))


def _close(space: Space, reached: IntArray, day: int, fixed: int) -> tuple[IntArray, tuple[IntArray, IntArray] | None]:
    """States before the next day: counters whose period ends begin anew. fixed: columns before the counters."""
    ended = np.array([counter.ends(day) for counter in space.counters], bool)
    last = day == space.catalogue.days - 1
    if not ended.any() and not last:
        return reached, None
    reset = reached.copy()
    reset[:, fixed:][:, ended] = 0
    states, target = np.unique(reset, axis=0, return_inverse=True)
    return states, (reached[:, fixed:], target.reshape(-1))


def tracks_of(space: Space) -> list[Track]:
    """The tracks of a space and that of the days worked in a row."""
    longest, days = space.longest_run, space.catalogue.days
    if longest >= days + space.run_before:
        return space.tracks
    table = np.zeros((longest + 1, 2), np.int64)
    table[:, 1] = [*range(1, longest + 1), -1]
    on = np.broadcast_to(np.int64(1), (days, space.catalogue.options))
    return [Track("run", on, np.zeros(days, np.int64), table, min(space.run_before, longest)), *space.tracks]


def _classes(space: Space) -> tuple[list[Code], IntArray]:
    """Classes, each the numbers of starts forbidden on the days after, and the class of each option on each day."""
    catalogue, axis = space.catalogue, space.catalogue.grid.axis
    walls = np.unique(catalogue.wall_start).tolist()
    reach = 1 + int(space.rest_minutes + 3000) // 1380
    starts = [sorted({axis.minute(day, wall) for wall in walls}) for day in range(catalogue.days + reach + 1)]
    found: dict[Code, int] = {(): 0}
    memo: dict[tuple[int, int, int], int] = {}
    shift_class = np.zeros((catalogue.days, catalogue.options), np.int64)
    for day in range(catalogue.days):
        for option in range(catalogue.options):
            free = int(catalogue.end[day, option]) + space.rest_minutes
            least = _least_start(space, day, option)
            if (day, free, least) not in memo:
                code = _trim(tuple(int(np.searchsorted(starts[day + k], max(free, least if k == 1 else 0))) for k in range(1, reach + 1)))
                memo[day, free, least] = _numbered(found, code)
            shift_class[day, option] = memo[day, free, least]
    return list(found), shift_class


def _least_start(space: Space, day: int, option: int) -> int:
    """The minute from which the day after may start so that shifts move on in the day; 0 where they need not."""
    if space.forward_minutes is None:
        return 0
    return space.catalogue.grid.axis.minute(day + 1, max(int(space.catalogue.wall_start[option]) - space.forward_minutes, 0))


def _numbered(found: dict[Code, int], code: Code) -> int:
    """The number of a class; it and those that time makes of it are added where they are new."""
    rest = code
    while rest and rest not in found:
        found[rest] = len(found)
        rest = _trim(rest[1:])
    return found[code]


def _trim(code: Code) -> Code:
    while code and code[-1] == 0:
        code = code[:-1]
    return code


def _actions(space: Space, shift_class: IntArray, tracks: list[Track]) -> tuple[IntArray, IntArray]:
    """Distinct (class, letters, weights) of options, shape (actions, columns of a state), and the action of each option on each day."""
    columns = [shift_class, *(track.letter for track in tracks), *(counter.weight for counter in space.counters)]
    stacked = np.stack([np.broadcast_to(column, shift_class.shape) for column in columns], axis=-1).reshape(-1, len(columns))
    actions, action = np.unique(stacked, axis=0, return_inverse=True)
    return actions, action.reshape(shift_class.shape)


@dataclass(frozen=True, eq=False)
class _Day:
    """What is needed to step over one day."""

    space: Space
    tracks: list[Track]
    day: int
    classes: list[Code]

    def rested(self, states: IntArray) -> IntArray:
        """The states after a day off, −1 in a track that forbids it."""
        after = np.array([self.classes.index(_trim(code[1:])) for code in self.classes], np.int64)
        rested = states.copy()
        rested[:, 0] = after[states[:, 0]]
        self._read(rested, [int(track.off[self.day]) for track in self.tracks])
        return rested

    def worked(self, states: IntArray, action: IntArray) -> IntArray:
        """The states after an action, −1 in a track that forbids it."""
        target, fixed = states.copy(), 1 + len(self.tracks)
        target[:, 0] = action[0]
        self._read(target, action[1:fixed].tolist())
        target[:, fixed:] += action[fixed:]
        return target

    def _read(self, states: IntArray, letters: list[int]) -> None:
        for t, (track, letter) in enumerate(zip(self.tracks, letters, strict=True), 1):
            states[:, t] = track.table[states[:, t], letter]

    def allowed(self, target: IntArray) -> BoolArray:
        """Which of the states reached keep every track and the upper limits."""
        fixed = 1 + len(self.tracks)
        high = np.array([counter.high[counter.period[self.day]] for counter in self.space.counters], np.int64)
        return np.all(target[:, 1:fixed] >= 0, axis=1) & np.all(target[:, fixed:] <= high, axis=1)


def _step(day: _Day, states: IntArray, actions: IntArray, used: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Where the states of a day lead: by a day off, by each action, and the states reached."""
    targets = [day.rested(states), *(day.worked(states, actions[a]) for a in used)]
    every = np.concatenate(targets)
    keep = np.concatenate([day.allowed(target) for target in targets])
    keep[: len(states)] = np.all(targets[0][:, 1 : 1 + len(day.tracks)] >= 0, axis=1)
    reached, index = np.unique(every[keep], axis=0, return_inverse=True)
    full = np.full(len(every), len(reached))
    full[keep] = index.reshape(-1)
    table = full.reshape(len(targets), len(states)).T
    work = np.full((len(states), len(actions)), len(reached))
    work[:, used] = table[:, 1:]
    return table[:, 0].copy(), work, reached
