"""The bound: the least any roster can cost, by Lagrangian relaxation.

For any prices π of an agent on each queue and cell, with f the price of cover and x people counted there,

    cost ≥ Σ min_x [f(x) + π x] − Σ over people of (value of their exact best schedule at π − the least their sessions lose).

What a group loses by the session it attends together is the least over its starts of what all its members lose who must be at work then.
The first sum runs over whole numbers of people, the second is the dynamic programme of `scheduling.tours`: the bound is valid whatever the
prices, and as good as they are. (Fisher, The Lagrangian relaxation method, Management Science 27, 1981.)
"""

from __future__ import annotations

import numpy as np

from scheduling.problem import Block, Problem
from scheduling.sessions import hosted, session_at
from scheduling.worker import NOWHERE, Worker
from wfm.model import Progress
from wfm.model.arrays import FloatArray

MOST_STARTS = 200  # of a group session looked at exactly; the next one in order of what it loses at least bounds the others


def lower_bound(problem: Problem, prices: FloatArray, progress: Progress) -> float:
    """A price that no roster can beat. prices (queues, cells), at least −over."""
    bound = float(_least_cover(problem, prices).sum())
    together = _together(problem)
    for block, members in together:
        bound += _joint_loss(problem, prices, block, members)
        progress(f"bound: {block.activity.name} together", 0.0)
    joint = {(w, block.activity.name, block.number) for block, members in together for w in members}
    for w, worker in enumerate(worker.loose for worker in problem.workers):
        blocks = [block for block in problem.blocks if w in block.members]
        value = _value(problem, worker, prices)
        free = [block for block in blocks if not block.fixed and (w, block.activity.name, block.number) not in joint]
        bound += _fixed_loss(problem, value, [block for block in blocks if block.fixed])
        bound += sum(_least_loss(problem, worker, value, block) for block in free) - _best_worth(worker, value, blocks)
        progress(f"bound: {w + 1} of {len(problem.workers)} agents", (w + 1) / len(problem.workers))
    return max(bound, 0.0)


def _least_cover(problem: Problem, prices: FloatArray) -> FloatArray:
    """Least of f(x) + π x over whole x, per queue and cell: at a corner of f, rounded down or up, or where nobody is."""
    need = problem.grid.need
    corners = (np.zeros_like(need), np.floor(0.9 * need), np.ceil(0.9 * need), np.floor(need), np.ceil(need))
    return np.min([problem.grid.prices.cover(need, x) + prices * x for x in corners], axis=0)


def _value(problem: Problem, worker: Worker, prices: FloatArray) -> FloatArray:
    """What the worker is worth at most in each padded cell."""
    value = np.zeros(problem.grid.padded)
    group = sorted(problem.groups[worker.group])
    if group:
        value[: problem.grid.cells] = prices[group].max(axis=0)
    return value


def _best_worth(worker: Worker, value: FloatArray, blocks: list[Block]) -> float:
    """Value of the best schedule without sessions; unpaid ones are taken off the pay of every day and off no limit from below."""
    unpaid = sum(block.activity.minutes for block in blocks if not block.activity.paid)
    tours = worker.relaxed(unpaid) if unpaid else worker.tours()
    return tours.best(worker.worth(value, tours.space, tours.space.allowed, NOWHERE, worker.every_day))[0] - tours.space.base_price


def _fixed_loss(problem: Problem, value: FloatArray, blocks: list[Block]) -> float:
    """The value of the cells that sessions with fixed starts touch."""
    touched = {c for b in blocks for start in b.starts for c in problem.grid.touched(start, start + b.activity.minutes)}
    return float(value[sorted(touched)].sum())


def _least_loss(problem: Problem, worker: Worker, value: FloatArray, block: Block) -> float:
    """The least value of the cells that a session takes, over all its starts inside a shift the worker may have.

    A cell that it takes in part may be shared with another session, so at most 0 counts there.
    """
    cell, starts = problem.grid.minutes, np.array(list(hosted(worker, block, worker.tours().space.allowed)), np.int64)
    ends = starts + block.activity.minutes
    sums = np.concatenate([[0.0], np.cumsum(value)])
    loss = sums[np.maximum(ends // cell, -(-starts // cell))] - sums[-(-starts // cell)]
    shared = np.minimum(value, 0.0)
    loss += np.where(starts % cell > 0, shared[starts // cell], 0.0) + np.where(ends % cell > 0, shared[ends // cell], 0.0)
    return float(loss.min(initial=np.inf))


def _together(problem: Problem) -> list[tuple[Block, list[int]]]:
    """Sessions whose loss is counted jointly, and for whom: nobody twice, and nobody who has unpaid ones."""
    left = {m for block in problem.blocks for m in block.members}
    left -= {m for block in problem.blocks if not block.activity.paid for m in block.members}
    found = []
    for block in problem.blocks:
        members = [] if block.fixed or len(block.members) == 1 else [m for m in block.members if m in left]
        left -= set(members)
        if members:
            found.append((block, members))
    return found


def _joint_loss(problem: Problem, prices: FloatArray, block: Block, members: list[int]) -> float:
    """The least over all starts of what the members lose together; starts at which they lose more already without shifts are left out."""
    workers = [problem.workers[m].loose for m in members]
    values = [_value(problem, worker, prices) for worker in workers]
    free = [_best_worth(worker, value, []) + worker.tours().space.base_price for worker, value in zip(workers, values, strict=True)]
    cells = {start: list(problem.grid.touched(start, start + block.activity.minutes)) for start in block.starts}
    least = {start: sum(float(value[cells[start]].sum()) for value in values) for start in block.starts}
    best = np.inf
    for tried, start in enumerate(sorted(least, key=lambda start: (least[start], start))):
        if least[start] >= best or tried == MOST_STARTS:
            return min(best, least[start])
        loss = 0.0
        for worker, value, worth in zip(workers, values, free, strict=True):
            loss += max(worth - _hosting_worth(problem, worker, value, block, start), float(value[cells[start]].sum()))
        best = min(best, loss)
    return best


def _hosting_worth(problem: Problem, worker: Worker, value: FloatArray, block: Block, start: int) -> float:
    """Value of the worker's best schedule that holds the session at a start, in the shift of its day or of the day before."""
    day = int(np.searchsorted(problem.grid.axis.day_starts, start, side="right")) - 1
    tours, worths = worker.tours(), [-np.inf]
    for host in range(max(day - 1, 0), min(day, worker.catalogue.days - 1) + 1):
        session = (session_at(block, start, host),)
        fits, must = worker.frame(session)
        if fits[host].any():
            worth = worker.worth(value, tours.space, fits, worker.blocked(session), worker.every_day)
            worths.append(tours.best(worth, must)[0])
    return float(max(worths))
