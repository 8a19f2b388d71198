"""The 23-hour and the 25-hour day, in Berlin: 2026-03-29 and 2026-10-25. Axis and zone are checked against zoneinfo by hand."""

from pathlib import Path

import numpy as np
import pytest

from tests.intake.helpers import ONE, TWO, faults, office, read, rows, said, table

SPRING, AUTUMN = "2026-03-29", "2026-10-25"


def short_day(value: str = "4") -> list[str]:
    return [*rows(SPRING, 0, 2, value=value), *rows(SPRING, 3, 24, value=value)]


def long_day(step: int = 15) -> list[str]:
    """All 25 hours in order; the value is the position of the row."""
    parts = [*rows(AUTUMN, 0, 3, step), *rows(AUTUMN, 2, 3, step), *rows(AUTUMN, 3, 24, step)]
    return [f"{row.partition(',')[0]},{i}" for i, row in enumerate(parts)]


def test_short_day_has_92_quarters(tmp_path: Path) -> None:
    history = read(tmp_path, table(short_day()))
    assert history.contacts.shape == (1, 92)
    assert (history.contacts == 4).all()


def test_contacts_in_the_skipped_hour_are_a_fault(tmp_path: Path) -> None:
    found = faults(tmp_path, table(rows(SPRING, 0, 24)))
    assert [fault.place for fault in found] == ["line 10", "line 11", "line 12", "line 13"]
    assert "timezone" in found[0].hint


def test_empty_rows_in_the_skipped_hour_are_left_out(tmp_path: Path) -> None:
    text = table([*rows(SPRING, 0, 2), *rows(SPRING, 2, 3, value="0"), *rows(SPRING, 3, 24)])
    history = read(tmp_path, text)
    assert history.contacts.sum() == 92 * 4
    assert said(history, "4 rows without contacts")


def test_long_day_in_order_is_resolved(tmp_path: Path) -> None:
    history = read(tmp_path, table(long_day()))
    assert history.contacts[0].tolist() == list(range(100))
    assert said(history, "stands twice and in order")


def test_long_day_newest_first_is_resolved(tmp_path: Path) -> None:
    assert read(tmp_path, table(long_day()[::-1])).contacts[0].tolist() == list(range(100))


def test_long_day_of_hours_is_resolved(tmp_path: Path) -> None:
    history = read(tmp_path, table(long_day(60)))
    assert history.contacts[0].tolist() == list(range(25))
    assert said(history, "in order")


def test_long_day_by_queue_is_resolved_for_each(tmp_path: Path) -> None:
    text = "start,calls,queue\n" + "\n".join(f"{row},{q}" for q in ("sales", "service") for row in long_day())
    history = read(tmp_path, text, TWO)
    assert history.contacts.tolist() == [list(range(100))] * 2


def test_repeated_quarters_side_by_side_cannot_be_told_apart_and_this_is_said(tmp_path: Path) -> None:
    day = sorted(long_day(), key=lambda row: row.partition(",")[0])
    history = read(tmp_path, table(day))
    assert history.contacts[0, 8:16].tolist() == [8, 9, 10, 11, 12, 13, 14, 15]
    assert said(history, "not in order")


def test_repeated_hour_that_stands_once_is_split_over_both(tmp_path: Path) -> None:
    history = read(tmp_path, table(rows(AUTUMN, 0, 24)))
    assert history.contacts.shape == (1, 100)
    assert history.contacts[0, 8:16].tolist() == [2.0] * 8
    assert history.contacts.sum() == 96 * 4
    assert said(history, "stands once")


def test_repeated_hour_with_a_missing_row_is_told_by_the_step_back(tmp_path: Path) -> None:
    day = long_day()
    del day[9]  # the first 02:15
    history = read(tmp_path, table(day), missing="lost")
    assert np.isnan(history.contacts[0, 9])
    assert history.contacts[0, 13] == 13


def test_three_times_the_same_stamp_is_a_repeated_row(tmp_path: Path) -> None:
    day = long_day()
    (fault,) = faults(tmp_path, table([*day[:13], day[12], *day[13:]]))
    assert "again, as on line" in fault.found


def test_utc_stamps_need_no_guess_on_the_long_day(tmp_path: Path) -> None:
    stamps = [*rows("2026-10-24", 22, 24), *rows(AUTUMN, 0, 23)]
    history = read(tmp_path, table(row.replace(",", "Z,") for row in stamps))
    assert history.contacts.shape == (1, 100)
    assert (history.contacts == 4).all()
    assert not said(history, "repeats")


def test_offsets_resolve_the_long_day_in_any_order(tmp_path: Path) -> None:
    day = [row.replace(",", f"{'+02:00' if i < 12 else '+01:00'},") for i, row in enumerate(long_day())]
    assert read(tmp_path, table(day[50:] + day[:50])).contacts[0].tolist() == list(range(100))


def test_source_zone_is_not_the_centre_zone(tmp_path: Path) -> None:
    history = read(tmp_path, table(rows("2026-03-02", 0, 24, 60)), timezone="America/New_York", missing="lost")
    assert history.axis.stamp(history.axis.interval_minutes[np.flatnonzero(history.state[0] == 0)[0]]) == "2026-03-02T06:00+01:00"


def test_utc_history_gives_whole_local_days_and_says_what_was_cut(tmp_path: Path) -> None:
    days = [f"2026-03-{d:02d}" for d in range(2, 7)]
    text = table(row.replace(",", "Z,") for day in days for row in rows(day, 0, 24, 60))
    history = read(tmp_path, text)
    # begins 01:00 and ends 00:59 local time
    assert (str(history.axis.start), history.axis.days) == ("2026-03-03", 4)
    assert said(history, "begins in the middle of 2026-03-02")
    assert said(history, "ends in the middle of 2026-03-07; that day, with 4 contacts")


def test_log_in_the_repeated_hour_is_split_unless_the_clock_is_seen_to_go_back(tmp_path: Path) -> None:
    head = "arrival,handle_s\n"
    seen = head + "".join(f"{AUTUMN} {t},60\n" for t in ("01:50:00", "02:10:00", "02:55:00", "02:05:00", "02:20:00", "03:10:00"))
    history = read(tmp_path, seen, step_minutes=60)
    assert history.contacts[0, 1:5].tolist() == [1, 2, 2, 1]
    unseen = head + "".join(f"{AUTUMN} {t},60\n" for t in ("01:50:00", "02:10:00", "02:55:00", "03:10:00"))
    history = read(tmp_path, unseen, step_minutes=60)
    assert history.contacts[0, 1:5].tolist() == [1, 1, 1, 1]


def test_half_hour_clock_change_needs_a_step_that_meets_it(tmp_path: Path) -> None:
    text = table(rows("2026-04-05", 0, 24, 60))
    (fault,) = faults(tmp_path, text, ONE, zone="Australia/Lord_Howe")
    assert "clock change" in fault.found


def test_office_day_with_a_clock_change_at_the_edge_of_the_file_is_not_cut_off(tmp_path: Path) -> None:
    days = [AUTUMN, *(f"2026-10-{d}" for d in range(26, 31))]
    history = read(tmp_path, table(row for day in days for row in rows(day, 9, 17)), office(9, 17))
    assert str(history.axis.start) == AUTUMN


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Kathmandu"])
def test_zones_off_the_hour(tmp_path: Path, zone: str) -> None:
    assert read(tmp_path, table(rows("2026-03-02", 0, 24)), zone=zone).contacts.sum() == 96 * 4
