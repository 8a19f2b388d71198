"""Handle time: a level that follows the last days, a slot shape that is smoothed and shrunk; everything weighted by contacts.

Most of an interval's mean handle time is sampling noise, so "the same slot last week" is never used. How much the shape is shrunk is
told by the history itself (empirical Bayes): the noise of single contacts against what lies between slots. A half-life of 5 days did
best on three years of daily means.
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
LEAST_PRIOR, MOST_PRIOR = 30.0, 5000.0
TELLING_CONTACTS = 1000.0
"""From so many contacts on, what they tell of the prior counts for more than SHAPE_PRIOR_CONTACTS."""
SMOOTH_MINUTES = 30.0
"""Standard deviation of the kernel by which neighbouring slots lend each other their contacts."""
SHAPE_DAYS = 182
LEAST_BETWEEN = 1e-6


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
    """Factor per slot, mean 1 over contacts: each interval against its own day's mean, drawn to its neighbours, and they to 1."""
    day_contacts = np.bincount(age, contacts)
    day_mean = np.bincount(age, contacts * handle_s) / np.where(day_contacts > 0, day_contacts, 1.0)
    relative = handle_s / np.where(day_mean[age] > 0, day_mean[age], 1.0)
    number = np.bincount(slot, contacts, minlength=slots)
    total = np.bincount(slot, contacts * relative, minlength=slots)
    prior = _prior_contacts(slot, contacts, relative, np.where(number > 0, total / np.where(number > 0, number, 1.0), 1.0))
    kernel = _kernel(slots)
    around = (kernel @ total + prior) / (kernel @ number + prior)
    shape = (total + prior * around) / (number + prior)
    return shape * number.sum() / (number @ shape)


def _kernel(slots: int) -> FloatArray:
    """Weights (slots, slots) of slots for each other, round the clock."""
    apart = np.abs(np.arange(slots)[:, None] - np.arange(slots))
    apart = np.minimum(apart, slots - apart) * (DAY_MINUTES / slots)
    return np.exp(-0.5 * (apart / SMOOTH_MINUTES) ** 2)


def _prior_contacts(slot: IntArray, contacts: FloatArray, relative: FloatArray, by_slot: FloatArray) -> float:
    """Contacts' worth of belief in no shape at all: variance of single contacts ÷ variance between slots, by moments (DerSimonian &
    Laird 1986). by_slot (slots,): mean of the relative handle times."""
    number = np.bincount(slot, contacts)
    number = number[number > 0]
    spare = len(slot) - len(number)
    if not spare or len(number) < 2:
        return SHAPE_PRIOR_CONTACTS
    single = float(contacts @ (relative - by_slot[slot]) ** 2) / spare
    excess = float(contacts @ (by_slot[slot] - 1) ** 2) - single * (len(number) - 1)
    between = max(excess / (number.sum() - (number @ number) / number.sum()), LEAST_BETWEEN)
    told = np.log(np.clip(single / between, LEAST_PRIOR, MOST_PRIOR) / SHAPE_PRIOR_CONTACTS)
    return float(SHAPE_PRIOR_CONTACTS * np.exp(told * number.sum() / (number.sum() + TELLING_CONTACTS)))
