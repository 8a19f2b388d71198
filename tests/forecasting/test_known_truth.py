"""Made-up centres whose truth is known: Poisson × day factor × week × holiday drop × level shift."""

import holidays
import numpy as np
import pandas as pd
import pytest

from wfm.forecasting import forecast_frame

WEEK = np.array([1.3, 1.1, 1.0, 1.0, 0.9, 0.5, 0.4])
HOLIDAY_SHARE, SHIFT, DAY_SD = 0.5, 1.2, 0.05
START, DAYS, AHEAD = pd.Timestamp("2024-10-07"), 252, 28
SHIFT_DAY = DAYS - 56
OFF = holidays.country_holidays("US", years=[2024, 2025])


def truth() -> tuple[pd.DatetimeIndex, np.ndarray]:
    """Hours of history and horizon with what is due in each, the day factors left out."""
    index = pd.date_range(START, periods=(DAYS + AHEAD) * 24, freq="h")
    hump = 4 + 60 * np.exp(-(((index.hour.to_numpy() - 12) / 4) ** 2))
    off = np.array([stamp.date() in OFF for stamp in index.normalize()])
    return index, hump * WEEK[index.day_of_week] * np.where(off, HOLIDAY_SHARE, 1) * np.where(
        np.arange(len(index)) < 24 * SHIFT_DAY, 1, SHIFT
    )


def counts(due: np.ndarray, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.poisson(due * np.repeat(np.exp(DAY_SD * rng.standard_normal(len(due) // 24) - DAY_SD**2 / 2), 24)).astype(float)


@pytest.fixture(scope="module")
def futures() -> list[tuple]:
    """(forecast, what is due, what came) of several centres."""
    index, due = truth()
    made = []
    for seed in range(6):
        came, known = counts(due, seed), 24 * DAYS
        history = pd.DataFrame({"interval_start": index[:known], "contacts": came[:known]})
        made.append((forecast_frame(history, index[known:], step_minutes=60, country="US", seed=seed), due[known:], came[known:]))
    return made


def test_the_truth_is_found_nearer_than_one_day_factor(futures):
    errors = [np.abs(made.mean - due).sum() / due.sum() for made, due, _ in futures]
    assert np.mean(errors) < DAY_SD


def test_the_error_is_little_above_what_nobody_can_forecast(futures):
    ours = np.mean([np.abs(made.mean - came).sum() / came.sum() for made, _, came in futures])
    least = np.mean([np.abs(due - came).sum() / came.sum() for _, due, came in futures])
    assert ours < 1.08 * least


def test_a_shift_of_the_level_eight_weeks_ago_is_followed(futures):
    assert np.mean([made.mean.sum() / due.sum() for made, due, _ in futures]) == pytest.approx(1, abs=0.03)


def test_the_drop_of_a_holiday_ahead_is_learnt_from_other_holidays(futures):
    index = truth()[0][24 * DAYS :]
    day = np.asarray(index.normalize() == pd.Timestamp("2025-06-19"))
    assert np.mean([made.mean[day].sum() / due[day].sum() for made, due, _ in futures]) == pytest.approx(1, abs=0.15)


def test_bands_of_intervals_and_of_day_totals_hold_what_they_say(futures):
    inside, inside_day = [], []
    for made, _, came in futures:
        low, high = np.quantile(made.paths, (0.1, 0.9), axis=0)
        inside.append((low <= came) & (came <= high))
        low, high = np.quantile(made.paths.reshape(len(made.paths), -1, 24).sum(axis=2), (0.1, 0.9), axis=0)
        total = came.reshape(-1, 24).sum(axis=1)
        inside_day.append((low <= total) & (total <= high))
    assert 0.76 < np.mean(inside) < 0.9
    assert np.mean(inside_day) == pytest.approx(0.8, abs=0.1)


def quiet_sundays(seed: int) -> tuple[float, float, float]:
    """Mean of a Monday, widths of Sunday and Monday, 80 %: busy days all but alike, Sundays a tenth of them that scatter by 20 %."""
    days = pd.date_range("2024-01-01", periods=26 * 7, freq="D")
    sunday = days.day_of_week == 6
    scatter = np.where(sunday, 0.2, 0.02) * np.random.default_rng(seed).standard_normal(len(days))
    history = pd.DataFrame({"interval_start": days, "contacts": np.round(np.where(sunday, 500, 5000) * np.exp(scatter))})
    made = forecast_frame(history, days[-1] + pd.to_timedelta(np.arange(1, 8), "D"), step_minutes=1440, seed=seed)
    low, high = np.quantile(made.paths, (0.1, 0.9), axis=0)
    width = np.log(high / low)
    return float(made.mean.iloc[0]), float(width[6]), float(width[0])


def test_a_quiet_weekday_that_scatters_is_wide_itself_and_leaves_the_others_narrow():
    monday, wide, narrow = np.mean([quiet_sundays(seed) for seed in range(4)], axis=0)
    assert monday == pytest.approx(5000, rel=0.02)
    assert wide == pytest.approx(2 * 1.2816 * 0.2, rel=0.35)
    assert narrow == pytest.approx(2 * 1.2816 * np.hypot(0.02, 5000**-0.5), rel=0.35)
