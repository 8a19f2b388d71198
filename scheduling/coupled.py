"""The couplings between sessions, all together: which starts are left beside sessions already placed, and stretches of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scheduling.problem import Block, Problem
from scheduling.rules import COUPLINGS
from scheduling.worker import Session

Sessions = Mapping[int, tuple[Session, ...]]


def tied(problem: Problem) -> list[tuple[Block, ...]]:
    """Blocks that may stand in each other's way."""
    return [blocks for coupling in COUPLINGS for blocks in coupling.ties(problem.workforce, problem.blocks)]


def placed_in(problem: Problem, timetable: Sessions, blocks: Iterable[Block]) -> dict[Block, int]:
    """Starts of those of the blocks that are in the timetable."""
    held = {(s.activity, s.number, m): s.start for m, sessions in timetable.items() for s in sessions}
    placed = {}
    for block in blocks:
        starts = [held.get((block.activity.name, block.number, m)) for m in block.members]
        if (start := next((s for s in starts if s is not None), None)) is not None:
            placed[block] = start
    return placed


def free(problem: Problem, block: Block, timetable: Sessions, starts: Iterable[int]) -> set[int]:
    """Those of the starts at which no coupling stands against a block beside what is in the timetable already."""
    near = {b for blocks in tied(problem) if any(same(block, b) for b in blocks) for b in blocks if not same(block, b)}
    placed = placed_in(problem, timetable, (b for b in problem.blocks if b in near))
    return {s for s in starts if all(c.allows(problem.workforce, block, s, placed) for c in COUPLINGS)} if placed else set(starts)


def same(one: Block, other: Block) -> bool:
    """Whether both are one session, be it without some of its members."""
    return (one.activity.name, one.number) == (other.activity.name, other.number) and not set(one.members).isdisjoint(other.members)


def with_stretches(problem: Problem, timetable: Sessions) -> Problem:
    """The problem in which tied blocks may start only where no coupling can be broken, whatever the others do in stretches of their own."""
    bound = {block for blocks in tied(problem) for block in blocks}
    if not bound:
        return problem
    placed = placed_in(problem, timetable, (block for block in problem.blocks if block in bound))
    left = {block: set(block.starts) for block in placed}
    for coupling in COUPLINGS:
        for block, (low, high) in coupling.stretches(problem.workforce, placed):
            left[block] &= {s for s in block.starts if low <= s and s + block.activity.minutes <= high}
    blocks = tuple(b if b not in left or b.fixed else replace(b, starts=tuple(sorted(left[b]))) for b in problem.blocks)
    return replace(problem, blocks=blocks)
