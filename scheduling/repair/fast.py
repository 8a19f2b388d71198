"""What stands fast in a repair, as the starts that sessions have left: what is over and what lies in a locked day stays where it is."""

from __future__ import annotations

from dataclasses import replace

from scheduling.coupled import placed_in
from scheduling.problem import Block, Problem
from scheduling.repair.state import Mending
from scheduling.tours import OFF


def standing(mending: Mending) -> Problem:
    """The problem in which no session moves out of, into or inside what stands fast; those with a given start keep it."""
    problem = mending.problem
    placed = placed_in(problem, {w: kept.sessions for w, kept in enumerate(mending.kept)}, problem.blocks)
    return replace(problem, blocks=tuple(_left(mending, block, placed.get(block)) for block in problem.blocks))


def _left(mending: Mending, block: Block, at: int | None) -> Block:
    if at is not None and not _free(mending, block, at):
        return replace(block, starts=(at,))
    return block if block.fixed else replace(block, starts=tuple(s for s in block.starts if _free(mending, block, s)))


def _free(mending: Mending, block: Block, start: int) -> bool:
    """Whether a session may be put there, or taken from there."""
    return start >= mending.begun and not any(_in_locked_shift(mending, m, start) for m in block.members)


def _in_locked_shift(mending: Mending, m: int, start: int) -> bool:
    catalogue, options = mending.problem.workers[m].catalogue, mending.kept[m].options
    days = (day for day in mending.fixed[m] if options[day] != OFF)
    return any(catalogue.start[day, options[day]] <= start < catalogue.end[day, options[day]] for day in days)
