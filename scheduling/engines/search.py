"""Ruin and recreate: take two people (or a whole session) out, put them back at their exact best against the cover the others make.

Annealed: a worse roster is taken with a chance that falls with its price and with the time. The amount of work is counted in re-insertions,
never in seconds, and all chance comes from one stream: the same seed gives the same roster.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import exp
from random import Random

import numpy as np

from scheduling.engines.moves import move_block, reinsert
from scheduling.problem import Block, Problem
from scheduling.sessions import Timetable
from scheduling.state import State
from scheduling.worker import Plan
from wfm.model import Progress
from wfm.model.arrays import FloatArray

PAIRS_PER_WORKER = 20  # and week
MOST_PAIRS = 60_000
HOT, COLD = 0.5, 0.03  # temperatures, in prices of an agent missing for one cell
EASE_SHARE = 0.4  # of re-insertions, that also move the worker's own sessions
NOISE = 0.05  # of the temperature
BLOCK_SHARE = 0.15  # of all moves, where there are sessions to move


@dataclass(eq=False)
class Search:
    """A search under way. guide (queues, cells): what an agent is worth on each queue by the bound."""

    problem: Problem
    state: State
    random: Random
    guide: FloatArray

    def construct(self, timetable: Timetable, progress: Progress) -> None:
        """Everybody once, in random order."""
        order = list(range(len(self.problem.workers)))
        self.random.shuffle(order)
        for n, w in enumerate(order):
            worker = self.problem.workers[w]
            plan = worker.best(self._values(w, 0.5, worker.every_day), timetable[w])
            assert plan is not None
            self.state.put(w, plan)
            progress(f"first roster: {n + 1} of {len(order)} agents", (n + 1) / len(order))

    def improve(self, progress: Progress) -> None:
        """Anneal for the amount of work the settings ask for; the state ends at the best roster met."""
        steps = self._steps()
        unit = max(self.problem.grid.prices.under, 1e-9)
        best, kept = self.state.cost, list(self.state.plans)
        for step in range(steps):
            share = step / steps
            self._step(unit * HOT * (COLD / HOT) ** share, 1.0 - share)
            if self.state.cost < best - 1e-9:
                best, kept = self.state.cost, list(self.state.plans)
            if step % 20 == 0:
                progress(f"improving: {best:,.0f} after {step} of {steps} moves", share)
        self.state.swap((w, plan) for w, plan in enumerate(kept) if plan is not None and plan is not self.state.plans[w])

    def _steps(self) -> int:
        people = len(self.problem.workers)
        weeks = self.problem.grid.weeks
        return int(min(PAIRS_PER_WORKER * people * weeks, MOST_PAIRS) * self.problem.settings.effort) if people else 0

    def _step(self, temperature: float, theta: float) -> None:
        """One move, taken back unless it is good enough."""
        before = self.state.cost
        if self._movable and self.random.random() < BLOCK_SHARE:
            days, old = move_block(self.problem, self.state, self.random.choice(self._movable), self.random)
        else:
            days, old = self._pair(temperature, theta)
        worse = self.state.cost - before
        if worse > 0 and self.random.random() >= exp(-worse / temperature):
            self.state.swap(old.items(), days)

    @cached_property
    def _movable(self) -> list[Block]:
        return [block for block in self.problem.blocks if not block.fixed and len(block.members) > 1]

    def _pair(self, temperature: float, theta: float) -> tuple[slice, dict[int, Plan]]:
        """Put one or two people back in one week; the days, and their plans from before."""
        people = range(len(self.problem.workers))
        week = np.flatnonzero(self.problem.grid.week == self.random.randrange(self.problem.grid.weeks))
        days = slice(int(week[0]), int(week[-1]) + 1)
        chosen = self.random.sample(people, min(2, len(people)))
        old = {w: self.state.take(w, days) for w in chosen}
        for w in chosen:
            value = self._noisy(self._values(w, theta, days), temperature)
            ease = self.random.random() < EASE_SHARE
            self.state.put(w, reinsert(self.problem.workers[w], value, old[w], days, ease), days)
        return days, old

    def _values(self, w: int, theta: float, days: slice) -> FloatArray:
        """What the worker is worth in each cell that a shift of the days can reach: exact, drawn to the guide."""
        worker, near = self.problem.workers[w], slice(*self.problem.grid.reach(days))
        value = self.state.cover.values(worker.group, near.start, near.stop)
        if self.problem.groups[worker.group]:
            worth = self.guide[sorted(self.problem.groups[worker.group]), near].max(axis=0)
            value[near] += theta * (worth - value[near])
        return value

    def _noisy(self, value: FloatArray, temperature: float) -> FloatArray:
        """With a little noise against ties."""
        noise = np.random.default_rng(self.random.getrandbits(64)).random(len(value))
        return value + (noise - 0.5) * NOISE * temperature
