"""Branch and bound over the linear programme: first on how many work a shift, then on who; it finds rotas and it proves."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np

from scheduling.days.case import Patch
from scheduling.days.columns import Generated, Generator
from scheduling.days.dive import Dive, DiveSettings
from scheduling.days.kernel import INF
from scheduling.days.problem import Rota
from wfm.model.arrays import FloatArray

WHOLE = 1e-5
DIVE_EVERY = 8  # nodes between two dives


@dataclass(frozen=True)
class Cover:
    """At least or at most so many work the shift."""

    day: int
    shift: int
    least: float
    most: float

    def apply(self, patch: Patch) -> None:
        patch.least[self.day, self.shift] = max(patch.least[self.day, self.shift], self.least)
        patch.most[self.day, self.shift] = min(patch.most[self.day, self.shift], self.most)


@dataclass(frozen=True)
class Cell:
    """A person works this choice that day (the last one is a day off), or must not."""

    person: int
    day: int
    choice: int
    works: bool

    def apply(self, patch: Patch) -> None:
        last = patch.price.shape[2]
        choices = np.arange(last)
        closed = choices != self.choice if self.works else choices == self.choice
        patch.price[self.person, self.day, closed] = INF
        if self.works == (self.choice < last):
            patch.rest[self.person, self.day] = INF


Branch = Cover | Cell


@dataclass(frozen=True, order=True)
class Node:
    """bound: proven least cost inside. order: unlike for all nodes, less for younger ones. branches: what is said there."""

    bound: float
    order: int
    branches: tuple[Branch, ...] = field(compare=False)


class Tree:
    """The open nodes of one search, which may be left and taken up again.

    noise: part of the doubt about a shift that is drawn, so that a second tree branches elsewhere. flips: of its dives.
    """

    def __init__(self, generator: Generator, root: Generated, random: np.random.Generator, noise: float = 0.0, flips: int = 4):
        self.generator, self.patch, self.random = generator, generator.patch, random
        self.noise, self.dives = noise, DiveSettings(noise / 5, flips=flips)
        self.base = self.patch.price.copy(), self.patch.rest.copy()
        self.open: list[Node] = [Node(root.bound, 0, ())]
        self.next: Node | None = None
        self.count, self.lost = 0, INF

    @property
    def bound(self) -> float:
        """Proven least cost of what is still open or was given up; inf when nothing is."""
        left = [node.bound for node in (*self.open[:1], self.next) if node]
        return min([self.lost, *left])

    def run(self, cutoff: float, nodes: int) -> Rota | None:
        """At most so many nodes, until rows below the cutoff are found. Raises Spent."""
        rows = None
        while rows is None and nodes > 0 and (self.next or self.open) and self.bound < cutoff:
            rows, nodes = self.step(cutoff), nodes - 1
        return rows

    def step(self, cutoff: float) -> Rota | None:
        """One node: rows below the cutoff, if it has led to some. Raises Spent, after which the node is still open."""
        node = self.next = self.next or heapq.heappop(self.open)
        if node.bound >= cutoff:
            self.next = None
            return None
        try:
            self._set(node.branches)
            return self._visit(node, cutoff)
        finally:
            self._set(())

    def _set(self, branches: tuple[Branch, ...]) -> None:
        patch = self.patch
        patch.price, patch.rest = (part.copy() for part in self.base)
        patch.least[:], patch.most[:] = -INF, INF
        for branch in branches:
            branch.apply(patch)
        self.generator.restrict()

    def _visit(self, node: Node, cutoff: float) -> Rota | None:
        state = self.generator.thin(self.generator.run(cutoff, smooth=0.0))
        self.count += 1
        if state.bound >= cutoff:
            self.next = None
            return None
        split, rows = self._split(self.generator.shares(state.relaxed)), None
        if split is None or isinstance(split[0], Cell) or self.count % DIVE_EVERY == 0:
            rows = Dive(self.generator, cutoff, self.random, self.dives).run(state)
        bound, self.next = max(state.bound, node.bound), None
        if split is not None:
            self.next, far = (Node(bound, -2 * self.count - i, (*node.branches, branch)) for i, branch in enumerate(split))
            heapq.heappush(self.open, far)
        elif rows is None:
            self.lost = min(self.lost, bound)
        return rows

    def _split(self, shares: FloatArray) -> tuple[Branch, Branch] | None:
        """Two branches, the likelier first; None where nothing is shared."""
        return self._split_cover(shares) or self._split_cell(shares)

    def _split_cover(self, shares: FloatArray) -> tuple[Branch, Branch] | None:
        there = shares[:, :, :-1].sum(axis=0)
        part = there - np.floor(there)
        doubt = np.minimum(part, 1 - part)
        dear = np.where(there < self.patch.need, self.patch.under, self.patch.over)
        doubt = np.where(doubt > WHOLE, doubt * dear * (1 + self.noise * self.random.random(dear.shape)), 0.0)
        if doubt.max() <= 0:
            return None
        day, shift = (int(i) for i in np.unravel_index(doubt.argmax(), doubt.shape))
        below = float(np.floor(there[day, shift]))
        fewer, more = Cover(day, shift, -INF, below), Cover(day, shift, below + 1, INF)
        return (more, fewer) if part[day, shift] >= 0.5 else (fewer, more)

    def _split_cell(self, shares: FloatArray) -> tuple[Branch, Branch] | None:
        doubt = np.minimum(shares, 1 - shares)
        if doubt.max() <= WHOLE:
            return None
        person, day, choice = (int(i) for i in np.unravel_index(doubt.argmax(), doubt.shape))
        return Cell(person, day, choice, True), Cell(person, day, choice, False)
