"""Handle time: level by recency, shape shrunk, weighted by contacts."""

import numpy as np
import pytest

from tests.forecasting.histories import CALLS, after, axis_of, history_of, settings_of
from wfm.forecasting import forecast
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
