"""One search: first rota, root, then dives, trees and neighbourhoods in turns until the bound is met or the budget ends."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from scheduling.days.ambition import Ambition
from scheduling.days.branch import Tree
from scheduling.days.case import Case, make_patch, price_of
from scheduling.days.clock import Clock, Spent
from scheduling.days.columns import Generated, Generator
from scheduling.days.dive import Dive, DiveSettings
from scheduling.days.hoods import Hoods, Shape, Standing
from scheduling.days.kernel import INF
from scheduling.days.pair import Beside, News, Partner
from scheduling.days.polish import polish
from scheduling.days.problem import Rota
from scheduling.days.reach import Reach
from scheduling.days.roll import Roll
from scheduling.days.rounding import round_off
from scheduling.days.start import WHOLE, first_rota
from wfm.model import Progress
from wfm.model.arrays import FloatArray

ROOT_SHARE = 0.35  # of the budget, at most, for the linear programme over everybody
TURN_SHARE = 0.2  # of the budget, at most, for one dive over everybody or one tree
ROLL_FROM = 28  # days; more are settled window by window first
LONG_WEIGHT = 16.0  # of neighbourhoods in a horizon that is rolled, where a dive or a tree over everybody takes long
ROLL_SHARE = 0.6  # of the budget, about, for a rota of a long horizon that looks ahead
POLISH_SHARE = 0.1  # of the budget, at most, to repair the first rota
ROUND_WORK = 2.0  # between two meetings of both searches, at most
WORTH = 20.0  # of covering a cell, before anything is known
LOOSER, TREE_LOOSER = 1.5, 3.0  # factors on the gap that is looked into, after a dive in vain and after a tree
NOISE = 0.1  # on the shares of all dives but the first
NODES = 40  # of one tree that looks for a rota
Seed = int | tuple[int, int]


@dataclass(eq=False)
class Turn:
    """A way of searching: what it does, how much work it has had in vain, and how much more of that than others it is to have."""

    act: Callable[[], object]
    weight: float
    vain: float = 0.0


class Search:
    """One search: what it holds, and what it does in order. proves: it grows one tree to the end, not only trees that look for a rota."""

    def __init__(self, case: Case, seed: Seed, clock: Clock, progress: Progress, proves: bool = True):
        self.case, self.random, self.clock, self.progress, self.proves = case, np.random.default_rng(seed), clock, progress, proves
        clock.watch = self._tell
        self.budget = clock.budget
        self.standing: Standing | None = None
        self.bound = 0.0
        self.dives, self.trees = Ambition(LOOSER), Ambition(TREE_LOOSER)
        self.other: Partner | Beside | None = None
        self.heard: News | None = None
        self.root_worth: FloatArray | None = None

    @property
    def proven(self) -> float:
        """The bound, rounded up where all prices are whole; never above the cost."""
        bound = float(np.ceil(self.bound - 1e-4)) + 0.0 if self.case.whole else self.bound
        return min(bound, self.standing.cost) if self.standing else bound

    @property
    def done(self) -> bool:
        return self.standing is not None and self.standing.cost <= self.proven + 1e-6

    @property
    def cutoff(self) -> float:
        """What a rota must cost less than to be of use."""
        assert self.standing is not None
        return self.standing.cost - self.case.step + min(1e-3, self.case.step / 2)

    def run(self) -> None:
        """Search until the bound is met. Raises Spent and NoRow."""
        case, problem = self.case, self.case.problem
        reach = Reach(case)
        rota = first_rota(case, reach, self.clock, self.random)
        self.standing = Standing(rota, price_of(case, rota), np.minimum(problem.under, WORTH))
        with self.clock.cap(POLISH_SHARE * self.budget):
            polish(case, self.standing, self.clock, self.random)
        if problem.days > ROLL_FROM:
            self._roll(reach)
        root = self._root() if problem.days <= WHOLE else None
        turns = self._turns(root)
        while not self.done:
            turn = min(turns, key=lambda t: t.vain / t.weight)
            before, cost = self.clock.used, self.standing.cost
            with self.clock.cap(TURN_SHARE * self.budget):
                turn.act()
            turn.vain += self.clock.used - before if self.standing.cost >= cost else 0.0
            self._adopt()

    def run_with(self, other: Partner | Beside | None) -> None:
        """Search until the bound is met or the budget is used up, telling the other search. Raises NoRow."""
        self.other = other
        if other is not None:
            self.clock.meet_every(min(ROUND_WORK, self.budget / 20), self._meet)
        try:
            with suppress(Spent):
                self.run()
            self._last_news()
        finally:
            if isinstance(other, Partner):
                other.close()

    def _turns(self, root: tuple[Generator, Generated] | None) -> list[Turn]:
        assert self.standing is not None
        hoods = Hoods(self.case, self.standing, self.clock, self.random, self._shapes())
        rolled = self.case.problem.days > ROLL_FROM
        turns = [Turn(lambda: self._hood(hoods), LONG_WEIGHT if rolled else 2.0)]
        if root is not None:
            if not rolled:
                self._round_and_dive(root)
            tree = Tree(*root, self.random)
            turns.append(Turn(lambda: self._dive(root[0], NOISE), 2.0))
            turns.append(Turn(lambda: self._look(Tree(*root, self.random, noise=1.0), NODES), 1.0))
            turns += [Turn(lambda: self._grow(tree, self.cutoff, 1), 1.0)] if self.proves else []
        return turns

    def _round_and_dive(self, root: tuple[Generator, Generated]) -> None:
        assert self.standing is not None
        with self.clock.cap(POLISH_SHARE * self.budget):
            round_off(self.case, self.standing, root, self.clock, self.random)
        with self.clock.cap(TURN_SHARE * self.budget):
            self._dive(root[0], 0.0)

    def _hood(self, hoods: Hoods) -> None:
        hoods.step()
        if hoods.proved_all:
            self.bound = self.cutoff

    def _dive(self, generator: Generator, noise: float) -> None:
        """A dive from the root for something near the bound."""
        near = self.dives.cutoff(self.bound, self.cutoff, self.case.step)
        root = generator.thin(generator.run(near, smooth=0.0))
        found = root.bound < near and self._take(Dive(generator, near, self.random, DiveSettings(noise)).run(root))
        self.dives.learn(found, near, self.cutoff)

    def _look(self, tree: Tree, nodes: int) -> None:
        """A tree for something near the bound."""
        near = self.trees.cutoff(self.bound, self.cutoff, self.case.step)
        self.trees.learn(self._grow(tree, near, nodes), near, self.cutoff)

    def _grow(self, tree: Tree, cutoff: float, nodes: int) -> bool:
        found = self._take(tree.run(cutoff, nodes))
        self.bound = max(self.bound, min(tree.bound, cutoff))
        return found

    def _take(self, rota: Rota | None) -> bool:
        """Let the rota stand if it costs less."""
        standing = self.standing
        assert standing is not None
        if rota is None or (cost := price_of(self.case, rota)) >= standing.cost:
            return False
        standing.rota, standing.cost = rota, cost
        return True

    def _root(self) -> tuple[Generator, Generated] | None:
        """The linear programme over everybody, None where it takes too long."""
        standing, problem = self.standing, self.case.problem
        assert standing is not None
        with self.clock.cap(ROOT_SHARE * self.budget):
            people = np.arange(len(problem.people))
            patch = make_patch(self.case, standing.rota, people, 0, problem.days)
            generator = Generator(patch, self.clock, standing.worth)
            root = generator.thin(generator.run())
            self.bound, standing.worth = max(root.bound, self.bound), root.worth
            self.root_worth = root.worth
            return generator, root
        return None

    def _roll(self, reach: Reach) -> None:
        """A rota by windows that look ahead."""
        noise, standing = 0.0 if self.proves else NOISE / 2, self.standing
        assert standing is not None
        roll = Roll(self.case, reach, self.clock, self.random, standing.rota, ROLL_SHARE * self.budget, noise)
        rota = roll.run()
        self.bound = max(self.bound, roll.bound)
        standing.worth = self.root_worth = roll.tolls.worth
        if self._take(rota):
            with self.clock.cap(POLISH_SHARE * self.budget):
                polish(self.case, self.standing, self.clock, self.random)

    def _shapes(self) -> list[Shape]:
        return [Shape(4), Shape(2)] if self.case.problem.days > ROLL_FROM else [Shape(0), Shape(2)]

    def _news(self) -> News:
        standing = self.standing
        return News(standing.rota if standing else None, standing.cost if standing else INF, self.bound, self.root_worth)

    def _meet(self) -> None:
        """Exchange news; they are kept until no neighbourhood is under way."""
        if self.other is not None and not self.other.gone:
            self.heard = self.other.meet(self._news(), self.clock.look) or self.heard

    def _adopt(self) -> None:
        heard, standing = self.heard, self.standing
        self.heard = None
        if heard is None or standing is None:
            return
        self.bound = max(self.bound, heard.bound)
        if heard.rota is not None and heard.cost < standing.cost:
            standing.rota, standing.cost = heard.rota, heard.cost
        if heard.worth is not None and self.root_worth is None:
            self.root_worth = standing.worth = heard.worth

    def _last_news(self) -> None:
        """The first search hears the second to its end where only work is limited."""
        if isinstance(self.other, Beside):
            with suppress(Spent):
                self.other.meet(replace(self._news(), last=True), self.clock.look)
        elif self.other is not None:
            self._hear_out(self.other)

    def _hear_out(self, other: Partner) -> None:
        self._adopt()
        with suppress(Spent):
            while not (self.done or other.gone):
                self._meet()
                self._adopt()

    def _tell(self) -> None:
        if self.standing is not None:
            self.progress(f"cost {self.standing.cost:,.0f}, at least {self.proven:,.0f}", self.clock.share)
        else:
            self.progress("first rota", self.clock.share)
