"""Weekend days that a country works to make up for a bridge (China, Hungary, …): expected like working days, and learnt from there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import holidays
import numpy as np

from wfm.forecasting.daykinds import DayKinds
from wfm.forecasting.events import event_days
from wfm.forecasting.views import Event, Task
from wfm.model import Calendar
from wfm.model.arrays import FloatArray

NAME = "make-up working day"


def with_makeup_days(task: Task) -> Task:
    """The task with the country's make-up days from its past to its horizon as one event to be learnt; as it is where there are none.

    They are far above their weekday by right, so the cleaning must not leave them out."""
    first, last = int(task.past.ordinals[0]), int(task.horizon.ordinals[-1])
    days = {day for day in _makeup_days(task.calendar, date.fromordinal(first).year, date.fromordinal(last).year) if first <= day <= last}
    if not days:
        return task
    dates = frozenset(date.fromordinal(day) for day in days)
    return replace(task, events=(*task.events, Event(NAME, dates)), kept=task.kept | dates)


@lru_cache(maxsize=32)
def _makeup_days(calendar: Calendar, first_year: int, last_year: int) -> frozenset[int]:
    if calendar.country is None:
        return frozenset()
    found = holidays.country_holidays(calendar.country, subdiv=calendar.region, years=range(first_year, last_year + 1))
    return frozenset(day.toordinal() for day in found.weekend_workdays)


def makeup_shift(task: Task, kinds: DayKinds, base: FloatArray) -> FloatArray:
    """Log level (dates,) expected of make-up days: the working weekdays' instead of their own. base (7,): rough log levels."""
    made_up = event_days([event for event in task.events if event.name == NAME], kinds.ordinals)
    working = np.bincount(kinds.weekday, kinds.working, minlength=7) > 0
    if not made_up.any() or not working.any():
        return np.zeros(len(kinds.ordinals))
    return made_up * (np.median(base[working]) - base)[kinds.weekday]
