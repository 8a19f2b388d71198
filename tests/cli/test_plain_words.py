"""Numbers, options and long lists of faults in plain words; every fault of a comparison at once; what says nothing of nobody."""

import json
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Wfm
from wfm.cli.exits import MOST_ALIKE, lines_of
from wfm.cli.numbers import Number, Whole
from wfm.errors import Fault

BASE = Path(__file__).resolve().parents[2] / "scenarios" / "one_queue.toml"
ROSTER = "agent,day,start,end,activity,queue\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("plan", "one_queue", "--effort", "much"), "found much; expected a number above 0 and at most 100"),
        (("plan", "one_queue", "--effort", "nan"), "found nan; expected a finite number above 0 and at most 100"),
        (("plan", "one_queue", "--loop", "99"), "found 99; expected a whole number from 0 to 50"),
        (("plan", "one_queue", "--seed", "1.5"), "found 1.5; expected a whole number of at least 0"),
        (("repair", "run", "--change-price", "x"), "found x; expected a number of at least 0"),
        (("staff", "--calls", "x"), "--calls: found x; expected a number of at least 0"),
    ],
)
def test_a_number_is_refused_in_plain_words(wfm: Wfm, arguments: tuple[str, ...], words: str) -> None:
    said = wfm(*arguments)
    assert said.status == 2
    assert words in said.err
    assert "valid" not in said.err.replace("Invalid value for", "")


@pytest.mark.parametrize(("kind", "text", "found"), [(Number(0, 1), "0.5", 0.5), (Number(), "-3", -3.0), (Whole(1), "7", 7)])
def test_numbers_within_their_limits_are_taken(kind: click.ParamType, text: str, found: float) -> None:
    assert kind.convert(text, None, None) == found


def test_all_that_is_wrong_with_a_question_to_the_calculator_is_told_at_once(wfm: Wfm) -> None:
    said = wfm("staff", "--calls", "-1", "--aht", "soon", "--target", "80")
    assert said.status == 2
    assert [option for option in ("--calls", "--aht", "--target") if f"{option}: " not in said.err] == []


def test_no_calls_need_nobody_and_have_no_service_level(wfm: Wfm) -> None:
    said = wfm("staff", "--calls", "0")
    assert said.status == 0
    assert "▶ 0" in said.out
    assert "100.0%" not in said.out
    assert "–: no contacts" in said.out


def test_all_faults_of_all_compared_are_told_before_anything_is_planned(wfm: Wfm, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(f'base = "{BASE}"\n[run]\nefort = 1\n')
    said = wfm("compare", "one_queue", "bad.toml", "nowhere", "--json", "--quiet")
    assert said.status == 2
    assert [fault["file"] for fault in json.loads(said.out)["faults"]] == ["bad.toml", "nowhere"]
    assert not (tmp_path / "runs").exists()


def test_of_many_faults_that_are_alike_the_first_are_listed_the_others_counted_and_all_are_in_the_document(
    wfm: Wfm, tmp_path: Path
) -> None:
    days = [f"nobody {n},2026-03-02,2026-03-02T09:00+01:00,2026-03-02T17:00+01:00,work,calls\n" for n in range(493)]
    (tmp_path / "roster.csv").write_text(ROSTER + "".join(days))
    said = wfm("simulate", "one_queue", "--roster", "roster.csv", "--quiet", "--json")
    assert said.status == 2
    assert said.err.count("fault: ") == MOST_ALIKE
    assert "… and 473 more like these" in said.err
    assert "493 faults found" in said.err
    assert len(json.loads(said.out)["faults"]) == 493


def test_faults_of_every_kind_are_listed_however_many_one_kind_has() -> None:
    many = [Fault("a", str(n), "x", "y") for n in range(MOST_ALIKE + 1)]
    lines = lines_of([*many, Fault("a", "", "x", "z"), Fault("b", "", "x", "y")])
    assert len(lines) == MOST_ALIKE + 3
    assert lines[MOST_ALIKE] == "… and 1 more like these"
    assert lines[-1] == "fault: b: found x; expected y"


def test_by_without_a_file_to_write_is_refused(wfm: Wfm) -> None:
    said = wfm("simulate", "one_queue", "--by", "day")
    assert said.status == 2
    assert "--detail" in said.err


@pytest.mark.parametrize("form", ["xlsx", "ics"])
def test_a_quiet_export_says_nothing(wfm: Wfm, tmp_path: Path, form: str) -> None:
    assert wfm("plan", "one_queue", "--out", "run", "--quiet", "--effort", "0.05").status == 0
    said = wfm("export", "run", "--to", form, "--out", f"there.{form}", "--quiet")
    assert (said.status, said.out, said.err) == (0, "", "")
    assert (tmp_path / f"there.{form}").exists()


def test_a_quiet_import_says_nothing(wfm: Wfm, tmp_path: Path) -> None:
    rows = "".join(f"2026-03-02 {hour:02d}:{half},4\n" for hour in range(24) for half in ("00", "30"))
    (tmp_path / "history.csv").write_text("interval_start,calls\n" + rows)
    how = ("--timezone", "Europe/Berlin", "--queue", "sales", "--missing", "zero", "--out", "clean.csv")
    said = wfm("import", "history.csv", *how, "--quiet")
    assert (said.status, said.out, said.err) == (0, "", "")
