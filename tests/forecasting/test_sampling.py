"""Paths: spread, correlation between days and queues, Poisson where nothing else is known."""

from dataclasses import replace

import numpy as np
import pytest

from tests.forecasting.histories import after, axis_of, busy, history_of, settings_of
from wfm.forecasting import forecast
from wfm.forecasting.sampling import correlation, sample_paths
from wfm.forecasting.streams import stream
from wfm.forecasting.views import Horizon, Prediction
from wfm.model import Queue

AXIS = axis_of(2, step_minutes=30)
HORIZON = Horizon(AXIS, np.ones(AXIS.n_intervals, bool))
PLAIN = Prediction(np.full(AXIS.n_intervals, 40.0), np.zeros((14, 14)), np.zeros((0, 48)), np.zeros(0, np.int64))


def drawn(prediction: Prediction, paths: int = 2000) -> np.ndarray:
    return sample_paths(("calls",), [HORIZON], [prediction], paths, 1)[:, 0]


def test_without_doubt_the_paths_are_independent_poisson():
    paths = drawn(PLAIN)
    assert paths.mean() == pytest.approx(40, rel=0.005)
    assert paths.var(axis=0).mean() == pytest.approx(40, rel=0.01)
    assert AXIS.by_day(paths).var(axis=0).mean() == pytest.approx(48 * 40, rel=0.05)


def test_day_totals_have_the_covariance_asked_for():
    shared = 0.01 * (0.5 * np.eye(14) + 0.5)
    totals = np.log(AXIS.by_day(drawn(replace(PLAIN, day_cov=shared))))
    expected = shared + np.eye(14) / (48 * 40)
    assert np.cov(totals.T) == pytest.approx(expected, abs=0.0012)


def test_whole_day_shapes_add_their_own_spread_to_the_intervals_but_not_to_the_totals():
    rng = np.random.default_rng(3)
    residuals = rng.normal(0, 2, (700, 48))
    residuals -= residuals.mean(axis=1, keepdims=True)
    donors = np.arange(730000, 730700)
    paths = drawn(replace(PLAIN, residuals=residuals, donors=donors))
    assert paths.var(axis=0).mean() == pytest.approx(40 * 4, rel=0.05)
    assert AXIS.by_day(paths).var(axis=0).mean() == pytest.approx(48 * 40, rel=0.1)


def test_correlation_of_day_errors_is_found_and_shrunk():
    rng = np.random.default_rng(4)
    common, a, b = rng.standard_normal((3, 200))
    errors = [dict(enumerate(common + 0.5 * own)) for own in (a, b)]
    found = correlation(errors)[0, 1]
    assert 0.6 < found < 0.8 * 1.1
    assert correlation([errors[0], {}])[0, 1] == 0
    assert correlation([errors[0], {1: 0.0, 2: 0.0, 3: 0.0}])[0, 1] == 0


def test_queues_that_rise_and_fall_together_are_forecast_together():
    axis = axis_of(20)
    rng = np.random.default_rng(5)
    factor = np.exp(0.15 * rng.standard_normal(axis.days))[axis.day]
    together = rng.poisson(100 * factor, (2, axis.n_intervals))
    apart = rng.poisson(100 * np.exp(0.15 * rng.standard_normal(axis.days))[axis.day])
    history = history_of(axis, [*together, apart], ("a", "b", "c"))
    predicted = forecast(history, after(history), settings_of(*map(Queue, "abc"), paths=400))
    totals = predicted.axis.by_day(predicted.paths)[:, :, 3]
    found = np.corrcoef(totals.T)
    assert found[0, 1] > 0.6
    assert abs(found[0, 2]) < 0.3


def test_the_bands_of_day_totals_are_as_wide_as_the_days_were():
    axis = axis_of(40)
    history = history_of(axis, busy(axis, per_hour=200, day_sd=0.1))
    predicted = forecast(history, after(history), settings_of(paths=500))
    logs = np.log(predicted.axis.by_day(predicted.paths[:, 0]))
    assert logs.std(axis=0).mean() == pytest.approx(0.1, rel=0.2)


def test_streams_differ_by_seed_purpose_and_name_and_repeat():
    draws = {key: stream(*key).random() for key in [(1, "a", "q"), (2, "a", "q"), (1, "b", "q"), (1, "a", "r")]}
    assert len(set(draws.values())) == 4
    assert stream(1, "a", "q").random() == draws[1, "a", "q"]


def test_doubt_about_the_day_does_not_move_the_mean_of_the_paths():
    paths = drawn(replace(PLAIN, day_cov=0.25 * np.eye(14)))
    assert paths.mean() == pytest.approx(40, rel=0.02)


def test_each_day_of_a_path_has_a_donor_of_its_own():
    up, down = np.full((350, 48), 5.0), np.full((350, 48), -5.0)
    donors = np.arange(730000, 730700)
    paths = drawn(replace(PLAIN, residuals=np.concatenate([up, down]), donors=donors))
    totals = AXIS.by_day(paths)
    assert abs(np.corrcoef(totals[:, 0], totals[:, 7])[0, 1]) < 0.1


def test_bursts_inside_the_day_widen_the_bands_of_the_intervals():
    axis = axis_of(30)
    rng = np.random.default_rng(8)
    bursty = rng.poisson(100 * rng.gamma(10, 0.1, axis.n_intervals))
    history = history_of(axis, bursty)
    predicted = forecast(history, after(history), settings_of(paths=500))
    assert predicted.paths[:, 0].var(axis=0).mean() == pytest.approx(bursty.var(), rel=0.1)
