"""Accuracy figures against their definitions, and no look into the future."""

import numpy as np
import pytest
from scipy.stats import poisson

from tests.forecasting.histories import CALLS, axis_of, busy, history_of, settings_of
from wfm.forecasting import backtest
from wfm.forecasting.accuracy import accuracy, poisson_floor
from wfm.model import Queue


@pytest.mark.parametrize("mean", [0.3, 1.0, 7.5, 400.0])
def test_the_floor_is_the_mean_absolute_deviation_of_a_poisson(mean):
    n = np.arange(0, int(mean + 20 * np.sqrt(mean) + 30))
    assert poisson_floor(np.array([mean])) == pytest.approx((np.abs(n - mean) * poisson.pmf(n, mean)).sum() / mean)


def test_the_floor_tends_to_the_known_formula_and_averages_over_intervals():
    assert poisson_floor(np.full(5, 1157.0)) == pytest.approx(np.sqrt(2 / (np.pi * 1157)), rel=1e-3)
    unequal = np.array([100.0, 900.0])
    assert poisson_floor(unequal) == pytest.approx(np.sqrt(2 / np.pi) * (10 + 30) / 1000, rel=2e-3)
    assert np.isnan(poisson_floor(np.zeros(3)))


def test_every_figure_is_as_defined():
    actual, mean = np.array([10.0, 20, 30, 40]), np.array([12.0, 18, 30, 50])
    row = accuracy("q", "m", [np.stack([actual, mean, mean - 2, mean + 2, [0, 0, 1, 1]])])
    assert (row.wape, row.wape_day, row.bias, row.cover80) == pytest.approx((0.14, 0.10, 0.10, 0.75))


def test_the_same_day_index_of_two_origins_is_two_days():
    over, under = (np.array([[10.0], [10 + e], [0], [99], [0]]) for e in (5, -5))
    assert accuracy("q", "m", [over, under]).wape_day == pytest.approx(0.5)


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
