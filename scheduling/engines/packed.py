"""Between the nouns of scheduling and the arrays of the compiled search."""

from __future__ import annotations

import numpy as np

from scheduling.catalogue import Family
from scheduling.engines.layers import Automata, cumulated, distinct, stacked
from scheduling.engines.memory import FIXED, NONE, OTHERS, OWN, SHARED, Memory, lay_out
from scheduling.problem import Block, Problem
from scheduling.sessions import Timetable
from scheduling.tours import Tours
from wfm.model.arrays import FloatArray, IntArray


def pack(problem: Problem, timetable: Timetable, guide: FloatArray, seed: int) -> Memory:
    """The problem as a memory for the compiled search: nobody at work yet, sessions at their times.

    guide (queues, cells): what somebody is worth on each queue. The days of unpaid sessions stay those of the timetable.
    """
    grid, workers = problem.grid, problem.workers
    tours = [worker.tours(timetable[w]) for w, worker in enumerate(workers)]
    catalogues = list({id(worker.catalogue): worker.catalogue for worker in workers}.values())
    base, base_of = distinct([_base(t, grid.prices.paid_minute) for t in tours], -np.inf)
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
        "begin": stacked([c.start // grid.minutes for c in catalogues], 0),
        "stop": stacked([c.end // grid.minutes for c in catalogues], 0),
        "families": cumulated([len(c.families) for c in catalogues]),
        "guide": _by_group(problem, guide),
        **_families(families, grid.minutes),
        **Automata(tours).arrays(),
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
    team = max([4, *(len(block.members) + OTHERS for block in problem.blocks)])
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


def _index(keys: list[int]) -> IntArray:
    """Number of each key in the order in which they come first."""
    order = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    return np.array([order[key] for key in keys], np.int64)


def _families(families: list[Family], cell: int) -> dict[str, np.ndarray]:
    """Starts, lengths and breaks of all families."""
    pause = np.zeros((len(families), max([1, *(len(f.offsets) for f in families)]), 3), np.int64)
    for n, family in enumerate(families):
        for j, (offsets, size) in enumerate(zip(family.offsets, family.break_cells, strict=True)):
            pause[n, j] = offsets[0] if len(offsets) else 0, len(offsets), size
    fam = [(f.first, len(f.starts), len(f.lengths), len(f.offsets), -(-f.template.break_gap // cell)) for f in families]
    return {"fam": np.array(fam, np.int64).reshape(-1, 5), "pause": pause}


def _blocks(problem: Problem) -> dict[str, np.ndarray]:
    """Where sessions may go and who attends them."""
    grid, blocks = problem.grid, problem.blocks
    shared = [b for b, block in enumerate(blocks) if kind_of(block) == SHARED]
    starts = [np.array(block.starts, np.int64) // grid.minutes for block in blocks]
    return {
        "starts": np.concatenate([*starts, np.zeros(0, np.int64)]),
        "start_of": cumulated([len(s) for s in starts]),
        "members": np.array([m for block in blocks for m in block.members], np.int64),
        "member_of": cumulated([len(block.members) for block in blocks]),
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
