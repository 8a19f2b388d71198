"""The relaxed plan: how many people of each class work each option, breaks and sessions as flows; its duals price presence.

A class is everybody with the same contract, skills and availability. Breaks follow the inventory form: of the breaks fallen due and not
yet taken, none waits longer than its window. The prices guide the search and give the bound (`engines.bound`); the programme need
not be solved exactly for either.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from scheduling.engines.ascent import ascended, entries_of
from scheduling.engines.linear import Linear
from scheduling.grid import Grid
from scheduling.problem import Problem
from scheduling.space import NO_LIMIT
from scheduling.worker import Worker
from wfm.model import Break, Progress
from wfm.model.arrays import FloatArray, IntArray

WORK, FEWEST, MOST = 3e9, 3000, 6000  # entries of the matrix × iterations; iterations at least and at most, at effort 1
Starts = dict[int, list[int]]
"""Columns by the cell in which their shifts start."""


@dataclass(eq=False)
class Relaxed:
    """work (groups, padded cells), served (queues, cells): rows. starts: by skill group and breaks."""

    problem: Problem
    linear: Linear
    work: IntArray
    served: IntArray
    starts: dict[tuple[int, tuple[Break, ...]], Starts] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))


def cover_prices(problem: Problem, progress: Progress) -> FloatArray:
    """What one more agent is worth on each queue in each cell, shape (queues, cells), between −over and the deep price.

    By this programme, or by `engines.ascent` where that is less work and nothing but shifts is to be placed.
    """
    progress("pricing the cover", 0.0)
    relaxed = _relaxed(problem)
    grid, linear = problem.grid, relaxed.linear
    iterations = _iterations(problem, linear)
    if problem.workers and not problem.blocks and entries_of(problem) < linear.size * iterations:
        return ascended(problem, progress)
    return np.clip(linear.prices(iterations)[relaxed.served], -grid.prices.over, grid.prices.deep_under)


def _relaxed(problem: Problem) -> Relaxed:
    grid, linear = problem.grid, Linear()
    work = linear.add_rows(len(problem.groups) * grid.padded, 0.0, 0.0).reshape(len(problem.groups), grid.padded)
    served = linear.add_rows(grid.need.size, 0.0, 0.0).reshape(grid.need.shape)
    relaxed = Relaxed(problem, linear, work, served)
    _cover(relaxed)
    for members in _classes(problem).values():
        _shifts(relaxed, members)
    for (group, breaks), starts in relaxed.starts.items():
        for rest in breaks:
            _break(relaxed, group, rest, starts)
    _sessions(relaxed)
    return relaxed


def _iterations(problem: Problem, linear: Linear) -> int:
    """As many as the amount of work allows for a programme of this size."""
    return int(np.clip(WORK / max(linear.size, 1), FEWEST, MOST) * min(problem.settings.effort, 2.0)) + 800


def _classes(problem: Problem) -> dict[tuple[object, ...], list[Worker]]:
    classes: dict[tuple[object, ...], list[Worker]] = defaultdict(list)
    for worker in problem.workers:
        classes[worker.person.contract.name, worker.group, worker.person.agent.available].append(worker)
    return classes


def _cover(relaxed: Relaxed) -> None:
    """People at work are spread over their queues; presence is priced by its convex hull over whole people."""
    grid, linear = relaxed.problem.grid, relaxed.linear
    for g, group in enumerate(relaxed.problem.groups):
        for queue in sorted(group):
            spread = linear.add_columns(grid.cells)
            linear.put(relaxed.work[g, : grid.cells], spread, -1.0)
            linear.put(relaxed.served[queue], spread)
        linear.put(
            relaxed.work[g], linear.add_columns(grid.padded) if not group else linear.add_columns(grid.padded, 0.0, _beyond(grid)), -1.0
        )
    for queue, need in enumerate(grid.need):
        whole = np.floor(0.9 * need)
        linear.put(relaxed.served[queue], linear.add_columns(grid.cells, -grid.prices.deep_under, whole), -1.0)
        while (open_cells := np.flatnonzero(whole < need)).size:
            change = grid.prices.cover(need[open_cells], whole[open_cells] + 1) - grid.prices.cover(need[open_cells], whole[open_cells])
            linear.put(relaxed.served[queue, open_cells], linear.add_columns(len(open_cells), change, 1.0), -1.0)
            whole[open_cells] += 1
        linear.put(relaxed.served[queue], linear.add_columns(grid.cells, grid.prices.over), -1.0)


def _beyond(grid: Grid) -> FloatArray:
    """People may be at work for nothing only after the end of the plan."""
    most = np.zeros(grid.padded)
    most[grid.cells :] = np.inf
    return most


def _shifts(relaxed: Relaxed, members: list[Worker]) -> None:
    """Shifts of a class: not more on a day than people free, weekly counters within the sum of their limits."""
    catalogue, linear, grid = members[0].catalogue, relaxed.linear, relaxed.problem.grid
    allowed = np.array([worker.tours().space.allowed for worker in members]).reshape(len(members), *catalogue.start.shape)
    day, option = np.nonzero(allowed.any(axis=0))
    column = linear.add_columns(len(day), catalogue.paid[option] * grid.prices.paid_minute)
    linear.put(linear.add_rows(catalogue.days, -np.inf, allowed.any(axis=2).sum(axis=0))[day], column)
    for k, counter in enumerate(members[0].tours().space.counters):
        every = [worker.tours().space.counters[k] for worker in members]
        low, high = sum(c.low for c in every) / 60, sum(np.where(c.high < NO_LIMIT, c.high / 60, np.inf) for c in every)
        weight = np.broadcast_to(counter.weight, catalogue.start.shape)[day, option]
        linear.put(linear.add_rows(len(low), low, high)[counter.period[day]], column, weight / 60)
    begin, end = catalogue.start[day, option] // grid.minutes, catalogue.end[day, option] // grid.minutes
    size = end - begin
    cells = np.repeat(begin - np.cumsum(size) + size, size) + np.arange(int(size.sum()))
    linear.put(relaxed.work[members[0].group, cells], np.repeat(column, size))
    for c, o, cell in zip(column.tolist(), option.tolist(), begin.tolist(), strict=True):
        relaxed.starts[members[0].group, catalogue.family(o).template.breaks][cell].append(c)


def _break(relaxed: Relaxed, group: int, rest: Break, starts: Starts) -> None:
    """Breaks taken in each cell: waiting(t) = waiting(t − 1) + due(t) − taken(t), and none waits beyond its window."""
    linear, grid = relaxed.linear, relaxed.problem.grid
    first, last, size = rest.earliest // grid.minutes, rest.latest // grid.minutes, rest.minutes // grid.minutes
    cells = np.repeat(list(starts), [len(columns) for columns in starts.values()])
    shifts = np.concatenate(list(starts.values()))
    times = np.unique(cells[:, None] + np.arange(first, last + 1))
    place = np.full(grid.padded + 1, -1)
    place[times] = np.arange(len(times))
    taken, waiting = linear.add_columns(len(times)), linear.add_columns(len(times))
    flow, limit = linear.add_rows(len(times), 0.0, 0.0), linear.add_rows(len(times), -np.inf, 0.0)
    linear.put(flow, taken)
    linear.put(flow, waiting)
    linear.put(limit, waiting)
    later = np.flatnonzero(np.diff(times) == 1) + 1
    linear.put(flow[later], waiting[later - 1], -1.0)
    linear.put(flow[place[cells + first]], shifts, -1.0)
    for k in range(first, last):
        linear.put(limit[place[cells + k]], shifts, -1.0)
    for j in range(size):
        linear.put(relaxed.work[group, times + j], taken, -1.0)


def _sessions(relaxed: Relaxed) -> None:
    """Each activity takes its sessions from the work of each skill group, at any of its starts."""
    grid, linear, problem = relaxed.problem.grid, relaxed.linear, relaxed.problem
    counts: dict[tuple[str, tuple[int, ...], int], int] = defaultdict(int)
    minutes = {activity.name: activity.minutes for activity in problem.workforce.activities}
    for block in problem.blocks:
        for member in block.members:
            counts[block.activity.name, block.starts, problem.workers[member].group] += 1
    for (name, starts, group), count in counts.items():
        column = linear.add_columns(len(starts))
        linear.put(linear.add_rows(1, count, count), column)
        begin, end = np.array(starts) // grid.minutes, -(-(np.array(starts) + minutes[name]) // grid.minutes)
        for j in range(int((end - begin).max(initial=0))):
            touched = begin + j < end
            linear.put(relaxed.work[group, begin[touched] + j], column[touched], -1.0)
