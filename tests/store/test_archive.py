"""The archive of published forecasts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tests.samples import AXIS, flat_forecast
from wfm.errors import InputError
from wfm.model import TimeAxis
from wfm.store import publish, read_archive
from wfm.store.archive import DENSE_DAYS, KEEP_DAYS, prune, versions

NOW = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)
CUT = datetime(2026, 2, 28, 23, tzinfo=UTC)


def predicted(level: float = 5.0, axis: TimeAxis = AXIS, cut_off: datetime | None = CUT):
    return replace(flat_forecast(level, axis), known_until=cut_off)


def test_a_version_is_read_back_with_its_cut_off_and_stamps(tmp_path):
    publish(tmp_path, predicted(), NOW)
    table = read_archive(tmp_path)
    assert len(table) == AXIS.n_intervals
    assert table["cut_off"].unique().tolist() == [CUT]
    assert table["interval_start"].iloc[40] == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert table["mean"].iloc[40] == 5.0
    assert set(table["queue"]) == {"calls"}


def test_the_same_forecast_is_kept_once_and_another_beside_it(tmp_path):
    first = publish(tmp_path, predicted(), NOW)
    assert publish(tmp_path, predicted(), NOW + timedelta(hours=1)) == first
    publish(tmp_path, predicted(6.0), NOW + timedelta(hours=2))
    assert read_archive(tmp_path)["mean"].max() == 6.0
    assert [version.published.hour for version in versions(tmp_path)] == [17, 19]


def test_without_a_history_the_cut_off_is_the_start_of_the_plan(tmp_path):
    publish(tmp_path, predicted(cut_off=None), NOW)
    assert read_archive(tmp_path)["cut_off"].iloc[0] == AXIS.origin


def test_two_writers_at_once_both_find_their_version_and_no_leftovers(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda level: publish(tmp_path, predicted(float(level)), NOW), range(1, 17)))
    assert sorted(read_archive(tmp_path)["mean"].replace(0, np.nan).dropna().unique()) == list(range(1, 17))
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_old_versions_thin_out_to_one_a_day_and_at_last_go(tmp_path):
    for hour in (8, 12):
        publish(tmp_path, predicted(hour), NOW.replace(hour=hour))
    publish(tmp_path, predicted(1), NOW + timedelta(days=DENSE_DAYS))
    assert len(versions(tmp_path)) == 3
    publish(tmp_path, predicted(2), NOW + timedelta(days=DENSE_DAYS + 1))
    assert [version.published.hour for version in versions(tmp_path)] == [12, 17, 17]
    further = TimeAxis(AXIS.start + timedelta(days=KEEP_DAYS + 1), 7, 15, "Europe/Berlin")
    publish(tmp_path, predicted(3, further), NOW + timedelta(days=KEEP_DAYS))
    assert len(versions(tmp_path)) == 1


def test_a_forecast_of_long_ago_is_kept_whatever_the_clock_says(tmp_path):
    publish(tmp_path, predicted(), datetime(2050, 1, 1, tzinfo=UTC))
    assert len(versions(tmp_path)) == 1


def test_other_files_in_the_folder_are_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    publish(tmp_path, predicted(), NOW)
    prune(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert len(versions(tmp_path)) == 1


def test_no_archive_is_an_empty_one_and_a_place_that_cannot_be_written_is_told(tmp_path):
    assert read_archive(tmp_path / "none").empty
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="a folder that can be written"):
        publish(tmp_path / "file" / "calls", predicted())
