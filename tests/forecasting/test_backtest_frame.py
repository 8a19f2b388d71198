"""Scores of `backtest_frame` against the same figures done by hand."""

import numpy as np
import pandas as pd
import pytest

from wfm.errors import HistoryError
from wfm.forecasting import backtest_frame, forecast_frame

INDEX = pd.date_range("2025-01-06", periods=63 * 24, freq="h")
HISTORY = pd.DataFrame({"interval_start": INDEX, "contacts": np.random.default_rng(2).poisson(30, len(INDEX)).astype(float)})


def test_every_score_is_that_of_the_forecasts_made_at_the_origins():
    row = backtest_frame(HISTORY, step_minutes=60, methods=("mean4",), leads=(7,), origins=2).iloc[0]
    counts = HISTORY.set_index("interval_start").contacts
    errors, volume, inside, pinball, days = [], 0.0, [], [], []
    for start in pd.to_datetime(["2025-02-24", "2025-03-03"]):
        asked = pd.date_range(start, periods=168, freq="h")
        made = forecast_frame(HISTORY[HISTORY.interval_start < start], asked, step_minutes=60, method="mean4", paths=200)
        actual = counts[asked]
        errors.append(made.mean - actual)
        days.append((made.mean - actual).resample("D").sum().abs().sum())
        inside.append((made.quantiles[0.1] <= actual) & (actual <= made.quantiles[0.9]))
        pinball += [2 * max(q * (a - f), (q - 1) * (a - f)) for q in made.quantiles for a, f in zip(actual, made.quantiles[q], strict=True)]
        volume += actual.sum()
    assert row.origins == 2
    assert row.wape == pytest.approx(sum(e.abs().sum() for e in errors) / volume)
    assert row.wape_day == pytest.approx(sum(days) / volume)
    assert row.bias == pytest.approx(sum(e.sum() for e in errors) / volume)
    assert row.cover80 == pytest.approx(np.mean(inside))
    assert row.pinball == pytest.approx(np.mean(pinball) * 336 / volume)
    assert row.floor == pytest.approx(np.sqrt(2 / (np.pi * 30)), rel=0.02)


def test_the_mean_of_four_weeks_of_pure_chance_is_as_far_off_as_theory_says():
    index = pd.date_range("2025-01-06", periods=30 * 168, freq="h")
    chance = pd.DataFrame({"interval_start": index, "contacts": np.random.default_rng(2).poisson(30, len(index)).astype(float)})
    row = backtest_frame(chance, step_minutes=60, methods=("mean4",), leads=(7,), origins=24, paths=2).iloc[0]
    assert row.wape == pytest.approx(row.floor * np.sqrt(1.25), rel=0.03)
    assert row.mase == pytest.approx(np.sqrt(1.25 / 2), rel=0.03)


def test_a_finer_history_is_scored_at_the_step_asked():
    fine = backtest_frame(HISTORY, step_minutes=120, methods=("mean4",), leads=(7,), origins=2).iloc[0]
    assert fine.floor == pytest.approx(np.sqrt(2 / (np.pi * 60)), rel=0.02)


def test_a_short_history_has_no_origin():
    with pytest.raises(HistoryError, match="28 days"):
        backtest_frame(HISTORY.iloc[: 20 * 24], step_minutes=60)
