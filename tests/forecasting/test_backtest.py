"""Accuracy figures against their definitions, and no look into the future."""

import numpy as np
import pytest
from scipy.stats import poisson

from tests.forecasting.histories import CALLS, after, axis_of, busy, history_of, settings_of
from wfm.forecasting import backtest, backtest_by_lead, forecast
from wfm.forecasting.accuracy import poisson_floor
from wfm.forecasting.scoring import Trial, accuracy
from wfm.model import QUANTILES, Queue
from wfm.queueing import agents_needed


@pytest.mark.parametrize("mean", [0.3, 1.0, 7.5, 400.0])
def test_the_floor_is_the_mean_absolute_deviation_of_a_poisson(mean):
    n = np.arange(0, int(mean + 20 * np.sqrt(mean) + 30))
    assert poisson_floor(np.array([mean])) == pytest.approx((np.abs(n - mean) * poisson.pmf(n, mean)).sum() / mean)


def test_the_floor_tends_to_the_known_formula_and_averages_over_intervals():
    assert poisson_floor(np.full(5, 1157.0)) == pytest.approx(np.sqrt(2 / (np.pi * 1157)), rel=1e-3)
    unequal = np.array([100.0, 900.0])
    assert poisson_floor(unequal) == pytest.approx(np.sqrt(2 / np.pi) * (10 + 30) / 1000, rel=2e-3)
    assert np.isnan(poisson_floor(np.zeros(3)))


def trial(actual, mean, half_width=2.0, day=None, scale=10.0):
    """One origin whose paths fill the band mean ± half_width evenly."""
    actual, mean = np.asarray(actual, float), np.asarray(mean, float)
    paths = mean + np.linspace(-half_width, half_width, 201)[:, None]
    return Trial(actual, mean, paths, np.zeros(len(actual), np.int64) if day is None else np.asarray(day), scale)


def test_every_figure_is_as_defined():
    row = accuracy(CALLS, "m", [trial([10, 20, 30, 40], [12, 18, 30, 50], day=[0, 0, 1, 1])], 30, 7)
    assert (row.wape, row.wape_day, row.bias, row.mase) == pytest.approx((0.14, 0.10, 0.10, 3.5 / 10))
    assert row.cover80 == pytest.approx(0.25)  # inner 80 % of ± 2 is ± 1.6


def test_pinball_of_a_perfect_point_forecast_is_zero_and_of_one_off_by_one_is_the_mean_of_its_levels():
    exact, low = (accuracy(CALLS, "m", [trial([10.0], [mean], half_width=0.0)], 30, 7).pinball for mean in (10, 9))
    assert exact == pytest.approx(0)
    assert low == pytest.approx(2 * np.mean(QUANTILES) / 10)


def test_agents_too_many_and_too_few_are_those_of_erlang_c():
    needed, planned = (agents_needed("C", calls=calls, interval_s=1800, aht_s=300.0, sl_target=0.8) for calls in (60, 90))
    over = accuracy(CALLS, "m", [trial([60.0], [90.0])], 30, 7)
    assert (over.agents_over, over.agents_under) == pytest.approx((float((planned - needed) / needed), 0))


def test_the_same_day_index_of_two_origins_is_two_days():
    assert accuracy(CALLS, "m", [trial([10.0], [15.0]), trial([10.0], [5.0])], 30, 7).wape_day == pytest.approx(0.5)


def test_the_forecast_tells_its_accuracy_one_day_one_week_and_four_weeks_ahead():
    axis = axis_of(16)
    history = history_of(axis, busy(axis))
    predicted = forecast(history, after(history), settings_of(backtest_origins=3, backtest_days=7))
    told = [(row.method, row.lead_days, row.origins) for row in predicted.leads]
    assert told == [(method, lead, origins) for method in ("profile", "mean4") for lead, origins in ((1, 3), (7, 3), (28, 2))]
    assert predicted.accuracy[0] == predicted.leads[1]


def test_one_day_ahead_is_measured_on_different_weekdays_and_on_the_last_day_too():
    axis = axis_of(10)
    counts = np.where((axis.day == 69) | (axis.day == 66), 20.0, 10.0)
    row = backtest(history_of(axis, counts), settings_of(method="last_week"), 3, 1)[0]
    assert (row.origins, row.wape) == (3, pytest.approx(20 / 50))


def test_leads_of_ones_own_choice_are_measured_at_the_step_of_the_plan():
    axis = axis_of(12)
    history = history_of(axis, busy(axis))
    found = backtest_by_lead(history, after(history), settings_of(), (2, 14), 2)
    assert [(row.lead_days, row.method, row.origins) for row in found.leads] == [
        (2, "profile", 2),
        (2, "mean4", 2),
        (14, "profile", 2),
        (14, "mean4", 2),
    ]
    short = backtest_by_lead(history, after(history), settings_of(), (70,), 2)
    assert short.leads == ()
    assert "70 days ahead: calls: accuracy measured from 0 of 2 origins" in short.notes[0]


def test_the_method_stands_beside_the_planners_baseline_once_for_each_queue():
    history = history_of(axis_of(12), [busy(axis_of(12)), busy(axis_of(12), seed=2)], ("calls", "chat"))
    rows = backtest(history, settings_of(CALLS, Queue("chat"), Queue("mail", contacts_per_hour=5)), 3, 7)
    assert [(row.queue, row.method, row.origins) for row in rows] == [
        ("calls", "profile", 3),
        ("calls", "mean4", 3),
        ("chat", "profile", 3),
        ("chat", "mean4", 3),
    ]
    assert [row.method for row in backtest(history, settings_of(method="mean4"), 2, 7)] == ["mean4"]


def test_a_history_of_pure_poisson_noise_is_forecast_close_to_its_floor_and_band():
    axis = axis_of(30)
    history = history_of(axis, np.random.default_rng(6).poisson(80.0, axis.n_intervals))
    row, _ = backtest(history, settings_of(paths=200), 8, 7)
    assert row.floor == pytest.approx(np.sqrt(2 / (np.pi * 80)), rel=0.02)
    assert row.wape < 1.05 * row.floor
    assert row.cover80 == pytest.approx(0.8, abs=0.04)
    assert abs(row.bias) < 0.01


def test_the_last_origin_scores_the_last_days():
    axis = axis_of(10)
    history = history_of(axis, np.where(axis.day >= 63, 20.0, 10.0))
    row = backtest(history, settings_of(method="last_week"), 1, 7)[0]
    assert (row.wape, row.bias) == pytest.approx((0.5, -0.5))


def test_nothing_to_score_gives_no_figure_rather_than_a_wrong_one():
    row = backtest(history_of(axis_of(10), 0.0), settings_of(), 2, 7)[0]
    assert np.isnan(row.wape)
