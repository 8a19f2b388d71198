"""Where sessions can take place, and a first timetable for all of them: hard, so it comes before any shift is chosen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scheduling.breaks import room
from scheduling.coupled import free
from scheduling.problem import Block, Problem
from scheduling.worker import NOWHERE, Session, Worker
from wfm.model import Progress, part
from wfm.model.arrays import BoolArray, FloatArray, frozen

Timetable = dict[int, tuple[Session, ...]]
"""Sessions by worker."""


def possible(worker: Worker, block: Block, sessions: tuple[Session, ...]) -> dict[int, int]:
    """Starts of a block at which one member can attend beside their other sessions, each with the day whose shift hosts it.

    Exact for days without other sessions; beside others the breaks still have to be tried.
    """
    grid = worker.catalogue.grid
    fits, must = worker.frame(sessions)
    good = worker.tours(sessions).feasible(_layable(worker, sessions, fits), must)
    taken = {c for s in sessions for c in grid.touched(s.start, s.end)}
    found = hosted(worker, block, good)
    return {start: host for start, host in found.items() if taken.isdisjoint(grid.touched(start, start + block.activity.minutes))}


def hosted(worker: Worker, block: Block, good: BoolArray) -> dict[int, int]:
    """Starts of a block at which some good option has room, each with the day of that option. good (days, options)."""
    grid, found = worker.catalogue.grid, {}
    rooms: dict[int, BoolArray] = {}
    for start in block.starts:
        touched = grid.touched(start, start + block.activity.minutes)
        if len(touched) not in rooms:
            rooms[len(touched)] = _rooms(worker, good, len(touched))
        day = int(np.searchsorted(grid.axis.day_starts, start, side="right")) - 1
        hosts = [host for host in (day, day - 1) if 0 <= host < len(good) and rooms[len(touched)][host, touched.start]]
        if hosts:
            found[start] = hosts[0]
    return found


def _layable(worker: Worker, sessions: tuple[Session, ...], fits: BoolArray) -> BoolArray:
    """Options whose breaks fit around the sessions."""
    return fits & (worker.values(np.zeros(worker.catalogue.grid.cells), sessions) > -np.inf) if sessions else fits


def _rooms(worker: Worker, good: BoolArray, cells: int) -> BoolArray:
    """Cells from which some good option of a day can hold a session of `cells`, shape (days, padded cells)."""
    catalogue = worker.catalogue
    rooms = np.zeros((catalogue.days, catalogue.grid.padded), bool)
    for day, option in np.argwhere(good).tolist():
        begin = int(catalogue.start[day, option]) // catalogue.grid.minutes
        rooms[day, begin + room(catalogue.family(option), int(catalogue.length[option]), cells)] = True
    return rooms


def first_timetable(problem: Problem, prices: FloatArray, progress: Progress) -> Timetable | None:
    """A time for every block at which all its members can be there, cheap for cover; None where this way finds none.

    prices (queues, cells): what an agent is worth on each queue; every session placed makes its cells dearer.
    Blocks with the fewest starts come first; one that finds no time is moved to the front and all begins anew.
    """
    rank = _ranks(problem)
    order = sorted(range(len(problem.blocks)), key=lambda b: (rank[b], len(problem.blocks[b].starts), -len(problem.blocks[b].members), b))
    for turn in range(10):
        watch = part(progress, turn / 10, (turn + 1) / 10)
        watch(f"a time for every session: attempt {turn + 1}", 0.0)
        timetable, failed = _attempt(problem, order, _dearness(problem, prices), early=turn > 0, progress=watch)
        if failed is None:
            return timetable
        order.remove(failed)
        order = sorted([failed, *order], key=lambda b: rank[b])
    return None


def _ranks(problem: Problem) -> list[int]:
    """How many activities come before that of each block, one after the other."""
    rank = dict.fromkeys((activity.name for activity in problem.workforce.activities), 0)
    for _ in rank:
        rank = {a.name: max((rank[name] + 1 for name in a.after), default=0) for a in problem.workforce.activities}
    return [rank[block.activity.name] for block in problem.blocks]


def alone(problem: Problem, worker: int, blocks: list[Block]) -> bool:
    """Whether one member could attend all the blocks if nobody else had to; False where this quick way does not find it."""
    timetable: Timetable = {worker: ()}
    if problem.workers[worker].best(np.zeros(problem.grid.cells)) is None:
        return False
    for block in sorted(blocks, key=lambda b: len(b.starts)):
        placed = place(problem, replace(block, members=(worker,)), timetable, np.zeros((len(problem.groups), problem.grid.padded)))
        if placed is None:
            return False
        timetable[worker] = tuple(sorted((*timetable[worker], placed[worker])))
    return True


def _attempt(problem: Problem, order: list[int], dearness: FloatArray, *, early: bool, progress: Progress) -> tuple[Timetable, int | None]:
    """A timetable and the block that found no time in it. early: whether what others come after is placed as early as it can be."""
    awaited = {name for activity in problem.workforce.activities for name in activity.after} if early else set()
    timetable: Timetable = dict.fromkeys(range(len(problem.workers)), ())
    sizes = np.bincount([worker.group for worker in problem.workers], minlength=len(problem.groups))
    for n, b in enumerate(order):
        progress(f"a time for every session: {n + 1} of {len(order)}", n / len(order))
        hurried = problem.blocks[b].activity.name in awaited
        placed = place(problem, problem.blocks[b], timetable, np.zeros_like(dearness) if hurried else dearness)
        if placed is None:
            return timetable, b
        for worker, session in placed.items():
            timetable[worker] = tuple(sorted((*timetable[worker], session)))
            group = problem.workers[worker].group
            dearness[group, list(problem.grid.touched(session.start, session.end))] *= 1.0 + 2.0 / sizes[group]
    return timetable, None


def place(problem: Problem, block: Block, timetable: Timetable, price: FloatArray) -> dict[int, Session] | None:
    """The cheapest time of a block at which every member has a whole schedule. price (groups, padded cells): of a cell away from work."""
    common: dict[int, dict[int, int]] = {}
    starts = set(block.starts)
    for member in block.members:
        common[member] = possible(problem.workers[member], block, timetable[member])
        starts &= common[member].keys()
    starts = free(problem, block, timetable, starts)
    rows = price[[problem.workers[m].group for m in block.members]].sum(axis=0)
    sums = np.concatenate([[0.0], np.cumsum(rows)])
    for start in sorted(starts, key=lambda s: (_cost(problem, sums, s, block.activity.minutes), s)):
        sessions = {m: session_at(block, start, common[m][start]) for m in block.members}
        if all(_proven(problem.workers[m], timetable[m], sessions[m]) for m in block.members):
            return sessions
    return None


def _proven(worker: Worker, sessions: tuple[Session, ...], new: Session) -> bool:
    every = tuple(sorted((*sessions, new)))
    return worker.best(np.zeros(worker.catalogue.grid.cells), every) is not None


def session_at(block: Block, start: int, host: int) -> Session:
    """One member's session of a block."""
    starts = NOWHERE if block.fixed or len(block.members) > 1 else frozen(block.starts, np.int64)
    return Session(start, start + block.activity.minutes, host, block.activity.name, block.number, block.activity.paid, starts)


def _cost(problem: Problem, sums: FloatArray, start: int, minutes: int) -> float:
    cells = problem.grid.touched(start, start + minutes)
    return round(float(sums[cells.stop] - sums[cells.start]), 9)


def _dearness(problem: Problem, prices: FloatArray) -> FloatArray:
    """What a cell away from work loses, by group, shape (groups, padded cells); above zero everywhere so that sessions spread."""
    dearness = np.full((len(problem.groups), problem.grid.padded), 0.3)
    for g, group in enumerate(problem.groups):
        if group:
            dearness[g, : problem.grid.cells] += prices[sorted(group)].max(axis=0) + problem.grid.prices.over
    return dearness
