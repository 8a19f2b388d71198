"""The time axis, clock changes included."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.model import OpeningHours, TimeAxis

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Jerusalem",
    "Australia/Sydney",
    "Asia/Kolkata",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "UTC",
]


def test_a_spring_day_has_92_quarter_hours_and_an_autumn_day_100() -> None:
    assert TimeAxis(date(2026, 3, 29), 1, 15, "Europe/Berlin").n_intervals == 92
    assert TimeAxis(date(2026, 10, 25), 1, 15, "Europe/Berlin").n_intervals == 100


def test_the_autumn_day_repeats_two_o_clock_on_the_wall() -> None:
    axis = TimeAxis(date(2026, 10, 25), 1, 60, "Europe/Berlin")
    assert list(axis.wall_minute[:5]) == [0, 60, 120, 120, 180]
    assert axis.stamp(120) == "2026-10-25T02:00+02:00"
    assert axis.stamp(180) == "2026-10-25T02:00+01:00"


def test_eight_o_clock_after_a_clock_change_is_eight_on_the_wall() -> None:
    axis = TimeAxis(date(2026, 3, 29), 2, 15, "Europe/Berlin")
    assert axis.minute(0, 480) == 420
    assert axis.minute(1, 480) == 23 * 60 + 480
    assert axis.minute(0, 1440 + 480) == axis.minute(1, 480)


def test_a_skipped_time_is_the_moment_after_the_gap() -> None:
    axis = TimeAxis(date(2026, 3, 29), 1, 15, "Europe/Berlin")
    assert axis.stamp(axis.minute(0, 150)) == "2026-03-29T03:30+02:00"


@pytest.mark.parametrize(
    ("step", "zone", "said"), [(7, "UTC", "step_minutes"), (15, "Mars/Base", "time zone"), (60, "Australia/Lord_Howe", "clock change")]
)
def test_impossible_axes_are_refused_with_a_reason(step: int, zone: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        TimeAxis(date(2026, 4, 1), 7, step, zone)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ZONES), st.dates(date(1995, 1, 1), date(2035, 1, 1)), st.integers(1, 10), st.sampled_from([15, 30, 60]))
def test_every_interval_agrees_with_zoneinfo(zone: str, start: date, days: int, step: int) -> None:
    axis = TimeAxis(start, days, step, zone)
    assert axis.n_intervals * step == axis.minutes
    for i in np.random.default_rng(0).integers(0, axis.n_intervals, 20):
        moment = axis.starts_utc[i].astype(datetime).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
        assert (moment.date() - start).days == axis.day[i]
        assert moment.hour * 60 + moment.minute == axis.wall_minute[i]
        assert axis.elapsed(moment) == axis.interval_minutes[i]


def test_by_day_sums_each_local_day() -> None:
    axis = TimeAxis(date(2026, 10, 24), 3, 30, "Europe/Berlin")
    assert list(axis.by_day(np.ones((2, axis.n_intervals)))[0]) == [48, 50, 48]


def test_opening_hours_follow_the_wall_clock_and_closures() -> None:
    axis = TimeAxis(date(2026, 3, 27), 4, 60, "Europe/Berlin")
    week = OpeningHours((((480, 1200),),) * 5 + ((), ((0, 1440),)))
    mask = week.mask(axis, frozenset({date(2026, 3, 30)}))
    assert [int(n) for n in axis.by_day(mask.astype(float))] == [12, 0, 23, 0]


def test_opening_spans_must_lie_in_the_day() -> None:
    with pytest.raises(ValueError, match="opening span"):
        OpeningHours((((600, 500),),) * 7)


def test_dates_and_day_index_are_inverse() -> None:
    axis = TimeAxis(date(2026, 3, 2), 5, 15, "UTC")
    assert [axis.day_index(d) for d in axis.dates] == list(range(5))
    assert axis.day_index(axis.start - timedelta(days=1)) == -1
