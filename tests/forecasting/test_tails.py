"""The width of the bands: a Student t found again from errors that were drawn from one."""

import numpy as np
import pytest
from scipy.stats import norm, t

from tests.forecasting.histories import after, axis_of, busy, history_of, settings_of
from wfm.forecasting import forecast
from wfm.forecasting.tails import bent, fitted


def test_without_errors_the_model_stands_as_it_is():
    tail = fitted(np.zeros(0))
    assert tail.scale == pytest.approx(1.0)
    assert tail.freedom == 100


@pytest.mark.parametrize("scale", [0.7, 1.0, 1.4])
def test_the_width_of_normal_errors_is_found(scale):
    found = [fitted(scale * np.random.default_rng(seed).standard_normal(300)) for seed in range(10)]
    assert np.mean([tail.scale for tail in found]) == pytest.approx(scale, rel=0.07)
    assert np.median([tail.freedom for tail in found]) >= 10


def test_bands_hold_what_they_say_where_the_tails_are_heavy():
    rng = np.random.default_rng(3)
    for _ in range(5):
        tail = fitted(0.8 * rng.standard_t(3, 400))
        for share in (0.8, 0.95):
            edge = tail.scale * bent(np.array(norm.ppf(0.5 + share / 2)), tail.freedom)
            assert 1 - 2 * t(3).sf(edge / 0.8) == pytest.approx(share, abs=0.04)


def test_three_errors_move_the_width_less_than_half_of_the_way():
    assert 1.0 < fitted(np.full(3, 3.0)).scale < np.sqrt(3.0)
    assert np.sqrt(0.3) < fitted(np.full(3, 0.3)).scale < 1.0


def test_normals_are_bent_to_the_t_and_run_straight_beyond_its_outermost_percent():
    assert bent(norm.ppf(np.array([0.1, 0.5, 0.975])), 4.0) == pytest.approx(t(4).ppf([0.1, 0.5, 0.975]))
    far = bent(np.array([3.0, 4.0]), 4.0)
    assert far[1] - far[0] == pytest.approx(1.0)


def test_days_far_off_widen_the_bands_of_days_to_come():
    axis = axis_of(40)
    wild = np.random.default_rng(2).random(axis.days) < 0.08
    quiet = history_of(axis, busy(axis, per_hour=200))
    rough = history_of(axis, busy(axis, per_hour=200) * np.where(wild, 0.75, 1.0)[axis.day])
    spans = [np.ptp(np.quantile(p.axis.by_day(p.paths[:, 0]), (0.025, 0.975), axis=0), axis=0).sum() for p in _predicted(quiet, rough)]
    assert spans[1] > 1.2 * spans[0]


def _predicted(*histories):
    return [forecast(history, after(history), settings_of(paths=500)) for history in histories]
