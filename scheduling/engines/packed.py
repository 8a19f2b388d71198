"""Between the nouns of scheduling and the arrays of the compiled search."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from scheduling.catalogue import Family
from scheduling.engines.automaton import Day, minimised
from scheduling.engines.memory import FIXED, NONE, OWN, SHARED, Memory, lay_out
from scheduling.problem import Block, Problem
from scheduling.sessions import Timetable, session_at
from scheduling.tours import OFF, Tours
from scheduling.worker import Plan, Session
from wfm.model.arrays import FloatArray, IntArray


def pack(problem: Problem, timetable: Timetable, guide: FloatArray, seed: int) -> Memory:
    """The problem as a memory for the compiled search: nobody at work yet, sessions at their times.

    guide (queues, cells): what somebody is worth on each queue. The days of unpaid sessions stay those of the timetable.
    """
    grid, workers = problem.grid, problem.workers
    tours = [worker.tours(timetable[w]) for w, worker in enumerate(workers)]
    catalogues = list({id(worker.catalogue): worker.catalogue for worker in workers}.values())
    base, base_of = _distinct([_base(t, grid.prices.paid_minute) for t in tours], -np.inf)
    families = [family for c in catalogues for family in c.families]
    arrays = {
        "need": grid.need,
        "prices": np.array([grid.prices.under, grid.prices.deep_under, grid.prices.over]),
        "mask": np.array([sum(1 << q for q in group) for group in problem.groups]),
        "day_cell": np.append(grid.axis.day_starts, grid.axis.day_starts[-1]) // grid.minutes,
        "week_day": np.searchsorted(grid.week, np.arange(grid.weeks + 1)),
        "group": np.array([worker.group for worker in workers]),
        "contract": _index([id(worker.catalogue) for worker in workers]),
        "base_of": base_of,
        "base": base[:, :, 1:],
        "must": base[:, :, 0] > 0,
        "begin": _stacked([c.start // grid.minutes for c in catalogues], 0),
        "stop": _stacked([c.end // grid.minutes for c in catalogues], 0),
        "families": _cumulated([len(c.families) for c in catalogues]),
        "guide": _by_group(problem, guide),
        **_families(families, grid.minutes),
        **_Automata(tours).arrays(),
        **_blocks(problem),
        **_sessions_of(problem, timetable),
        "random": np.array([np.random.SeedSequence(seed % 2**64).generate_state(1, np.uint64)[0] >> 1 | 1], np.int64),
    }
    tolled = any(toll is not None for t in tours for toll in t.tolls)
    return lay_out(_scalars(problem, arrays, tolled), arrays | _roster(problem, arrays) | _scratch(problem, arrays))


def _scalars(problem: Problem, arrays: dict[str, np.ndarray], tolled: bool) -> dict[str, int]:
    grid = problem.grid
    return {
        "queues": len(grid.need),
        "cells": grid.cells,
        "groups": len(problem.groups),
        "people": len(problem.workers),
        "days": grid.axis.days,
        "weeks": grid.weeks,
        "rests": arrays["pause"].shape[1],
        "padded": grid.padded,
        "longest": 1440 // grid.minutes,
        "hour": max(60 // grid.minutes, 1),
        "tolled": tolled,
        "shared": len(arrays["movable"]),
    }


def _roster(problem: Problem, arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """A roster in which nobody works."""
    shape, people, days = problem.grid.need.shape, len(problem.workers), problem.grid.axis.days
    return {
        "spread": np.zeros((len(problem.groups), *shape), np.int64),
        "present": np.zeros(shape, np.int64),
        "next": np.zeros(shape, np.int64),
        "option": np.full((people, days), NONE),
        "breaks": np.zeros((people, days, arrays["pause"].shape[1]), np.int64),
        "more": np.zeros(shape),
        "less": np.zeros(shape),
        "total": np.array([0.0, sum(w.tours().space.base_price for w in problem.workers)]),
    }


def _scratch(problem: Problem, arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Room for one move."""
    days, padded, rests = problem.grid.axis.days, problem.grid.padded + 1, arrays["pause"].shape[1]
    states, ranks = int(arrays["layer"][:, :, [2, 4]].max()) + 1, int(arrays["ranks"].max()) + 1
    actions, widest = int(arrays["layer"][:, :, 6].max()), int(arrays["pause"][:, :, 1].max(initial=0)) + 1
    team = max([2, *(len(block.members) for block in problem.blocks)])
    floats = {
        **dict.fromkeys(("value", "worked", "rested", "loss"), (padded,)),
        "table": (days, ranks, actions),
        "worth": (2, states),
        "start_loss": (len(arrays["starts"]),),
        "slot": (rests, widest),
        "tally": (1,),
    }
    whole = {
        **dict.fromkeys(("away", "shade", "host"), (padded,)),
        "frame": (days, 2),
        "which": (days, ranks, actions),
        "back": (days, states),
        "closed": (days, states),
        "new_option": (days,),
        "new_breaks": (days, rests),
        "old_option": (team, days),
        "old_breaks": (team, days, rests),
        "old_session": (team, *arrays["session"].shape[1:]),
        "parent": (len(problem.grid.need),),
        "pick": (rests, widest),
        "team": (team,),
    }
    return {n: np.zeros(s) for n, s in floats.items()} | {n: np.zeros(s, np.int64) for n, s in whole.items()}


def _by_group(problem: Problem, guide: FloatArray) -> FloatArray:
    """The guide for each skill group: the best of its queues."""
    return np.array([guide[sorted(g)].max(axis=0) if g else np.zeros(problem.grid.cells) for g in problem.groups])


def _base(tours: Tours, paid_minute: float) -> FloatArray:
    """Worth of each option for itself, (days, 1 + options); before it, whether the day has to be worked."""
    space = tours.space
    worth = -space.paid * paid_minute if space.price is None else -space.paid * paid_minute - space.price
    return np.concatenate([space.must[:, None].astype(float), np.where(space.allowed, worth, -np.inf)], axis=1)


def _closing(tours: Tours) -> FloatArray:
    """What it is worth that a period ends in a state, of all days with which one ends."""
    worth = []
    for good, toll in zip(tours.closes, tours.tolls, strict=True):
        if good is not None:
            worth.append(np.where(good, 0.0 if toll is None else -toll, -np.inf))
    return np.concatenate(worth)


def _distinct(arrays: list[np.ndarray], fill: float) -> tuple[np.ndarray, IntArray]:
    """The different ones of some arrays, padded to the same shape, and which of them each is."""
    places: dict[tuple[bytes, tuple[int, ...]], int] = {}
    kept, which = [], []
    for array in arrays:
        key = (array.tobytes(), array.shape)
        if key not in places:
            places[key] = len(kept)
            kept.append(array)
        which.append(places[key])
    return _stacked(kept, fill), np.array(which, np.int64)


def _stacked(arrays: list[np.ndarray], fill: float) -> np.ndarray:
    """Arrays of different shapes in one, padded."""
    shape = tuple(max(sizes) for sizes in zip(*(a.shape for a in arrays), strict=True))
    stacked = np.full((len(arrays), *shape), fill, arrays[0].dtype)
    for n, array in enumerate(arrays):
        stacked[(n, *(slice(0, size) for size in array.shape))] = array
    return stacked


def _index(keys: list[int]) -> IntArray:
    """Number of each key in the order in which they come first."""
    order = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    return np.array([order[key] for key in keys], np.int64)


def _cumulated(sizes: list[int]) -> IntArray:
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)


def _families(families: list[Family], cell: int) -> dict[str, np.ndarray]:
    """Starts, lengths and breaks of all families."""
    pause = np.zeros((len(families), max([1, *(len(f.offsets) for f in families)]), 3), np.int64)
    for n, family in enumerate(families):
        for j, (offsets, size) in enumerate(zip(family.offsets, family.break_cells, strict=True)):
            pause[n, j] = offsets[0] if len(offsets) else 0, len(offsets), size
    fam = [(f.first, len(f.starts), len(f.lengths), len(f.offsets), -(-f.template.break_gap // cell)) for f in families]
    return {"fam": np.array(fam, np.int64).reshape(-1, 5), "pause": pause}


@dataclass(eq=False)
class _Automata:
    """The automata of everybody, each once, one after the other."""

    every: list[Tours]
    days: list[list[Day]] = field(default_factory=list)

    def arrays(self) -> dict[str, np.ndarray]:
        which = self._distinct()
        rank = _stacked([tours.lattice.rank for tours in self._firsts(which)], 0)
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

    def _distinct(self) -> IntArray:
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
        off, leads, target = (_cumulated([a.size for a in arrays]) for arrays in ([d.off for d in flat], [d.leads for d in flat], targets))
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


def _blocks(problem: Problem) -> dict[str, np.ndarray]:
    """Where sessions may go and who attends them."""
    grid, blocks = problem.grid, problem.blocks
    shared = [b for b, block in enumerate(blocks) if kind_of(block) == SHARED]
    starts = [np.array(block.starts, np.int64) // grid.minutes for block in blocks]
    return {
        "starts": np.concatenate([*starts, np.zeros(0, np.int64)]),
        "start_of": _cumulated([len(s) for s in starts]),
        "members": np.array([m for block in blocks for m in block.members], np.int64),
        "member_of": _cumulated([len(block.members) for block in blocks]),
        "bound_day": np.array([not block.activity.paid for block in blocks], bool),
        "movable": np.array(shared, np.int64),
        "session_cells": np.array([len(grid.touched(0, block.activity.minutes)) for block in blocks], np.int64),
    }


def kind_of(block: Block) -> int:
    if block.fixed:
        return FIXED
    return SHARED if len(block.members) > 1 else OWN


def _sessions_of(problem: Problem, timetable: Timetable) -> dict[str, np.ndarray]:
    """Everybody's sessions, the longest first."""
    numbers = {(block.activity.name, block.number, m): b for b, block in enumerate(problem.blocks) for m in block.members}
    people, most = len(problem.workers), max([1, *map(len, timetable.values())])
    session, sessions = np.zeros((people, most, 5), np.int64), np.zeros(people, np.int64)
    for w, placed in timetable.items():
        sessions[w] = len(placed)
        for k, s in enumerate(sorted(placed, key=lambda s: s.start - s.end)):
            touched, block = problem.grid.touched(s.start, s.end), numbers[s.activity, s.number, w]
            session[w, k] = touched.start, touched.stop, s.host, kind_of(problem.blocks[block]), block
    return {"session": session, "sessions": sessions}


@dataclass(frozen=True, eq=False)
class Standing:
    """A roster as it stood in a memory: the arrays OPTION, BREAKS, SESSION and SESSIONS, and its price."""

    option: IntArray
    breaks: IntArray
    session: IntArray
    sessions: IntArray
    cost: float


def standing_in(memory: Memory) -> Standing:
    """A copy of the roster in a memory."""
    arrays = (memory.option, memory.breaks, memory.session, memory.sessions)
    return Standing(*(array.copy() for array in arrays), float(memory.total.sum()))


def plans_of(problem: Problem, standing: Standing) -> list[Plan]:
    """Everybody's plan."""
    return [_plan(problem, standing, w) for w in range(len(problem.workers))]


def _plan(problem: Problem, standing: Standing, w: int) -> Plan:
    worker = problem.workers[w]
    options, breaks = standing.option[w].copy(), {}
    for day in np.flatnonzero(options != OFF).tolist():
        number = len(worker.catalogue.family(int(options[day])).offsets)
        breaks[day] = tuple(standing.breaks[w, day, :number].tolist())
    return worker.planned(options, breaks, _sessions(problem, standing, w))


def _sessions(problem: Problem, standing: Standing, w: int) -> tuple[Session, ...]:
    found = []
    for first, _, host, kind, b in standing.session[w, : standing.sessions[w]].tolist():
        block = problem.blocks[b]
        start = first * problem.grid.minutes
        if kind == FIXED:
            start = block.starts[0]
        found.append(session_at(block, start, host))
    return tuple(sorted(found))
