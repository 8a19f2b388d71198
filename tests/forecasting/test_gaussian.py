"""The linear solve and its likelihood against the textbook, done the long way."""

from dataclasses import fields

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.stats import multivariate_normal

from wfm.forecasting.gaussian import PRIOR_SD, START, Days, Parts, learn, left_out, loss_of, noise_of, one_ahead, predict, solve

RNG = np.random.default_rng(7)


def days_of(ordinals) -> Days:
    ordinals = np.asarray(ordinals, float)
    effects = 0.1 * (np.add.outer(ordinals, np.arange(3)) % 5 == 0)
    holidays = 0.3 * (ordinals[:, None] % 11 == 0)
    return Days(
        ordinals,
        0.6 * np.eye(7)[(ordinals.astype(int) - 1) % 7],
        effects,
        np.stack([0.01 * (ordinals % 4 == 0), 0.004 * (ordinals % 5 == 0), 0.02 * (ordinals % 9 == 0), 0.03 * (ordinals % 7 == 0)], axis=1),
        holidays,
    )


PAST, AHEAD = days_of([*range(1, 20), *range(25, 40)]), days_of(range(42, 49))
Z = RNG.normal(0, 0.3, 34)
VARIANCE = RNG.uniform(0.001, 0.01, 34)
THETA = START + 0.3 * RNG.standard_normal(11)


def covariance(days: Days, variance=0.0) -> np.ndarray:
    return Parts(days, days).latent(THETA) + np.diag(np.exp(2 * THETA[5]) + days.extra @ np.exp(2 * THETA[7:]) + variance)


def test_the_loss_is_the_negative_log_posterior_of_the_parameters():
    loss, _ = loss_of(THETA, Parts(PAST, PAST), Z, VARIANCE, PAST.extra)
    density = multivariate_normal(np.zeros(34), covariance(PAST, VARIANCE)).logpdf(Z)
    expected = -density - 17 * np.log(2 * np.pi) + 0.5 * (((THETA - START) / PRIOR_SD) ** 2).sum()
    assert loss == pytest.approx(expected, rel=1e-9)


def test_the_gradient_is_that_of_finite_differences():
    parts, extra = Parts(PAST, PAST), PAST.extra
    numeric = approx_fprime(THETA, lambda theta: loss_of(theta, parts, Z, VARIANCE, extra)[0], 1e-6)
    assert loss_of(THETA, parts, Z, VARIANCE, extra)[1] == pytest.approx(numeric, rel=1e-3, abs=1e-3)


def test_the_forecast_is_the_conditional_normal_of_the_joint():
    both = Days(**{field.name: np.concatenate([getattr(PAST, field.name), getattr(AHEAD, field.name)]) for field in fields(Days)})
    joint = covariance(both, np.concatenate([VARIANCE, np.zeros(7)]))
    gain = joint[34:, :34] @ np.linalg.inv(joint[:34, :34])
    mean, cov = predict(PAST, solve(PAST, Z, VARIANCE, THETA), AHEAD, THETA)
    assert mean == pytest.approx(gain @ Z, abs=1e-9)
    assert cov == pytest.approx(joint[34:, 34:] - gain @ joint[:34, 34:], abs=1e-9)


def test_left_out_errors_are_those_of_really_leaving_the_day_out():
    error, sd = left_out(solve(PAST, Z, VARIANCE, THETA))
    full = covariance(PAST, VARIANCE)
    for i in (0, 11, 33):
        rest = np.arange(34) != i
        gain = full[i, rest] @ np.linalg.inv(full[np.ix_(rest, rest)])
        assert error[i] == pytest.approx(Z[i] - gain @ Z[rest], abs=1e-9)
        assert sd[i] == pytest.approx(np.sqrt(full[i, i] - gain @ full[rest, i]), abs=1e-9)


def test_learning_lowers_the_loss():
    extra = PAST.extra
    learnt = learn(PAST, Z, VARIANCE)
    assert loss_of(learnt, Parts(PAST, PAST), Z, VARIANCE, extra)[0] < loss_of(START, Parts(PAST, PAST), Z, VARIANCE, extra)[0]


def test_one_day_ahead_errors_are_those_of_forecasting_from_the_days_before():
    full = covariance(PAST, VARIANCE)
    error, variance = one_ahead(PAST, Z, noise_of(PAST, THETA) + VARIANCE, THETA)
    for i in (1, 12, 33):
        gain = full[i, :i] @ np.linalg.inv(full[:i, :i])
        assert error[i] == pytest.approx(Z[i] - gain @ Z[:i], abs=1e-9)
        assert variance[i] == pytest.approx(full[i, i] - gain @ full[:i, i], abs=1e-9)
