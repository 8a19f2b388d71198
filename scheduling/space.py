"""The space of one person's schedules: what the rules leave of the catalogue, in pieces every engine understands."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from scheduling.catalogue import Catalogue
from wfm.model import Agent, Contract, ShiftTemplate, TimeAxis, Workforce
from wfm.model.arrays import BoolArray, IntArray

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
class Counter:
    """Something summed over each week. weight (days, options); low, high (weeks,): what the sum may be."""

    name: str
    weight: IntArray
    low: IntArray
    high: IntArray


@dataclass(eq=False)
class Space:
    """Which shifts one person may have, and how they may follow each other.

    allowed (days, options). rest_minutes: least time between two shifts. longest_run: most days worked in a row.
    unpaid (days,): paid minutes that unpaid activities take from the shift of the day.
    """

    catalogue: Catalogue
    allowed: BoolArray
    unpaid: IntArray
    rest_minutes: int = 0
    longest_run: int = NO_LIMIT
    counters: list[Counter] = field(default_factory=list)

    @classmethod
    def whole(cls, catalogue: Catalogue, unpaid: IntArray | None = None) -> Space:
        """Everything the templates offer."""
        return cls(catalogue, catalogue.offered.copy(), np.zeros(catalogue.days, np.int64) if unpaid is None else unpaid)

    @property
    def paid(self) -> IntArray:
        """Paid minutes of each option, shape (days, options)."""
        return np.maximum(self.catalogue.paid[None, :] - self.unpaid[:, None], 0)

    def forbid_between(self, begin: int, end: int) -> None:
        """No shift may touch [begin, end) in elapsed minutes."""
        self.allowed &= (self.catalogue.end <= begin) | (self.catalogue.start >= end)

    def count(self, name: str, weight: IntArray, low: int | IntArray, high: int | IntArray) -> None:
        """Keep the weekly sum of `weight` inside [low, high]."""
        weeks = np.ones(self.catalogue.grid.weeks, np.int64)
        self.counters.append(Counter(name, weight, weeks * low, weeks * high))
