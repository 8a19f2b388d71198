"""When a queue is open: weekly hours, closures, and the country whose public holidays matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from wfm.model.arrays import BoolArray
from wfm.model.axis import DAY_MINUTES, TimeAxis

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class OpeningHours:
    """Opening spans per weekday (Monday first), each (from, to) in wall-clock minutes, `to` exclusive and up to 1440."""

    week: tuple[Spans, ...]

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError(f"opening hours need 7 weekdays, got {len(self.week)}")
        for spans in self.week:
            for begin, end in spans:
                if not 0 <= begin < end <= DAY_MINUTES:
                    raise ValueError(f"opening span {begin}–{end} must satisfy 0 ≤ from < to ≤ {DAY_MINUTES}")

    @classmethod
    def always(cls) -> OpeningHours:
        return cls((((0, DAY_MINUTES),),) * 7)

    def mask(self, axis: TimeAxis, closed: frozenset[date] = frozenset()) -> BoolArray:
        """Open intervals of the axis, shape (intervals,); `closed` dates have none."""
        is_open = np.zeros(axis.n_intervals, bool)
        for weekday, spans in enumerate(self.week):
            days = (axis.weekday == weekday) & np.array([d not in closed for d in axis.dates])
            for begin, end in spans:
                is_open |= axis.mask(begin, end, days)
        return is_open


@dataclass(frozen=True)
class Calendar:
    """Closures of the centre, and where its public holidays come from.

    closed: dates on which every queue is shut. country, region: as the `holidays` library spells them, None for none.
    """

    closed: frozenset[date] = field(default_factory=frozenset)
    country: str | None = None
    region: str | None = None
