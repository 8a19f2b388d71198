"""The space of one person's schedules: what the rules leave of the catalogue, in pieces every engine understands."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import ArrayLike

from scheduling.catalogue import Catalogue
from wfm.model import Agent, Contract, ShiftTemplate, TimeAxis, Workforce
from wfm.model.arrays import BoolArray, FloatArray, IntArray

NO_LIMIT = 10**9


@dataclass(frozen=True)
class Person:
    """An agent with what the rules need to know about them."""

    agent: Agent
    contract: Contract
    templates: tuple[ShiftTemplate, ...]
    workforce: Workforce
    axis: TimeAxis

    @property
    def name(self) -> str:
        return self.agent.name


@dataclass(frozen=True, eq=False)
class Toll:
    """A convex price of a sum, by lines between points. knots (periods, points): sums, ascending. prices (points,): there."""

    knots: IntArray
    prices: FloatArray

    def of(self, period: int, sums: ArrayLike) -> FloatArray:
        """The price of sums in a period; beyond the ends the outer lines go on."""
        at, price = self.knots[period].astype(float), self.prices
        sums = np.asarray(sums, float)
        slope = np.diff(price) / np.diff(at)
        inside = np.interp(sums, at, price)
        return inside + slope[0] * np.minimum(sums - at[0], 0.0) + slope[-1] * np.maximum(sums - at[-1], 0.0)


@dataclass(frozen=True, eq=False)
class Counter:
    """Something summed over each period. weight (days, options); low, high (periods,): what the sum may be.

    period (days,): of each day, from 0 and never falling. toll: what a sum costs at the end of its period, None for nothing.
    """

    name: str
    weight: IntArray
    low: IntArray
    high: IntArray
    period: IntArray
    toll: Toll | None = None

    def ends(self, day: int) -> bool:
        """Whether a period ends with this day."""
        return day == len(self.period) - 1 or bool(self.period[day + 1] != self.period[day])


@dataclass(frozen=True, eq=False)
class Track:
    """A small automaton that reads a person's days in order: what has to be remembered of them for one rule.

    letter (days, options): what working an option is read as. off (days,): what a day off is read as. table (states, letters): the state
    after a letter, −1 where it is not allowed. start: the state before the plan.
    """

    name: str
    letter: IntArray
    off: IntArray
    table: IntArray
    start: int = 0


@dataclass(frozen=True, eq=False)
class Spread:
    """Something that differs by at most `most` between the worked days of a period. value (days, options). period (days,)."""

    name: str
    value: IntArray
    most: int
    period: IntArray


@dataclass(eq=False)
class Space:
    """Which shifts one person may have, and how they may follow each other.

    allowed (days, options). must (days,): days that have to be worked. price (days, options): of an option against a day off, beside
    its pay; base_price: of days off alone. rest_minutes: least time between two shifts. forward_minutes: how much earlier in the day than
    the shift of the day before one may start, None for no limit. longest_run: most days worked in a row; run_before: those just before
    the plan. unpaid (days,): paid minutes that unpaid activities take from the shift of the day.

    Some rules would need too long a memory. They stand in `sums` and `spreads` exactly, for models that can hold them; in a `tight` space
    they forbid more than they have to, so that whatever is left keeps them (and `tightened` says so), in a loose one they forbid nothing.
    """

    catalogue: Catalogue
    allowed: BoolArray
    unpaid: IntArray
    must: BoolArray
    price: FloatArray | None = None
    base_price: float = 0.0
    rest_minutes: int = 0
    forward_minutes: int | None = None
    longest_run: int = NO_LIMIT
    run_before: int = 0
    counters: list[Counter] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    sums: list[Counter] = field(default_factory=list)
    spreads: list[Spread] = field(default_factory=list)
    tight: bool = True
    tightened: bool = False

    @classmethod
    def whole(cls, catalogue: Catalogue, unpaid: IntArray | None = None, tight: bool = True) -> Space:
        """Everything the templates offer."""
        none = np.zeros(catalogue.days, np.int64)
        return cls(catalogue, catalogue.offered.copy(), none if unpaid is None else unpaid, none > 0, tight=tight)

    @property
    def paid(self) -> IntArray:
        """Paid minutes of each option, shape (days, options)."""
        return np.maximum(self.catalogue.paid[None, :] - self.unpaid[:, None], 0)

    def forbid_between(self, begin: int, end: int) -> None:
        """No shift may touch [begin, end) in elapsed minutes."""
        self.allowed &= (self.catalogue.end <= begin) | (self.catalogue.start >= end)

    def count(
        self,
        name: str,
        weight: IntArray,
        low: int | IntArray,
        high: int | IntArray,
        period: IntArray | None = None,
        toll: Toll | None = None,
    ) -> None:
        """Keep the sum of `weight` inside [low, high] in every period (weeks where none are given)."""
        period = self.catalogue.grid.week if period is None else period
        ones = np.ones(int(period[-1]) + 1, np.int64)
        self.counters.append(Counter(name, weight, ones * low, ones * high, period, toll))

    def tighten(self, allowed: BoolArray) -> None:
        """Forbid more than the rules do, in a tight space."""
        if self.tight:
            self.allowed &= allowed
            self.tightened = True

    def charge(self, price: FloatArray, base: float = 0.0) -> None:
        """Add a price to options, (days, options) or broadcast to it, and to the days off."""
        self.price = price + (np.zeros(self.allowed.shape) if self.price is None else self.price)
        self.base_price += base

    def soft(self, options: IntArray) -> float:
        """What a schedule costs beside its pay. options (days,): negative for a day off."""
        worked = np.flatnonzero(options >= 0)
        price = self.base_price + (0.0 if self.price is None else float(self.price[worked, options[worked]].sum()))
        for counter in self.counters:
            if counter.toll is not None:
                weight = np.broadcast_to(counter.weight, self.allowed.shape)[worked, options[worked]]
                sums = np.bincount(counter.period[worked], weight, len(counter.low))
                price += sum(float(counter.toll.of(period, total)) for period, total in enumerate(sums))
        return price

    @property
    def key(self) -> bytes:
        """The same for spaces of one catalogue whose people have to remember the same of their past."""
        limits = (self.rest_minutes, self.forward_minutes, self.longest_run, self.run_before)
        seal = blake2b(repr((limits, [track.start for track in self.tracks])).encode(), digest_size=16)
        for counter in self.counters:
            for array in (counter.weight, counter.high, counter.period):
                seal.update(np.ascontiguousarray(array).tobytes())
        for track in self.tracks:
            for array in (track.letter, track.off, track.table):
                seal.update(np.ascontiguousarray(array).tobytes())
        return seal.digest()
