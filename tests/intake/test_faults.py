"""Bad files: one clear fault for each thing wrong, never a traceback."""

import gzip
import os
from pathlib import Path

import pytest

from tests.intake.helpers import BERLIN, ONE, TWO, faults, office, read, rows, table
from wfm.errors import HistoryError
from wfm.intake import load, read_history
from wfm.intake import table as table_module
from wfm.model import Calendar, HistorySource

DAY = "2026-03-02"
NINE = office(9, 10)
GOOD = rows(DAY, 9, 10)


def with_cell(value: str, line: int = 1) -> str:
    lines = list(GOOD)
    lines[line] = f"{lines[line].partition(',')[0]},{value}"
    return table(lines)


BAD_FILES: dict[str, tuple[str | bytes, str, str]] = {
    "empty file": ("", "", "an empty file"),
    "only spaces": (" \n\n ", "", "an empty file"),
    "header only": ("interval_start,calls\n", "", "a header without rows"),
    "binary": (bytes(range(256)) * 4, "", "binary data"),
    "an image": (b"\x89PNG\r\n\x1a\n" + bytes(200), "", "binary data"),
    "old Excel": (b"\xd0\xcf\x11\xe0" + bytes(200), "", "an old Excel"),
    "damaged gzip": (gzip.compress(b"start,calls\n" * 99)[:-12], "", "a damaged gzip file"),
    "zip of something": (b"PK\x03\x04" + bytes(200), "", "a damaged zip"),
    "no stamp column": (table(["1,2"], "foo,calls"), "line 1, header", "foo, calls"),
    "no count column": (table([f"{DAY} 09:00,2"], "start,bar"), "line 1, header", "start, bar"),
    "one column": ("calls\n1\n2\n", "line 1, header", "calls"),
    "negative": (with_cell("-1"), "line 3, column calls", "'-1'"),
    "words": (with_cell("many"), "line 3, column calls", "'many'"),
    "empty cell": (with_cell(""), "line 3, column calls", "''"),
    "nan": (with_cell("nan"), "line 3, column calls", "'nan'"),
    "infinite": (with_cell("inf"), "line 3, column calls", "'inf'"),
    "absurd": (with_cell("1e9"), "line 3, column calls", "'1e9'"),
    "formula": (with_cell("=1+1"), "line 3, column calls", "'=1+1'"),
    "date as text": (table([*GOOD[:3], "soon,4"]), "line 5, column interval_start", "'soon'"),
    "impossible date": (table([*GOOD, "2026-02-30 09:00,4"]), "line 6, column interval_start", "'2026-02-30 09:00'"),
    "impossible time": (table([*GOOD, f"{DAY} 25:00,4"]), "line 6, column interval_start", f"'{DAY} 25:00'"),
    "ancient": (table([*GOOD, "1901-01-01 09:00,4"]), "line 6", "'1901-01-01T09:00'"),
    "far future": (table([*GOOD, "2199-01-01 09:00,4"]), "line 6", "'2199-01-01T09:00'"),
    "mistyped year": (table([*GOOD, "2016-03-02 09:00,4"]), "", "rows from 2016-03-02 to 2026-03-02"),
    "off the grid": (table([*GOOD, f"{DAY} 09:52,4"]), "line 6", f"'{DAY}T09:52:00'"),
    "repeated row": (table([*GOOD, GOOD[2]]), "line 6", f"'{DAY}T09:30 again, as on line 4'"),
    "daily figures": (table([f"2026-03-{d:02d},9" for d in range(1, 9)], "date,calls"), "", "daily figures"),
    "two-hourly": (table(rows(DAY, 0, 24, 120)), "", "a row every 120 minutes"),
    "single row": (table(GOOD[:1]), "", "a single interval"),
    "shifted columns": (table([*GOOD, f"{DAY} 10:00,4,5"]), "line 6, column 3", "'5'"),
    "one row too long": (table([*GOOD, f"{DAY} 10:00,1,2,3,4,5,6,7,8,9,10,11,12"]), "line 6", "13 fields"),
    "open quote": (table([*GOOD, f'{DAY} 10:00,"4']), "", "a quoted text that never ends"),
    "offsets in some rows": (table([*GOOD, f"{DAY} 10:00Z,4"]), "line 6, column interval_start", f"'{DAY} 10:00Z'"),
    "change of step": (table([*rows(DAY, 0, 24), *rows("2026-03-03", 0, 24, 30)]), "lines 98 to 145", "a day of rows every 30 minutes"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_file_has_one_clear_fault(tmp_path: Path, name: str) -> None:
    text, place, found = BAD_FILES[name]
    (fault,) = faults(tmp_path, text, NINE)
    assert fault.place == place
    assert fault.found.startswith(found)


def test_no_such_file_offers_a_near_miss(tmp_path: Path) -> None:
    (tmp_path / "history_2026.csv").touch()
    with pytest.raises(HistoryError, match=r"did you mean 'history_2026.csv'"):
        read_history(HistorySource(tmp_path / "history_2025.csv"), ONE, Calendar(), BERLIN)


def test_directory_and_device_are_refused(tmp_path: Path) -> None:
    for path, message in ((tmp_path, "a directory"), (Path(os.devnull), "not a regular file")):
        with pytest.raises(HistoryError, match=message):
            read_history(HistorySource(path), ONE, Calendar(), BERLIN)


def test_unreadable_file_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (fault,) = faults(tmp_path, table(GOOD))
    assert "Permission denied" in fault.found


def test_sizes_have_caps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = table(GOOD)
    monkeypatch.setattr(load, "MAX_BYTES", 50)
    assert "MB" in faults(tmp_path, text)[0].found
    assert "MB" in faults(tmp_path, gzip.compress(b"1" * 10_000))[0].found
    monkeypatch.undo()
    monkeypatch.setattr(table_module, "MAX_ROWS", 3)
    assert "more than 3 rows" in faults(tmp_path, text)[0].found


def test_first_five_of_a_kind_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    lines = [row.replace(",4", ",x") for row in rows(DAY, 9, 17)]
    found = faults(tmp_path, table(lines))
    assert [fault.place for fault in found] == [*(f"line {n}, column calls" for n in range(2, 7)), "column calls"]
    assert found[-1].found == "32 rows like this in all"


def test_all_kinds_of_faults_come_at_once(tmp_path: Path) -> None:
    text = f"start,queue,calls,aht\n{DAY} 09:00,sales,x,9\n{DAY} 09:15,slaes,4,-5\nsoon,sales,4,1:99\n"
    found = faults(tmp_path, text)
    assert sorted(fault.place for fault in found) == [
        "line 2, column calls",
        "line 3, column aht",
        "line 3, column queue",
        "line 4, column aht",
        "line 4, column start",
    ]


def test_unknown_queue_gets_a_near_miss_and_an_absent_one_is_named(tmp_path: Path) -> None:
    lines = [f"{row},slaes" for row in GOOD]
    found = faults(tmp_path, table(lines, "start,calls,queue"), TWO)
    assert [fault.place for fault in found] == ["line 2, column queue", "queue sales", "queue service"]
    assert found[0].hint == "did you mean 'sales'?"
    assert found[0].found == "queue 'slaes' on 4 rows"


@pytest.mark.parametrize(
    ("source", "place", "hint"),
    [
        ({"timezone": "Europe/Berln"}, "[history] timezone", "Europe/Berlin"),
        ({"layout": "genesis_cloud"}, "[history] layout", "genesys_cloud"),
        ({"queue": "sale"}, "[history] queue", "sales"),
        ({"step_minutes": 7}, "[history] step_minutes", ""),
        ({"step_minutes": 20}, "[history] step_minutes", ""),
        ({"step_minutes": 5}, "[history] step_minutes", ""),
        ({"columns": (("callz", "offered"),)}, "[history.columns]", "calls"),
        ({"columns": (("calls", "oferred"),)}, "[history.columns] calls", "offered"),
    ],
)
def test_wrong_word_in_the_scenario(tmp_path: Path, source: dict[str, object], place: str, hint: str) -> None:
    (fault,) = faults(tmp_path, table(GOOD), NINE, **source)
    assert fault.place == place
    assert hint in fault.hint


def test_unknown_zone_of_the_centre_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, table(GOOD), NINE, zone="Mars/Olympus")
    assert fault.place == "[centre] timezone"


def test_missing_columns_say_which_headers_would_do(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, table(["1,2"], "foo,calls"))
    assert "'interval start'" in fault.hint
    assert "[history.columns]" in fault.hint


def test_absurd_handle_time_hints_at_totals(tmp_path: Path) -> None:
    text = table([f"{row},9999999" for row in GOOD], "start,calls,aht")
    assert "total" in faults(tmp_path, text, NINE)[0].hint


def test_abandoned_and_handled_need_not_add_up(tmp_path: Path) -> None:
    text = table([f"{row},9,9" for row in GOOD], "start,offered,handled,abandoned")
    assert read(tmp_path, text, NINE).contacts[0, 36] == 4
