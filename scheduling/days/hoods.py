"""Neighbourhoods: some people are freed, whole or in a window, and that part is solved by columns and dives."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from scheduling.days.case import Case, cover_of, make_patch, price_of
from scheduling.days.clock import Clock
from scheduling.days.columns import Generator
from scheduling.days.dive import Dive, DiveSettings
from scheduling.days.problem import OFF, Rota
from wfm.model.arrays import FloatArray, IntArray

LEAST, FIRST = 4.0, 10.0  # people freed: never fewer, and at the start
CAP_WORK, CAP_SHARE = 6.0, 0.02  # of one neighbourhood at most: work, share of the budget


class End(StrEnum):
    """How a neighbourhood ended. proof: nothing better is there. cut: it took too long."""

    PROOF = "proof"
    FAIL = "fail"
    CUT = "cut"
    BETTER = "better"


FACTORS = {End.PROOF: 1.06, End.FAIL: 0.96, End.CUT: 0.8, End.BETTER: 1.0}  # on the size after each end


@dataclass(eq=False)
class Standing:
    """The best rota so far with its cost; worth (days, shifts): what covering a cell seems worth."""

    rota: Rota
    cost: float
    worth: FloatArray


@dataclass(eq=False)
class Shape:
    """A kind of neighbourhood and the size that suits it: weeks long (0: the whole horizon), so many people."""

    weeks: int
    size: float = FIRST
    ends: dict[End, int] = field(default_factory=lambda: dict.fromkeys(End, 0))

    def learn(self, end: End, people: int) -> None:
        self.ends[end] += 1
        self.size = min(max(self.size * FACTORS[end], LEAST), float(people))


class Hoods:
    """Improves one standing rota, neighbourhood by neighbourhood."""

    def __init__(self, case: Case, standing: Standing, clock: Clock, random: np.random.Generator, shapes: list[Shape]):
        self.case, self.standing, self.clock, self.random, self.shapes = case, standing, clock, random, shapes
        self.proved_all = False

    def step(self) -> End:
        """One neighbourhood; the standing rota is replaced by a better one. Raises Spent when the whole budget is used up."""
        shape = self.shapes[int(self.random.integers(len(self.shapes)))]
        begin, end = self._window(shape)
        count = min(int(shape.size + self.random.random()), len(self.case.problem.people))
        people = self._people(count, begin, end)
        how = self.free(people, begin, end)
        shape.learn(how, len(self.case.problem.people))
        return how

    def free(self, people: IntArray, begin: int, end: int) -> End:
        standing, case = self.standing, self.case
        cutoff = standing.cost - case.step + min(1e-3, case.step / 2)
        with self.clock.cap(min(CAP_WORK, CAP_SHARE * self.clock.budget)) as capped:
            patch = make_patch(case, standing.rota, people, begin, end)
            generator = Generator(patch, self.clock, standing.worth[begin:end], standing.rota[people, begin:end])
            root = generator.run(cutoff)
            if root.bound >= cutoff:
                self.proved_all = len(people) == len(case.problem.people) and end - begin == case.problem.days
                return End.PROOF
            rows = Dive(generator, cutoff, self.random, DiveSettings(flips=8)).run(root)
            if rows is None:
                return End.FAIL
            standing.rota = standing.rota.copy()
            standing.rota[people, begin:end] = rows
            standing.cost = price_of(case, standing.rota)
            return End.BETTER
        return End.CUT if capped else End.FAIL

    def _window(self, shape: Shape) -> tuple[int, int]:
        days = self.case.problem.days
        weeks = -(-days // 7)
        if not 0 < shape.weeks < weeks:
            return 0, days
        first = int(self.random.integers(weeks - shape.weeks + 1))
        return 7 * first, min(7 * (first + shape.weeks), days)

    def _people(self, count: int, begin: int, end: int) -> IntArray:
        """Half at random, half who could mend a badly covered cell, or all at random."""
        everyone = len(self.case.problem.people)
        chosen: list[int] = []
        if self.random.random() < 0.7:
            chosen = self._menders(count // 2, begin, end)
        rest = self.random.permutation(np.setdiff1d(np.arange(everyone), chosen))
        return np.sort(np.array([*chosen, *rest[: count - len(chosen)]], np.int64))

    def _menders(self, count: int, begin: int, end: int) -> list[int]:
        """People who may work a shift that is short, or do work one of which there are too many."""
        problem = self.case.problem
        lack = problem.need[begin:end] - cover_of(problem, self.standing.rota)[begin:end]
        price = np.where(lack > 0, lack * problem.under[begin:end], -lack * problem.over[begin:end])
        if price.sum() <= 0:
            return []
        cell = self.random.choice(price.size, p=(price / price.sum()).ravel())
        day, shift = np.unravel_index(cell, price.shape)
        now = self.standing.rota[:, begin + day]
        able = np.isfinite(self.case.wish[:, begin + day, shift]) & (now != shift) if lack[day, shift] > 0 else now == shift
        idle = self.random.random(len(now)) + (now == OFF)
        order = np.argsort(np.where(able, -idle, 9.0), kind="stable")[: int(able.sum())]
        return [int(p) for p in order[:count]]
