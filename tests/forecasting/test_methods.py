"""The planner's averages, by hand."""

import numpy as np
import pytest

from tests.forecasting.histories import after, axis_of, history_of, settings_of
from wfm.forecasting import forecast

AXIS = axis_of(10)
RAMP = np.arange(10.0)[AXIS.day // 7]
"""Each week holds its own number."""


@pytest.mark.parametrize(("method", "expected"), [("mean4", 7.5), ("mean8", 5.5), ("last_week", 9.0)])
def test_the_average_is_over_so_many_same_weekdays(method, expected):
    history = history_of(AXIS, RAMP)
    assert (forecast(history, after(history), settings_of(method=method)).mean == expected).all()


def test_lost_days_are_passed_over():
    history = history_of(AXIS, np.where(AXIS.day == 69, np.nan, RAMP))
    mean = forecast(history, after(history), settings_of(method="mean4")).mean
    assert mean[0, -1] == 6.5
    assert mean[0, 0] == 7.5


def test_the_band_of_an_average_is_that_of_its_own_past_errors():
    factor = np.exp(0.2 * np.random.default_rng(1).standard_normal(70))
    history = history_of(AXIS, 1000 * factor[AXIS.day])
    predicted = forecast(history, after(history), settings_of(method="last_week", paths=500))
    spread = np.log(predicted.axis.by_day(predicted.paths[:, 0])).std()
    assert spread == pytest.approx(0.2 * np.sqrt(2), rel=0.2)
    assert any("bands of the weekday averages" in note for note in predicted.notes)
