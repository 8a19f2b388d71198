"""Handle time: a level that follows the last days, a slot shape that is strongly shrunk; everything weighted by contacts.

Most of an interval's mean handle time is sampling noise, so "the same slot last week" is never used. Measured on 25 000 calls of a
bank and on three years of daily means: half-life 5 days and 400 contacts beat the overall mean, slot means and weekday × slot means.
"""

from __future__ import annotations

import numpy as np

from wfm.forecasting.views import Horizon
from wfm.model import History, State
from wfm.model.arrays import FloatArray, IntArray
from wfm.model.axis import DAY_MINUTES

HALF_LIFE_DAYS = 5.0
LEVEL_PRIOR_CONTACTS = 50.0
SHAPE_PRIOR_CONTACTS = 400.0
SHAPE_DAYS = 182


def handle_times(history: History, queue: str, horizon: Horizon, default_s: float) -> FloatArray:
    """Mean handle time in seconds on each interval of the horizon, shape (intervals,); `default_s` where the history has none."""
    axis, row = history.axis, history.queues.index(queue)
    age = axis.day_index(horizon.axis.start) - axis.day
    known = (history.state[row] == State.OBSERVED) & np.isfinite(history.handle_s[row]) & (history.contacts[row] > 0) & (age > 0)
    if not known.any():
        return np.full(horizon.axis.n_intervals, default_s)
    slot = axis.wall_minute[known] // axis.step_minutes
    by_slot = slot_handle_times(
        age[known], slot, history.contacts[row][known], history.handle_s[row][known], DAY_MINUTES // axis.step_minutes
    )
    return by_slot[horizon.slot]


def slot_handle_times(age: IntArray, slot: IntArray, contacts: FloatArray, handle_s: FloatArray, slots: int) -> FloatArray:
    """Mean handle time in seconds by slot, (slots,), from known intervals, each (n,). age: days before the forecast, from 1."""
    recent = age <= SHAPE_DAYS + age.min()
    level = _level(age, contacts, handle_s)
    return level * _shape(age[recent], slot[recent], contacts[recent], handle_s[recent], slots)


def _level(age: IntArray, contacts: FloatArray, handle_s: FloatArray) -> float:
    weight = contacts * 0.5 ** ((age - age.min()) / HALF_LIFE_DAYS)
    overall = float(contacts @ handle_s / contacts.sum())
    return float((weight @ handle_s + LEVEL_PRIOR_CONTACTS * overall) / (weight.sum() + LEVEL_PRIOR_CONTACTS))


def _shape(age: IntArray, slot: IntArray, contacts: FloatArray, handle_s: FloatArray, slots: int) -> FloatArray:
    """Factor per slot, mean 1 over contacts: each interval against its own day's mean, shrunk to 1."""
    day_contacts = np.bincount(age, contacts)
    day_mean = np.bincount(age, contacts * handle_s) / np.where(day_contacts > 0, day_contacts, 1.0)
    relative = handle_s / np.where(day_mean[age] > 0, day_mean[age], 1.0)
    number = np.bincount(slot, contacts, minlength=slots)
    shape = (np.bincount(slot, contacts * relative, minlength=slots) + SHAPE_PRIOR_CONTACTS) / (number + SHAPE_PRIOR_CONTACTS)
    return shape * number.sum() / (number @ shape)
