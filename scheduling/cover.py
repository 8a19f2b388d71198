"""Cover: who of the people at work counts for which queue in each cell, exactly, and what one more or one fewer would change.

In every cell people are spread over the queues they have the skill for at the least price. The price is convex in the number on a queue, so
this is a small flow: adding one person means adding one where the price falls most among the queues that can be *reached* by handing
people on from queue to queue, and so for removing. All cells are treated at once.
"""

from __future__ import annotations

import numpy as np

from scheduling.grid import Grid
from wfm.model.arrays import BoolArray, FloatArray, IntArray


class Cover:
    """spread (groups, queues, cells): people of each skill group counted for each queue; the groups are sets of queue indexes.

    cost: price of the cover. A group without any skill counts nowhere.
    """

    def __init__(self, grid: Grid, groups: tuple[frozenset[int], ...]) -> None:
        self.grid = grid
        self.mask = np.array([sum(1 << q for q in group) for group in groups], np.int64)
        self.skilled = np.array([[q in group for q in range(len(grid.queues))] for group in groups], bool).reshape(
            len(groups), len(grid.queues)
        )
        self.spread = np.zeros((len(groups), *grid.need.shape), np.int32)
        self.present = np.zeros(grid.need.shape, np.int32)
        self.pooled = any(len(group) > 1 for group in groups)
        self.next = np.zeros(grid.need.shape, np.int64)  # queues to which somebody on a queue could move, as bits
        self.more, self.less = self._steps(self.present, self.grid.need)
        self.cost = float(grid.prices.cover(grid.need, self.present).sum())

    def saved(self) -> tuple[IntArray, IntArray, IntArray, FloatArray, FloatArray, float]:
        """What `restore` needs to come back here."""
        return self.spread.copy(), self.present.copy(), self.next.copy(), self.more.copy(), self.less.copy(), self.cost

    def restore(self, saved: tuple[IntArray, IntArray, IntArray, FloatArray, FloatArray, float]) -> None:
        self.spread, self.present, self.next, self.more, self.less, self.cost = saved

    def values(self, group: int, first: int = 0, last: int | None = None) -> FloatArray:
        """What one more person of a group would save in each cell, shape (cells,); negative where they would be too many.

        Worked out for cells from `first` to before `last` only, 0 elsewhere.
        """
        part = slice(first, self.grid.cells if last is None else min(last, self.grid.cells))
        value = np.zeros(self.grid.cells)
        if not self.mask[group]:
            return value
        step = self.next[:, part]
        reach = np.full(step.shape[1], self.mask[group])
        if self.pooled:
            for _ in range(len(self.grid.queues) - 1):
                for queue in range(len(self.grid.queues)):
                    reach |= np.where(reach >> queue & 1, step[queue], 0)
        value[part] = -self._among(reach, self.more[:, part]).min(axis=0)
        return value

    def add(self, group: int, cells: IntArray) -> None:
        """One more person of a group works in these cells (each once)."""
        if not self.mask[group] or not len(cells):
            return
        start = np.full(len(cells), self.mask[group])
        reach, parent = self._search(start, cells, forward=True)
        target = self._among(reach, self.more[:, cells]).argmin(axis=0)
        head = self._walk(target, start, parent, cells, forward=True)
        self.spread[group, head, cells] += 1
        self._settle(target, cells, 1)

    def remove(self, group: int, cells: IntArray) -> None:
        """One person of a group works no more in these cells (each once)."""
        if not self.mask[group] or not len(cells):
            return
        bits = 1 << np.arange(len(self.grid.queues))
        start = ((self.spread[group][:, cells] > 0) * bits[:, None]).sum(axis=0)
        reach, parent = self._search(start, cells, forward=False)
        target = self._among(reach, self.less[:, cells]).argmin(axis=0)
        head = self._walk(target, start, parent, cells, forward=False)
        self.spread[group, head, cells] -= 1
        self._settle(target, cells, -1)

    def _among(self, reach: IntArray, change: FloatArray) -> FloatArray:
        """Changes of price, infinite on queues not reached."""
        bits = np.arange(len(self.grid.queues))[:, None]
        return np.where(reach >> bits & 1, change, np.inf)

    def _search(self, start: IntArray, cells: IntArray, *, forward: bool) -> tuple[IntArray, IntArray]:
        """Queues reached from those of `start` by moving people on (or, backward, from which people move there), and by which queue."""
        reach, queues = start.copy(), len(self.grid.queues)
        parent = np.full((queues, len(cells)), -1, np.int64)
        if not self.pooled:
            return reach, parent
        step, bits = self.next[:, cells], np.arange(queues)[:, None]
        for _ in range(queues - 1):
            known = reach.copy()
            for via in range(queues):
                edges = step[via] >> bits if forward else step >> via
                found = (edges & (known >> via) & ~(reach >> bits) & 1).astype(bool)
                parent[found] = via
                reach |= (found << bits).sum(axis=0)
            if np.array_equal(known, reach):
                break
        return reach, parent

    def _walk(self, target: IntArray, start: IntArray, parent: IntArray, cells: IntArray, *, forward: bool) -> IntArray:
        """Hand people on along the paths; the queue at which each path meets the person who comes or goes."""
        here = target.copy()
        while True:
            on_way = np.flatnonzero(~(start >> here & 1).astype(bool))
            if not len(on_way):
                return here
            towards = parent[here[on_way], on_way]
            leave, enter = (towards, here[on_way]) if forward else (here[on_way], towards)
            cell = cells[on_way]
            can: BoolArray = (self.spread[:, leave, cell] > 0) & self.skilled[:, enter]
            mover = can.argmax(axis=0)
            self.spread[mover, leave, cell] -= 1
            self.spread[mover, enter, cell] += 1
            here[on_way] = towards

    def _settle(self, target: IntArray, cells: IntArray, change: int) -> None:
        """Bring counts, prices and possible moves up to date after one came or went at `target`."""
        steps = self.more if change > 0 else self.less
        self.cost += float(steps[target, cells].sum())
        self.present[target, cells] += change
        need, present = self.grid.need[target, cells], self.present[target, cells]
        self.more[target, cells], self.less[target, cells] = self._steps(present, need)
        if self.pooled:
            there = self.spread[:, :, cells] > 0
            self.next[:, cells] = np.bitwise_or.reduce(np.where(there, self.mask[:, None, None], 0), axis=0)

    def _steps(self, present: IntArray, need: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Change of price by one more and by one fewer; nobody can leave where nobody is."""
        price = self.grid.prices.cover
        now = price(need, present)
        return price(need, present + 1) - now, np.where(present > 0, price(need, np.maximum(present - 1, 0)) - now, np.inf)
