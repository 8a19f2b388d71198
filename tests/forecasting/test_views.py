"""From intervals to days × slots, and from fine to coarse steps."""

from datetime import date

import numpy as np
import pytest

from tests.forecasting.histories import axis_of, history_of
from wfm.errors import HistoryError
from wfm.forecasting.rollup import rolled_up
from wfm.forecasting.views import past_of
from wfm.model import History, State, TimeAxis


def test_a_repeated_hour_is_averaged_and_a_skipped_one_unknown():
    axis = TimeAxis(date(2025, 10, 25), 2, 60, "Europe/Berlin")
    twice = np.where((axis.day == 1) & (axis.wall_minute == 120), [*np.zeros(26), 4, *np.zeros(22)], 8.0)
    row = past_of(history_of(axis, twice), "calls", date(2025, 10, 27)).counts[1]
    assert row.tolist() == [8.0, 8.0, 2.0, *[8.0] * 21]
    spring = TimeAxis(date(2025, 3, 30), 1, 60, "Europe/Berlin")
    assert np.flatnonzero(np.isnan(past_of(history_of(spring, 5.0), "calls", date(2025, 3, 31)).counts[0])).tolist() == [2]


def test_the_past_starts_with_its_first_observation_and_ends_before_the_axis():
    axis = axis_of(3)
    past = past_of(history_of(axis, np.where(axis.day < 5, np.nan, 1.0)), "calls", axis.dates[10])
    assert past.first == axis.dates[5]
    assert past.days == 5
    assert past.weekday.tolist() == [5, 6, 0, 1, 2]


def quarter_hours(state, contacts=8.0, handle_s=100.0) -> History:
    axis = TimeAxis(date(2025, 1, 6), 1, 15, "UTC")
    states = np.resize(np.asarray(state), axis.n_intervals)[None]
    counts = np.where(states == State.OBSERVED, np.resize(contacts, axis.n_intervals)[None], np.nan)
    return History(axis, ("calls",), counts, states, np.resize(handle_s, axis.n_intervals)[None])


def test_an_hour_with_a_lost_quarter_is_scaled_up_and_one_mostly_lost_is_lost():
    seen, closed, lost = State.OBSERVED, State.CLOSED, State.LOST
    hours = rolled_up(
        quarter_hours([seen] * 4 + [seen, seen, seen, lost] + [seen, lost, lost, lost] + [closed, closed, seen, seen] + [closed] * 4), 60
    )
    assert hours.contacts[0, :3].tolist() == pytest.approx([32, 32, np.nan], nan_ok=True)
    assert hours.contacts[0, 3] == 16
    assert hours.state[0, :5].tolist() == [seen, seen, lost, seen, closed]


def test_handle_times_roll_up_by_contacts():
    hours = rolled_up(quarter_hours([State.OBSERVED], [10, 30, 0, 0], [100, 200, 900, np.nan]), 60)
    assert hours.handle_s[0, 0] == pytest.approx(175)


def test_a_step_that_misses_a_clock_change_is_refused():
    axis = TimeAxis(date(2025, 3, 31), 14, 30, "Australia/Lord_Howe")
    with pytest.raises(HistoryError, match="clock change"):
        rolled_up(history_of(axis, 1.0), 60)
