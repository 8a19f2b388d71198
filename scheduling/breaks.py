"""Where the breaks of a shift lie best: a small dynamic programme over their windows, for all days and starts at once."""

from __future__ import annotations

import numpy as np

from scheduling.catalogue import Catalogue, Family
from wfm.model.arrays import FloatArray, IntArray


def option_values(catalogue: Catalogue, value: FloatArray, blocked: IntArray, days: slice) -> FloatArray:
    """Value of each option with its breaks at their best on some days, shape (days, options); −inf where they have no place.

    value (padded cells,): what one agent working in a cell is worth. blocked: cells in which the agent neither works nor rests.
    """
    worked, rested = _work_sums(value, blocked), rest_sums(value, blocked)
    values = np.empty((len(catalogue.start[days]), catalogue.options))
    for family in catalogue.families:
        begin = catalogue.start_cell(family)[days]
        ends = np.array(family.lengths) // catalogue.grid.minutes
        block = worked[begin[..., None] + ends] - worked[begin][..., None]
        if family.offsets:
            loss = _losses(family, begin, rested)[..., family.last - 1]
            block = np.where(loss > _barrier(value) / 2, -np.inf, block - loss)
        values[:, family.first : family.first + family.size] = block.reshape(len(values), -1)
    return values


def break_offsets(family: Family, begin: int, length: int, sums: FloatArray) -> tuple[int, ...]:
    """Best offsets (cells) of the breaks of one shift that starts in cell `begin` and lasts `length` minutes."""
    tables = [sums[begin + o + size] - sums[begin + o] for o, size in zip(family.offsets, family.break_cells, strict=True)]
    for j, follows in enumerate(family.follows):
        tables[j + 1] = tables[j + 1] + np.concatenate([[np.inf], np.minimum.accumulate(tables[j])])[follows]
    chosen: list[int] = []
    limit = int(family.last[family.lengths.index(length)]) if tables else 0
    for j in range(len(tables) - 1, -1, -1):
        best = int(np.argmin(tables[j][:limit]))
        chosen.append(int(family.offsets[j][best]))
        limit = int(family.follows[j - 1][best]) if j else 0
    return tuple(reversed(chosen))


def room(family: Family, length: int, cells: int) -> IntArray:
    """Offsets (cells) at which a shift of `length` minutes can hold an activity of `cells` beside all its breaks."""
    if (length, cells) not in family.rooms:
        offsets = [o for o in range(length // family.cell - cells + 1) if _roomy(family, length, o, cells)]
        family.rooms[length, cells] = np.array(offsets, np.int64)
    return family.rooms[length, cells]


def _roomy(family: Family, length: int, offset: int, cells: int) -> bool:
    if not family.offsets:
        return True
    guarded = np.zeros(max(family.lengths) // family.cell + max(family.break_cells))
    guarded[offset : offset + cells] = 1.0
    loss = _losses(family, np.zeros(1, np.int64), np.concatenate([[0.0], np.cumsum(guarded)]))
    return bool(loss[0, family.last[family.lengths.index(length)] - 1] == 0.0)


def rest_sums(value: FloatArray, blocked: IntArray) -> FloatArray:
    """Running sums of what a break costs: in a blocked cell more than any shift is worth."""
    guarded = value.copy()
    guarded[blocked] = _barrier(value)
    return np.concatenate([[0.0], np.cumsum(guarded)])


def _work_sums(value: FloatArray, blocked: IntArray) -> FloatArray:
    """Running sums of what working is worth."""
    free = value.copy()
    free[blocked] = 0.0
    return np.concatenate([[0.0], np.cumsum(free)])


def _barrier(value: FloatArray) -> float:
    return 4.0 * (1.0 + float(np.abs(value).sum()))


def _losses(family: Family, begin: IntArray, sums: FloatArray) -> FloatArray:
    """Least loss when the last break starts at most at each of its offsets, shape (days, starts, offsets of the last break)."""
    total: FloatArray | None = None
    for j, (offsets, size) in enumerate(zip(family.offsets, family.break_cells, strict=True)):
        at = begin[..., None] + offsets
        loss = sums[at + size] - sums[at]
        if total is not None:
            before = np.concatenate([np.full((*begin.shape, 1), np.inf), total], axis=-1)
            loss = loss + before[..., family.follows[j - 1]]
        total = np.minimum.accumulate(loss, axis=-1)
    assert total is not None
    return total
