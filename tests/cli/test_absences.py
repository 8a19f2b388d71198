"""Absences on the command line: hours that run backward, days on which nobody works, and every fault at once under its option."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Wfm

HOURS = "team 02:2026-03-04T{}"


@pytest.fixture
def run(wfm: Wfm, tmp_path: Path) -> Path:
    assert wfm("plan", "one_queue", "--out", "run", "--quiet").status == 0
    return tmp_path / "run"


@pytest.mark.parametrize(("hours", "found"), [("14:00-09:00", "until 09:00 of the day after"), ("14:00-14:00", "from 14:00 until 14:00;")])
def test_hours_that_end_before_they_begin_or_at_once_are_refused_with_what_is_expected(wfm: Wfm, run: Path, hours: str, found: str) -> None:
    said = wfm("repair", run, "--away", HOURS.format(hours))
    assert said.status == 2
    assert "--away: found team 02, Wed 4 March, from 14:00" in said.err
    assert found in said.err
    assert "expected an end after the beginning" in said.err
    assert not run.with_name("run-repaired").exists()


def test_an_absence_without_a_shift_is_a_note_and_no_fault(wfm: Wfm, run: Path) -> None:
    asked = ("--absent", "team 02:2026-03-07", "--away", HOURS.format("20:00-21:00"))
    said = wfm("repair", run, *asked, "--out", "mended")
    assert said.status == 0, said.err
    assert "note: team 02 has no shift on Sat 7 March: the absence changes nothing" in said.out
    assert "note: team 02 works 09:00–17:00 on Wed 4 March: the absence of hours changes nothing" in said.out
    said = wfm("repair", run, *asked, "--out", "mended", "--json", "--quiet")
    assert len(json.loads(said.out)["notes"]) == 2


def test_a_day_absent_in_whole_and_in_part_is_told_plainly(wfm: Wfm, run: Path) -> None:
    said = wfm("repair", run, "--absent", "team 02:2026-03-04", "--away", HOURS.format("10:00-11:00"))
    assert said.status == 2
    assert "--away: found team 02, Wed 4 March, absent all day and for some hours of it; expected one of both" in said.err


def test_all_faults_of_a_repair_are_told_at_once_each_under_its_option_with_the_nearest_name(wfm: Wfm, run: Path) -> None:
    wrong = ("--absent", "tem 02:2026-03-04", "--absent", "tomorrow", "--away", "team 02", "--lock", "team 03:2031-01-01")
    said = wfm("repair", run, *wrong, "--from", "2031-01-01", "--out", run)
    assert said.status == 2
    for words in (
        '--absent: found agent tem 02; expected an agent of the scenario (did you mean "team 02"?)',
        "--absent: found tomorrow",
        "--away: found team 02",
        "--lock: found team 03, Wed 1 January 2031",
        "--from: found 2031-01-01",
        "--out: found",
    ):
        assert words in said.err
    assert "6 faults found" in said.err


def test_all_faults_of_a_swap_are_told_at_once_with_the_nearest_name(wfm: Wfm, run: Path) -> None:
    said = wfm("swap", run, "tem 01:2026-03-03", "team 02:2031-03-04")
    assert said.status == 2
    assert 'NAME:DATE: found agent tem 01; expected an agent of the scenario (did you mean "team 01"?)' in said.err
    assert "NAME:DATE: found team 02, Tue 4 March 2031" in said.err
    said = wfm("swap", run, "team 01:2026-03-03", "tomorrow")
    assert "found tomorrow" in said.err
    said = wfm("swap", "elsewhere", "team 01:2026-03-03", "tomorrow")
    assert "2 faults found" in said.err


def test_a_swap_is_told_in_a_planners_words(wfm: Wfm, run: Path) -> None:
    said = wfm("swap", run, "team 01:2026-03-03", "team 02:2026-03-04")
    assert said.status == 3
    assert "team 01, Wed 4 March: " in said.out
    assert "begins 8 h before the shift before ends" in said.out
    assert "-8 h" not in said.out
    assert "2026-03" not in said.out
    assert "units of price" in said.out
