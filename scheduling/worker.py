"""One person for the engines: their space, the best plan against given values of the cells, and what such a plan is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from scheduling.breaks import break_offsets, option_values, rest_sums
from scheduling.catalogue import Catalogue
from scheduling.lattice import make_lattice
from scheduling.space import Person, Space
from scheduling.tours import OFF, Tours
from wfm.model.arrays import BoolArray, FloatArray, IntArray, frozen

NOWHERE = frozen([], np.int64)


@dataclass(frozen=True, order=True)
class Session:
    """A placed session of one attendee: [start, end) in elapsed minutes, inside the shift that starts on day `host`.

    number: which of the activity's sessions. starts: where it may move to; empty where it is fixed or shared with others.
    """

    start: int
    end: int
    host: int
    activity: str
    number: int
    paid: bool
    starts: IntArray = field(default_factory=lambda: NOWHERE, compare=False)


@dataclass(frozen=True, eq=False)
class Plan:
    """One person's schedule. options (days,): `OFF` or an option. breaks: by day, offsets in cells.

    cells: worked inside the axis. hosts: of each of these, the day whose shift it belongs to. soft: what it costs beside its pay.
    """

    options: IntArray
    breaks: dict[int, tuple[int, ...]]
    sessions: tuple[Session, ...]
    cells: IntArray
    hosts: IntArray
    paid_minutes: int
    soft: float = 0.0

    def worked(self, days: slice) -> IntArray:
        """Cells worked in the shifts of some days."""
        return self.cells[(self.hosts >= days.start) & (self.hosts < days.stop)]


@dataclass(eq=False)
class Worker:
    """group: index of the skill group. narrowed: makes the space of what the rules leave, for unpaid minutes by day; loosened: a loose one.

    lattices: shared by the people of a contract.
    """

    person: Person
    group: int
    catalogue: Catalogue
    narrowed: Callable[[IntArray], Space]
    lattices: dict[object, object]
    loosened: Callable[[IntArray], Space] | None = None
    _tours: dict[tuple[int, ...], Tours] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.person.name

    @cached_property
    def loose(self) -> Worker:
        """The same person with all the schedules they may have, and perhaps more; for what must hold of every roster."""
        if self.loosened is None or not self.tours().space.tightened:
            return self
        return Worker(self.person, self.group, self.catalogue, self.loosened, self.lattices)

    def tours(self, sessions: tuple[Session, ...] = ()) -> Tours:
        """All schedules of this person, with the pay that unpaid sessions take."""
        unpaid = np.zeros(self.catalogue.days, np.int64)
        for session in sessions:
            unpaid[session.host] += 0 if session.paid else session.end - session.start
        key = tuple(unpaid.tolist())
        if key not in self._tours:
            space = self.narrowed(unpaid)
            if space.key not in self.lattices:
                self.lattices[space.key] = make_lattice(space)
            self._tours[key] = Tours.of(space, self.lattices[space.key])
        return self._tours[key]

    def frame(self, sessions: tuple[Session, ...]) -> tuple[BoolArray, BoolArray]:
        """Options that hold the sessions of their day, and days that have to be worked."""
        space = self.tours(sessions).space
        fits, must = space.allowed.copy(), space.must.copy()
        for session in sessions:
            day = session.host
            fits[day] &= (self.catalogue.start[day] <= session.start) & (self.catalogue.end[day] >= session.end)
            must[day] = True
        return fits, must

    def blocked(self, sessions: tuple[Session, ...]) -> IntArray:
        """Cells that sessions touch."""
        cells = {cell for s in sessions for cell in self.catalogue.grid.touched(s.start, s.end)}
        return np.array(sorted(cells), np.int64)

    def relaxed(self, unpaid: int) -> Tours:
        """Schedules in which `unpaid` minutes are taken off the pay of every day, and no limit holds from below: more than there are."""
        space = self.narrowed(np.full(self.catalogue.days, unpaid, np.int64))
        space.counters = [replace(counter, low=counter.low * 0, toll=None) for counter in space.counters]
        return Tours.of(space, make_lattice(space))

    @property
    def every_day(self) -> slice:
        return slice(0, self.catalogue.days)

    def padded(self, value: FloatArray) -> FloatArray:
        """Values of the cells of the axis, and 0 beyond."""
        return np.concatenate([value, np.zeros(self.catalogue.grid.padded - len(value))])

    def values(self, value: FloatArray, sessions: tuple[Session, ...]) -> FloatArray:
        """Worth of each option less its pay, −inf where it cannot be, shape (days, options). value (cells,): of one agent working."""
        space = self.tours(sessions).space
        return self.worth(self.padded(value), space, self.frame(sessions)[0], self.blocked(sessions), self.every_day)

    def worth(self, padded: FloatArray, space: Space, fits: BoolArray, blocked: IntArray, days: slice) -> FloatArray:
        """As `values`, of some days, for padded cells, a space, the options that fit and the cells blocked."""
        worth = option_values(self.catalogue, padded, blocked, days)
        worth[~fits[days]] = -np.inf
        worth -= space.paid[days] * self.catalogue.grid.prices.paid_minute
        return worth if space.price is None else worth - space.price[days]

    def best(self, value: FloatArray, sessions: tuple[Session, ...] = ()) -> Plan | None:
        """The plan worth most, with the given sessions; None where there is none."""
        tours = self.tours(sessions)
        worth, options = tours.best(self.values(value, sessions), self.frame(sessions)[1])
        return None if worth == -np.inf else self._plan(options, value, sessions, {})

    def best_within(self, value: FloatArray, sessions: tuple[Session, ...], old: Plan, days: slice) -> Plan | None:
        """The plan worth most that differs from an old one, with sessions that may, on some days only; None where none is found."""
        tours, (fits, must), blocked = self.tours(sessions), self.frame(sessions), self.blocked(sessions)
        worth = self.worth(self.padded(value), tours.space, fits, blocked, days)
        options = tours.best_within(worth, must, old.options, days)
        if options is None:
            return None
        kept = {day: breaks for day, breaks in old.breaks.items() if not days.start <= day < days.stop}
        return self._plan(options, value, sessions, kept)

    def _plan(self, options: IntArray, value: FloatArray, sessions: tuple[Session, ...], kept: dict[int, tuple[int, ...]]) -> Plan:
        """The plan of chosen options, breaks as kept, others where they lose least."""
        sums = rest_sums(self.padded(value), self.blocked(sessions))
        breaks = {}
        for day in np.flatnonzero(options != OFF).tolist():
            option = int(options[day])
            begin = int(self.catalogue.start[day, option]) // self.catalogue.grid.minutes
            length = int(self.catalogue.length[option])
            breaks[day] = kept[day] if day in kept else break_offsets(self.catalogue.family(option), begin, length, sums)
        return self.planned(options, breaks, sessions)

    def planned(self, options: IntArray, breaks: dict[int, tuple[int, ...]], sessions: tuple[Session, ...]) -> Plan:
        """A plan from its choices."""
        hosts = np.full(self.catalogue.grid.padded, OFF)
        for day, offsets in breaks.items():
            option = int(options[day])
            begin = int(self.catalogue.start[day, option]) // self.catalogue.grid.minutes
            hosts[begin : int(self.catalogue.end[day, option]) // self.catalogue.grid.minutes] = day
            for offset, cells in zip(offsets, self.catalogue.family(option).break_cells, strict=True):
                hosts[begin + offset : begin + offset + cells] = OFF
        hosts[self.blocked(sessions)] = OFF
        space = self.tours(sessions).space
        minutes = sum(int(space.paid[day, options[day]]) for day in breaks)
        cells = np.flatnonzero(hosts[: self.catalogue.grid.cells] != OFF)
        return Plan(options, breaks, sessions, cells, hosts[cells], minutes, space.soft(options))
