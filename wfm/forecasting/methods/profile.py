"""The default: a Gaussian model of log day levels × a weekday profile of the day.

Structure after Weinberg, Brown and Stroud (2007) and Aldor-Noiman, Feigin and Mandelbaum (2009): the gain is in the day level and
the calendar, and in not letting a holiday week or an outage move the level.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from wfm.forecasting.caveats import history_caveats, told
from wfm.forecasting.cleaning import Cleaned, clean
from wfm.forecasting.daykinds import DayKinds, day_kinds
from wfm.forecasting.events import event_columns, event_days, event_shift
from wfm.forecasting.features import (
    effect_columns,
    expected_shift,
    holiday_columns,
    near_special,
    off_days,
    quietness,
    shaped_kinds,
    special,
    weekday_columns,
)
from wfm.forecasting.gaussian import Days
from wfm.forecasting.level import Level, Observed, fit_level
from wfm.forecasting.makeup import makeup_shift, with_makeup_days
from wfm.forecasting.residuals import pearson
from wfm.forecasting.shape import day_totals, weekday_bases, weekday_shares
from wfm.forecasting.special_shapes import reshaped, shape_factors
from wfm.forecasting.views import Event, Flag, Prediction, Task
from wfm.model.arrays import BoolArray, FloatArray

OFF_SD, BESIDE_SD, NEAR_SD = 0.3, 0.15, 0.08
"""What holidays and closures, the days beside them and those within three days may differ by, before anything is learnt."""
QUIET_SD = 0.05
"""What the quietest other days, such as Sundays, may differ by beyond chance, before anything is learnt."""
LEAST_SEEN = 0.25
LARGEST_VARIANCE = 0.1
"""Beyond this the doubt is about what kind of day it is, and the middle is the better guess than the mean."""


def profile(task: Task) -> Prediction:
    """Clean, learn the shape of the day, forecast the day levels jointly, and lay the one on the other."""
    if not np.nansum(task.past.counts) > 0:
        return _nothing(task)
    kinds, task = day_kinds(task), with_makeup_days(task)
    known = np.isin(kinds.ordinals, task.past.ordinals)
    odd = special(kinds)[known] | event_days(task.events, task.past.ordinals)
    kept = np.isin(task.past.ordinals, [day.toordinal() for day in task.kept])
    cleaned = clean(task.past, odd, kept)
    shares = weekday_shares(cleaned.past, cleaned.weight * ~odd)
    contacts, exposure = day_totals(cleaned.past, shares)
    usable = (cleaned.weight > 0) & (exposure >= LEAST_SEEN)
    exposure = np.where(usable if usable.any() else exposure > 0, exposure, 0.0)
    base = weekday_bases(cleaned.past.weekday, contacts, exposure)
    days = _days(kinds, base, task.events)
    rough = base[kinds.weekday] + expected_shift(kinds) + event_shift(task.events, kinds.ordinals) + makeup_shift(task, kinds, base)
    asked = np.isin(kinds.ordinals, task.horizon.ordinals)
    seen = Observed(days.at(known), contacts, exposure, rough[known], odd, kept)
    level = fit_level(seen, days.at(asked), rough[asked], task.start)
    spread = _spread(task, cleaned, shares, kinds, level.used)
    return _prediction(task, cleaned, shares, level, odd, spread)


def _days(kinds: DayKinds, base: FloatArray, events: tuple[Event, ...]) -> Days:
    off, beside = off_days(kinds), special(kinds)
    near = near_special(kinds) & ~beside & ~off
    quiet = quietness(kinds, base) * ~(off | beside | near)
    extra = np.stack([OFF_SD**2 * off, BESIDE_SD**2 * (beside & ~off), NEAR_SD**2 * near, QUIET_SD**2 * quiet**2], axis=1)
    ordinals = kinds.ordinals.astype(float)
    fixed = np.hstack([holiday_columns(kinds, base), event_columns(events, kinds.ordinals)])
    return Days(ordinals, weekday_columns(kinds), effect_columns(kinds), extra, fixed)


def _spread(task: Task, cleaned: Cleaned, shares: FloatArray, kinds: DayKinds, usable: BoolArray) -> FloatArray:
    """Share of its day's total on each interval, (intervals,): holidays and the days before them by their own shape."""
    own = shaped_kinds(kinds)
    known, asked = np.isin(kinds.ordinals, task.past.ordinals), np.isin(kinds.ordinals, task.horizon.ordinals)
    factors = shape_factors(cleaned.past, shares, [kind[known] for kind in own], usable)
    spread = task.horizon.spread(shares)
    for kind, factor in zip(own, factors, strict=True):
        spread = np.where(kind[asked][task.horizon.axis.day], task.horizon.spread(reshaped(shares, factor)), spread)
    return spread


def _prediction(task: Task, cleaned: Cleaned, shares: FloatArray, level: Level, odd: BoolArray, spread: FloatArray) -> Prediction:
    axis = task.horizon.axis
    doubt = np.minimum(np.diag(level.covariance), LARGEST_VARIANCE)
    day = np.exp(level.mean + doubt / 2)
    mean = day[axis.day] * spread
    past = cleaned.past
    residuals, donors = pearson(past, shares[past.weekday], level.used & ~odd)
    errors = {int(past.ordinals[d]): float(level.errors[d]) for d in np.flatnonzero(level.used)}
    flags = _flags(cleaned, level)
    notes = (*history_caveats(task), *told(flags))
    return Prediction(mean, level.covariance, residuals, donors, errors, notes, tuple(flags), level.theta, level.freedom)


def _nothing(task: Task) -> Prediction:
    axis, slots = task.horizon.axis, task.past.counts.shape[1]
    note = "the history holds no contacts at all, so none are forecast"
    return Prediction(
        np.zeros(axis.n_intervals), np.zeros((axis.days, axis.days)), np.zeros((0, slots)), np.zeros(0, np.int64), {}, (note,)
    )


def _flags(cleaned: Cleaned, level: Level) -> list[Flag]:
    """Every day that was not taken as it stands, in order of dates."""
    late = [
        Flag(date.fromordinal(int(cleaned.past.ordinals[day])), "far from what the other days lead to expect, left out")
        for day in np.flatnonzero(level.considered & ~level.used)
    ]
    return sorted((*cleaned.flags, *late), key=lambda flag: flag.day)
