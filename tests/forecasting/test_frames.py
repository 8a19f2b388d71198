"""Forecasts from bare frames: what comes back, what is put right and said, what is refused."""

import numpy as np
import pandas as pd
import pytest

from wfm.errors import HistoryError, ScenarioError
from wfm.forecasting import forecast_frame, handle_time_frame

START = pd.Timestamp("2025-01-06")
LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]


def stamps(days: int, step_minutes: int = 60, start: pd.Timestamp = START, tz=None) -> pd.DatetimeIndex:
    return pd.date_range(start, periods=days * 1440 // step_minutes, freq=f"{step_minutes}min", tz=tz)


def made(days: int = 56, step_minutes: int = 60, per_day: float = 2400, start: pd.Timestamp = START, tz=None) -> pd.DataFrame:
    """Poisson counts with a hump at noon and quiet weekends."""
    index = stamps(days, step_minutes, start, tz)
    hump = 0.1 + np.exp(-(((index.hour * 60 + index.minute - 720).to_numpy() / 240) ** 2))
    week = np.where(index.day_of_week < 5, 1.0, 0.4)
    mean = per_day * week * hump / hump[: 1440 // step_minutes].sum()
    return pd.DataFrame({"interval_start": index, "contacts": np.random.default_rng(5).poisson(mean).astype(float)})


HISTORY = made()
WEEK = stamps(7, start=START + pd.Timedelta(days=56))
PLAIN = forecast_frame(HISTORY, WEEK, step_minutes=60)


def error(history: pd.DataFrame, **changes) -> float:
    """Mean absolute difference from the plain forecast, as a share."""
    mean = forecast_frame(history, WEEK, step_minutes=60, paths=2, **changes).mean
    return float((mean - PLAIN.mean).abs().sum() / PLAIN.mean.sum())


def test_mean_quantiles_and_paths_lie_on_the_intervals_asked():
    assert PLAIN.mean.index.equals(WEEK)
    assert list(PLAIN.quantiles.columns) == LEVELS
    assert PLAIN.quantiles.index.equals(WEEK)
    assert PLAIN.paths.shape == (300, len(WEEK))
    assert (np.diff(PLAIN.quantiles.to_numpy(), axis=1) >= 0).all()
    assert (PLAIN.paths == np.round(PLAIN.paths)).all()
    truth = made(63).set_index("interval_start").contacts[WEEK]
    assert abs(PLAIN.mean - truth).sum() / truth.sum() < 0.13


def test_the_order_asked_is_the_order_answered():
    shuffled = WEEK[np.random.default_rng(1).permutation(len(WEEK))]
    again = forecast_frame(HISTORY, shuffled, step_minutes=60)
    pd.testing.assert_series_equal(again.mean.reindex(WEEK), PLAIN.mean, check_freq=False)
    assert (again.paths[:, shuffled.argsort()] == PLAIN.paths).all()


def test_the_same_seed_draws_the_same_paths_and_another_does_not():
    assert (forecast_frame(HISTORY, WEEK, step_minutes=60).paths == PLAIN.paths).all()
    assert (forecast_frame(HISTORY, WEEK, step_minutes=60, seed=1).paths != PLAIN.paths).any()


def test_unsorted_text_and_zoned_histories_say_the_same():
    assert error(HISTORY.sample(frac=1, random_state=1)) == 0
    assert error(HISTORY.assign(interval_start=HISTORY.interval_start.astype(str))) == 0
    zoned = HISTORY.assign(interval_start=HISTORY.interval_start.dt.tz_localize("UTC").dt.tz_convert("Asia/Tokyo"))
    assert error(zoned, timezone="UTC") == 0


def test_mixed_zones_need_a_clock():
    mixed = HISTORY.assign(interval_start=[t.tz_localize("UTC") if i % 2 else t for i, t in enumerate(HISTORY.interval_start)])
    with pytest.raises(HistoryError, match="different zones"):
        forecast_frame(mixed, WEEK, step_minutes=60)
    moved = forecast_frame(mixed, WEEK, step_minutes=60, timezone="UTC", paths=2)
    assert np.allclose(moved.mean, PLAIN.mean)
    assert "moved to UTC" in moved.caveats[0]


def test_a_finer_history_is_summed_and_lost_minutes_are_made_up_for():
    fine = made(56, 5, per_day=24000)
    whole = forecast_frame(fine, WEEK, step_minutes=60, paths=2).mean
    holes = fine.sample(frac=0.8, random_state=2)
    assert abs(forecast_frame(holes, WEEK, step_minutes=60, paths=2).mean - whole).sum() / whole.sum() < 0.02


def test_a_coarser_history_is_refused():
    with pytest.raises(HistoryError, match="60 minutes; expected intervals that divide 30 minutes"):
        forecast_frame(HISTORY, WEEK, step_minutes=30)


def test_duplicates_are_averaged_negatives_are_lost_and_both_are_said():
    twice = pd.concat([HISTORY, HISTORY.iloc[100:140]])
    assert error(twice) == 0
    assert any("more than once" in note for note in forecast_frame(twice, WEEK, step_minutes=60, paths=2).caveats)
    negative = HISTORY.assign(contacts=np.where(np.arange(len(HISTORY)) % 50 == 7, -HISTORY.contacts - 1, HISTORY.contacts))
    assert error(negative) < 0.03
    assert any("negative" in note for note in forecast_frame(negative, WEEK, step_minutes=60, paths=2).caveats)


def test_everything_that_is_no_number_is_told_at_once_with_its_row():
    strange = pd.DataFrame({"interval_start": HISTORY["interval_start"][:5], "contacts": ["12", "0x10", " nan", "n/a", ""]})
    with pytest.raises(HistoryError) as refused:
        forecast_frame(strange, WEEK, step_minutes=60)
    assert [(fault.place, fault.found) for fault in refused.value.faults] == [
        ("row 2, column contacts", "'0x10'"),
        ("row 4, column contacts", "'n/a'"),
    ]


def test_rows_from_the_first_day_asked_on_are_never_used():
    assert error(made(63)) == 0


def test_days_can_be_the_step():
    daily = HISTORY.set_index("interval_start").contacts.resample("D").sum().reset_index()
    ahead = pd.date_range(WEEK[0], periods=7)
    mean = forecast_frame(daily, ahead, step_minutes=1440, paths=2).mean
    by_hour = PLAIN.mean.resample("D").sum()
    assert mean.to_numpy() == pytest.approx(by_hour.to_numpy(), rel=0.02)


def test_a_closed_day_has_no_contacts_and_a_day_not_asked_counts_as_closed():
    tuesday = WEEK[0].date() + pd.Timedelta(days=1)
    shut = forecast_frame(HISTORY, WEEK, step_minutes=60, closed=[tuesday], paths=5)
    assert (shut.mean[WEEK.date == tuesday] == 0).all()
    assert (shut.paths[:, WEEK.date == tuesday] == 0).all()
    skipped = forecast_frame(HISTORY, WEEK[WEEK.date != tuesday], step_minutes=60, paths=5)
    pd.testing.assert_series_equal(skipped.mean, shut.mean[WEEK.date != tuesday], check_freq=False)


def test_the_repeated_hour_of_a_clock_change_is_asked_twice_and_answered_twice():
    index = pd.date_range("2025-10-26", periods=25, freq="h", tz="Europe/Berlin")
    history = made(56, start=pd.Timestamp("2025-08-31"))
    predicted = forecast_frame(history, index, step_minutes=60, timezone="Europe/Berlin", country="DE")
    assert predicted.mean.iloc[2] == predicted.mean.iloc[3]
    assert predicted.mean.index.equals(index)


def test_a_history_of_the_repeated_hour_is_averaged():
    zoned = made(56, start=pd.Timestamp("2025-09-15"), tz="Europe/Berlin")
    naive = zoned.assign(interval_start=zoned.interval_start.dt.tz_localize(None))
    ahead = stamps(7, start=pd.Timestamp("2025-11-10"))
    a = forecast_frame(zoned, ahead, step_minutes=60, timezone="Europe/Berlin", paths=2).mean
    b = forecast_frame(naive, ahead, step_minutes=60, timezone="Europe/Berlin", paths=2).mean
    pd.testing.assert_series_equal(a, b)


@pytest.mark.parametrize(
    ("history", "horizon", "changes", "message"),
    [
        (HISTORY.iloc[:0], WEEK, {}, "none known before 2025-03-03"),
        (HISTORY.assign(contacts=np.nan), WEEK, {}, "none known"),
        (HISTORY.drop(columns="contacts"), WEEK, {}, "column contacts"),
        (HISTORY.assign(contacts="many"), WEEK, {}, "column contacts"),
        (HISTORY.assign(interval_start="soon"), WEEK, {}, "row 0: found 'soon'"),
        (HISTORY.assign(interval_start=range(len(HISTORY))), WEEK, {}, "found numbers"),
        (HISTORY, WEEK[:0], {}, "one at least"),
        (HISTORY, stamps(1, start=pd.Timestamp("2060-01-01")), {}, "within ten years"),
        (HISTORY, stamps(1200, start=WEEK[0]), {}, "at most 1100 days"),
        (HISTORY, WEEK, {"step_minutes": 7}, "divide a day"),
        (HISTORY, WEEK, {"timezone": "Mars/Base"}, "IANA"),
        (HISTORY, WEEK, {"closed": ["whenever"]}, "a date such as"),
        (HISTORY, WEEK, {"paths": 0}, "sample paths"),
        (HISTORY, WEEK, {"quantiles": (0.5, 1.5)}, "shares between 0 and 1"),
    ],
)
def test_what_cannot_be_forecast_is_refused_in_words(history, horizon, changes, message):
    with pytest.raises(HistoryError, match=message):
        forecast_frame(history, horizon, **{"step_minutes": 60, **changes})


def test_an_unknown_country_is_refused():
    with pytest.raises(ScenarioError, match="country"):
        forecast_frame(HISTORY, WEEK, step_minutes=60, country="Atlantis")


def test_the_handle_time_of_a_quiet_slot_is_hardly_believed():
    frame = HISTORY.assign(aht_s=np.where(HISTORY.interval_start.dt.hour == 12, 330.0, 300.0))
    frame.loc[len(frame) - 20, "aht_s"] = 9000.0
    frame.loc[len(frame) - 20, "contacts"] = 1.0
    predicted = handle_time_frame(frame, WEEK)
    assert predicted[WEEK.hour == 12].to_numpy() == pytest.approx(330, rel=0.02)
    assert predicted.max() < 335
    assert predicted.index.equals(WEEK)


def test_handle_times_without_contacts_are_refused():
    with pytest.raises(HistoryError, match="aht_s"):
        handle_time_frame(HISTORY.assign(contacts=0.0, aht_s=300.0), WEEK)
