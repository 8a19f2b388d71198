"""What a user gets wrong: a sentence and a status, one JSON document where asked, and no file lost."""

import errno
import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Wfm
from tests.cli.test_commands import CONTRADICTION
from wfm.cli.writing import put
from wfm.errors import InputError
from wfm.scenario_file.bundled import bundled

HISTORY = "interval_start,calls\n" + "".join(f"2026-03-02 {hour:02d}:{m},4\n" for hour in range(24) for m in ("00", "30"))
IMPORT = ("import", "history.csv", "--timezone", "Europe/Berlin", "--queue", "sales", "--missing", "zero")
ROSTER = "agent,day,start,end,activity,queue\n"
DAY = "2026-03-02,2026-03-02T09:00+01:00,2026-03-02T17:00+01:00"


@pytest.mark.parametrize("rest", ['lengths = ["8h"]\nbreaks = [{name="b",minutes=600,earliest="1h",latest="2h"}]', ""])
def test_a_break_longer_than_the_shift_is_a_fault(wfm: Wfm, tmp_path: Path, rest: str) -> None:
    rest = rest or 'lengths = ["8h", "2h"]\nbreaks = [{name="b",minutes=150,earliest="1h",latest="2h"}]'
    text = bundled()["one_queue"].read_text(encoding="utf-8")
    (tmp_path / "bad.toml").write_text(text.replace('lengths = ["8h"]', rest), encoding="utf-8")
    said = wfm("check", "bad.toml")
    assert said.status == 2
    assert "breaks inside the shortest length" in said.err


def test_import_never_writes_over_its_source(wfm: Wfm, tmp_path: Path) -> None:
    (tmp_path / "history.csv").write_text(HISTORY)
    assert wfm(*IMPORT, "--out", "./history.csv").status == 2
    assert (tmp_path / "history.csv").read_text() == HISTORY
    assert wfm(*IMPORT, "--out", "clean.csv").status == 0


def test_a_file_that_cannot_be_written_leaves_no_part(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(InputError, match="taken"):
        put(tmp_path / "taken", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_full_disk_is_told_in_words(wfm: Wfm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "history.csv").write_text(HISTORY)
    monkeypatch.setattr(Path, "write_bytes", full)
    said = wfm(*IMPORT, "--out", "clean.csv")
    assert (said.status, said.err) == (1, "cannot write clean.csv: No space left on device\n")


@pytest.mark.parametrize("command", [("plan", "one_queue"), ("forecast", "one_queue"), ("batch", ".")])
def test_a_place_that_cannot_be_written_is_the_inputs_fault(wfm: Wfm, tmp_path: Path, command: tuple[str, str]) -> None:
    (tmp_path / "file").write_text("")
    said = wfm(*command, "--out", "file/run", "--quiet")
    assert said.status == 2
    assert "file" in said.err
    assert "unexpected" not in said.err


def test_json_gives_one_document_also_when_nothing_comes_of_it(wfm: Wfm, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(CONTRADICTION)
    said = wfm("schedule", "bad.toml", "--json", "--quiet")
    assert said.status == 3
    assert json.loads(said.out)["conflicts"][0]["text"]
    said = wfm("plan", "nowhere", "--json")
    assert said.status == 2
    assert json.loads(said.out)["faults"][0]["file"] == "nowhere"
    assert "[[queue]]" in json.loads(wfm("check", "--fields", "--json").out)["fields"]


def test_a_folder_without_a_scenario_is_told_apart_from_a_missing_file(wfm: Wfm, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = wfm("check", "empty")
    assert said.status == 2
    assert "no scenario.toml in this folder" in said.err


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--calls", "1e308", "erlangs"),
        ("--aht", "soon", "--aht"),
        ("--interval", "0", "--interval"),
        ("--patience", "-1", "--patience"),
        ("--target", "0.8/20", "80/20 means 80 %"),
        ("--target", "100/20", "below 100"),
    ],
)
def test_the_calculator_names_what_is_wrong(wfm: Wfm, option: str, value: str, told: str) -> None:
    said = wfm("staff", "--calls", "100", option, value)
    assert said.status == 2
    assert option in said.err
    assert told in said.err


def test_patience_never_is_erlang_c(wfm: Wfm) -> None:
    assert wfm("staff", "--calls", "100", "--patience", "never", "--json").out == wfm("staff", "--calls", "100", "--json").out


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (f"nobody,{DAY},work,calls", "found agent nobody"),
        (f"team 01,{DAY},work,chats", "found queue chats"),
        (f"team 01,{DAY},nap,", "found activity nap"),
    ],
)
def test_a_roster_of_other_people_is_refused(wfm: Wfm, tmp_path: Path, row: str, told: str) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER + row + "\n")
    said = wfm("simulate", "one_queue", "--roster", "roster.csv", "--quiet")
    assert said.status == 2, said.err
    assert told in said.err
