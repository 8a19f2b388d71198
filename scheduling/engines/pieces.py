"""The pieces of a person's space as constraints of a CP-SAT model, under a condition where one is given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from scheduling.lattice import tracks_of
from scheduling.space import NO_LIMIT, Counter, Space, Spread, Toll, Track
from wfm.model.arrays import IntArray

if TYPE_CHECKING:
    from scheduling.engines.person_model import PersonModel, Starts
    from scheduling.problem import Block

Narrower = Callable[[IntArray], Space]
"""Makes a space for the unpaid minutes of each day."""
Literals = list[cp_model.IntVar]


@dataclass(eq=False)
class Pieces:
    """held: the condition under which all of them hold, None for always. narrowed: as in `Worker`, for unpaid sessions."""

    person: PersonModel
    space: Space
    narrowed: Narrower
    held: cp_model.IntVar | None = None
    tolls: list[tuple[Toll, int, cp_model.LinearExprT]] = field(default_factory=list)

    def add(self) -> None:
        """Add every piece."""
        self._shifts()
        self._rest()
        self._forward()
        for track in tracks_of(self.space):
            self._track(track)
        self._counters()
        for spread in self.space.spreads:
            self._spread(spread)

    @property
    def _days(self) -> range:
        return range(self.space.catalogue.days)

    def _hold(self, constraint: cp_model.Constraint) -> None:
        if self.held is not None:
            constraint.only_enforce_if(self.held)

    def _most_one(self, literals: Literals) -> None:
        model = self.person.model
        model.add_at_most_one(literals) if self.held is None else self._hold(model.add(sum(literals) <= 1))

    def _shifts(self) -> None:
        """Shifts that are not allowed, days that have to be worked."""
        forbidden = [v for key, v in self.person.chosen.items() if not self.space.allowed[key]]
        if forbidden:
            self._hold(self.person.model.add_bool_and([~v for v in forbidden]))
        for day in np.flatnonzero(self.space.must).tolist():
            self._hold(self.person.model.add_bool_or(self.person.on(day)))

    def _rest(self) -> None:
        """No start within the rest after an end: for each end, all shifts that end then or later exclude all starts too near to it."""
        start, end, rest = self.space.catalogue.start, self.space.catalogue.end, self.space.rest_minutes
        if self.held is not None and rest == 0:
            return
        for day in self._days:
            before = self.person.options(day)
            after = [key for d in self._days[day + 1 : day + 3 + rest // 1380] for key in self.person.options(d)]
            for limit in sorted({int(end[key]) for key in before}):
                for d in range(day + 1, day + 3 + rest // 1380):
                    early = [self.person.chosen[key] for key in after if key[0] == d and start[key] < limit + rest]
                    if early:
                        self._most_one([self.person.chosen[key] for key in before if end[key] >= limit] + early)

    def _forward(self) -> None:
        """Of two shifts on neighbouring days the second starts at most so much earlier in the day."""
        if self.space.forward_minutes is None:
            return
        wall, less = self.space.catalogue.wall_start, self.space.forward_minutes
        for day in self._days:
            before, after = self.person.options(day), self.person.options(day + 1)
            for limit in sorted({int(wall[key[1]]) for key in before}):
                early = [self.person.chosen[key] for key in after if wall[key[1]] < limit - less]
                if early:
                    self._most_one([self.person.chosen[key] for key in before if wall[key[1]] >= limit] + early)

    def _track(self, track: Track) -> None:
        """The days read by an automaton."""
        model, letters = self.person.model, []
        for day in self._days:
            letter, off = model.new_int_var(0, track.table.shape[1] - 1, ""), int(track.off[day])
            keys = self.person.options(day)
            self._hold(model.add(letter == off + sum((int(track.letter[key]) - off) * self.person.chosen[key] for key in keys)))
            letters.append(letter)
        steps = [(s, a, int(after)) for (s, a), after in np.ndenumerate(track.table) if after >= 0]
        model.add_automaton(letters, track.start, list(range(len(track.table))), steps)

    def _spread(self, spread: Spread) -> None:
        """Worked days of a period between a least and a most that are not too far apart."""
        model = self.person.model
        for p in np.unique(spread.period).tolist():
            least = model.new_int_var(int(spread.value.min(initial=0)), int(spread.value.max(initial=0)), "")
            for day in np.flatnonzero(spread.period == p).tolist():
                for key in self.person.options(day):
                    within = [self.person.chosen[key], *([] if self.held is None else [self.held])]
                    model.add(least <= int(spread.value[key])).only_enforce_if(within)
                    model.add(least >= int(spread.value[key]) - spread.most).only_enforce_if(within)

    def _counters(self) -> None:
        """Counters, less what unpaid sessions take from the day that hosts them."""
        reduced = self._unpaid()
        for k, counter in enumerate((*self.space.counters, *self.space.sums)):
            weight = np.broadcast_to(counter.weight, self.space.allowed.shape)
            for p in range(len(counter.low)):
                days = np.flatnonzero(counter.period == p).tolist()
                total = sum(int(weight[key]) * self.person.chosen[key] for day in days for key in self.person.options(day))
                total -= sum(less * host for day in days for host, less in reduced.get((k, day), []))
                if counter.low[p] > 0:
                    self._hold(self.person.model.add(total >= int(counter.low[p])))
                if counter.high[p] < NO_LIMIT:
                    self._hold(self.person.model.add(total <= int(counter.high[p])))
                if counter.toll is not None:
                    self.tolls.append((counter.toll, p, total))

    def soft(self, scale: int) -> cp_model.LinearExprT:
        """What the schedule costs beside its pay, in whole numbers of `scale` per unit of price."""
        price = self.space.price
        chosen = 0 if price is None else sum(round(float(price[key]) * scale) * v for key, v in self.person.chosen.items())
        return round(self.space.base_price * scale) + chosen + sum(self._toll(*toll, scale) for toll in self.tolls)

    def _toll(self, toll: Toll, period: int, total: cp_model.LinearExprT, scale: int) -> cp_model.IntVar:
        """A price that lies on or above every line of the toll; a whole number, so up to one too high."""
        at, price = toll.knots[period].tolist(), [round(float(p) * scale) for p in toll.prices]
        paid = self.person.model.new_int_var(-(10**12), 10**12, "")
        for (a, p), (b, q) in pairwise(zip(at, price, strict=True)):
            self.person.model.add((b - a) * paid >= (b - a) * p + (q - p) * (total - a))
        return paid

    def _unpaid(self) -> dict[tuple[int, int], list[tuple[cp_model.IntVar, int]]]:
        """By (counter, day): whether the day hosts an unpaid session, and what that takes from the counter."""
        taken: dict[tuple[int, int], list[tuple[cp_model.IntVar, int]]] = defaultdict(list)
        for block, starts in self.person.sessions if self.space.counters or self.space.sums else ():
            if block.activity.paid:
                continue
            less = self.narrowed(np.full(self.space.catalogue.days, block.activity.minutes, np.int64))
            for day in self._days:
                host = self._hosted(block, starts, day)
                sums = zip((*self.space.counters, *self.space.sums), (*less.counters, *less.sums), strict=True)
                for k, (now, then) in enumerate(sums):
                    taken[k, day].append((host, _most_less(now, then, day)))
        return taken

    def _hosted(self, block: Block, starts: Starts, day: int) -> cp_model.IntVar:
        """Whether the shift of a day holds a session."""
        host, minutes = self.person.model.new_bool_var(""), block.activity.minutes
        for start, begins in starts.items():
            holding = self.person.holding(day, start, start + minutes)
            self.person.model.add(host >= begins + sum(holding) - 1)
            others = [v for d in self._days if d != day for v in self.person.holding(d, start, start + minutes)]
            self.person.model.add(host <= 2 - begins - sum(others))
        return host


def _most_less(now: Counter, then: Counter, day: int) -> int:
    """What an unpaid session takes from a counter on a day."""
    less = np.broadcast_to(now.weight - then.weight, (len(now.period), now.weight.shape[-1]))
    return int(less[day].max(initial=0))
