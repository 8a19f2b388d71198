import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.made import TEAM, contradiction, result, roster, shift
from tests.samples import AXIS
from wfm.errors import InputError
from wfm.model import Roster, Shift, TimeAxis
from wfm.report import export_run_as, read_roster_csv, roster_csv
from wfm.report.exports import FORMS, RUN_FILES
from wfm.report.exports.roster_ics import roster_ics
from wfm.report.exports.text import guard, number, unguard


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


@pytest.mark.parametrize("name", RUN_FILES)
def test_the_same_result_gives_the_same_bytes(name):
    first, second = RUN_FILES[name](result()), RUN_FILES[name](result())
    assert first == second
    assert b"\r" not in first
    assert first.endswith(b"\n")


def test_the_forecast_file_has_every_interval_with_its_quantiles():
    told = result()
    rows = rows_of(RUN_FILES["forecast.csv"](told))
    assert list(rows[0]) == ["interval_start", "queue", "mean", "q100", "q500", "q900", "handle_s"]
    assert len(rows) == AXIS.n_intervals
    assert sum(float(row["mean"]) for row in rows) == pytest.approx(told.forecast.mean.sum())


def test_the_interval_file_adds_up_to_the_simulation():
    told = result()
    rows = rows_of(RUN_FILES["intervals.csv"](told))
    assert sum(float(row["offered"]) for row in rows) == pytest.approx(told.outcome.offered.sum() / told.outcome.replications, abs=1e-3)
    busy = next(row for row in rows if row["interval_start"] == "2026-03-02T10:00+01:00")
    i = 40
    assert float(busy["service_level"]) == pytest.approx(
        told.outcome.answered_in_target[:, 0, i].sum() / told.outcome.offered[:, 0, i].sum(), abs=1e-6
    )
    closed = rows[0]
    assert closed["service_level"] == closed["asa_s"] == ""
    assert closed["offered"] == "0"


def test_without_a_simulation_the_interval_file_keeps_its_columns_and_leaves_them_empty():
    rows = rows_of(RUN_FILES["intervals.csv"](contradiction()))
    assert {row["offered"] for row in rows} == {row["service_level"] for row in rows} == {""}
    assert rows[40]["required"] == "2"


def test_the_roster_file_is_sorted_and_reads_back_as_it_was(tmp_path):
    placed = roster()
    path = tmp_path / "roster.csv"
    path.write_bytes(roster_csv(placed))
    rows = rows_of(path.read_bytes())
    assert [(row["agent"], row["day"], row["start"]) for row in rows] == sorted((row["agent"], row["day"], row["start"]) for row in rows)
    assert read_roster_csv(path, AXIS, TEAM).shifts == tuple(replace(each, template="") for each in placed.shifts)


def test_a_roster_saved_again_by_a_spreadsheet_with_semicolons_reads_the_same(tmp_path):
    path, again = tmp_path / "roster.csv", tmp_path / "again.csv"
    path.write_bytes(roster_csv(roster()))
    again.write_bytes(path.read_bytes().replace(b",", b";"))
    assert read_roster_csv(again, AXIS, TEAM).shifts == read_roster_csv(path, AXIS, TEAM).shifts


def test_a_night_shift_across_the_clock_change_keeps_its_minutes(tmp_path):
    axis = TimeAxis(date(2026, 10, 24), 3, 15, "Europe/Berlin")
    base = shift("ann", 0, axis=axis)
    night = Shift("ann", 0, "day", tuple(replace(part, start=part.start + 780, end=part.end + 780) for part in base.segments))
    path = tmp_path / "roster.csv"
    path.write_bytes(roster_csv(Roster(axis, (night,))))
    assert rows_of(path.read_bytes())[-1]["end"] == "2026-10-25T05:00+01:00"  # eight hours after 22:00+02:00
    (back,) = read_roster_csv(path, axis).shifts
    assert [(part.start, part.end) for part in back.segments] == [(part.start, part.end) for part in night.segments]


def test_every_fault_of_a_roster_file_is_told_at_once(tmp_path):
    path = tmp_path / "roster.csv"
    lines = [
        "agent,day,start,end,activity,queue",
        "ann,2026-03-02,2026-03-02T09:00,2026-03-02T10:00,work,calls",
        "ann,2027-03-02,2026-03-02T09:00+01:00,2026-03-02T10:00+01:00,work,calls",
        "bob,2026-03-02,2026-03-02T11:00+01:00,2026-03-02T10:00+01:00,work,calls",
        "eve,2026-03-02,2026-03-02T09:00+01:00,2026-03-02T10:00+01:00,work,calls",
        "eve,2026-03-02,2026-03-02T11:00+01:00,2026-03-02T12:00+01:00,work,calls",
        "short",
    ]
    path.write_text("\n".join(lines))
    with pytest.raises(InputError) as told:
        read_roster_csv(path, AXIS)
    assert [fault.place for fault in told.value.faults] == ["line 2", "line 3", "line 4", "line 7", "eve, 2026-03-02"]


@pytest.mark.parametrize("content", [b"", b"name,age\n", b"\xff\xfe\x00", None], ids=["empty", "other columns", "not UTF-8", "missing"])
def test_a_file_that_is_no_roster_is_refused(tmp_path, content):
    path = tmp_path / "roster.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError):
        read_roster_csv(path, AXIS)


def test_a_name_that_looks_like_a_formula_is_guarded_and_comes_back(tmp_path):
    evil = '=HYPERLINK("http://x","y")'
    placed = Roster(AXIS, (shift(evil, 0),))
    path = tmp_path / "roster.csv"
    path.write_bytes(roster_csv(placed))
    assert {row["agent"] for row in rows_of(path.read_bytes())} == {f"'{evil}"}
    assert {each.agent for each in read_roster_csv(path, AXIS).shifts} == {evil}


@given(st.text(alphabet="=+-@'\t\rab1 ", max_size=8))
@settings(max_examples=50)
def test_guarding_is_harmless_in_a_spreadsheet_and_loses_nothing(text):
    assert not guard(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguard(guard(text)) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.1 + 0.2, "0.3"), (-0.0, "0"), (-1e-9, "0"), (12.0, "12"), (np.nan, ""), (np.inf, ""), (100.0, "100")]
)
def test_numbers_are_written_short_and_always_alike(value, text):
    assert number(value) == text


class Finished:
    roster = roster()


def test_a_calendar_for_each_agent_holds_every_shift_in_utc(tmp_path):
    written = export_run_as("ics", Finished, tmp_path / "calendars")
    assert [path.name for path in written] == ["ann.ics", "bob.ics"]
    text = written[0].read_bytes().decode()
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 5
    assert "DTSTART:20260302T080000Z" in text
    assert "DTEND:20260302T160000Z" in text
    assert len(set(re.findall("UID:(.*)\r\n", text))) == 5


def test_calendar_lines_are_folded_between_characters_and_text_is_escaped():
    name = "李" * 60 + ";,\\\nBEGIN:VEVENT"
    data = roster_ics(Roster(AXIS, (shift(name, 0),)), name, datetime(2026, 1, 1, tzinfo=UTC))
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    unfolded = data.decode().replace("\r\n ", "")
    assert unfolded.count("\r\nBEGIN:VEVENT") == 1
    assert "\\;\\,\\\\\\nBEGIN" in unfolded


def test_the_workbook_holds_no_formula_and_no_link(tmp_path):
    class Evil:
        roster = Roster(AXIS, (shift("=1+1", 0), shift("http://x.example/", 1)))

    (path,) = export_run_as("xlsx", Evil, tmp_path / "roster.xlsx")
    with zipfile.ZipFile(path) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
        strings = book.read("xl/sharedStrings.xml").decode()
    assert not any("<f>" in sheet or "hyperlink" in sheet for sheet in sheets)
    assert "=1+1" in strings


def test_names_of_calendar_files_stay_in_the_folder(tmp_path):
    class Evil:
        roster = Roster(AXIS, (shift("../../etc/passwd", 0), shift("..\\..\\etc\\passwd", 0), shift("王芳", 0)))

    written = export_run_as("ics", Evil, tmp_path / "out")
    assert {path.parent for path in written} == {tmp_path / "out"}
    assert len({path.name for path in written}) == 3
    assert "王芳.ics" in {path.name for path in written}


def test_an_unknown_form_is_refused_with_the_near_miss(tmp_path):
    with pytest.raises(InputError, match="did you mean 'xlsx'"):
        export_run_as("xls", Finished, tmp_path / "x")
    assert set(FORMS) == {"csv", "ics", "xlsx"}


def test_a_place_that_cannot_be_written_is_an_input_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError):
        export_run_as("csv", Finished, tmp_path / "file" / "roster.csv")
