"""The automata of everybody as arrays, and arrays of different shapes in one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from scheduling.engines.automaton import Day, minimised
from scheduling.engines.memory import NONE
from scheduling.tours import Tours
from wfm.model.arrays import FloatArray, IntArray


@dataclass(eq=False)
class Automata:
    """The automata of everybody, each once, one after the other."""

    every: list[Tours]
    days: list[list[Day]] = field(default_factory=list)

    def arrays(self) -> dict[str, np.ndarray]:
        which = self._which()
        rank = stacked([tours.lattice.rank for tours in self._firsts(which)], 0)
        action = np.array([[day.action for day in days] for days in _padded(self.days, rank.shape[2])])
        flat = [day for days in self.days for day in days]
        targets = [np.zeros(0, np.int64) if day.target is None else day.target for day in flat]
        worths = [np.zeros(0) if day.worth is None else day.worth for day in flat]
        return {
            "automaton": which,
            "layer": self._layers(flat, targets),
            "off": np.concatenate([day.off for day in flat]),
            "least": np.concatenate([day.least for day in flat]),
            "leads": np.concatenate([day.leads.ravel() for day in flat]),
            "target": np.concatenate(targets),
            "close": np.concatenate(worths),
            "rank": rank,
            "action": action,
            "ranks": np.array([tours.lattice.ranks for tours in self._firsts(which)]),
        }

    def _which(self) -> IntArray:
        """Which automaton everybody has; fills `days`."""
        places: dict[tuple[int, bytes], int] = {}
        which = []
        for tours in self.every:
            key = (id(tours.lattice), _closing(tours).tobytes())
            if key not in places:
                places[key] = len(self.days)
                self.days.append(minimised(tours))
            which.append(places[key])
        return np.array(which, np.int64)

    def _firsts(self, which: IntArray) -> list[Tours]:
        """The first who has each automaton."""
        return [self.every[int(np.argmax(which == n))] for n in range(len(self.days))]

    def _layers(self, flat: list[Day], targets: list[IntArray]) -> IntArray:
        off, leads, target = (cumulated([a.size for a in arrays]) for arrays in ([d.off for d in flat], [d.leads for d in flat], targets))
        rows = []
        for n, day in enumerate(flat):
            closes = day.target is not None
            last = (n + 1) % len(self.days[0]) == 0
            closed = day.after if not closes else 1 + int(targets[n].max(initial=-1)) if last else len(flat[n + 1].off)
            rows.append((off[n], leads[n], len(day.off), target[n] if closes else NONE, day.after, closed, day.leads.shape[1]))
        return np.array(rows, np.int64).reshape(len(self.days), -1, 7)


def _padded(automata: list[list[Day]], options: int) -> list[list[Day]]:
    """The same with actions of so many options."""
    return [[replace(day, action=np.pad(day.action, (0, options - len(day.action)))) for day in days] for days in automata]


def _closing(tours: Tours) -> FloatArray:
    """What it is worth that a period ends in a state, of all days with which one ends."""
    worth = []
    for good, toll in zip(tours.closes, tours.tolls, strict=True):
        if good is not None:
            worth.append(np.where(good, 0.0 if toll is None else -toll, -np.inf))
    return np.concatenate(worth)


def distinct(arrays: list[np.ndarray], fill: float) -> tuple[np.ndarray, IntArray]:
    """The different ones of some arrays, padded to the same shape, and which of them each is."""
    places: dict[tuple[bytes, tuple[int, ...]], int] = {}
    kept, which = [], []
    for array in arrays:
        key = (array.tobytes(), array.shape)
        if key not in places:
            places[key] = len(kept)
            kept.append(array)
        which.append(places[key])
    return stacked(kept, fill), np.array(which, np.int64)


def stacked(arrays: list[np.ndarray], fill: float) -> np.ndarray:
    """Arrays of different shapes in one, padded."""
    shape = tuple(max(sizes) for sizes in zip(*(a.shape for a in arrays), strict=True))
    stacked = np.full((len(arrays), *shape), fill, arrays[0].dtype)
    for n, array in enumerate(arrays):
        stacked[(n, *(slice(0, size) for size in array.shape))] = array
    return stacked


def cumulated(sizes: list[int]) -> IntArray:
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)
