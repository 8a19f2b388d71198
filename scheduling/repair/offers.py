"""Overtime that could be offered where people still lack: who could work more than their contract asks for, when, and what it would cover.

Only the most hours and the most days of a week are let off; rest, time off, training and whatever stands fast are kept. Everybody else
stays as they are, so each offer is exact for itself; two of them may cover the same hours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from scheduling.cover import Cover
from scheduling.problem import Problem, narrower
from scheduling.relief import LEAST_HOURS, worst_spots
from scheduling.rules import Rule
from scheduling.rules.base import say
from scheduling.tours import OFF
from scheduling.worker import Plan, Worker
from wfm.model import Progress

BEYOND = ("most hours in a week", "most days in a week", "hours on average")
MOST_PEOPLE = 30  # asked about each stretch, those who work least of it first
MOST_OFFERS = 3  # told of each stretch


@dataclass(frozen=True, order=True)
class Offer:
    """One day of one person. before, after: the shift in words. paid_hours: more than now. covered_hours: of what lacks in the whole plan.

    saved: what the price would fall by, the pay of the hours and the change of the roster taken off.
    """

    day: date
    agent: str
    before: str
    after: str
    paid_hours: float
    covered_hours: float
    saved: float

    @property
    def text(self) -> str:
        more = f"{self.paid_hours:g} paid h more would cover {self.covered_hours:.1f} h of what is lacking"
        return f"{self.agent}, {say(self.day)}: {self.before} → {self.after}, {more}"


def offers(problem: Problem, plans: list[Plan], rules: tuple[Rule, ...], begun: int, progress: Progress) -> tuple[Offer, ...]:
    """The best offers for each of the worst stretches that lie ahead, each person and day once; by date."""
    cover = Cover(problem.grid, problem.groups)
    for worker, plan in zip(problem.workers, plans, strict=True):
        cover.add(worker.group, plan.cells)
    desk = _Desk(problem, plans, tuple(rule for rule in rules if rule.name not in BEYOND), cover)
    found: dict[tuple[str, date], Offer] = {}
    spots = worst_spots(problem, cover, begun)
    for n, spot in enumerate(spots):
        progress(f"overtime for {say(problem.grid.axis.dates[spot.day])}", n / len(spots))
        able = [w for w, worker in enumerate(problem.workers) if spot.queue in problem.groups[worker.group]]
        able.sort(key=lambda w: (int(np.isin(plans[w].cells, spot.cells).sum()), w))
        told = [offer for w in able[:MOST_PEOPLE] if (offer := desk.offer(w, spot.day)) is not None]
        found |= {(o.agent, o.day): o for o in sorted(told, key=lambda o: (-o.saved, o))[:MOST_OFFERS]}
    return tuple(sorted(found.values()))


@dataclass(frozen=True, eq=False)
class _Desk:
    problem: Problem
    plans: list[Plan]
    rules: tuple[Rule, ...]
    cover: Cover

    def offer(self, w: int, day: int) -> Offer | None:
        """The best that a person could do on a day beyond their contract, if it is worth its price and not to be had within it."""
        worker, old = self.problem.workers[w], self.plans[w]
        self.cover.remove(worker.group, old.cells)
        usual, more = self._best(worker, old, day), self._best(self._freed(worker), old, day)
        self.cover.add(worker.group, old.cells)
        if more is None or more[1].options[day] == OFF or more[1].paid_minutes <= old.paid_minutes:
            return None
        saved, new = more
        covered = self._covered(worker, old, new)
        if saved <= max(usual[0] if usual else 0.0, 0.0) + 1e-6 or covered < LEAST_HOURS:
            return None
        hours = (new.paid_minutes - old.paid_minutes) / 60
        words = (self._words(worker, plan, day) for plan in (old, new))
        return Offer(self.problem.grid.axis.dates[day], worker.name, *words, hours, covered, saved)

    def _freed(self, worker: Worker) -> Worker:
        return replace(worker, narrowed=narrower(worker.person, worker.catalogue, self.rules), lattices={}, loosened=None, _tours={})

    def _best(self, worker: Worker, old: Plan, day: int) -> tuple[float, Plan] | None:
        """What the best other plan of a day saves, for somebody taken out of the cover."""
        value = self.cover.values(worker.group)
        new = worker.best_within(value, old.sessions, old, slice(day, day + 1))
        if new is None:
            return None
        pay = (new.paid_minutes - old.paid_minutes) * self.problem.grid.prices.paid_minute
        return float(value[new.cells].sum() - value[old.cells].sum()) - pay - (new.soft - old.soft), new

    def _covered(self, worker: Worker, old: Plan, new: Plan) -> float:
        before = self._lack()
        self.cover.remove(worker.group, old.cells)
        self.cover.add(worker.group, new.cells)
        after = self._lack()
        self.cover.remove(worker.group, new.cells)
        self.cover.add(worker.group, old.cells)
        return before - after

    def _lack(self) -> float:
        """Agent-hours lacking in the whole plan."""
        return float(np.maximum(self.problem.grid.need - self.cover.present, 0.0).sum()) * self.problem.grid.minutes / 60

    def _words(self, worker: Worker, plan: Plan, day: int) -> str:
        option = int(plan.options[day])
        if option == OFF:
            return "off"
        first, last = (self.problem.grid.axis.local(int(at[day, option])) for at in (worker.catalogue.start, worker.catalogue.end))
        return f"{first:%H:%M}–{last:%H:%M}"
