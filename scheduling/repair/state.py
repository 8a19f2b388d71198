"""One person put back at their exact best against the cover of the others, every difference from the published day at its price."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduling.breaks import break_offsets, rest_sums
from scheduling.problem import Problem
from scheduling.repair.published import Kept, Rests
from scheduling.sessions import Timetable
from scheduling.state import State
from scheduling.tours import OFF
from scheduling.worker import Plan, Session, Worker
from wfm.model.arrays import FloatArray, IntArray

PAST = 1e6  # what has happened outweighs any price


@dataclass(eq=False)
class Mending:
    """kept: what is published, by worker. move_price: of a day whose shift stays but not what lies inside it.

    fixed: days on which nothing may move, by worker. begun: elapsed minute before which nothing may move.
    """

    problem: Problem
    state: State
    kept: list[Kept]
    timetable: Timetable
    move_price: float
    fixed: list[set[int]]
    begun: int

    @property
    def cost(self) -> float:
        return self.state.cost + self.move_price * sum(self.moves(w, p) for w, p in enumerate(self.state.plans) if p is not None)

    def moves(self, w: int, plan: Plan) -> int:
        """Days of a plan with the published shift, but other breaks or sessions."""
        kept = self.kept[w]
        same = [day for day in plan.breaks if plan.options[day] == kept.options[day]]
        return sum(plan.breaks[day] != kept.breaks[day] or self.other(w, plan.sessions, day) for day in same)

    def other(self, w: int, sessions: tuple[Session, ...], day: int) -> bool:
        """Whether the sessions of a day are not those published."""
        return {(s.start, s.activity) for s in sessions if s.host == day} != self.kept[w].held(day)

    def published(self, w: int) -> Plan | None:
        """What is published, where it keeps every rule with the sessions as they are now; else None."""
        worker, kept, sessions = self.problem.workers[w], self.kept[w], self.timetable[w]
        fits, must = worker.frame(sessions)
        worth = np.full(fits.shape, -np.inf)
        worked = np.flatnonzero(kept.options != OFF)
        worth[worked, kept.options[worked]] = np.where(fits[worked, kept.options[worked]], 0.0, -np.inf)
        must[worked] = True
        if sessions != kept.sessions or worker.tours(sessions).best(worth, must)[0] == -np.inf:
            return None
        clear = all(self._worked(worker, day, kept, worker.blocked(sessions)) is not None for day in worked.tolist())
        return worker.planned(kept.options, kept.breaks, sessions) if clear else None

    def best(self, w: int, sessions: tuple[Session, ...]) -> Plan | None:
        """The plan worth most while the worker is taken out; None where the rules leave none."""
        worker = self.problem.workers[w]
        value = self._past(w, worker.padded(self.state.cover.values(worker.group)))
        fits, must = worker.frame(sessions)
        space, blocked = worker.tours(sessions).space, worker.blocked(sessions)
        worth, stay = worker.worth(value, space, fits, blocked, worker.every_day), {}
        for day in np.flatnonzero(self.kept[w].options != OFF).tolist():
            option = int(self.kept[w].options[day])
            free, still = worth[day, option] - self.move_price, -np.inf
            cells = self._worked(worker, day, self.kept[w], blocked) if fits[day, option] else None
            if cells is not None:
                price = 0.0 if space.price is None else float(space.price[day, option])
                price += float(space.paid[day, option]) * self.problem.grid.prices.paid_minute
                still = float(value[cells].sum()) - price - (self.move_price if self.other(w, sessions, day) else 0.0)
            if still >= free - 1e-9 or day in self.fixed[w]:
                stay[day] = self.kept[w].breaks[day]
            worth[day, option] = still if day in stay else free
        total, options = worker.tours(sessions).best(worth, must)
        return None if total == -np.inf else self._planned(w, options, value, sessions, stay)

    def _planned(self, w: int, options: IntArray, value: FloatArray, sessions: tuple[Session, ...], stay: Rests) -> Plan:
        worker, own, breaks = self.problem.workers[w], self.kept[w].options, {}
        sums = rest_sums(value, worker.blocked(sessions))
        for day in np.flatnonzero(options != OFF).tolist():
            option = int(options[day])
            begin, length = int(worker.catalogue.start[day, option]) // worker.catalogue.grid.minutes, int(worker.catalogue.length[option])
            best = day not in stay or option != own[day]
            breaks[day] = break_offsets(worker.catalogue.family(option), begin, length, sums) if best else stay[day]
        return worker.planned(options, breaks, sessions)

    def _worked(self, worker: Worker, day: int, kept: Kept, blocked: IntArray) -> IntArray | None:
        """Cells worked in the published shift of a day around what is blocked; None where a break is in its way."""
        catalogue, option, cell = worker.catalogue, int(kept.options[day]), worker.catalogue.grid.minutes
        begin, end = int(catalogue.start[day, option]) // cell, int(catalogue.end[day, option]) // cell
        sizes = catalogue.family(option).break_cells
        rests = {begin + o + n for o, size in zip(kept.breaks[day], sizes, strict=True) for n in range(size)}
        away = set(blocked.tolist())
        return None if rests & away else np.array([c for c in range(begin, end) if c not in rests and c not in away], np.int64)

    def _past(self, w: int, value: FloatArray) -> FloatArray:
        """What has happened of shifts under way is dear: their breaks stay, and none moves back into it."""
        cell, kept, catalogue = self.problem.grid.minutes, self.kept[w], self.problem.workers[w].catalogue
        for day in np.flatnonzero(kept.options != OFF).tolist():
            begin, end = int(catalogue.start[day, kept.options[day]]), int(catalogue.end[day, kept.options[day]])
            if begin < self.begun < end:
                value[begin // cell : -(-self.begun // cell)] = PAST
                for offset, size in zip(kept.breaks[day], catalogue.family(int(kept.options[day])).break_cells, strict=True):
                    at = begin // cell + offset
                    if at * cell < self.begun:
                        value[at : at + size] = -PAST
        return value
