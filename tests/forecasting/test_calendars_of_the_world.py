"""Half days, weeks that start on Sunday or Saturday, make-up working days, and handle times by type."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from wfm.errors import HistoryError
from wfm.forecasting import forecast_frame, handle_time_frame
from wfm.forecasting.daykinds import half_holidays
from wfm.model import Calendar

RNG = np.random.default_rng(3)


def counts(first: str, days: int, hours: range, level, closed=()) -> pd.DataFrame:
    """Poisson counts by the hour; level: of (day, hour), 0 for closed."""
    index = [pd.Timestamp(first) + timedelta(days=day, hours=hour) for day in range(days) for hour in hours]
    due = np.array([0.0 if stamp.date() in closed else level(stamp) for stamp in index])
    frame = pd.DataFrame({"interval_start": index, "contacts": RNG.poisson(due).astype(float)})
    return frame[due > 0].reset_index(drop=True)


def ahead(days, hours) -> pd.DatetimeIndex:
    return pd.DatetimeIndex([pd.Timestamp(day) + timedelta(hours=hour) for day in days for hour in hours])


def test_a_half_day_is_forecast_for_its_own_hours_at_the_level_of_half_days_before():
    christmas = {date(year, 12, day) for year in (2022, 2023) for day in (25, 26)}

    def level(stamp):
        eve = (stamp.month, stamp.day) == (12, 24)
        return 0 if stamp.day_of_week == 6 or (eve and stamp.hour >= 12) else 60 if eve else 100

    history = counts("2022-09-01", 838, range(8, 18), level, christmas)
    noon = forecast_frame(history, ahead(["2024-12-24"], range(8, 12)), step_minutes=60, country="DE")
    assert len(noon.mean) == 4
    assert noon.mean.mean() == pytest.approx(60, rel=0.15)
    whole = forecast_frame(history, ahead(["2024-12-19"], range(8, 18)), step_minutes=60, country="DE")
    assert whole.mean.to_numpy() == pytest.approx(np.full(10, 100), rel=0.08)


def test_half_days_in_the_history_neither_move_the_level_nor_the_shape():
    halves = {date(2025, 2, 7), date(2025, 3, 7), date(2025, 4, 4)}

    def level(stamp):
        return 0 if stamp.day_of_week > 4 or (stamp.date() in halves and stamp.hour >= 13) else 100

    predicted = forecast_frame(counts("2025-01-06", 91, range(8, 18), level), ahead(["2025-04-11"], range(8, 18)), step_minutes=60)
    assert predicted.mean.mean() == pytest.approx(100, rel=0.03)
    assert predicted.mean[5:].mean() / predicted.mean[:5].mean() == pytest.approx(1, abs=0.04)


@pytest.mark.parametrize(("country", "off", "first"), [("IL", (4, 5), 6), ("EG", (4, 5), 6), ("IR", (3, 4), 5)])
def test_a_week_from_sunday_or_saturday_has_its_own_weekdays_and_month_ends(country, off, first):
    """Weekday pattern and a rise on the first working day of the month, which may be a Saturday or Sunday."""

    def level(stamp):
        if stamp.day_of_week in off:
            return 0
        days = [stamp.replace(day=1) + timedelta(days=k) for k in range(4)]
        opening = next(day for day in days if day.day_of_week not in off)
        return (120 if stamp.day_of_week == first else 80) * (1.25 if stamp.day == opening.day else 1)

    history = counts("2023-01-01", 700, range(8, 16), level)
    start = pd.Timestamp("2024-12-01")
    days = [start + timedelta(days=k) for k in range(14) if (start + timedelta(days=k)).day_of_week not in off]
    predicted = forecast_frame(history, ahead(days, range(8, 16)), step_minutes=60, country=country)
    truth = np.array([8 * level(day) for day in days])
    assert predicted.mean.groupby(predicted.mean.index.date).sum().to_numpy() == pytest.approx(truth, rel=0.12)


def test_a_make_up_working_day_is_like_a_working_day_even_the_first_time_and_is_learnt():
    """Hungary worked Saturday 2024-12-07, 2024-12-14 and 2025-05-17, 2025-10-18, 2025-12-13."""
    made_up = {date(2024, 8, 3), date(2024, 12, 7), date(2024, 12, 14), date(2025, 5, 17)}

    def level(stamp):
        return 100 if stamp.day_of_week < 5 else 70 if stamp.date() in made_up else 20

    history = counts("2024-01-01", 650, range(24), level)
    week = [pd.Timestamp("2025-10-13") + timedelta(days=k) for k in range(7)]
    predicted = forecast_frame(history, ahead(week, range(24)), step_minutes=60, country="HU")
    days = predicted.mean.groupby(predicted.mean.index.date).mean().to_numpy()
    assert days == pytest.approx([100, 100, 100, 100, 100, 70, 20], rel=0.12)
    fresh = history[history["interval_start"] >= pd.Timestamp("2025-06-01")]
    first = forecast_frame(fresh, ahead(week[5:6], range(24)), step_minutes=60, country="HU")
    assert first.mean.mean() == pytest.approx(100, rel=0.2)


def calls(share_a: float, first: str, days: int) -> pd.DataFrame:
    """Type a takes 100 s, type b 300 s; share of a."""
    index = pd.date_range(first, periods=24 * days, freq="h")
    rows = [(stamp, 60 * share, kind, aht) for stamp in index for kind, share, aht in (("a", share_a, 100.0), ("b", 1 - share_a, 300.0))]
    return pd.DataFrame(rows, columns=["interval_start", "contacts", "type", "aht_s"])


def test_handle_time_by_type_follows_the_mix_of_the_weekday():
    monday = date(2025, 1, 6)
    history = pd.concat([calls(0.9 if day % 7 > 4 else 0.5, f"{monday + timedelta(days=day)}", 1) for day in range(56)])
    week = pd.date_range("2025-03-03", periods=168, freq="h")
    predicted = handle_time_frame(history, week).groupby(week.day_of_week).mean().to_numpy()
    assert predicted == pytest.approx([200.0] * 5 + [120.0] * 2, rel=0.03)
    pooled = history.assign(work=history["contacts"] * history["aht_s"]).groupby("interval_start")[["contacts", "work"]].sum().reset_index()
    without = handle_time_frame(pooled.assign(aht_s=pooled["work"] / pooled["contacts"]), week).groupby(week.day_of_week).mean().to_numpy()
    assert np.ptp(without) < 5  # what one level for all types would say of every day


def test_one_type_is_the_same_as_no_types_and_a_type_without_handle_time_is_passed_over():
    history = calls(1.0, "2025-01-06", 28)
    only = history[history["type"] == "a"]
    week = pd.date_range("2025-02-03", periods=48, freq="h")
    pd.testing.assert_series_equal(handle_time_frame(only, week), handle_time_frame(only.drop(columns="type"), week))
    silent = pd.concat([only, only.assign(type="c", aht_s=np.nan)])
    assert handle_time_frame(silent, week).to_numpy() == pytest.approx(np.full(48, 100.0))
    with pytest.raises(HistoryError, match="no interval with contacts and a handle time"):
        handle_time_frame(only.assign(aht_s=np.nan), week)


def eve_level(stamp: pd.Timestamp) -> float:
    """A line that never closes: of the usual 8 to 18 o'clock, the eves of Christmas and New Year keep the morning."""
    eve = stamp.month == 12 and stamp.day in (24, 31)
    return 0 if stamp.day_of_week >= 5 else 90 if eve and stamp.hour < 12 else 4 if eve else 100


def test_eves_that_are_open_all_day_but_quiet_from_noon_are_forecast_as_the_years_before_had_them():
    history = counts("2021-09-01", 1200, range(8, 18), eve_level)
    due = ahead(["2024-12-24"], range(8, 18))
    mean = forecast_frame(history, due, step_minutes=60, country="DE").mean.to_numpy()
    truth = np.array([eve_level(stamp) for stamp in due])
    usual = truth.sum() / 10
    assert mean.sum() == pytest.approx(truth.sum(), rel=0.25)
    assert np.abs(mean - truth).sum() < 0.5 * np.abs(usual - truth).sum()


def test_a_day_after_an_eve_keeps_the_usual_shape():
    history = counts("2021-09-01", 1200, range(8, 18), eve_level)
    mean = forecast_frame(history, ahead(["2025-01-14"], range(8, 18)), step_minutes=60, country="DE").mean
    assert mean.to_numpy() == pytest.approx(np.full(10, 100.0), rel=0.1)


def test_half_holidays_of_a_country_are_known_and_most_countries_have_none():
    turkish = half_holidays(Calendar(country="TR"), 2025, 2025)
    assert pd.Timestamp("2025-10-28").toordinal() in turkish
    assert not half_holidays(Calendar(country="DE"), 2025, 2025)
    assert not half_holidays(Calendar(), 2025, 2025)


def test_a_half_holiday_teaches_the_next_one():
    halves = half_holidays(Calendar(country="TR"), 2021, 2024)

    def level(stamp):
        return 0 if stamp.day_of_week >= 5 else 50 if stamp.toordinal() in halves else 100

    history = counts("2021-01-04", 1390, range(8, 18), level)
    due = ahead(["2024-10-28", "2024-11-04"], range(8, 18))
    mean = forecast_frame(history, due, step_minutes=60, country="TR").mean.to_numpy()
    assert mean[:10].sum() < 0.75 * mean[10:].sum()
