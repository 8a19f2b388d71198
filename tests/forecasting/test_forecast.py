"""What every forecast must be, whatever the method."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecasting.histories import CALLS, OFFICE, after, axis_of, busy, history_of, settings_of
from wfm.errors import Cancelled, HistoryError, ScenarioError
from wfm.forecasting import forecast
from wfm.forecasting.methods import METHODS
from wfm.model import Calendar, History, OpeningHours, Queue, State, TimeAxis

MONDAY_OF_CLOCK_CHANGE = date(2025, 3, 24)
EVERY_METHOD = pytest.mark.parametrize("method", METHODS)


@EVERY_METHOD
def test_a_constant_history_gives_the_constant(method):
    predicted = forecast(history_of(axis_of(8), 40.0), after(history_of(axis_of(8), 40.0)), settings_of(method=method))
    assert predicted.mean == pytest.approx(np.full_like(predicted.mean, 40.0), rel=2e-3)


@EVERY_METHOD
def test_a_history_without_any_contact_gives_none(method):
    history = history_of(axis_of(4), 0.0)
    predicted = forecast(history, after(history), settings_of(method=method, backtest_origins=2))
    assert not predicted.mean.any()
    assert not predicted.paths.any()


@EVERY_METHOD
def test_a_weekday_pattern_is_recovered(method):
    axis = axis_of(8)
    pattern = np.array([100.0, 80, 60, 60, 70, 30, 20])
    history = history_of(axis, pattern[axis.weekday][axis.day])
    predicted = forecast(history, after(history), settings_of(method=method))
    assert predicted.axis.by_day(predicted.mean)[0] == pytest.approx(24 * pattern, rel=0.01)


def test_the_shape_of_the_day_is_recovered():
    axis = axis_of(8)
    history = history_of(axis, 20.0 + axis.wall_minute // 60)
    predicted = forecast(history, after(history), settings_of())
    assert predicted.mean[0, :24] == pytest.approx(20.0 + np.arange(24), rel=0.01)


@EVERY_METHOD
def test_closed_intervals_and_closed_dates_have_no_contacts(method):
    axis = axis_of(6)
    history = history_of(axis, np.where(OFFICE.mask(axis), busy(axis), np.nan))
    ahead = after(history, 14)
    closed = ahead.dates[2]
    predicted = forecast(history, ahead, settings_of(replace(CALLS, hours=OFFICE), calendar=Calendar(frozenset({closed})), method=method))
    is_open = OFFICE.mask(ahead, frozenset({closed}))
    assert not predicted.mean[0, ~is_open].any()
    assert not predicted.paths[:, 0, ~is_open].any()
    assert not predicted.quantiles[:, 0, ~is_open].any()
    assert (predicted.mean[0, is_open] > 0).all()


@pytest.mark.parametrize(("start", "hours"), [(date(2025, 3, 24), [24] * 6 + [23]), (date(2025, 10, 20), [24] * 6 + [25])])
def test_a_day_with_a_clock_change_has_its_23_or_25_hours_and_each_its_own_slot(start, hours):
    axis = TimeAxis(start - timedelta(days=56), 56, 60, "Europe/Berlin")
    history = history_of(axis, 100.0 + axis.wall_minute // 60)
    predicted = forecast(history, after(history), settings_of())
    assert np.bincount(predicted.axis.day).tolist() == hours
    assert predicted.mean[0] == pytest.approx(100.0 + predicted.axis.wall_minute // 60, rel=0.01)


def test_a_clock_change_inside_the_history_changes_nothing():
    axis = TimeAxis(date(2025, 2, 3), 84, 60, "Europe/Berlin")
    history = history_of(axis, 50.0)
    predicted = forecast(history, after(history), settings_of())
    assert predicted.mean == pytest.approx(np.full_like(predicted.mean, 50.0), rel=2e-3)


@EVERY_METHOD
def test_paths_are_whole_counts_quantiles_never_cross_and_paths_average_to_the_mean(method):
    history = history_of(axis_of(10), busy(axis_of(10)))
    predicted = forecast(history, after(history, 28), settings_of(method=method, paths=400))
    assert np.array_equal(predicted.paths, np.round(predicted.paths))
    assert predicted.paths.min() >= 0
    assert (np.diff(predicted.quantiles, axis=0) >= 0).all()
    assert predicted.paths.mean() == pytest.approx(predicted.mean.mean(), rel=0.02)
    days = predicted.axis.by_day(predicted.paths.mean(axis=0)) / predicted.axis.by_day(predicted.mean)
    assert days == pytest.approx(np.ones_like(days), rel=0.06)


def test_a_finer_history_is_rolled_up_to_the_same_forecast():
    coarse, fine = axis_of(6, step_minutes=60), axis_of(6, step_minutes=15)
    counts = busy(fine)
    hourly = history_of(coarse, counts.reshape(-1, 4).sum(axis=1))
    quarter_hours = forecast(history_of(fine, counts), after(hourly), settings_of())
    assert np.array_equal(quarter_hours.mean, forecast(hourly, after(hourly), settings_of()).mean)


def test_what_comes_after_the_axis_starts_is_not_looked_at():
    axis = axis_of(10)
    counts = busy(axis)
    ahead = TimeAxis(axis.start + timedelta(days=56), 7, 60, "UTC")
    spoiled = np.where(axis.day >= 56, 9999.0, counts)
    honest, tempted = (forecast(history_of(axis, c), ahead, settings_of(backtest_origins=2)) for c in (counts, spoiled))
    assert np.array_equal(honest.paths, tempted.paths)
    assert honest.accuracy == tempted.accuracy


def test_a_queue_with_a_given_volume_needs_no_history_and_is_poisson():
    queue = Queue("mail", hours=OFFICE, handle_s=420, contacts_per_hour=30)
    axis = axis_of(1, step_minutes=30)
    predicted = forecast(None, axis, settings_of(queue, paths=400, backtest_origins=6))
    is_open = OFFICE.mask(axis)
    assert np.array_equal(predicted.mean[0], np.where(is_open, 15.0, 0.0))
    assert predicted.paths[:, 0, is_open].var() == pytest.approx(15.0, rel=0.05)
    assert (predicted.handle_s == 420).all()
    assert predicted.accuracy == ()


def test_queues_keep_the_order_of_the_settings():
    history = history_of(axis_of(4), [[10.0] * 672, [20.0] * 672], ("low", "high"))
    predicted = forecast(history, after(history), settings_of(Queue("high"), Queue("given", contacts_per_hour=5), Queue("low")))
    assert predicted.queues == ("high", "given", "low")
    assert predicted.mean[:, 0] == pytest.approx([20, 5, 10], rel=0.01)


def test_the_same_seed_gives_the_same_numbers_and_another_seed_other_paths():
    history = history_of(axis_of(6), busy(axis_of(6)))
    first, again, other = (forecast(history, after(history), settings_of(seed=seed)) for seed in (3, 3, 4))
    assert np.array_equal(first.paths, again.paths)
    assert np.array_equal(first.mean, other.mean)
    assert not np.array_equal(first.paths, other.paths)


def test_adding_a_given_queue_leaves_the_paths_of_the_others_alone():
    history = history_of(axis_of(6), busy(axis_of(6)))
    alone = forecast(history, after(history), settings_of())
    beside = forecast(history, after(history), settings_of(CALLS, Queue("mail", contacts_per_hour=5)))
    assert np.array_equal(alone.paths[:, 0], beside.paths[:, 0])


def test_one_week_of_history_works_with_a_caveat_and_two_without():
    one, two = (history_of(axis_of(weeks), busy(axis_of(weeks))) for weeks in (1, 2))
    short = forecast(one, after(one), settings_of())
    assert short.mean.sum() == pytest.approx(np.nansum(one.contacts), rel=0.15)
    assert any("only 7 days" in note for note in short.notes)
    assert not any("days of history" in note for note in forecast(two, after(two), settings_of()).notes)


def test_a_history_too_short_for_the_backtest_says_so():
    history = history_of(axis_of(4), busy(axis_of(4)))
    predicted = forecast(history, after(history), settings_of(backtest_origins=6))
    assert predicted.accuracy == ()
    assert any("0 of 6 origins" in note for note in predicted.notes)


def test_gaps_everywhere_still_give_a_forecast():
    axis = axis_of(8)
    counts = np.where(np.random.default_rng(5).random(axis.n_intervals) < 0.5, np.nan, 50.0)
    history = history_of(axis, counts)
    lost = History(axis, history.queues, history.contacts, np.where(np.isnan(counts), State.LOST, State.OBSERVED)[None], history.handle_s)
    predicted = forecast(lost, after(history), settings_of())
    assert predicted.mean == pytest.approx(np.full_like(predicted.mean, 50.0), rel=0.02)


def test_every_fault_of_a_history_is_listed_at_once():
    history = history_of(axis_of(4, step_minutes=60), -1.0)
    ahead = TimeAxis(date(2025, 3, 3), 7, 30, "Europe/Berlin")
    with pytest.raises(HistoryError) as caught:
        forecast(history, ahead, settings_of(Queue("calls"), Queue("cals")))
    text = str(caught.value)
    assert len(caught.value.faults) == 4
    for words in ("Europe/Berlin", "divides the plan's 30 minutes", "did you mean calls?", "-1 contacts"):
        assert words in text


@pytest.mark.parametrize("history", [None, history_of(axis_of(4), np.nan), history_of(axis_of(4, start=date(2025, 6, 2)), 5.0)])
def test_no_usable_history_is_refused_with_a_message(history):
    with pytest.raises(HistoryError, match="queue calls"):
        forecast(history, axis_of(1, start=date(2025, 3, 3)), settings_of())


def test_an_unknown_method_or_country_is_refused_with_a_near_miss():
    history = history_of(axis_of(4), 5.0)
    with pytest.raises(ScenarioError, match="did you mean mean4"):
        forecast(history, after(history), settings_of(method="men4"))
    with pytest.raises(ScenarioError, match="calendar country"):
        forecast(history, after(history), settings_of(calendar=Calendar(country="Atlantis")))


def test_progress_is_reported_in_order_and_may_cancel():
    history = history_of(axis_of(8), busy(axis_of(8)))
    shares: list[float] = []
    forecast(history, after(history), settings_of(backtest_origins=2), lambda _message, share: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == 1

    def stop(_message: str, _share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        forecast(history, after(history), settings_of(), stop)


@settings(max_examples=40, deadline=None)
@given(
    days=st.integers(1, 40),
    per_hour=st.sampled_from([0.0, 0.05, 3.0, 200.0, 1e5]),
    gaps=st.sampled_from([0.0, 0.1, 0.9]),
    ahead_days=st.integers(0, 400),
    method=st.sampled_from(sorted(METHODS)),
    seed=st.integers(0, 99),
)
def test_any_history_gives_finite_counts_or_a_refusal(days, per_hour, gaps, ahead_days, method, seed):
    axis = TimeAxis(MONDAY_OF_CLOCK_CHANGE, days, 60, "Europe/Berlin")
    rng = np.random.default_rng(seed)
    counts = np.where(rng.random(axis.n_intervals) < gaps, np.nan, rng.poisson(per_hour, axis.n_intervals))
    ahead = TimeAxis(axis.dates[-1] + timedelta(days=1 + ahead_days), 7, 60, "Europe/Berlin")
    history = history_of(axis, counts)
    if np.isnan(counts).all():
        with pytest.raises(HistoryError):
            forecast(history, ahead, settings_of(method=method))
        return
    predicted = forecast(history, ahead, settings_of(method=method, calendar=Calendar(country="DE"), paths=20))
    assert np.isfinite(predicted.mean).all()
    assert (predicted.mean >= 0).all()
    assert predicted.mean.max() <= 10 * np.nanmax(counts) + 1
    assert (np.diff(predicted.quantiles, axis=0) >= 0).all()


def test_hours_and_weekdays_that_the_history_never_saw_are_forecast_and_told():
    axis = axis_of(8)
    history = history_of(axis, np.where(OFFICE.mask(axis), 30.0, np.nan))
    longer = OpeningHours((((540, 1140),),) * 6 + ((),))
    predicted = forecast(history, after(history), settings_of(replace(CALLS, hours=longer)))
    is_open = longer.mask(predicted.axis)
    assert predicted.mean[0, is_open] == pytest.approx(np.full(is_open.sum(), 30.0), rel=0.25)
    assert any("no Saturday in the history" in note for note in predicted.notes)
    assert any("Monday: 2 intervals between 17:00 and 19:00" in note for note in predicted.notes)


def test_a_history_that_ends_long_before_the_axis_says_so():
    history = history_of(axis_of(8), 30.0)
    predicted = forecast(history, axis_of(1, start=date(2025, 6, 2)), settings_of())
    assert predicted.mean == pytest.approx(np.full_like(predicted.mean, 30.0), rel=0.01)
    assert any("ends on 2025-03-02, 92 days before" in note for note in predicted.notes)


def test_weekends_recorded_as_zeros_stay_near_zero_and_leave_the_week_alone():
    axis = axis_of(10)
    counts = np.where(axis.weekday[axis.day] < 5, 40.0, 0.0)
    predicted = forecast(history_of(axis, counts), after(history_of(axis, counts)), settings_of())
    days = predicted.axis.by_day(predicted.mean)[0]
    assert days[:5] == pytest.approx(np.full(5, 960.0), rel=0.01)
    assert days[5:].max() < 0.1


@pytest.mark.parametrize("per_hour", [0.02, 0.2, 2.0])
def test_low_counts_are_neither_over_nor_underestimated(per_hour):
    axis = axis_of(52)
    counts = np.random.default_rng(9).poisson(per_hour, axis.n_intervals)
    predicted = forecast(history_of(axis, counts), after(history_of(axis, counts)), settings_of())
    assert predicted.mean.mean() == pytest.approx(counts.mean(), rel=0.08)


def test_the_mean_is_that_of_the_skewed_day_and_not_its_median():
    axis, ratios = axis_of(30), []
    for seed in range(6):
        factor = np.exp(0.3 * np.random.default_rng(seed).standard_normal(axis.days))
        history = history_of(axis, np.random.default_rng(100 + seed).poisson(500 * factor[axis.day]))
        ratios.append(forecast(history, after(history, 28), settings_of()).mean.mean() / history.contacts.mean())
    assert np.mean(ratios) == pytest.approx(1, abs=0.02)
