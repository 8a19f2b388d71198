"""Dirt in the history: told in the notes, and without effect on the forecast."""

import numpy as np
import pytest

from tests.forecasting.histories import after, axis_of, busy, history_of, settings_of
from wfm.forecasting import forecast
from wfm.forecasting.cleaning import clean
from wfm.forecasting.views import past_of
from wfm.model import History, State

AXIS = axis_of(16)
CLEAN = busy(AXIS, per_hour=300, day_sd=0.03)
DAY = 16 * 7 - 5
"""The Wednesday of the last week."""


def predicted(counts, state=None):
    history = history_of(AXIS, counts)
    if state is not None:
        history = History(AXIS, history.queues, history.contacts, state[None], history.handle_s)
    return forecast(history, after(history), settings_of())


def outage(counts):
    counts[AXIS.day == DAY] = np.floor(counts[AXIS.day == DAY] / 10)


def doubled(counts):
    counts[AXIS.day == DAY] *= 2


def lost_morning(counts):
    counts[(AXIS.day == DAY) & (AXIS.wall_minute < 720)] = 0


@pytest.fixture(scope="module")
def base():
    """The forecast from the clean history."""
    return predicted(CLEAN).mean


DIRT = [(outage, "-90%"), (doubled, "left out"), (lost_morning, "silent")]


@pytest.mark.parametrize(("spoil", "words"), DIRT)
def test_one_bad_day_is_told_and_hardly_moves_the_forecast(base, spoil, words):
    counts = CLEAN.copy()
    spoil(counts)
    dirty = predicted(counts)
    assert np.abs(dirty.mean - base).sum() / base.sum() < 0.02
    told = [note for note in dirty.notes if "2025-04-23" in note]
    assert len(told) == 1
    assert words in told[0]


def test_five_percent_lost_intervals_hardly_move_the_forecast(base):
    lost = np.random.default_rng(2).random(AXIS.n_intervals) < 0.05
    dirty = predicted(np.where(lost, np.nan, CLEAN), np.where(lost, State.LOST, State.OBSERVED))
    assert np.abs(dirty.mean - base).sum() / base.sum() < 0.01


def test_an_absent_week_hardly_moves_the_forecast(base):
    lost = (AXIS.day >= 12 * 7) & (AXIS.day < 13 * 7)
    dirty = predicted(np.where(lost, np.nan, CLEAN), np.where(lost, State.LOST, State.OBSERVED))
    assert np.abs(dirty.mean - base).sum() / base.sum() < 0.015


def test_a_clean_history_is_left_as_it_is():
    assert predicted(CLEAN).notes == ()


def test_quiet_nights_are_not_taken_for_losses():
    counts = np.where(AXIS.wall_minute < 360, np.random.default_rng(3).poisson(0.3, AXIS.n_intervals), CLEAN)
    night = predicted(counts)
    assert night.notes == ()
    assert night.mean[0, night.axis.wall_minute < 360].mean() == pytest.approx(0.3, rel=0.25)


def spoilt(change) -> tuple:
    """Ten weeks of made counts of which `change` spoils the interval array in place; the flags it earns."""
    axis = axis_of(10)
    counts = np.round(np.maximum(busy(axis, per_hour=200), 1))
    change(axis, counts)
    return clean(past_of(history_of(axis, counts), "calls", after(history_of(axis, counts)).start), np.zeros(70, bool)).flags


def test_nothing_is_flagged_in_clean_counts():
    assert spoilt(lambda axis, counts: None) == ()


def test_an_hour_counted_twice_is_found():
    def twice(axis, counts):
        counts[(axis.day == 40) & (axis.wall_minute == 660)] *= 2.5

    (flag,) = spoilt(twice)
    assert flag.day == axis_of(10).dates[40]
    assert flag.reason == "1 interval far from the rest of the day, taken as lost"
    assert flag.weight == 1


def test_a_day_filled_in_with_its_average_is_found():
    def filled(axis, counts):
        counts[axis.day == 40] = np.round(counts[axis.day == 40].mean())

    (flag,) = spoilt(filled)
    assert flag.reason == "24 intervals with one number again and again, taken as lost"


def test_a_day_copied_from_the_week_before_is_found():
    def copy(axis, counts):
        counts[axis.day == 40] = counts[axis.day == 33]

    (flag,) = spoilt(copy)
    assert flag.reason == "the same counts as a week before, left out"
    assert flag.weight == 0


def test_a_day_that_is_kept_is_taken_as_it_stands():
    axis = axis_of(10)
    counts = busy(axis, per_hour=200)
    counts[axis.day == 40] *= 3
    past = past_of(history_of(axis, counts), "calls", after(history_of(axis, counts)).start)
    assert clean(past, np.zeros(70, bool)).weight[40] == 0
    assert clean(past, np.zeros(70, bool), np.arange(70) == 40).flags == ()


THIN = busy(AXIS, per_hour=12, day_sd=0.03)


def silent_told(counts) -> list[str]:
    return [flag.reason for flag in predicted(counts).flags if "too many" in flag.reason]


def test_single_zeros_of_a_thin_line_that_loses_intervals_hardly_move_its_forecast():
    lost = (np.random.default_rng(4).random(AXIS.n_intervals) < 0.05) & (THIN >= 6)
    dirty, clean_mean = predicted(np.where(lost, 0.0, THIN)), predicted(THIN).mean
    assert np.abs(dirty.mean - clean_mean).sum() / clean_mean.sum() < 0.02
    assert sum("too many" in flag.reason for flag in dirty.flags) > 0.5 * len(np.unique(AXIS.day[lost]))


def test_zeros_that_chance_makes_at_low_counts_are_believed():
    assert not silent_told(THIN)
    assert not silent_told(busy(AXIS, per_hour=3))


def test_one_quiet_hour_in_months_is_no_habit_of_losing_hours():
    counts = THIN.copy()
    counts[np.flatnonzero(counts >= 9)[:2]] = 0
    assert not silent_told(counts)
