"""Ruin and recreate: take some people out, put them back one after the other at their exact best against the cover the others make.

Half of the moves are about two people and a week or more, half about up to three on a day or two, some about a session with its group.

Annealed: a worse roster is taken with a chance that falls with its price and with the time. The moves are compiled (`engines.kernel`). Two
chains run beside each other by different recipes; near the end the worse one goes on from where the better one stands. The amount of work
is counted in moves, never in seconds, and all chance comes from the seed: the same seed gives the same roster, with one processor or two.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

import numpy as np

from scheduling.engines import kernel
from scheduling.engines.memory import Memory
from scheduling.engines.packed import pack
from scheduling.engines.standing import Standing, plans_of, standing_in
from scheduling.problem import Problem
from scheduling.sessions import Timetable
from scheduling.worker import Plan
from wfm.errors import Enough
from wfm.model import IMPROVING, Progress
from wfm.model.arrays import FloatArray

MEETINGS = (0.85, 0.9, 0.95)  # shares of the work after which the worse chain goes on from where the better one stands
SPELL = 1500  # moves between two messages
FIRST_THETA = 0.5  # how far the first roster is drawn to the guide
MOVES_PER_WEEK = 1300  # for each person and week
MOVES_PER_PERSON, MOVES, BY_WEEKS = 12_000, 600_000, 0.3  # but in small centres so many for each person, up to so many ÷ weeks to a power
TOGETHER_LESS = 0.65  # of the moves where some are about a whole group, which take longer
LESS_FROM = 400  # people-weeks from which they grow more slowly
SLOWER = 0.6  # how they grow from there


@dataclass(frozen=True)
class Recipe:
    """hot, cold: temperatures at first and last, in prices of an agent missing for one cell. theta: how far values are drawn to the guide.

    easing: share of re-insertions that also move the person's own sessions. sharing: share of moves that move a group session.
    """

    hot: float = 0.3
    cold: float = 0.01
    theta: float = 0.8
    easing: float = 0.15
    sharing: float = 0.15

    def packed(self, steps: int, unit: float) -> FloatArray:
        return np.array([steps, unit * self.hot, unit * self.cold, self.theta, self.easing, self.sharing])


RECIPES = (Recipe(), Recipe(hot=0.12))
SMALL = (Recipe(), Recipe(hot=1.0))
TOGETHER = (Recipe(hot=3.0), Recipe(hot=10.0))
"""One for each chain: which of them is better depends on the prices, and cannot be known before."""
SMALL_PEOPLE = 100


def together(problem: Problem) -> bool:
    """Whether a session may move with its whole group."""
    return any(len(block.members) > 1 and not block.fixed for block in problem.blocks)


def recipes_for(problem: Problem) -> tuple[Recipe, Recipe]:
    """Hotter where people are few, and hotter still where a session moves with its whole group."""
    if together(problem):
        return TOGETHER
    return SMALL if len(problem.workers) <= SMALL_PEOPLE else RECIPES


@dataclass(eq=False)
class Search:
    """A search under way. guide (queues, cells): what an agent is worth on each queue by the bound; bound: where nothing is left to find.

    kept: the best roster met. ended: whether the progress had enough.
    """

    problem: Problem
    timetable: Timetable
    guide: FloatArray
    bound: float
    chains: list[Memory] = field(default_factory=list)
    kept: Standing | None = None
    ended: bool = False

    def construct(self, progress: Progress) -> None:
        """A first roster: everybody once, in random order. There must be people, and a schedule for everyone."""
        progress("first roster", 0.0)
        memory = pack(self.problem, self.timetable, self.guide, self.problem.settings.seed)
        kernel.fresh(memory.whole, memory.floats)
        order = list(range(len(self.problem.workers)))
        Random(self.problem.settings.seed).shuffle(order)
        for first in range(0, len(order), SPELL):
            part = np.array(order[first : first + SPELL])
            failed = int(kernel.construct(memory.whole, memory.floats, part, FIRST_THETA))
            assert failed < 0, self.problem.workers[failed].name
            progress(f"first roster: {first + len(part)} of {len(order)} agents", (first + len(part)) / len(order))
        self.chains = [memory, *(memory.copy() for _ in RECIPES[1:])]
        for number, chain in enumerate(self.chains):
            chain.random[0] ^= number << 32
        self._keep()

    def improve(self, progress: Progress) -> None:
        """Anneal for the amount of work the settings ask for, or until the bound is met. A progress that raises `Enough` ends it."""
        threads = min(self.problem.settings.workers, len(RECIPES))
        try:
            with ThreadPoolExecutor(threads) if threads > 1 else nullcontext() as pool:
                self._run(pool, progress)
        except Enough:
            self.ended = True

    def _run(self, pool: ThreadPoolExecutor | None, progress: Progress) -> None:
        steps, unit = self._steps(), max(self.problem.grid.prices.under, 1e-9)
        recipes = [recipe.packed(max(steps, 1), unit) for recipe in recipes_for(self.problem)]
        meetings = {round(steps * share) for share in MEETINGS}
        for begun, ends in pairwise(sorted({*range(0, steps, SPELL), *meetings, steps})):
            if self.cost <= self.bound * (1 + 1e-6) + 1e-6:
                return
            turns = [(c.whole, c.floats, recipe, begun, ends - begun) for c, recipe in zip(self.chains, recipes, strict=True)]
            list(pool.map(_turn, turns)) if pool else [_turn(turn) for turn in turns]
            self._keep()
            if ends in meetings:
                self._meet()
            progress(f"{IMPROVING}: {self.cost:,.0f}, at least {self.bound:,.0f}, after {ends:,} of {steps:,} moves", ends / steps)

    def _meet(self) -> None:
        """The worse chains go on from where the best one stands, with chance of their own."""
        best = self.best
        for chain in self.chains:
            if chain is not best:
                kept = int(chain.random[0])
                chain.whole[:], chain.floats[:] = best.whole, best.floats
                chain.random[0] = kept

    @property
    def best(self) -> Memory:
        return min(self.chains, key=lambda chain: float(chain.total.sum()))

    def _keep(self) -> None:
        if self.kept is None or float(self.best.total.sum()) < self.kept.cost - 1e-9:
            self.kept = standing_in(self.best)

    @property
    def cost(self) -> float:
        """Price of the best roster met."""
        assert self.kept is not None
        return self.kept.cost

    def plans(self) -> list[Plan]:
        """Everybody's plan in it."""
        assert self.kept is not None
        return plans_of(self.problem, self.kept)

    def _steps(self) -> int:
        """Moves of each chain."""
        people, weeks = len(self.problem.workers), self.problem.grid.weeks
        least = min(MOVES_PER_PERSON * people, MOVES / weeks**BY_WEEKS)
        size = people * weeks
        moves = MOVES_PER_WEEK * min(size, LESS_FROM * (size / LESS_FROM) ** SLOWER)
        slower = TOGETHER_LESS if together(self.problem) else 1.0
        return int(max(moves, least) * slower * self.problem.settings.effort)


def _turn(turn: tuple[np.ndarray, FloatArray, FloatArray, int, int]) -> None:
    kernel.anneal(*turn)
