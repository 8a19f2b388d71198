"""The intervals of a forecast as days × wall-clock slots, whether they come from a TimeAxis or from a bare list of stamps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from wfm.model import TimeAxis
from wfm.model.arrays import IntArray

EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, eq=False)
class Grid:
    """ordinals (days,): dates, rising. day (intervals,): which of them. wall_minute (intervals,): start after local midnight.

    Unlike a TimeAxis it may leave out intervals and days, and its step may be anything that divides a day.
    """

    ordinals: IntArray
    day: IntArray
    wall_minute: IntArray
    step_minutes: int

    @classmethod
    def of(cls, axis: TimeAxis) -> Grid:
        return cls(axis.start.toordinal() + np.arange(axis.days), axis.day, axis.wall_minute, axis.step_minutes)

    @classmethod
    def at(cls, local: np.ndarray, step_minutes: int) -> Grid:
        """From local starts (intervals,) datetime64[s] whose days never go back; a start inside a step belongs to that step."""
        ordinal, minute = day_and_minute(local)
        ordinals, day = np.unique(ordinal, return_inverse=True)
        return cls(ordinals, day, minute // step_minutes * step_minutes, step_minutes)

    @property
    def days(self) -> int:
        return len(self.ordinals)

    @property
    def n_intervals(self) -> int:
        return len(self.day)

    @property
    def start(self) -> date:
        return date.fromordinal(int(self.ordinals[0]))

    @property
    def weekday(self) -> IntArray:
        """Weekday of each day, Monday 0, shape (days,)."""
        return (self.ordinals - 1) % 7


def day_and_minute(local: np.ndarray) -> tuple[IntArray, IntArray]:
    """Date ordinal and minute of the day of local times, datetime64[s]."""
    midnight = local.astype("datetime64[D]")
    return midnight.astype(np.int64) + EPOCH_ORDINAL, (local - midnight).astype(np.int64) // 60
