"""One person's schedule as a CP-SAT model, built from the pieces of their space like the dynamic programme is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from ortools.sat.python import cp_model

from scheduling.catalogue import Family
from scheduling.engines.pieces import Narrower, Pieces
from scheduling.problem import Block
from scheduling.space import Space
from scheduling.worker import Worker

Starts = dict[int, cp_model.IntVar]
"""Whether a session starts, by start in elapsed minutes; shared by everybody who attends it."""


@dataclass(eq=False)
class PersonModel:
    """chosen: by (day, option). resting: by (day, family, break), by cell. sessions: the person's blocks with their shared starts."""

    model: cp_model.CpModel
    worker: Worker
    space: Space
    sessions: list[tuple[Block, Starts]]
    chosen: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)
    resting: dict[tuple[int, Family, int], Starts] = field(default_factory=dict)
    pieces: list[Pieces] = field(default_factory=list)

    def build(self) -> PersonModel:
        """Add everything: the shifts that the space allows, and all its pieces."""
        self.frame()
        self.require(self.space, self.worker.narrowed)
        return self

    def frame(self) -> None:
        """What holds whatever the rules: one shift a day of those in the space, its breaks, sessions inside shifts."""
        for day, option in np.argwhere(self.space.allowed).tolist():
            self.chosen[day, option] = self.model.new_bool_var("")
        for day in range(self.worker.catalogue.days):
            self.model.add_at_most_one(self.on(day))
        for family in self.worker.catalogue.families:
            self._breaks(family)
        self._hosting()
        self._apart()

    def require(self, space: Space, narrowed: Narrower, held: cp_model.IntVar | None = None) -> None:
        """The pieces of a space; only where `held` is true, if it is given."""
        pieces = Pieces(self, space, narrowed, held)
        pieces.add()
        self.pieces.append(pieces)

    def on(self, day: int) -> list[cp_model.IntVar]:
        return [self.chosen[key] for key in self.options(day)]

    def options(self, day: int) -> list[tuple[int, int]]:
        return [(day, option) for option in np.flatnonzero(self.space.allowed[day]).tolist()] if 0 <= day < len(self.space.allowed) else []

    def soft(self, scale: int) -> cp_model.LinearExprT:
        """What the schedule costs beside its pay, in whole numbers of `scale` per unit of price."""
        return sum(pieces.soft(scale) for pieces in self.pieces)

    def holding(self, day: int, begin: int, end: int) -> list[cp_model.IntVar]:
        catalogue = self.worker.catalogue
        return [self.chosen[key] for key in self.options(day) if catalogue.start[key] <= begin and catalogue.end[key] >= end]

    def _breaks(self, family: Family) -> None:
        """Each break of a shift once, inside its window and shift, in order with its gap."""
        catalogue, cell = self.worker.catalogue, self.worker.catalogue.grid.minutes
        for day in range(catalogue.days):
            mine = [key for key in self.options(day) if family.first <= key[1] < family.first + family.size]
            for j, (offsets, size) in enumerate(zip(family.offsets, family.break_cells, strict=True)):
                able: dict[int, list[cp_model.IntVar]] = defaultdict(list)
                for key in mine:
                    begin, end = int(catalogue.start[key]) // cell, int(catalogue.end[key]) // cell
                    for offset in offsets.tolist():
                        if begin + offset + size <= end:
                            able[begin + offset].append(self.chosen[key])
                places = {t: self.model.new_bool_var("") for t in sorted(able)}
                for t, place in places.items():
                    self.model.add(place <= sum(able[t]))
                self.model.add(sum(places.values()) == sum(self.chosen[key] for key in mine))
                self.resting[day, family, j] = places
                if j:
                    self._after(self.resting[day, family, j - 1], places, family.break_cells[j - 1] - (-family.template.break_gap // cell))

    def _after(self, before: Starts, after: Starts, distance: int) -> None:
        for t in after:
            self.model.add(sum(v for u, v in after.items() if u <= t) <= sum(v for u, v in before.items() if u + distance <= t))

    def _hosting(self) -> None:
        """Every session lies inside one shift and meets no break."""
        days = range(self.worker.catalogue.days)
        for block, starts in self.sessions:
            for start, begins in starts.items():
                end = start + block.activity.minutes
                near = [d for d in days if self.worker.catalogue.grid.axis.day_starts[d] - 1440 * 2 <= start]
                self.model.add(begins <= sum(v for day in near for v in self.holding(day, start, end)))
            away = self.away(block, starts)
            for c, resting in self.breaks_by_cell().items():
                if c in away:
                    self.model.add(sum(resting) + sum(away[c]) <= 1)

    def away(self, block: Block, starts: Starts) -> dict[int, list[cp_model.IntVar]]:
        """By cell, the starts of a block that touch it."""
        touching: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for start, begins in starts.items():
            for c in self.worker.catalogue.grid.touched(start, start + block.activity.minutes):
                touching[c].append(begins)
        return touching

    def breaks_by_cell(self) -> dict[int, list[cp_model.IntVar]]:
        """By cell, the breaks that would lie on it."""
        lying: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for (_, family, j), places in self.resting.items():
            for t, place in places.items():
                for c in range(t, t + family.break_cells[j]):
                    lying[c].append(place)
        return lying

    def _apart(self) -> None:
        """Sessions of one person do not overlap; of those that start on cells one at most lies on a cell, which proves much sooner."""
        lying = self.breaks_by_cell()
        for block, starts in self.sessions:
            for c, begins in self.away(block, starts).items() if not block.fixed else ():
                lying[c] += begins
        for literals in lying.values():
            self.model.add_at_most_one(literals)
        for (one, first), (other, second) in combinations(self.sessions, 2):
            for a, begins in first.items():
                clash = [v for b, v in second.items() if a < b + other.activity.minutes and b < a + one.activity.minutes]
                if clash:
                    self.model.add(begins + sum(clash) <= 1)

    def working(self) -> dict[int, cp_model.LinearExprT]:
        """By cell inside the plan, 1 where the person works."""
        catalogue = self.worker.catalogue
        at: dict[int, list[cp_model.LinearExprT]] = defaultdict(list)
        for key, chosen in self.chosen.items():
            for c in catalogue.grid.touched(int(catalogue.start[key]), int(catalogue.end[key])):
                at[c].append(chosen)
        for c, resting in self.breaks_by_cell().items():
            at[c] += [-place for place in resting]
        touching: dict[int, list[list[cp_model.IntVar]]] = defaultdict(list)
        for block, starts in self.sessions:
            for c, begins in self.away(block, starts).items():
                touching[c].append(begins)
        for c, blocks in touching.items():
            at[c].append(-self._any(blocks))
        return {c: sum(terms) for c, terms in at.items() if c < catalogue.grid.cells}

    def _any(self, blocks: list[list[cp_model.IntVar]]) -> cp_model.LinearExprT:
        """Whether any block touches a cell; two can share one where they start off the grid."""
        if len(blocks) == 1:
            return sum(blocks[0])
        busy = self.model.new_bool_var("")
        self.model.add_max_equality(busy, [sum(begins) for begins in blocks])
        return busy
