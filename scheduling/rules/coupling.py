"""What couples sessions of different people, or different sessions of one: beside whom each of them may start.

A coupling says this four times: as a plain check of a roster, as starts left beside sessions already placed, as stretches of time inside
which each session may move whatever the others do inside theirs (so that the search can move them freely), and to CP-SAT.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from scheduling.rules.base import Rule
from wfm.model import Workforce

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from scheduling.problem import Block

Stretch = tuple[int, int]
"""Earliest start and latest end, in elapsed minutes."""


class Coupling(Rule):
    """The defaults are those of a coupling that couples nothing."""

    def ties(self, workforce: Workforce, blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
        """Blocks that may stand in each other's way."""
        yield from ()

    def allows(self, workforce: Workforce, block: Block, start: int, placed: Mapping[Block, int]) -> bool:
        """Whether a block may start then beside others, given with their starts."""
        return True

    def stretches(self, workforce: Workforce, placed: Mapping[Block, int]) -> Iterator[tuple[Block, Stretch]]:
        """Stretches around sessions that keep the coupling, such that it is kept wherever in theirs all of them lie."""
        yield from ()

    def require(
        self,
        model: cp_model.CpModel,
        workforce: Workforce,
        begins: Mapping[Block, Mapping[int, cp_model.IntVar]],
        held: cp_model.IntVar | None = None,
    ) -> None:
        """The coupling in a model; only where `held` is true, if it is given. begins: whether a block starts, by start."""


def hold(constraint: cp_model.Constraint, held: cp_model.IntVar | None) -> None:
    """Make a constraint hold only under a condition, where there is one."""
    if held is not None:
        constraint.only_enforce_if(held)
