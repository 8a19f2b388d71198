"""Calendar effects on the log of a day's total, each a column with the size it may plausibly have.

A new effect is one function and one line in `EFFECTS`. The sizes are the standard deviations of zero-mean priors, so a few months
of data move an effect only as far as they can show it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wfm.forecasting.daykinds import DayKinds
from wfm.model.arrays import BoolArray, FloatArray, IntArray

Columns = list[NDArray[Any]]
WEEKDAY_SD = 0.6
NEAR_DAYS = 3
NAMED_SD = 0.2
LIKE_REST_SD = 0.6
AFTER_CLOSURE = 0.1
SEASON_DAYS = 450


def _holiday(kinds: DayKinds) -> Columns:
    return [kinds.holiday & ~kinds.shut]


def _before(kinds: DayKinds) -> Columns:
    return [_shifted(_off(kinds), -1) & ~_off(kinds) & ~np.any(_eves(kinds), axis=0)]


def _after(kinds: DayKinds) -> Columns:
    """First and second working day after a closure or holiday on a day that would have been worked."""
    since = np.full(len(kinds.ordinals), 99)
    count = 99
    off = _off(kinds)
    for i in range(len(since)):
        count = 0 if off[i] else count + (1 if kinds.working[i] else 0)
        since[i] = count if kinds.working[i] else 99
    return [since == 1, since == 2]


def _bridge(kinds: DayKinds) -> Columns:
    """A lone working day between a holiday or closure and the weekend or another holiday."""
    idle = ~kinds.working
    lone = kinds.working & _shifted(idle, 1) & _shifted(idle, -1)
    return [lone & (_shifted(_off(kinds), 1) | _shifted(_off(kinds), -1))]


def _first_working_days(kinds: DayKinds) -> Columns:
    rank = _rank_in_month(kinds, forward=True)
    return [rank == k for k in range(1, 6)]


def _last_working_days(kinds: DayKinds) -> Columns:
    rank = _rank_in_month(kinds, forward=False)
    return [rank == 1, rank == 2]


def _month_cycle(kinds: DayKinds) -> Columns:
    """A wave with one and with two crests a month: bills and pay days."""
    phase = 2 * np.pi * np.array([(d.day - 1) / monthrange(d.year, d.month)[1] for d in map(date.fromordinal, kinds.ordinals.tolist())])
    return [wave(k * phase) for k in (1, 2) for wave in (np.sin, np.cos)]


def _season(kinds: DayKinds) -> Columns:
    """Two waves a year, once there is more than a year to learn them from."""
    if len(kinds.ordinals) < SEASON_DAYS:
        return []
    phase = 2 * np.pi * kinds.ordinals / 365.2425
    return [wave(k * phase) for k in (1, 2) for wave in (np.sin, np.cos)]


def _eves(kinds: DayKinds) -> Columns:
    """24 and 31 December on which people work, where the days after are holidays, and other half holidays before a whole one."""
    before = _shifted(kinds.holiday, -1) & kinds.usual
    december = [_on(kinds, 12, day, day) & before for day in (24, 31)]
    return [*december, kinds.half & before & ~kinds.holiday & ~np.any(december, axis=0)]


def _quiet_weeks(kinds: DayKinds) -> Columns:
    """The days between and just after Christmas and New Year, where Christmas is kept."""
    kept = (_on(kinds, 12, 25, 25) & kinds.holiday).any()
    return [kept & kinds.working & (_on(kinds, 12, 27, 30) | _on(kinds, 1, 2, 5))]


def _on(kinds: DayKinds, month: int, first: int, last: int) -> BoolArray:
    return np.array([d.month == month and first <= d.day <= last for d in map(date.fromordinal, kinds.ordinals.tolist())])


Effects = dict[str, tuple[Callable[[DayKinds], Columns], float]]

HOLIDAY_EFFECTS: Effects = {
    "public holiday": (_holiday, 0.6),
    "24 and 31 December and other half holidays": (_eves, 0.35),
    "weeks of Christmas and New Year": (_quiet_weeks, 0.2),
    "day before a holiday or closure": (_before, 0.12),
    "working days after a holiday or closure": (_after, 0.12),
    "bridge day": (_bridge, 0.15),
}
"""Sizes that stand as they are: one loud holiday must not loosen the effects of all other days."""

EFFECTS: Effects = {
    "first working days of the month": (_first_working_days, 0.06),
    "last working days of the month": (_last_working_days, 0.06),
    "cycle of the month": (_month_cycle, 0.04),
    "season of the year": (_season, 0.03),
}


def weekday_columns(kinds: DayKinds) -> FloatArray:
    """(dates, 7) with a one for the weekday, in units of its prior size."""
    return WEEKDAY_SD * np.eye(7)[kinds.weekday]


def effect_columns(kinds: DayKinds) -> FloatArray:
    """(dates, effects): every column already multiplied by its prior size, columns that never apply left out."""
    return _stacked(kinds, [size * column for make, size in EFFECTS.values() for column in make(kinds)])


def holiday_columns(kinds: DayKinds, base: FloatArray) -> FloatArray:
    """(dates, effects) as above, of holidays and the days around them. base (7,): rough log level by weekday.

    One column lets a holiday be like the quietest weekday, another all holidays be alike, more those that come every year be themselves.
    """
    columns = [size * column for make, size in HOLIDAY_EFFECTS.values() for column in make(kinds)]
    like_rest = (base.min() - base)[kinds.weekday]
    columns.append(LIKE_REST_SD * like_rest * (kinds.holiday & ~kinds.shut))
    columns += [NAMED_SD * np.array([name == known for name in kinds.names]) for known in _repeated(kinds)]
    return _stacked(kinds, columns)


def _stacked(kinds: DayKinds, columns: Columns) -> FloatArray:
    stacked = np.stack(columns, axis=1).astype(float) if columns else np.zeros((len(kinds.ordinals), 0))
    return stacked[:, stacked.any(axis=0)]


def expected_shift(kinds: DayKinds) -> FloatArray:
    """Log level (dates,) that is expected before anything is learnt: part of what a closure turned away comes on the next working day."""
    return AFTER_CLOSURE * (_after(kinds)[0] & _recently(kinds.shut))


def _recently(flags: BoolArray) -> BoolArray:
    return np.any([_shifted(flags, k) for k in range(1, NEAR_DAYS + 1)], axis=0)


def _repeated(kinds: DayKinds) -> list[str]:
    """Holidays that come at least twice, so that one year can teach the next."""
    names, times = np.unique([name for name in kinds.names if name], return_counts=True)
    return [str(name) for name in names[times > 1]]


def near_special(kinds: DayKinds) -> BoolArray:
    """Days within three days of a holiday or closure: they teach its effect but should hardly move the level."""
    off = _off(kinds)
    return np.any([_shifted(off, k) for k in range(-NEAR_DAYS, NEAR_DAYS + 1)], axis=0)


def special(kinds: DayKinds) -> BoolArray:
    """Days whose total may be far off for a known reason: holidays, closures and their neighbours."""
    off = kinds.holiday | kinds.shut
    return off | _shifted(off, 1) | _shifted(off, -1) | np.any(_after(kinds), axis=0)


def shaped_kinds(kinds: DayKinds) -> tuple[BoolArray, BoolArray, BoolArray]:
    """Days (dates,) each with a shape of its own: holidays that are worked, half holidays, other days before a holiday or closure."""
    return kinds.holiday & ~kinds.shut, np.any(_eves(kinds), axis=0) & ~kinds.shut, _before(kinds)[0] & ~kinds.shut


def off_days(kinds: DayKinds) -> BoolArray:
    """Holidays, closures, and the weeks of Christmas and New Year: days of which no two need be alike."""
    return kinds.holiday | kinds.shut | np.any([*_eves(kinds), *_quiet_weeks(kinds)], axis=0)


def quietness(kinds: DayKinds, base: FloatArray) -> FloatArray:
    """How far the days (dates,) fall short of the busiest weekday, 0 for it and near 1 for days with hardly a contact.

    What comes on a quiet day is ruled by other things, so it scatters more and tells less of the level. base (7,): rough log level by
    weekday.
    """
    return (1 - np.exp(base - base.max()))[kinds.weekday]


def _off(kinds: DayKinds) -> BoolArray:
    return kinds.shut | (kinds.holiday & kinds.usual)


def _shifted(flags: BoolArray, days: int) -> BoolArray:
    """The flags moved `days` later."""
    moved = np.zeros_like(flags)
    if days == 0:
        return flags.copy()
    if days > 0:
        moved[days:] = flags[:-days]
    else:
        moved[:days] = flags[-days:]
    return moved


def _rank_in_month(kinds: DayKinds, forward: bool) -> IntArray:
    """1 for the first (last) working day of its month, 2 for the next (last but one) …, 0 for days that are not worked."""
    month = np.array([date.fromordinal(o).year * 12 + date.fromordinal(o).month for o in kinds.ordinals.tolist()])
    rank = np.zeros(len(month), np.int64)
    for m in np.unique(month):
        worked = np.flatnonzero((month == m) & kinds.working)
        rank[worked] = np.arange(1, len(worked) + 1) if forward else np.arange(len(worked), 0, -1)
    return rank
