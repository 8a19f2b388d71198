"""Observed, closed, lost: what an interval without a row means."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.intake.helpers import faults, observed, office, read, rows, said, table
from wfm.model import Calendar, State

MONDAY, TUESDAY = "2026-03-02", "2026-03-03"
NINE_TO_FIVE = office(9, 17, days=5)


def week(skip: tuple[str, ...] = ()) -> list[str]:
    days = [f"2026-03-{d:02d}" for d in range(2, 7)]
    return [row for day in days for row in rows(day, 9, 17) if row[:16] not in skip and day not in skip]


def test_hours_without_rows_are_closed(tmp_path: Path) -> None:
    history = read(tmp_path, table(week()), NINE_TO_FIVE)
    assert (history.state[0] == State.OBSERVED).sum() == 5 * 32
    assert (history.state[0] == State.CLOSED).sum() == 5 * 64
    assert np.isnan(history.contacts[0][history.state[0] != State.OBSERVED]).all()


def test_gaps_are_counted_named_and_the_choices_listed(tmp_path: Path) -> None:
    skip = (*(f"2026-03-0{d} {h}:15" for d in (2, 3, 4) for h in (10, 12, 14)), "2026-03-05")
    (fault,) = faults(tmp_path, table(week(skip)), NINE_TO_FIVE)
    assert fault.found.startswith("41 open intervals without a row: 2026-03-02 10:15–10:30, ")
    assert "4 more" in fault.found
    assert fault.found.endswith("2026-03-05 09:00–17:00")
    assert all(choice in fault.hint for choice in ('"zero"', '"closed"', '"lost"'))


@pytest.mark.parametrize(("missing", "state"), [("zero", State.OBSERVED), ("closed", State.CLOSED), ("lost", State.LOST)])
def test_scenario_says_what_gaps_mean(tmp_path: Path, missing: str, state: State) -> None:
    history = read(tmp_path, table(week((f"{MONDAY} 10:15",))), NINE_TO_FIVE, missing=missing)
    assert history.state[0, 41] == state
    assert np.array_equal(history.contacts[0, 41], 0.0 if missing == "zero" else np.nan, equal_nan=True)
    assert said(history, f"1 open intervals without a row were taken as {missing}")


def test_unknown_meaning_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, table(week()), NINE_TO_FIVE, missing="nil")
    assert fault.place == "[history] missing"


def test_closed_date_without_rows_is_no_gap(tmp_path: Path) -> None:
    closed = Calendar(closed=frozenset({date(2026, 3, 4)}))
    history = read(tmp_path, table(week(("2026-03-04",))), NINE_TO_FIVE, calendar=closed)
    assert (history.state[0] == State.OBSERVED).sum() == 4 * 32


def test_zeros_on_a_closed_date_are_closed_and_contacts_there_are_kept(tmp_path: Path) -> None:
    closed = Calendar(closed=frozenset({date(2026, 3, 3)}))
    text = table([*rows(MONDAY, 9, 17), *rows(TUESDAY, 9, 16, value="0"), *rows(TUESDAY, 16, 17)])
    history = read(tmp_path, text, NINE_TO_FIVE, calendar=closed)
    assert (history.state[0, 96:] == State.OBSERVED).sum() == 4
    assert said(history, "16 contacts in 4 intervals outside its opening hours were kept (first 2026-03-03T16:00+01:00)")


def test_lost_date_is_lost_also_where_rows_stand(tmp_path: Path) -> None:
    history = read(tmp_path, table(week()), NINE_TO_FIVE, lost=frozenset({date(2026, 3, 3)}))
    assert (history.state[0, 96:192] == State.LOST).all()
    assert observed(history).sum() == 4 * 32 * 4


def test_lost_date_excuses_its_gaps_and_its_skipped_hour(tmp_path: Path) -> None:
    text = table([*rows("2026-03-28", 0, 24), *rows("2026-03-29", 0, 20), *rows("2026-03-30", 0, 24)])
    history = read(tmp_path, text, lost=frozenset({date(2026, 3, 29)}))
    assert (history.state[0] == State.LOST).sum() == 92


def test_day_that_begins_late_at_the_edge_is_cut_off(tmp_path: Path) -> None:
    days = [f"2026-03-{d:02d}" for d in range(2, 7)]
    lines = [row for i, day in enumerate(days) for row in rows(day, 13 if i == 0 else 9, 12 if i == 4 else 17)]
    history = read(tmp_path, table(lines), NINE_TO_FIVE)
    assert (str(history.axis.start), history.axis.days) == ("2026-03-03", 3)
    assert said(history, "that day, with 64 contacts, was left out")


def test_rolled_interval_with_a_closed_part_is_observed_and_one_with_a_lost_part_is_lost(tmp_path: Path) -> None:
    lines = rows(MONDAY, 9, 10, 5)
    del lines[4]  # 09:20
    shut = read(tmp_path, table(lines), office(9, 10), missing="closed", step_minutes=15)
    assert observed(shut).tolist() == [12, 8, 12, 12]
    assert said(shut, "1 intervals of 15 minutes are open only in part")
    lost = read(tmp_path, table(lines), office(9, 10), missing="lost", step_minutes=15)
    assert lost.state[0, 36:40].tolist() == [State.OBSERVED, State.LOST, State.OBSERVED, State.OBSERVED]


def test_sparse_file_has_the_step_of_its_closest_rows(tmp_path: Path) -> None:
    lines = [f"{MONDAY} {h:02d}:{m:02d},1" for h in range(9, 17) for m in (0, 15, 45)]
    history = read(tmp_path, table(lines), NINE_TO_FIVE, missing="zero")
    assert history.axis.step_minutes == 15
    assert (history.state[0] == State.OBSERVED).sum() == 32
