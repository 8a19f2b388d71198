"""One queue as days × wall-clock slots: what every forecast method reads and answers.

A slot is a wall-clock step of the day. A day of 25 hours has its repeated slots averaged, one of 23 hours lacks some; so a
row is always a day at its usual clock, and day levels stay comparable across clock changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from wfm.forecasting.grid import Grid
from wfm.model import Calendar, Event, Flag, History, Queue, State, TimeAxis
from wfm.model.arrays import BoolArray, FloatArray, IntArray
from wfm.model.axis import DAY_MINUTES


@dataclass(frozen=True, eq=False)
class Past:
    """History before the forecast. counts (days, slots): contacts, nan where closed or lost. is_open (days, slots): not closed."""

    first: date
    counts: FloatArray
    is_open: BoolArray

    @property
    def days(self) -> int:
        return len(self.counts)

    @cached_property
    def ordinals(self) -> IntArray:
        return self.first.toordinal() + np.arange(self.days)

    @cached_property
    def weekday(self) -> IntArray:
        return (self.ordinals - 1) % 7  # ordinal 1 is a Monday

    @cached_property
    def seen(self) -> BoolArray:
        """Whether each day has any observation, shape (days,)."""
        return np.isfinite(self.counts).any(axis=1)


@dataclass(frozen=True, eq=False)
class Horizon:
    """The intervals to forecast. is_open (intervals,): the queue's opening hours without closures."""

    axis: Grid
    is_open: BoolArray

    @cached_property
    def slot(self) -> IntArray:
        return self.axis.wall_minute // self.axis.step_minutes

    @property
    def ordinals(self) -> IntArray:
        return self.axis.ordinals

    def spread(self, by_weekday_slot: FloatArray) -> FloatArray:
        """(7, slots) values laid on the intervals."""
        return by_weekday_slot[self.axis.weekday[self.axis.day], self.slot]


@dataclass(frozen=True, eq=False)
class Task:
    """What a method is asked: one queue's past, the horizon, the calendar.

    start: what an earlier, similar task learnt, or None. kept: days that stand as they are, whatever cleaning thinks of them.
    events: what happens on some days, past and ahead. imported (intervals,): somebody else's means for the horizon.
    """

    queue: Queue
    past: Past
    horizon: Horizon
    calendar: Calendar
    start: FloatArray | None = None
    kept: frozenset[date] = frozenset()
    events: tuple[Event, ...] = ()
    imported: FloatArray | None = None


@dataclass(frozen=True, eq=False)
class Prediction:
    """What a method answers for one queue.

    mean (intervals,): expected contacts while open. day_cov (days, days): covariance of the log day factor over the horizon.
    residuals (donors, slots): Pearson residuals of whole past days round their own level, 0 where unknown; donors: their
    ordinals. day_errors: ordinal → error of that day's log level, from which queues are correlated. flags: days that were not taken as
    they stand. learnt: start of a later task. freedom: degrees of freedom of the t that the day errors follow, infinite for the normal.
    """

    mean: FloatArray
    day_cov: FloatArray
    residuals: FloatArray
    donors: IntArray
    day_errors: dict[int, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    learnt: FloatArray | None = None
    freedom: float = np.inf


def past_of(history: History, queue: str, before: date) -> Past:
    """The days of one queue before a date, from its first observed day on; may have no days at all."""
    days = max(0, min(history.axis.days, history.axis.day_index(before)))
    n = int(history.axis.day_starts[days]) // history.axis.step_minutes
    row = history.queues.index(queue)
    observed = history.state[row, :n] == State.OBSERVED
    counts = _by_slot(history.axis, days, np.where(observed, history.contacts[row, :n], np.nan))
    is_open = _by_slot(history.axis, days, (history.state[row, :n] != State.CLOSED).astype(float))
    seen = np.flatnonzero(np.isfinite(counts).any(axis=1))
    lead = int(seen[0]) if len(seen) else days
    return Past(history.axis.dates[0] if lead == days else history.axis.dates[lead], counts[lead:], is_open[lead:] > 0)


def _by_slot(axis: TimeAxis, days: int, values: FloatArray) -> FloatArray:
    """Interval values as (days, slots), repeated slots averaged, absent ones nan."""
    slots = DAY_MINUTES // axis.step_minutes
    n = len(values)
    where = axis.day[:n] * slots + axis.wall_minute[:n] // axis.step_minutes
    known = np.isfinite(values)
    total = np.bincount(where[known], values[known], minlength=days * slots)
    number = np.bincount(where[known], minlength=days * slots)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan).reshape(days, slots)


def horizon_of(queue: Queue, calendar: Calendar, axis: TimeAxis) -> Horizon:
    """The axis as one queue sees it."""
    return Horizon(Grid.of(axis), queue.hours.mask(axis, calendar.closed))
