"""The catalogue: every shift a contract allows on every day of the plan, before anybody's own rules."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from scheduling.grid import Grid
from wfm.model import ShiftTemplate
from wfm.model.arrays import BoolArray, IntArray


@dataclass(frozen=True, eq=False)
class Family:
    """The options made from one template: all its starts × all its lengths, in this order.

    first: index of the first option. offsets: per break, the cells after the shift's start at which it may start.
    follows: per break after the first, for each of its offsets the number of offsets of the break before that are early enough.
    last: per length, the number of offsets of the last break that still end inside the shift. cell: minutes of one. rooms: a cache of
    `scheduling.breaks.room`.
    """

    template: ShiftTemplate
    first: int
    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    offsets: tuple[IntArray, ...]
    break_cells: tuple[int, ...]
    follows: tuple[IntArray, ...]
    last: IntArray
    cell: int
    rooms: dict[tuple[int, int], IntArray] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.starts) * len(self.lengths)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Options of one contract. Arrays of shape (options,): wall_start, length, paid (minutes); of (days, options): start, end, offered.

    An option is a template with a start and a length; `offered` says on which days it may start by its template's weekdays.
    """

    grid: Grid
    families: tuple[Family, ...]
    wall_start: IntArray
    length: IntArray
    paid: IntArray
    start: IntArray
    end: IntArray
    offered: BoolArray

    @property
    def options(self) -> int:
        return len(self.length)

    @property
    def days(self) -> int:
        return self.grid.axis.days

    def family(self, option: int) -> Family:
        return next(f for f in reversed(self.families) if f.first <= option)

    def start_cell(self, family: Family) -> IntArray:
        """First cell of each day and start of a family, shape (days, starts)."""
        columns = family.first + np.arange(len(family.starts)) * len(family.lengths)
        return self.start[:, columns] // self.grid.minutes


def make_catalogue(grid: Grid, templates: tuple[ShiftTemplate, ...]) -> Catalogue:
    """All options of the templates on all days of the grid."""
    families: list[Family] = []
    for template in templates:
        families.append(_family(grid, template, sum(f.size for f in families)))
    rows = [(s, n, f.template.paid_minutes(n), f.template) for f in families for s in f.starts for n in f.lengths]
    axis = grid.axis
    wall = np.array([row[0] for row in rows], np.int64)
    length = np.array([row[1] for row in rows], np.int64)
    minute = {(d, s): axis.minute(d, s) for d in range(axis.days) for s in set(wall.tolist())}
    start = np.array([[minute[d, s] for s in wall.tolist()] for d in range(axis.days)], np.int64).reshape(axis.days, len(rows))
    offered = np.array([[row[3].weekdays[w] for row in rows] for w in axis.weekday], bool).reshape(axis.days, len(rows))
    paid = np.array([row[2] for row in rows], np.int64)
    return Catalogue(grid, tuple(families), wall, length, paid, start, start + length, offered & _fits(families))


def _family(grid: Grid, template: ShiftTemplate, first: int) -> Family:
    cell, longest = grid.minutes, max(template.lengths)
    offsets = tuple(np.arange(b.earliest, min(b.latest, longest - b.minutes) + 1, cell) // cell for b in template.breaks)
    sizes = tuple(b.minutes // cell for b in template.breaks)
    gap = -(-template.break_gap // cell)
    pairs = zip(offsets, offsets[1:], sizes, strict=False)
    follows = tuple(np.searchsorted(before, after - size - gap, side="right") for before, after, size in pairs)
    lengths = tuple(dict.fromkeys(template.lengths))
    last = np.array([np.searchsorted(offsets[-1], n // cell - sizes[-1], side="right") if offsets else 1 for n in lengths], np.int64)
    return Family(template, first, tuple(template.starts()), lengths, offsets, sizes, follows, last, cell)


def _fits(families: list[Family]) -> BoolArray:
    """Options whose breaks can be placed at all, shape (options,)."""
    parts = []
    for family in families:
        reach = np.ones(len(family.offsets[0]) if family.offsets else 1, bool)
        for follows in family.follows:
            reach = np.concatenate([[False], np.logical_or.accumulate(reach)])[follows]
        by_length = np.concatenate([[False], np.logical_or.accumulate(reach)])[family.last]
        parts.append(np.tile(by_length, len(family.starts)))
    return np.concatenate(parts) if parts else np.zeros(0, bool)
