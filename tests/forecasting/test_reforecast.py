"""The rest of a day from its morning: against the conditional normal by hand, and on days made to share one factor."""

import numpy as np
import pandas as pd
import pytest

from wfm.errors import HistoryError
from wfm.forecasting import archived, reforecast_frame
from wfm.forecasting.frames.archive import day_ahead
from wfm.forecasting.intraday import START, Day, conditional, learn, usual_days

HOURS = np.arange(24) * 60.0
FORECAST = 200 + 150 * np.sin(HOURS / 1440 * 2 * np.pi)
DAYS = pd.date_range("2025-03-03", periods=40)
FACTORS = np.exp(0.15 * np.random.default_rng(3).standard_normal(40))


def index_of(day: pd.Timestamp) -> pd.DatetimeIndex:
    return pd.date_range(day, periods=24, freq="h")


def counts_of(factor: float, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).poisson(FORECAST * factor).astype(float)


HISTORY = pd.concat(
    [pd.DataFrame({"interval_start": index_of(d), "contacts": counts_of(f, i)}) for i, (d, f) in enumerate(zip(DAYS, FACTORS, strict=True))]
)
ARCHIVE = pd.DataFrame({"interval_start": HISTORY.interval_start, "mean": np.tile(FORECAST, 40)})
TODAY = DAYS[-1] + pd.Timedelta(days=1)
STANDING = pd.Series(FORECAST, index=index_of(TODAY))
REST = STANDING.index[10:]


def reforecast(factor: float, **changes):
    today = pd.DataFrame({"interval_start": STANDING.index[:10], "contacts": FORECAST[:10] * factor})
    return reforecast_frame(HISTORY, today, STANDING, REST, **{"archive": ARCHIVE, **changes})


def test_where_days_share_a_factor_most_of_it_is_carried_on():
    predicted = reforecast(1.3)
    assert (predicted.mean / STANDING[REST]).mean() == pytest.approx(1.29, abs=0.04)
    assert predicted.mean.index.equals(REST)
    truth = np.random.default_rng(1).poisson(1.3 * FORECAST[10:], (200, 14))
    inside = (predicted.quantiles[0.1].to_numpy() <= truth) & (truth <= predicted.quantiles[0.9].to_numpy())
    assert 0.7 < inside.mean() < 0.95


def test_a_morning_as_forecast_changes_nothing():
    assert reforecast(1.0).mean.to_numpy() == pytest.approx(STANDING[REST].to_numpy(), rel=0.01)


def test_without_an_archive_half_of_a_damped_update_is_made_and_said():
    predicted = reforecast(1.3, archive=None)
    assert 1.02 < (predicted.mean / STANDING[REST]).mean() < 1.15
    assert "0 days in the archive" in predicted.caveats[0]


def test_before_two_hours_are_known_nothing_is_changed_without_an_archive():
    today = pd.DataFrame({"interval_start": STANDING.index[:1], "contacts": [900.0]})
    predicted = reforecast_frame(HISTORY, today, STANDING, STANDING.index[1:])
    assert predicted.mean.to_numpy() == pytest.approx(FORECAST[1:])


def test_an_outage_of_the_morning_is_not_carried_on():
    predicted = reforecast(0.0)
    assert predicted.mean.to_numpy() == pytest.approx(STANDING[REST].to_numpy())
    assert "silent intervals of today" in predicted.caveats[0]


def test_an_archived_outage_teaches_nothing():
    broken = HISTORY.assign(contacts=np.where(HISTORY.interval_start.dt.normalize() == DAYS[-3], 0.0, HISTORY.contacts))
    today = pd.DataFrame({"interval_start": STANDING.index[:10], "contacts": FORECAST[:10] * 1.1})
    a, b = (reforecast_frame(h, today, STANDING, REST, archive=ARCHIVE).mean for h in (HISTORY, broken))
    assert a.to_numpy() == pytest.approx(b.to_numpy(), rel=0.01)


def test_the_update_is_the_conditional_normal_of_the_joint():
    so_far = Day(HOURS[:3], FORECAST[:3], FORECAST[:3] * 1.2)
    rest = Day(HOURS[3:5], FORECAST[3:5], np.full(2, np.nan))
    day_sd, slot_sd, fade = np.exp(START)
    joint = day_sd**2 + slot_sd**2 * np.exp(-np.abs(HOURS[:5, None] - HOURS[:5]) / fade)
    observed = joint[:3, :3] + np.diag(1 / FORECAST[:3])
    mean, covariance = conditional(START, so_far, rest)
    assert mean == pytest.approx(joint[3:, :3] @ np.linalg.solve(observed, np.full(3, 0.2)))
    assert covariance == pytest.approx(joint[3:, 3:] - joint[3:, :3] @ np.linalg.solve(observed, joint[:3, 3:]))


def test_the_day_factor_that_made_the_days_is_found():
    days = usual_days([Day(HOURS, FORECAST, counts_of(f, i)) for i, f in enumerate(FACTORS)])
    day_sd, slot_sd, _ = np.exp(learn(days))
    assert day_sd == pytest.approx(0.15, rel=0.3)
    assert slot_sd < 0.06


def test_a_published_forecast_that_lacks_the_rest_is_refused():
    with pytest.raises(HistoryError, match="no forecast of 14 of 14 intervals"):
        reforecast_frame(HISTORY, HISTORY.iloc[:0], STANDING[:10], REST, archive=ARCHIVE)
    with pytest.raises(HistoryError, match="the rest of one day"):
        reforecast_frame(HISTORY, HISTORY.iloc[:0], STANDING, REST.append(REST + pd.Timedelta(days=1)), archive=ARCHIVE)


def test_of_several_versions_the_last_one_before_the_day_counts():
    archive = archived(None, STANDING, TODAY - pd.Timedelta(days=28))
    archive = archived(archive, 2 * STANDING, TODAY)
    archive = archived(archive, 3 * STANDING, TODAY + pd.Timedelta(hours=10))
    assert len(archive) == 72
    assert (day_ahead(archive, None) == 2 * STANDING).all()
