"""What would relieve a shortfall, and what that is worth: one more agent for a day, or one person let off one rule.

Everybody else stays as planned. Both are exact for one person: the marginal worth of presence is that of the roster found, and the best
shift against it that of the exact programme.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from scheduling.breaks import break_offsets, option_values, rest_sums
from scheduling.catalogue import Catalogue
from scheduling.cover import Cover
from scheduling.problem import Problem, narrower
from scheduling.rules import RULES, Rule
from scheduling.rules.base import say
from scheduling.space import Space
from scheduling.tours import OFF
from scheduling.worker import NOWHERE, Plan, Worker
from wfm.model import Progress, Relief
from wfm.model.arrays import FloatArray, IntArray

MOST_SPOTS = 8  # stretches of a queue for which help is looked for, the dearest first
MOST_PEOPLE = 6  # tried for each of them
NEVER = ("time off", "closed dates")  # not to be bargained with
LEAST_HOURS = 0.25  # agent-hours; less is no help


@dataclass(frozen=True)
class Spot:
    """A stretch of one day in which a queue lacks agents. cells: all of it."""

    queue: int
    day: int
    cells: IntArray


def reliefs(problem: Problem, plans: list[Plan], progress: Progress) -> tuple[Relief, ...]:
    """What would help most where most is missing, the dearest stretch first; empty where nothing is missing."""
    cover = Cover(problem.grid, problem.groups)
    for worker, plan in zip(problem.workers, plans, strict=True):
        cover.add(worker.group, plan.cells)
    helper, spots, found = Helper(problem, cover, plans), worst_spots(problem, cover), []
    for n, spot in enumerate(spots):
        progress(f"what would help on {say(problem.grid.axis.dates[spot.day])}", n / len(spots))
        helps = [_best(helper.hires(spot)), _best(helper.exceptions(spot))]
        told = sorted((help_ for help_ in helps if help_ is not None), key=lambda relief: -relief.saved)
        found += told or [helper.helpless(spot)]
    return tuple(found)


def _best(helps: list[Relief]) -> Relief | None:
    return min(helps, key=lambda relief: (-round(relief.saved, 6), relief.text), default=None)


def worst_spots(problem: Problem, cover: Cover, begun: int = 0) -> list[Spot]:
    """The dearest stretches in which agents lack, after the elapsed minute `begun`."""
    grid = problem.grid
    lack = np.maximum(grid.need - cover.present, 0.0)
    price = grid.prices.cover(grid.need, np.minimum(cover.present, grid.need))
    day = np.searchsorted(grid.axis.day_starts, np.arange(grid.cells) * grid.minutes, side="right") - 1
    found = []
    for queue in range(len(grid.need)):
        for d in range(grid.axis.days):
            lacking = np.flatnonzero((day == d) & (lack[queue] > 1e-9) & (np.arange(grid.cells) * grid.minutes >= begun))
            for cells in np.split(lacking, np.flatnonzero(np.diff(lacking) > 1) + 1):
                if lack[queue, cells].sum() * grid.minutes / 60 >= LEAST_HOURS:
                    found.append((-float(price[queue, cells].sum()), queue, int(cells[0]), Spot(queue, d, cells)))
    return [spot for *_, spot in sorted(found, key=lambda one: one[:3])[:MOST_SPOTS]]


@dataclass(eq=False)
class Helper:
    """cover: of all plans. lattices: shared by people of one contract who are let off the same rule."""

    problem: Problem
    cover: Cover
    plans: list[Plan]
    lattices: dict[tuple[str, str], dict[object, object]] = field(default_factory=dict)

    def hires(self, spot: Spot) -> list[Relief]:
        """One more agent of each contract and skill set, at their best shift of those that reach the stretch."""
        groups, found = self.problem.groups, []
        kinds = {(w.person.contract.name, w.group): w for w in self.problem.workers if spot.queue in groups[w.group]}
        for (contract, group), worker in sorted(kinds.items()):
            skills = ", ".join(self.problem.grid.queues[q] for q in sorted(groups[group]))
            for day in range(max(spot.day - 1, 0), spot.day + 1):
                worth, option, cells = self._shift(worker, spot, day)
                if worth > 0:
                    text = f"one more agent of contract {contract} ({skills}) on {self._when(worker.catalogue, day, option)}"
                    found += self._relief(spot, group, cells, text, worth)
        return found

    def _shift(self, worker: Worker, spot: Spot, day: int) -> tuple[float, int, IntArray]:
        """Worth, option and cells of the best shift of a day that reaches a stretch, for somebody like a worker; worth −inf for none."""
        catalogue, grid, days = worker.catalogue, self.problem.grid, slice(day, day + 1)
        value = worker.padded(self.cover.values(worker.group, *grid.reach(days)))
        worth = option_values(catalogue, value, NOWHERE, days)[0] - catalogue.paid * grid.prices.paid_minute
        begin, end = int(spot.cells[0]) * grid.minutes, int(spot.cells[-1] + 1) * grid.minutes
        worth[~(catalogue.offered[day] & (catalogue.start[day] < end) & (catalogue.end[day] > begin))] = -np.inf
        if worth.max(initial=-np.inf) == -np.inf:
            return -np.inf, OFF, NOWHERE
        option = int(np.argmax(worth))
        return float(worth[option]), option, _cells(catalogue, day, option, value)

    def exceptions(self, spot: Spot) -> list[Relief]:
        """One person let off one rule on that day; those who work least of the spot first."""
        day, found = slice(spot.day, spot.day + 1), []
        able = [w for w, worker in enumerate(self.problem.workers) if spot.queue in self.problem.groups[worker.group]]
        for w in sorted(able, key=lambda w: (int(np.isin(self.plans[w].worked(day), spot.cells).sum()), w))[:MOST_PEOPLE]:
            worker, old = self.problem.workers[w], self.plans[w]
            self.cover.remove(worker.group, old.cells)
            usual = self._gain(worker, old, day)
            for rule in RULES:
                if rule.name not in NEVER and _concerns(rule, worker):
                    found += self._let_off(w, rule, spot, 0.0 if usual is None else usual[0])
            self.cover.add(worker.group, old.cells)
        return found

    def _let_off(self, w: int, rule: Rule, spot: Spot, usual: float) -> list[Relief]:
        """What it is worth on a day that a person, who is taken out of the cover, need not keep a rule; usual: if they must."""
        worker, old = self.problem.workers[w], self.plans[w]
        narrowed = narrower(worker.person, worker.catalogue, tuple(r for r in RULES if r is not rule))
        lattices = self.lattices.setdefault((worker.person.contract.name, rule.name), {})
        gain = self._gain(Worker(worker.person, worker.group, worker.catalogue, narrowed, lattices), old, slice(spot.day, spot.day + 1))
        if gain is None or gain[0] <= max(usual, 0.0) + 1e-6 or gain[1].options[spot.day] == OFF:
            return []
        saved, new = gain
        if np.isin(new.cells, spot.cells).sum() <= np.isin(old.cells, spot.cells).sum():
            return []
        when = self._when(worker.catalogue, spot.day, int(new.options[spot.day]))
        text = f"{worker.name} on {when}, if it were not for “{rule.words(worker.person, frozenset({self._date(spot)}))}”,"
        self.cover.add(worker.group, old.cells)
        before = self._lack()
        self.cover.remove(worker.group, old.cells)
        self.cover.add(worker.group, new.cells)
        covered = before - self._lack()
        self.cover.remove(worker.group, new.cells)
        return [self._said(spot, text, covered, saved)] if covered >= LEAST_HOURS else []

    def _gain(self, worker: Worker, old: Plan, days: slice) -> tuple[float, Plan] | None:
        """What the best plan that differs on some days saves against the old one, for somebody taken out of the cover."""
        value = self.cover.values(worker.group)
        new = worker.best_within(value, old.sessions, old, days)
        if new is None:
            return None
        pay = (new.paid_minutes - old.paid_minutes) * self.problem.grid.prices.paid_minute
        return float(value[new.cells].sum() - value[old.cells].sum()) - pay - (new.soft - old.soft), new

    def helpless(self, spot: Spot) -> Relief:
        """Why no single shift helps."""
        queue, grid = self.problem.grid.queues[spot.queue], self.problem.grid
        if not any(spot.queue in self.problem.groups[w.group] for w in self.problem.workers):
            return self._said(spot, f"somebody who has the skill {queue}: nobody in the plan serves it", 0.0, 0.0)
        begin, end = (grid.axis.local(int(c) * grid.minutes) for c in (spot.cells[0], spot.cells[-1] + 1))
        span = f"{say(begin.date())} {begin:%H:%M}–{end:%H:%M}"
        text = f"a shift that reaches {span}: no contract of those who serve {queue} has one worth its pay"
        return self._said(spot, text, 0.0, 0.0)

    def _relief(self, spot: Spot, group: int, cells: IntArray, text: str, saved: float) -> list[Relief]:
        before = self._lack()
        self.cover.add(group, cells)
        covered = before - self._lack()
        self.cover.remove(group, cells)
        return [self._said(spot, text, covered, saved)] if covered >= LEAST_HOURS else []

    def _lack(self) -> float:
        """Agent-hours lacking in the whole plan."""
        lack = np.maximum(self.problem.grid.need - self.cover.present, 0.0)
        return float(lack.sum()) * self.problem.grid.minutes / 60

    def _said(self, spot: Spot, text: str, covered: float, saved: float) -> Relief:
        grid = self.problem.grid
        span = int(spot.cells[0]) * grid.minutes, int(spot.cells[-1] + 1) * grid.minutes
        worth = f" would cover {covered:.1f} h of what is lacking and take {saved:,.0f} off the price of the plan" if covered else ""
        return Relief(grid.queues[spot.queue], *span, text + worth, covered, saved)

    def _when(self, catalogue: Catalogue, day: int, option: int) -> str:
        begin, end = (self.problem.grid.axis.local(int(at[day, option])) for at in (catalogue.start, catalogue.end))
        return f"{say(begin.date())} {begin:%H:%M}–{end:%H:%M}"

    def _date(self, spot: Spot) -> date:
        return self.problem.grid.axis.dates[spot.day]


def _concerns(rule: Rule, worker: Worker) -> bool:
    """Whether a rule takes anything from the person's schedules."""
    if type(rule).narrow is Rule.narrow:
        return False
    space, plain = narrower(worker.person, worker.catalogue, (rule,)), Space.whole(worker.catalogue)
    narrow = space(plain.unpaid)
    return narrow.key != plain.key or bool((narrow.allowed != plain.allowed).any() or narrow.must.any())


def _cells(catalogue: Catalogue, day: int, option: int, value: FloatArray) -> IntArray:
    """Cells worked in a shift with its breaks where they lose least, inside the plan."""
    minutes, family = catalogue.grid.minutes, catalogue.family(option)
    begin, end = int(catalogue.start[day, option]) // minutes, int(catalogue.end[day, option]) // minutes
    working = np.ones(end - begin, bool)
    offsets = break_offsets(family, begin, int(catalogue.length[option]), rest_sums(value, NOWHERE))
    for offset, size in zip(offsets, family.break_cells, strict=True):
        working[offset : offset + size] = False
    cells = begin + np.flatnonzero(working)
    return cells[cells < catalogue.grid.cells]
