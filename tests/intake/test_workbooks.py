"""Workbooks: read in a child process with limits; hostile ones become a message."""

import subprocess
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from tests.intake.helpers import BERLIN, ONE, observed, office, said
from wfm.errors import HistoryError
from wfm.intake import read_history
from wfm.intake import workbook as workbook_module
from wfm.model import Calendar, History, HistorySource

NINE = office(9, 10)
MINUTES = (0, 15, 30, 45)


def read_book(file: Path) -> History:
    return read_history(HistorySource(file), NINE, Calendar(), BERLIN)


def test_dates_times_and_durations_of_excel(tmp_path: Path) -> None:
    file = tmp_path / "history.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("cover")
        sheet = book.add_worksheet("data")
        stamp, clock = book.add_format({"num_format": "dd.mm.yyyy hh:mm"}), book.add_format({"num_format": "[mm]:ss"})
        sheet.write_row(0, 0, ["Calls of March"])
        sheet.write_row(2, 1, ["Interval start", "Calls", "AHT", "remark"])
        for i, minute in enumerate(MINUTES):
            sheet.write_datetime(3 + i, 1, datetime(2026, 3, 2, 9, minute), stamp)
            sheet.write_number(3 + i, 2, i + 1)
            sheet.write_number(3 + i, 3, 200 / 86400, clock)
        sheet.write_string(3, 4, "=1+1")
    history = read_book(file)
    assert observed(history).tolist() == [1, 2, 3, 4]
    assert history.handle_s[0, 36:40].tolist() == [200] * 4
    assert said(history, "Sheet 'data' was read")


def test_a_cell_at_midnight_is_a_date_and_time_like_the_others(tmp_path: Path) -> None:
    file = tmp_path / "nights.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet, stamp = book.add_worksheet(), book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet.write_row(0, 0, ["Interval start", "Calls"])
        for i in range(96):
            sheet.write_datetime(1 + i, 0, datetime(2026, 3, 2, i // 4, i % 4 * 15), stamp)
            sheet.write_number(1 + i, 1, i)
    assert observed(read_history(HistorySource(file), ONE, Calendar(), BERLIN)).tolist() == list(range(96))


def test_a_time_cell_at_midnight_is_midnight(tmp_path: Path) -> None:
    file = tmp_path / "nights.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        day, clock = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "hh:mm"})
        sheet.write_row(0, 0, ["Date", "Time", "Calls"])
        for i in range(96):
            sheet.write_datetime(1 + i, 0, date(2026, 3, 2), day)
            sheet.write_number(1 + i, 1, i / 96, clock)
            sheet.write_number(1 + i, 2, i)
    assert observed(read_history(HistorySource(file), ONE, Calendar(), BERLIN)).tolist() == list(range(96))


def test_date_and_time_cells_and_plain_day_numbers(tmp_path: Path) -> None:
    file, plain = tmp_path / "two.xlsx", tmp_path / "plain.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        day, clock = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "hh:mm"})
        sheet.write_row(0, 0, ["Date", "Time", "Calls"])
        for i, minute in enumerate(MINUTES):
            sheet.write_datetime(1 + i, 0, date(2026, 3, 2), day)
            sheet.write_datetime(1 + i, 1, time(9, minute), clock)
            sheet.write_number(1 + i, 2, i)
    with xlsxwriter.Workbook(plain) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Start", "Calls"])
        for i, minute in enumerate(MINUTES):
            sheet.write_row(1 + i, 0, [46083 + (540 + minute) / 1440, i])  # 46083 is 2026-03-02
    for history in (read_book(file), read_book(plain)):
        assert str(history.axis.start) == "2026-03-02"
        assert observed(history).tolist() == [0, 1, 2, 3]


def test_faults_name_the_row_of_the_sheet(tmp_path: Path) -> None:
    file = tmp_path / "history.xlsx"
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(4, 0, ["start", "calls"])
        for i, minute in enumerate(MINUTES):
            sheet.write_row(6 + i, 0, [f"2026-03-02 09:{minute:02d}", "=2+3" if i == 2 else 5])
    with pytest.raises(HistoryError) as caught:
        read_book(file)
    assert [fault.place for fault in caught.value.faults] == ["line 9, column calls"]


def refused(file: Path) -> str:
    with pytest.raises(HistoryError) as caught:
        read_history(HistorySource(file), ONE, Calendar(), BERLIN)
    (fault,) = caught.value.faults
    return str(fault)


def test_two_far_apart_cells_become_a_message(tmp_path: Path) -> None:
    file = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, 1)
        sheet.write(1_048_575, 16_383, 1)
    assert file.stat().st_size < 10_000
    assert "stray cell" in refused(file)


def test_zip_bomb_is_refused_by_its_unpacked_size(tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(450):
                sheet.write(b"0" * 2**20)
    assert "unpacks to" in refused(file)


def test_slow_workbook_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_module, "WALL_SECONDS", 0.0)
    file = tmp_path / "slow.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(0, 0, 1)
    assert "longer than" in refused(file)


def test_empty_damaged_and_foreign_archives(tmp_path: Path) -> None:
    empty, odd, damaged = tmp_path / "empty.xlsx", tmp_path / "odd.xlsx", tmp_path / "damaged.xlsx"
    with xlsxwriter.Workbook(empty) as book:
        book.add_worksheet()
    with zipfile.ZipFile(odd, "w") as archive:
        archive.writestr("calls.csv", "start,calls\n")
    with zipfile.ZipFile(damaged, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    assert "without data" in refused(empty)
    assert "not an .xlsx workbook" in refused(odd)
    assert "damaged workbook" in refused(damaged)


def test_child_starts_from_any_folder_without_a_path(tmp_path: Path) -> None:
    file = tmp_path / "history.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("one").write_row(0, 0, ["a", 1.5, True, 12.0])
    command = [sys.executable, "-P", str(workbook_module.CHILD), str(file), str(2**31), "20", str(2**20)]
    out = subprocess.run(command, cwd="/", env={}, capture_output=True, text=True, check=True).stdout
    assert out == "one\t0\n1,a,1.5,True,12\n"


def test_large_sheet_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "history.xlsx"
    days = np.datetime64("2025-03-03") + np.arange(60)
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["start", "calls"])
        for i, (day, minute) in enumerate((d, m) for d in days for m in MINUTES):
            sheet.write_row(1 + i, 0, [f"{day} 09:{minute:02d}", i])
    history = read_book(file)
    assert observed(history).tolist() == list(range(240))
