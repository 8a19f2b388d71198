"""The numbers: History, Demand, Forecast and Requirement. Axes are always in the order path or replication, queue, interval."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

import numpy as np

from wfm.model.arrays import FloatArray, IntArray, freeze, frozen
from wfm.model.axis import TimeAxis


class State(IntEnum):
    """What is known of an interval of a history."""

    OBSERVED = 0
    CLOSED = 1
    LOST = 2


@dataclass(frozen=True, eq=False)
class History:
    """What came in. contacts (queues, intervals): offered contacts, nan unless OBSERVED. state: a `State` each.

    handle_s (queues, intervals): mean handle time in seconds, nan where unknown. notes: what the import assumed, for the reader.
    """

    axis: TimeAxis
    queues: tuple[str, ...]
    contacts: FloatArray
    state: IntArray
    handle_s: FloatArray
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        shape = (len(self.queues), self.axis.n_intervals)
        freeze(self, contacts=shape, handle_s=shape)
        freeze(self, np.int64, state=shape)


@dataclass(frozen=True, eq=False)
class Demand:
    """Contacts and handle time known for sure: contacts (queues, intervals), handle_s (queues, intervals) in seconds."""

    axis: TimeAxis
    queues: tuple[str, ...]
    contacts: FloatArray
    handle_s: FloatArray

    def __post_init__(self) -> None:
        shape = (len(self.queues), self.axis.n_intervals)
        freeze(self, contacts=shape, handle_s=shape)


QUANTILES = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)


@dataclass(frozen=True)
class Accuracy:
    """Rolling-origin accuracy of one queue by one method. Errors as shares (0–1); wape over intervals, wape_day over day totals.

    floor: the WAPE that Poisson noise alone makes, √(2/(πV)) at this volume. cover80, cover95: share of intervals inside the band, _day of
    day totals. mase: error ÷ that of the same interval a week before. pinball: twice the mean pinball loss over `QUANTILES` ÷ mean
    volume. agents_over, agents_under: too many and too few by Erlang C, 80 % in 20 s, ÷ those needed. lead_days: days that each origin
    looked ahead. nan where there is nothing to measure.
    """

    queue: str
    method: str
    origins: int
    wape: float
    wape_day: float
    bias: float
    cover80: float
    floor: float
    mase: float = math.nan
    pinball: float = math.nan
    cover95: float = math.nan
    cover80_day: float = math.nan
    cover95_day: float = math.nan
    agents_over: float = math.nan
    agents_under: float = math.nan
    lead_days: int = 0


@dataclass(frozen=True)
class Flag:
    """A day of a history that was not taken as it stands, why, and the weight it still has (0 none, 1 where only intervals are lost)."""

    day: date
    reason: str
    weight: float = 0.0
    queue: str = ""


@dataclass(frozen=True, eq=False)
class Forecast:
    """Numbers with doubt.

    mean (queues, intervals): expected contacts. paths (paths, queues, intervals): whole possible futures, counts; rows of one path
    belong together. quantiles (levels, queues, intervals) at `levels`. handle_s (queues, intervals): mean handle time in seconds.
    accuracy: the backtest, the planner's own baseline beside the method. notes: caveats for the reader. flags: days of the history that
    were not taken as they stand. leads: the backtest for several days ahead. known_until: the moment
    (aware) up to which actuals were known, None where there were none.

    recorded_s: for each queue the moments at which contacts came, (contacts,) in seconds since the axis began: recorded days to be lived
    through again as they were, `paths` then holding their counts.
    """

    axis: TimeAxis
    queues: tuple[str, ...]
    mean: FloatArray
    paths: FloatArray
    quantiles: FloatArray
    handle_s: FloatArray
    levels: tuple[float, ...] = QUANTILES
    accuracy: tuple[Accuracy, ...] = ()
    notes: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    leads: tuple[Accuracy, ...] = ()
    recorded_s: tuple[FloatArray, ...] | None = None
    known_until: datetime | None = None

    def __post_init__(self) -> None:
        shape = (len(self.queues), self.axis.n_intervals)
        freeze(self, mean=shape, handle_s=shape, paths=(len(self.paths), *shape), quantiles=(len(self.levels), *shape))
        if self.recorded_s is not None:
            object.__setattr__(self, "recorded_s", tuple(frozen(moments) for moments in self.recorded_s))


@dataclass(frozen=True, eq=False)
class Requirement:
    """Agents needed per queue and interval.

    present (queues, intervals): on the queue. rostered: present grossed up for unplanned absence, what a schedule has to cover.
    paid: present grossed up for all shrinkage. service (queues, intervals): share expected with
    exactly `present` agents by the queue's definition, nan while closed. definition: per queue, what was asked and by which model.
    """

    axis: TimeAxis
    queues: tuple[str, ...]
    present: FloatArray
    rostered: FloatArray
    paid: FloatArray
    service: FloatArray
    definition: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        shape = (len(self.queues), self.axis.n_intervals)
        freeze(self, present=shape, rostered=shape, paid=shape, service=shape)
