"""The grid: the cells of time on which presence is counted and priced."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import gcd

import numpy as np

from wfm.errors import Fault, ScenarioError
from wfm.model import Requirement, ScheduleSettings, TimeAxis, Workforce
from wfm.model.arrays import FloatArray, IntArray, frozen

OVERHANG_MINUTES = 3000  # a shift of the last day may start just before midnight, last 24 hours and meet a clock change


@dataclass(frozen=True)
class Prices:
    """Prices of one agent missing, missing deeply or too many in one cell, and of one paid minute."""

    under: float
    deep_under: float
    over: float
    paid_minute: float

    def cover(self, need: FloatArray, present: FloatArray) -> FloatArray:
        """Price of `present` agents where `need` are needed, elementwise; convex in `present`."""
        missing = np.maximum(need - present, 0.0)
        deep = np.maximum(missing - 0.1 * need, 0.0)
        return self.under * (missing - deep) + self.deep_under * deep + self.over * np.maximum(present - need, 0.0)


@dataclass(frozen=True, eq=False)
class Grid:
    """The axis cut into cells of `minutes`, with what is needed in each.

    need (queues, cells): agents to be rostered. padded: cells up to the end of the last possible shift, beyond the axis.
    """

    axis: TimeAxis
    minutes: int
    queues: tuple[str, ...]
    need: FloatArray
    prices: Prices

    @property
    def cells(self) -> int:
        return self.need.shape[1]

    @property
    def padded(self) -> int:
        return self.cells + OVERHANG_MINUTES // self.minutes + 1

    @cached_property
    def week(self) -> IntArray:
        """Monday–Sunday week of each day, from 0, shape (days,)."""
        return frozen((np.arange(self.axis.days) + self.axis.start.weekday()) // 7, np.int64)

    @property
    def weeks(self) -> int:
        return int(self.week[-1]) + 1

    def reach(self, days: slice) -> tuple[int, int]:
        """First cell of some days and the one after the last that their shifts can reach, inside the axis."""
        starts = self.axis.day_starts
        return int(starts[days.start]) // self.minutes, int(starts[min(days.stop + 1, self.axis.days)]) // self.minutes

    def touched(self, start: int, end: int) -> range:
        """Cells that a stretch of elapsed minutes touches, also beyond the axis."""
        return range(start // self.minutes, -(-end // self.minutes))


def make_grid(required: Requirement, workforce: Workforce, settings: ScheduleSettings) -> Grid:
    """The grid of a problem: cells of `settings.grid_minutes`, or finer where shifts or breaks need it.

    Raises ScenarioError when the settings are no prices or no grid.
    """
    _verify(required.axis, settings)
    minutes = cell_minutes(workforce, settings)
    need = np.repeat(np.maximum(np.nan_to_num(required.rostered), 0.0), required.axis.step_minutes // minutes, axis=1)
    hours = minutes / 60
    prices = Prices(settings.under_price * hours, settings.deep_under_price * hours, settings.over_price * hours, settings.paid_price / 60)
    return Grid(required.axis, minutes, required.queues, frozen(need), prices)


def cell_minutes(workforce: Workforce, settings: ScheduleSettings) -> int:
    """The coarsest cell that divides `settings.grid_minutes` and on whose borders every shift and break can start and end."""
    minutes = settings.grid_minutes
    for template in workforce.shifts:
        minutes = gcd(minutes, template.start_from, template.start_step, *template.lengths)
        for rest in template.breaks:
            minutes = gcd(minutes, rest.minutes, rest.earliest)
    return minutes


def _verify(axis: TimeAxis, settings: ScheduleSettings) -> None:
    faults = []
    if settings.grid_minutes < 1 or axis.step_minutes % settings.grid_minutes:
        expected = f"minutes that divide the step of the plan ({axis.step_minutes})"
        faults.append(Fault("", "scheduling.grid_minutes", str(settings.grid_minutes), expected))
    for name in ("under_price", "over_price", "paid_price", "effort"):
        if not 0 <= getattr(settings, name) < float("inf"):
            faults.append(Fault("", f"scheduling.{name}", str(getattr(settings, name)), "a number of at least 0"))
    if not settings.under_price <= settings.deep_under_price < float("inf"):
        faults.append(
            Fault("", "scheduling.deep_under_price", str(settings.deep_under_price), f"at least under_price ({settings.under_price:g})")
        )
    if faults:
        raise ScenarioError(faults)
