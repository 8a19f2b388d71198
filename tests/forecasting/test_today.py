"""The rest of today through the archive of published forecasts."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from tests.forecasting.histories import CALLS, OFFICE, axis_of, history_of, settings_of
from wfm.errors import HistoryError
from wfm.forecasting import read_today, rest_of_today
from wfm.forecasting.frames.writing import reforecast_csv
from wfm.forecasting.today import as_archive, published_before
from wfm.model import Calendar, Forecast, Queue, TimeAxis

ZONE = "Europe/Berlin"
AXIS = axis_of(12, timezone=ZONE)
TODAY = AXIS.dates[-4]
QUEUE = replace(CALLS, hours=OFFICE)
RNG = np.random.default_rng(2)
IS_OPEN = OFFICE.mask(AXIS)
FACTOR = np.exp(0.15 * RNG.standard_normal(AXIS.days))
LEVEL = 100.0
COUNTS = np.where(IS_OPEN, RNG.poisson(LEVEL * FACTOR[AXIS.day]), np.nan)
HISTORY = history_of(AXIS, COUNTS)


def archive(levels: dict[int, float] | None = None) -> pd.DataFrame:
    """A flat version each evening for the next day, or the named days' levels."""
    parts = []
    for day in range(1, AXIS.days):
        axis = TimeAxis(AXIS.dates[day], 1, 60, ZONE)
        mean = np.where(OFFICE.mask(axis), (levels or {}).get(day, LEVEL), 0.0)[None]
        shape = (1, axis.n_intervals)
        made = Forecast(axis, ("calls",), mean, np.zeros((0, *shape)), np.zeros((7, *shape)), mean, known_until=axis.origin)
        parts.append(as_archive(made).assign(published=pd.Timestamp(axis.origin)))
    return pd.concat(parts, ignore_index=True)


def rows(hours: range, per_hour: float, day: date = TODAY) -> pd.DataFrame:
    return pd.DataFrame({"interval_start": [f"{day}T{hour:02d}:00" for hour in hours], "contacts": per_hour})


def rest(frame: pd.DataFrame, published: pd.DataFrame | None = None, at: int | None = None, queue: Queue = QUEUE, **changes):
    settings = settings_of(queue, **{"paths": 300, **changes})
    today = read_today(frame, (queue,), 60, ZONE, at)
    return rest_of_today(today, archive() if published is None else published, HISTORY, AXIS, settings)


def test_a_busy_morning_raises_the_rest_by_less_than_the_plain_ratio():
    (found,) = rest(rows(range(9, 12), 130.0))
    assert found.interval_start[0] == f"{TODAY}T12:00+01:00"
    assert len(found.interval_start) == 5
    assert (found.published == LEVEL).all()
    assert 1.1 < found.mean.sum() / found.published.sum() < 1.3
    assert (found.actual_so_far, found.published_so_far) == (390, 300)
    assert found.notes == ()


def test_bands_bracket_the_mean_and_do_not_cross():
    (found,) = rest(rows(range(9, 12), 130.0))
    assert (np.diff(found.quantiles.to_numpy(), axis=1) >= 0).all()
    assert (found.quantiles[0.1] < found.mean).all()
    assert (found.quantiles[0.9] > found.mean).all()


def test_only_what_was_published_before_the_day_counts():
    early, late = archive(), archive({(TODAY - AXIS.start).days: 500.0})
    late = late.assign(cut_off=late["cut_off"] + pd.Timedelta(hours=30), published=late["published"] + pd.Timedelta(hours=30))
    (found,) = rest(rows(range(9, 12), 100.0), pd.concat([early, late]))
    assert (found.published == LEVEL).all()


def test_of_two_versions_with_one_cut_off_the_last_published_stands():
    again = archive({(TODAY - AXIS.start).days: 120.0})
    again = again.assign(published=again["published"] + pd.Timedelta(hours=1))
    (found,) = rest(rows(range(9, 12), 120.0), pd.concat([again, archive()]))
    assert (found.published == 120).all()


def test_the_time_of_day_may_be_given_and_half_an_interval_does_not_count():
    quarters = [f"{TODAY}T{hour:02d}:{minute:02d}" for hour in (9, 10, 11) for minute in (0, 15, 30, 45)][:-2]
    fine = pd.DataFrame({"interval_start": quarters, "contacts": 30.0})
    (found,) = rest(fine)
    assert found.interval_start[0] == f"{TODAY}T11:00+01:00"
    assert found.actual_so_far == 240
    (at_ten,) = rest(fine, at=605)
    assert at_ten.interval_start[0] == f"{TODAY}T10:00+01:00"
    assert at_ten.actual_so_far == 120


def test_without_an_archive_of_earlier_days_it_is_careful_and_says_so():
    only_today = archive()
    only_today = only_today[only_today["interval_start"].dt.tz_convert(ZONE).dt.date == TODAY]
    (found,) = rest(rows(range(9, 12), 130.0), only_today)
    assert "0 days in the archive" in found.notes[0]
    assert 1.0 < found.mean.sum() / found.published.sum() < 1.2


def test_nothing_published_and_nothing_left_of_the_day_are_refused():
    with pytest.raises(HistoryError, match=f"no forecast of {TODAY} after 12:00"):
        rest(rows(range(9, 12), 100.0), archive().iloc[:0])
    with pytest.raises(HistoryError, match="after 17:00"):
        rest(rows(range(9, 17), 100.0))
    with pytest.raises(HistoryError, match="no forecast"):
        rest(rows(range(9, 12), 100.0), calendar=Calendar(frozenset({TODAY})))


def test_of_several_queues_each_has_its_own_rows_and_the_column_is_asked_for():
    two = pd.concat([rows(range(9, 12), 130.0).assign(queue="calls"), rows(range(9, 12), 10.0).assign(queue="chat")])
    both = pd.concat([archive(), archive().assign(queue="chat", mean=10.0)])
    settings = settings_of(QUEUE, Queue("chat", hours=OFFICE))
    today = read_today(two, settings.queues, 60, ZONE)
    found = rest_of_today(today, both, HISTORY, AXIS, settings)
    assert [one.queue for one in found] == ["calls", "chat"]
    assert reforecast_csv(found).decode().splitlines()[0].startswith("interval_start,queue,published,mean,q025,q10")
    with pytest.raises(HistoryError, match="column queue"):
        read_today(rows(range(9, 12), 1.0), settings.queues, 60, ZONE)
    with pytest.raises(HistoryError, match="found mails; expected one of calls, chat"):
        read_today(two.assign(queue="mails"), settings.queues, 60, ZONE)


@pytest.mark.parametrize("day", [date(2025, 3, 30), date(2025, 10, 26)])
def test_a_day_with_a_clock_change_has_its_hours(day):
    axis = TimeAxis(day, 1, 60, ZONE)
    mean = np.full((1, axis.n_intervals), 50.0)
    paths = np.zeros((0, *mean.shape))
    made = Forecast(axis, ("calls",), mean, paths, np.zeros((7, *mean.shape)), mean, known_until=axis.origin - timedelta(hours=1))
    (found,) = rest(rows(range(2), 50.0, day), as_archive(made), queue=CALLS)
    assert len(found.mean) == {date(2025, 3, 30): 21, date(2025, 10, 26): 23}[day]
    assert (found.published == 50).all()


def test_whether_something_was_published_before_a_day_is_known():
    assert published_before(archive(), TODAY, ZONE)
    assert not published_before(archive(), TODAY + timedelta(days=60), ZONE)
    assert not published_before(pd.DataFrame(columns=archive().columns), TODAY, ZONE)


def test_rows_without_a_whole_interval_leave_the_day_as_published():
    (found,) = rest(pd.DataFrame({"interval_start": [f"{TODAY}T09:00", f"{TODAY}T09:15"], "contacts": [5.0, 5.0]}))
    assert found.mean == pytest.approx(found.published, rel=0.05)
    assert found.actual_so_far == 0
    assert datetime.fromisoformat(found.interval_start[0]).hour == 9
