"""Two real banks by rolling origins, against the planner's own baseline; nothing beyond their visible part is used."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from tests.forecasting.histories import bank, technion
from wfm.forecasting import backtest, forecast
from wfm.forecasting.rollup import rolled_up
from wfm.model import TimeAxis


@pytest.mark.parametrize("step_minutes", [15, 30])
def test_the_bank_is_forecast_at_least_15_percent_better_than_by_the_planner(shared_data, step_minutes):
    history, settings = bank(shared_data)
    ours, planner = backtest(rolled_up(history, step_minutes), settings, 10, 7)
    assert ours.wape < 0.85 * planner.wape
    assert ours.wape_day < 0.8 * planner.wape_day
    assert ours.cover80 == pytest.approx(0.8, abs=0.08)
    assert abs(ours.bias) < 0.02


def test_the_technion_bank_is_forecast_at_least_10_percent_better_than_by_the_planner(shared_data):
    history, settings = technion(shared_data)
    ours, planner = backtest(rolled_up(history, 30), settings, 10, 7)
    assert ours.wape < 0.9 * planner.wape
    assert ours.cover80 == pytest.approx(0.8, abs=0.08)


@pytest.mark.parametrize(("series", "step_minutes"), [(bank, 30), (technion, 30)])
def test_bands_of_day_totals_hold_what_they_say_four_weeks_ahead(shared_data, series, step_minutes):
    history, settings = series(shared_data)
    inside = []
    for weeks in range(6):
        start = history.axis.start + timedelta(days=history.axis.days - 28 - 7 * weeks)
        axis = TimeAxis(start, 28, step_minutes, history.axis.timezone)
        predicted = forecast(history, axis, replace(settings, backtest_origins=0))
        counts = rolled_up(history, step_minutes).contacts[0]
        first = np.searchsorted(rolled_up(history, step_minutes).axis.starts_utc, axis.starts_utc[0])
        actual = axis.by_day(np.nan_to_num(counts[first : first + axis.n_intervals]))
        low, high = np.quantile(axis.by_day(predicted.paths[:, 0]), (0.1, 0.9), axis=0)
        inside += ((low <= actual) & (actual <= high))[actual > 0].tolist()
    assert np.mean(inside) == pytest.approx(0.8, abs=0.08)
