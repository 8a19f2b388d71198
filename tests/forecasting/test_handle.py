"""Handle time: level by recency, shape shrunk, weighted by contacts."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.forecasting.histories import CALLS, after, axis_of, history_of, settings_of
from wfm.forecasting import forecast, handle_time_frame
from wfm.model import Queue

AXIS = axis_of(8)


def handle(handle_s, contacts=50.0, queue: Queue = CALLS) -> np.ndarray:
    history = history_of(AXIS, contacts, handle_s=handle_s)
    return forecast(history, after(history), settings_of(queue)).handle_s[0]


def test_a_constant_handle_time_stays():
    assert handle(240.0) == pytest.approx(np.full(168, 240.0))


def test_without_handle_times_the_queues_own_is_used():
    assert (handle(np.nan, queue=Queue("calls", handle_s=333)) == 333).all()


def test_the_level_follows_the_last_days():
    assert handle(np.where(AXIS.day < 28, 200.0, 300.0)).mean() == pytest.approx(300, rel=0.05)


def test_a_shape_well_measured_is_kept_and_a_thin_one_shrunk_away():
    shape = np.where(AXIS.wall_minute < 720, 200.0, 400.0)
    assert handle(shape, contacts=500)[[0, 12]] == pytest.approx([200, 400], rel=0.1)
    assert np.ptp(handle(shape, contacts=0.1)) < 20


def test_intervals_count_by_their_contacts():
    contacts = np.where(AXIS.wall_minute < 720, 90.0, 10.0)
    level = handle(np.where(AXIS.wall_minute < 720, 200.0, 400.0), contacts)
    weights = contacts[:168]
    assert weights @ level / weights.sum() == pytest.approx(220, rel=0.02)


def test_intervals_without_contacts_teach_nothing():
    contacts = np.where(AXIS.wall_minute < 720, 50.0, 0.0)
    assert handle(np.where(AXIS.wall_minute < 720, 200.0, 9999.0), contacts) == pytest.approx(np.full(168, 200.0))


def test_a_queue_with_a_given_volume_still_takes_its_handle_time_from_the_history():
    assert handle(250.0, queue=Queue("calls", contacts_per_hour=10)) == pytest.approx(np.full(168, 250.0))


def noisy(shape: np.ndarray, contacts: float, seed: int = 3) -> np.ndarray:
    """Interval means of that many exponential handle times each."""
    return shape * np.random.default_rng(seed).gamma(contacts, 1 / contacts, AXIS.n_intervals)


def test_where_all_differences_are_chance_the_slots_stay_alike():
    flat = np.full(AXIS.n_intervals, 240.0)
    raw = noisy(flat, 5).reshape(-1, 24).mean(axis=0)
    assert np.ptp(handle(noisy(flat, 5), contacts=5)) < np.ptp(raw) / 4


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_thinly_measured_shape_is_found_nearer_than_by_slot_means(seed):
    shape = 240 * (1 + 0.2 * np.sin(2 * np.pi * AXIS.wall_minute / 1440))
    measured = noisy(shape, 0.5, seed)
    ours, slot_means = handle(measured, contacts=0.5)[:24], measured.reshape(-1, 24).mean(axis=0)
    assert np.abs(ours / ours.mean() * 240 - shape[:24]).mean() < 0.9 * np.abs(slot_means / slot_means.mean() * 240 - shape[:24]).mean()


def technion_half_hours(folder: Path) -> pd.DataFrame:
    calls = pd.read_csv(folder / "technion_bank" / "calls_1999_02.csv.gz")
    calls = calls[(calls.outcome == "AGENT") & (calls.ser_time > 0)]
    at = (pd.to_datetime(calls.date) + pd.to_timedelta(calls.ser_start)).dt.floor("30min")
    return calls.groupby(at).ser_time.agg(contacts="size", aht_s="mean").rename_axis("interval_start").reset_index()


def workload_errors(calls: pd.DataFrame, first_day: int) -> np.ndarray:
    """Sum of |workload − contacts × handle time| over one-day-ahead forecasts: ours, the slot means, one number."""
    errors = np.zeros(3)
    for day in pd.date_range(f"1999-02-{first_day:02d}", "1999-02-28"):
        past, now = (calls[calls.interval_start < day], calls[calls.interval_start.dt.normalize() == day])
        total, slot = (past.contacts * past.aht_s), past.interval_start.dt.time
        one = total.sum() / past.contacts.sum()
        slots = (total.groupby(slot).sum() / past.contacts.groupby(slot).sum()).reindex(now.interval_start.dt.time).fillna(one)
        ours = handle_time_frame(past, pd.DatetimeIndex(now.interval_start))
        errors += [float((now.contacts * np.abs(now.aht_s - guess.to_numpy())).sum()) for guess in (ours, slots, 0 * slots + one)]
    return errors


def test_the_workload_of_a_real_bank_is_nearer_than_by_slot_means_or_by_one_number(shared_data):
    ours, slot_means, one_number = workload_errors(technion_half_hours(shared_data), 8)
    assert ours < slot_means < one_number
