"""TimeAxis: whole local days of one time zone cut into equal intervals, clock changes included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from wfm.model.arrays import BoolArray, FloatArray, IntArray, frozen

DAY_MINUTES = 1440
STEPS = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60)


@dataclass(frozen=True)
class TimeAxis:
    """`days` whole local days from `start`, in steps of `step_minutes`.

    Every time on it is *elapsed minutes since local midnight of the first day*, so a day with a clock change simply has
    23 or 25 hours. Raises ValueError for a step that does not divide the hour, an unknown zone, or a clock
    change that the step cannot hit.
    """

    start: date
    days: int
    step_minutes: int
    timezone: str

    def __post_init__(self) -> None:
        if self.step_minutes not in STEPS:
            raise ValueError(f"step_minutes must be one of {STEPS}, got {self.step_minutes}")
        if self.days < 1:
            raise ValueError(f"days must be at least 1, got {self.days}")
        if np.any(self.day_starts % self.step_minutes):
            raise ValueError(f"a clock change in {self.timezone} does not fall on a step of {self.step_minutes} minutes")

    @cached_property
    def zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.timezone)
        except Exception as error:  # zoneinfo raises KeyError, ValueError, OSError depending on the spelling
            raise ValueError(f"unknown time zone {self.timezone!r}") from error

    @cached_property
    def origin(self) -> datetime:
        """Local midnight of the first day, in UTC."""
        return self._midnight(0)

    def _midnight(self, day: int) -> datetime:
        return datetime.combine(self.start + timedelta(days=day), time(), self.zone).astimezone(UTC)

    @cached_property
    def day_starts(self) -> IntArray:
        """Elapsed minute of each local midnight, shape (days + 1,)."""
        return frozen([int((self._midnight(d) - self.origin).total_seconds()) // 60 for d in range(self.days + 1)], np.int64)

    @property
    def n_intervals(self) -> int:
        return int(self.day_starts[-1]) // self.step_minutes

    @property
    def minutes(self) -> int:
        """Length of the axis in minutes."""
        return int(self.day_starts[-1])

    @cached_property
    def interval_minutes(self) -> IntArray:
        """Elapsed minute at which each interval starts, shape (intervals,)."""
        return frozen(np.arange(self.n_intervals) * self.step_minutes, np.int64)

    @cached_property
    def starts_utc(self) -> np.ndarray:
        """Start of each interval as UTC datetime64[s], shape (intervals,)."""
        origin = np.datetime64(self.origin.replace(tzinfo=None), "s")
        return frozen(origin + self.interval_minutes.astype("timedelta64[m]"), "datetime64[s]")

    @cached_property
    def day(self) -> IntArray:
        """Index of the local day of each interval, shape (intervals,)."""
        return frozen(np.repeat(np.arange(self.days), np.diff(self.day_starts) // self.step_minutes), np.int64)

    @cached_property
    def wall_minute(self) -> IntArray:
        """Wall-clock minutes after midnight at which each interval starts, shape (intervals,)."""
        wall = self.interval_minutes - self.day_starts[self.day]
        for day in np.flatnonzero(np.diff(self.day_starts) != DAY_MINUTES):
            for i in np.flatnonzero(self.day == day):
                local = self.local(int(self.interval_minutes[i]))
                wall[i] = local.hour * 60 + local.minute
        return frozen(wall, np.int64)

    @cached_property
    def dates(self) -> tuple[date, ...]:
        return tuple(self.start + timedelta(days=d) for d in range(self.days))

    @cached_property
    def weekday(self) -> IntArray:
        """Weekday of each day, Monday 0, shape (days,)."""
        return frozen([d.weekday() for d in self.dates], np.int64)

    def local(self, minute: float) -> datetime:
        """Local date and time of an elapsed minute."""
        return (self.origin + timedelta(minutes=float(minute))).astimezone(self.zone)

    def stamp(self, minute: float) -> str:
        """ISO local time with its UTC offset, as written in every file."""
        return self.local(minute).isoformat(timespec="minutes")

    def minute(self, day: int, wall_minute: int) -> int:
        """Elapsed minute of a wall-clock time on a day; from 1440 on it lies on the following days.

        A time that the clock skips moves on by the length of the gap (2:30 is 3:30); one that it repeats is the first of the two.
        """
        extra, within = divmod(wall_minute, DAY_MINUTES)
        wall = datetime.combine(self.start + timedelta(days=day + extra), time(within // 60, within % 60), self.zone)
        return int((wall.astimezone(UTC) - self.origin).total_seconds()) // 60

    def elapsed(self, moment: datetime) -> float:
        """Elapsed minutes of an aware datetime; may lie outside the axis."""
        return (moment - self.origin).total_seconds() / 60

    def day_index(self, day: date) -> int:
        """Index of a date; negative or ≥ days when it lies outside."""
        return (day - self.start).days

    def by_day(self, values: FloatArray) -> FloatArray:
        """Sum the last axis (intervals) to days."""
        return np.add.reduceat(values, self.day_starts[:-1] // self.step_minutes, axis=-1)

    def mask(self, wall_from: int, wall_to: int, days: BoolArray) -> BoolArray:
        """Intervals of the given days ((days,) bool) whose start lies in [wall_from, wall_to)."""
        chosen: BoolArray = (self.wall_minute >= wall_from) & (self.wall_minute < wall_to) & np.asarray(days, bool)[self.day]
        return chosen
