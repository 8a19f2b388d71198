"""What kind of day each date is: usual opening, closures, public holidays, working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays
import numpy as np

from wfm.errors import Fault, ScenarioError
from wfm.forecasting.views import Task
from wfm.model import Calendar
from wfm.model.arrays import BoolArray, IntArray

MARGIN_DAYS = 15
"""Days looked at before and after, so that month ends and neighbours of holidays are known at the edges."""
WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, eq=False)
class DayKinds:
    """Facts of consecutive dates, each (dates,): usual: a weekday on which the centre opens. shut: usual, yet closed all day.

    holiday: public holiday. working: usual, neither shut nor holiday nor the country's weekend. names: the holidays' names, "" for none.
    half: half holiday, where the country has such.
    """

    ordinals: IntArray
    usual: BoolArray
    shut: BoolArray
    holiday: BoolArray
    working: BoolArray
    names: tuple[str, ...]
    half: BoolArray

    @property
    def weekday(self) -> IntArray:
        return (self.ordinals - 1) % 7


def day_kinds(task: Task) -> DayKinds:
    """The kinds of all days from a margin before the past to a margin after the horizon."""
    past, last = task.past, int(task.horizon.ordinals[-1])
    ordinals = np.arange(int(past.ordinals[0]) - MARGIN_DAYS, last + MARGIN_DAYS + 1)
    weekday = (ordinals - 1) % 7
    usual = _usual(task)[weekday]
    closed = np.isin(ordinals, [day.toordinal() for day in task.calendar.closed])
    closed[MARGIN_DAYS : MARGIN_DAYS + past.days] |= ~past.is_open.any(axis=1)
    names, weekend = public_holidays(task.calendar, date.fromordinal(ordinals[0]).year, date.fromordinal(ordinals[-1]).year)
    named = tuple(names.get(day, "") for day in ordinals.tolist())
    holiday = np.array([name != "" for name in named])
    working = usual & ~closed & ~holiday & ~np.isin(weekday, list(weekend))
    half = np.isin(ordinals, list(half_holidays(task.calendar, date.fromordinal(ordinals[0]).year, date.fromordinal(ordinals[-1]).year)))
    return DayKinds(ordinals, usual, usual & closed, holiday, working, named, half)


def _usual(task: Task) -> BoolArray:
    """Weekdays that are usually open, (7,): by the past where it has the weekday, else by the opening hours."""
    past = task.past
    by_hours = np.array([len(spans) > 0 for spans in task.queue.hours.week])
    is_open = past.is_open.any(axis=1)
    days = np.bincount(past.weekday, minlength=7)
    return np.where(days > 0, 2 * np.bincount(past.weekday, is_open, minlength=7) >= np.maximum(days, 1), by_hours)


@lru_cache(maxsize=32)
def public_holidays(calendar: Calendar, first_year: int, last_year: int) -> tuple[dict[int, str], frozenset[int]]:
    """Ordinal → name of the public holidays, and the weekdays of the weekend (Monday 0).

    Raises ScenarioError for a country or region that the `holidays` library does not know.
    """
    if calendar.country is None:
        return {}, WEEKEND
    years = range(first_year, last_year + 1)
    try:
        found = holidays.country_holidays(calendar.country, subdiv=calendar.region, years=years)
    except NotImplementedError as error:
        place = f"{calendar.country}, region {calendar.region}" if calendar.region else calendar.country
        expected = "a country code such as DE or US, and one of its regions"
        raise ScenarioError(Fault("", "calendar country", place, expected, str(error))) from error
    return {day.toordinal(): name for day, name in found.items()}, frozenset(found.weekend) or WEEKEND


@lru_cache(maxsize=32)
def half_holidays(calendar: Calendar, first_year: int, last_year: int) -> frozenset[int]:
    """Ordinals of the half holidays of a country that `public_holidays` knows, empty for most."""
    if calendar.country is None:
        return frozenset()
    years = range(first_year, last_year + 1)
    known = holidays.country_holidays(calendar.country, subdiv=calendar.region, years=years)
    if holidays.HALF_DAY not in known.supported_categories:
        return frozenset()
    halves = holidays.country_holidays(calendar.country, subdiv=calendar.region, years=years, categories=(holidays.HALF_DAY,))
    return frozenset(day.toordinal() for day in halves)
