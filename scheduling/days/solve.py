"""solve(): a problem of whole days in, a rota with its bound out. First rota, root, dives, then neighbourhoods until the budget ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

import numpy as np

from scheduling.days.case import Case, make_case, make_patch, price_of
from scheduling.days.clock import Clock, Spent
from scheduling.days.columns import Generated, Generator
from scheduling.days.dive import Dive, DiveSettings
from scheduling.days.hoods import Hoods, Shape, Standing
from scheduling.days.kernel import INF
from scheduling.days.pair import Beside, News, Partner
from scheduling.days.problem import DaysProblem, Rota
from scheduling.days.reach import Reach
from scheduling.days.single import NoRow
from scheduling.days.start import WHOLE, first_rota
from scheduling.days.warm import warm_up
from wfm.model import Progress, Reason, silent
from wfm.model.arrays import FloatArray

ROOT_SHARE = 0.35  # of the budget, at most, for the linear programme over everybody
DIVE_SHARE = 0.15  # of the budget, at most, for one dive over everybody
EVERY = 25  # neighbourhoods between two dives over everybody
ROUND_WORK = 2.0  # between two meetings of both searches, at most
EARLIER_S = 1.0  # the second search ends so much earlier, to be heard
Seed = int | tuple[int, int]
WORTH = 20.0  # of covering a cell, before anything is known


@dataclass(frozen=True, eq=False)
class Solution:
    """reason: how the search ended. rota, cost: None and inf where nothing was found. bound: proven least cost. person: who has no days."""

    reason: Reason
    rota: Rota | None
    cost: float
    bound: float
    seconds: float
    person: str = ""


def solve(
    problem: DaysProblem,
    seed: int = 1,
    seconds: float | None = 120.0,
    work: float | None = None,
    progress: Progress = silent,
    stop: Callable[[], bool] = lambda: False,
    workers: int = 1,
) -> Solution:
    """A rota that keeps every rule, as cheap as found within the budget, and a proven bound.

    seconds: wall seconds; work: counted work, about CPU seconds, which makes the answer the same on any machine when `seconds` is None. It
    ends early when the bound is met, or when `stop` says so; the best rota so far is returned. Whatever `progress` raises passes through.
    workers: 2 sends a second search out beside the first, in a process of its own with as much work; both share their best.
    """
    warm_up()
    begun = time.monotonic()
    search = _Search(make_case(problem), seed, seconds, work, progress, stop)
    try:
        search.run_with(Partner(_beside, problem, seed, _ends_at(seconds), work) if workers > 1 else None)
    except NoRow as nobody:
        reason = Reason.INFEASIBLE if nobody.proven else Reason.NOTHING_FOUND
        return Solution(reason, None, INF, 0.0, time.monotonic() - begun, problem.people[nobody.person].name)
    standing, bound = search.standing, search.proven
    spent = time.monotonic() - begun
    if standing is None:
        return Solution(Reason.NOTHING_FOUND, None, INF, bound, spent)
    reason = Reason.OPTIMAL if standing.cost <= bound + 1e-6 else Reason.FEASIBLE
    return Solution(reason, standing.rota, standing.cost, bound, spent)


def _ends_at(seconds: float | None) -> float | None:
    return None if seconds is None else time.time() + seconds - EARLIER_S


def _beside(pipe: Connection, problem: DaysProblem, seed: int, ends_at: float | None, work: float | None) -> None:
    """The second search: neighbourhoods only, in the prices that the first one finds."""
    seconds = None if ends_at is None else max(ends_at - time.time(), 0.1)
    search = _Search(make_case(problem), (seed, 1), seconds, work, silent, lambda: False)
    search.rooted = False
    try:
        search.run_with(Beside(pipe))
    except NoRow:
        return  # the first search says so


class _Search:
    """One search: what it holds, and what it does in order."""

    def __init__(self, case: Case, seed: Seed, seconds: float | None, work: float | None, progress: Progress, stop: Callable[[], bool]):
        self.case, self.random, self.progress = case, np.random.default_rng(seed), progress
        self.clock = Clock(work, seconds, stop, self._tell)
        self.budget = min(limit for limit in (work, seconds, INF) if limit is not None)
        self.standing: Standing | None = None
        self.bound = 0.0
        self.rooted = case.problem.days <= WHOLE
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

    def run(self) -> None:
        """Search until the bound is met. Raises Spent and NoRow."""
        case, problem = self.case, self.case.problem
        rota = first_rota(case, Reach(case), self.clock, self.random)
        self.standing = Standing(rota, price_of(case, rota), np.minimum(problem.under, WORTH))
        root = self._root() if self.rooted else None
        hoods = Hoods(case, self.standing, self.clock, self.random, self._shapes())
        turn = 0
        while not self.done:
            if root is not None and turn % EVERY == 0:
                self._dive(*root, INF if turn == 0 else self.standing.cost - case.step + 1e-3, turn)
            else:
                hoods.step()
                self.bound = self.standing.cost if hoods.proved_all else self.bound
            turn += 1
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

    def _shapes(self) -> list[Shape]:
        days = self.case.problem.days
        return [Shape(0), Shape(2)] if days <= 28 else [Shape(0, 6.0), Shape(4), Shape(2)] if days <= 2 * WHOLE else [Shape(4), Shape(2)]

    def _root(self) -> tuple[Generator, Generated] | None:
        """The linear programme over everybody, None where it takes too long."""
        standing, problem = self.standing, self.case.problem
        assert standing is not None
        with self.clock.cap(ROOT_SHARE * self.budget):
            people = np.arange(len(problem.people))
            patch = make_patch(self.case, standing.rota, people, 0, problem.days)
            generator = Generator(patch, self.clock, standing.worth)
            root = generator.thin(generator.run())
            self.bound, standing.worth = max(root.bound, 0.0), root.worth
            self.root_worth = root.worth
            return generator, root
        return None

    def _dive(self, generator: Generator, root: Generated, cutoff: float, turn: int) -> None:
        standing = self.standing
        assert standing is not None
        with self.clock.cap(DIVE_SHARE * self.budget):
            rows = Dive(generator, cutoff, self.random, DiveSettings(noise=0.1 if turn else 0.0)).run(root)
            if rows is not None and (cost := price_of(self.case, rows)) < standing.cost:
                standing.rota, standing.cost = rows, cost

    def _tell(self) -> None:
        if self.standing is not None:
            self.progress(f"cost {self.standing.cost:,.0f}, at least {self.proven:,.0f}", self.clock.share)
        else:
            self.progress("first rota", self.clock.share)
