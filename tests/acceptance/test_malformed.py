"""Malformed scenarios and histories through the front door: one clear message per fault, status 2, no traceback, no run folder."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.cli.conftest import Wfm
from tests.cli.conftest import wfm as wfm

SCENARIOS = sorted((Path(__file__).parents[1] / "scenario_file" / "malformed").glob("*.toml"))
HEAD = "interval_start,queue,offered,handled,aht_s\n"


def rows(count: int, start: str = "2026-01-05T", calls: str = "5") -> str:
    return HEAD + "".join(f"{start}{9 + i // 4:02d}:{i % 4 * 15:02d},calls,{calls},5,240\n" for i in range(count))


HISTORIES: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "empty"),
    "header_only": (HEAD, "row"),
    "negative": (rows(8, calls="-3"), "-3"),
    "not_a_number": (rows(8, calls="many"), "many"),
    "infinite": (rows(8, calls="inf"), "inf"),
    "no_time": (HEAD.replace("interval_start", "when?") + "x,calls,1,1,1\n", "interval start"),
    "no_volume": ("interval_start,queue\n2026-01-05T09:00,calls\n", "offered"),
    "bad_stamp": (rows(8).replace("2026-01-05T09:15", "yesterday"), "yesterday"),
    "impossible_date": (rows(8).replace("2026-01-05T09:15", "2026-02-30T09:15"), "2026-02-30"),
    "twice": (rows(8) + "2026-01-05T09:00,calls,7,7,240\n", "2026-01-05"),
    "unknown_queue": (rows(8).replace(",calls,", ",sales,"), "sales"),
    "gaps_not_stated": (rows(8), "missing"),
    "skipped_hour": (HEAD + "".join(f"2025-03-30T{h}:{m:02d},calls,5,5,240\n" for h in ("01", "02", "03") for m in (0, 15, 30, 45)), "02:"),
    "binary": (bytes(range(256)) * 50, "history.csv"),
    "formula": (rows(8, calls="=cmd|' /C calc'!A0"), "=cmd"),
    "ancient": (rows(8, start="1066-01-05T"), "1066"),
    "off_grid": (rows(8).replace("09:15", "09:17"), "09:17"),
    "wrong_columns": (rows(8).replace("2026-01-05T09:30,calls,5,5,240", "2026-01-05T09:30,calls,5,5,240,9,9,9"), "line"),
    "not_a_zip": (b"PK not really", "history.xlsx"),
}

SCENARIO = """
[centre]
name = "history"
timezone = "Europe/Berlin"

[plan]
start = 2026-03-02
days = 7
step_minutes = 15

[history]
file = "{file}"
{missing}

[[queue]]
name = "calls"
open = {{ mon-fri = "09:00-17:00" }}
target = "80/20"

[[contract]]
name = "full"
shifts = ["day"]

[[shift]]
name = "day"
start_from = "09:00"
start_to = "09:00"
lengths = ["8h"]

[[group]]
name = "team"
count = 2
contract = "full"
skills = ["calls"]
"""


def refused(wfm: Wfm, scenario: Path, *fragments: str) -> None:
    said = wfm("plan", scenario, "--out", "out", "--quiet")
    assert said.status == 2, said
    assert "fault: " in said.err
    assert "Traceback" not in said.err
    assert said.out == ""
    assert not Path("out").exists()
    assert [text for text in fragments if text not in said.err] == [], said.err


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
def test_a_malformed_scenario_is_refused(wfm: Wfm, scenario: Path) -> None:
    refused(wfm, scenario)


@pytest.mark.parametrize("name", HISTORIES)
def test_a_malformed_history_is_refused(wfm: Wfm, tmp_path: Path, name: str) -> None:
    content, fragment = HISTORIES[name]
    file = "history.xlsx" if name == "not_a_zip" else "history.csv"
    (tmp_path / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    missing = "" if name == "gaps_not_stated" else 'missing = "zero"'
    (tmp_path / "scenario.toml").write_text(SCENARIO.format(file=file, missing=missing))
    refused(wfm, tmp_path / "scenario.toml", file, fragment)


def test_two_cells_far_apart_do_not_take_the_program_down(wfm: Wfm, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "history.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "interval_start")
        sheet.write(1_048_575, 16_383, "far")
    (tmp_path / "scenario.toml").write_text(SCENARIO.format(file="history.xlsx", missing=""))
    refused(wfm, tmp_path / "scenario.toml", "history.xlsx")


def test_a_zip_bomb_is_refused_before_it_unpacks(wfm: Wfm, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "history.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(600):
                sheet.write(bytes(2**20))
    (tmp_path / "scenario.toml").write_text(SCENARIO.format(file="history.xlsx", missing=""))
    refused(wfm, tmp_path / "scenario.toml", "history.xlsx")


def test_a_history_that_is_a_folder_is_refused(wfm: Wfm, tmp_path: Path) -> None:
    (tmp_path / "history.csv").mkdir()
    (tmp_path / "scenario.toml").write_text(SCENARIO.format(file="history.csv", missing=""))
    refused(wfm, tmp_path / "scenario.toml", "history.csv")
