"""`wfm repair`, `wfm swap`, `wfm hire` and `wfm plan --loop`."""

import json
from pathlib import Path

from tests.cli.conftest import Wfm

RUN_FILES = {"scenario.toml", "manifest.json", "forecast.csv", "requirement.csv", "roster.csv", "intervals.csv", "report.html"}


def test_a_repair_leaves_a_whole_run_tells_the_changes_and_touches_nobody_else(wfm: Wfm, tmp_path: Path) -> None:
    wfm("plan", "one_queue", "--out", "run", "--quiet")
    said = wfm("repair", "run", "--absent", "team 02:2026-03-04", "--out", "mended", "--json", "--quiet")
    assert said.status == 0, said.err
    document = json.loads(said.out)
    assert [(c["agent"], c["day"], c["after"]) for c in document["changes"]] == [("team 02", "2026-03-04", "off")]
    assert {path.name for path in (tmp_path / "mended").iterdir()} >= RUN_FILES
    before, after = ((tmp_path / folder / "roster.csv").read_text().splitlines() for folder in ("run", "mended"))
    assert [line for line in before if line not in after] == [line for line in before if line.startswith("team 02,2026-03-04")]
    assert [line for line in after if line not in before] == []
    assert "team 02, 2026-03-04" in json.loads((tmp_path / "mended" / "manifest.json").read_text())["repaired"][0]


def test_a_repaired_run_can_be_repaired_again_and_its_scenario_knows_the_absence(wfm: Wfm, tmp_path: Path) -> None:
    wfm("plan", "one_queue", "--out", "run", "--quiet")
    assert wfm("repair", "run", "--absent", "team 02:2026-03-04", "--quiet").status == 0
    said = wfm("repair", "run-repaired", "--absent", "team 03:2026-03-05", "--from", "2026-03-05T08:00", "--out", "again", "--quiet")
    assert said.status == 0, said.err
    roster = (tmp_path / "again" / "roster.csv").read_text()
    assert "team 02,2026-03-04" not in roster
    assert "team 03,2026-03-05" not in roster
    assert wfm("check", "again/scenario.toml").status == 0


def test_who_goes_home_early_is_absent_from_then_on_and_the_mended_run_can_be_mended_again(wfm: Wfm, tmp_path: Path) -> None:
    wfm("plan", "one_queue", "--out", "run", "--quiet")
    said = wfm("repair", "run", "--away", "team 02:2026-03-04T15:00-17:00", "--out", "mended", "--json", "--quiet")
    assert said.status == 0, said.err
    (change,) = json.loads(said.out)["changes"]
    assert (change["agent"], change["day"]) == ("team 02", "2026-03-04")
    rows = [line.split(",") for line in (tmp_path / "mended" / "roster.csv").read_text().splitlines()]
    away = [row for row in rows if row[:2] == ["team 02", "2026-03-04"] and row[4].startswith("away Wed 4 March ")]
    assert change["after"].endswith(", away 15:00–17:00")
    assert away[0][2][11:16] == "15:00"
    assert away[-1][3][11:16] == "17:00"
    assert wfm("check", "mended/scenario.toml").status == 0
    said = wfm("repair", "mended", "--absent", "team 03:2026-03-05", "--out", "again", "--quiet")
    assert said.status == 0, said.err
    again = (tmp_path / "again" / "roster.csv").read_text()
    assert all(",".join(row) in again for row in away)
    assert wfm("repair", "run", "--away", "team 02:2026-03-04").status == 2


def test_faults_of_a_repair_are_told_and_nothing_is_written(wfm: Wfm, tmp_path: Path) -> None:
    wfm("plan", "one_queue", "--out", "run", "--quiet")
    said = wfm("repair", "run", "--absent", "team 02", "--absent", "x:yesterday")
    assert said.status == 2
    assert "NAME:DATE" in said.err
    assert wfm("repair", "run", "--absent", "nobody:2026-03-04").status == 2
    assert wfm("repair", "run", "--from", "2031-01-01").status == 2
    assert wfm("repair", "elsewhere").status == 2
    published = (tmp_path / "run" / "roster.csv").read_bytes()
    said = wfm("repair", "run", "--absent", "team 02:2026-03-04", "--out", "run")
    assert said.status == 2
    assert "another folder" in said.err
    assert (tmp_path / "run" / "roster.csv").read_bytes() == published
    assert not (tmp_path / "run-repaired").exists()


def test_a_lock_on_a_day_of_absence_is_a_fault(wfm: Wfm) -> None:
    wfm("plan", "one_queue", "--out", "run", "--quiet")
    said = wfm("repair", "run", "--absent", "team 02:2026-03-04", "--lock", "team 02:2026-03-04")
    assert said.status == 2
    assert "locked and absent" in said.err


def test_a_swap_of_like_shifts_is_allowed_and_one_onto_a_day_of_work_is_not(wfm: Wfm) -> None:
    wfm("plan", "one_queue", "--out", "run", "--quiet")
    said = wfm("swap", "run", "team 01:2026-03-03", "team 02:2026-03-03", "--json")
    assert said.status == 0, said.err
    assert json.loads(said.out)["allowed"] is True
    assert wfm("swap", "run", "team 01:2026-03-03", "team 01:2026-03-04").status == 2
    said = wfm("swap", "run", "team 01:2026-03-03", "team 02:2026-03-04")
    assert said.status == 3
    assert "one shift a day" in said.out


def test_hire_has_a_line_for_every_number_of_newcomers(wfm: Wfm) -> None:
    said = wfm("hire", "one_queue", "--contract", "full time", "--count", "2", "--json", "--quiet")
    assert said.status == 0, said.err
    rows = json.loads(said.out)["rows"]
    assert [row["count"] for row in rows] == [0, 1, 2]
    assert all(row["bound"] <= row["price"] for row in rows)
    said = wfm("hire", "one_queue", "--contract", "full time", "--count", "1")
    assert "newcomers" in said.out
    assert next(line for line in said.out.splitlines() if "0 (today)" in line).count("–") == 3
    assert "today's roster costs" in said.out
    assert "units of price" in said.out


def test_all_faults_of_a_question_about_newcomers_name_their_option_and_the_nearest_name(wfm: Wfm) -> None:
    said = wfm("hire", "one_queue", "--contract", "ful time", "--skills", "cals,calls")
    assert said.status == 2
    assert '--contract: found ful time; expected the name of a contract (did you mean "full time"?)' in said.err
    assert '--skills: found cals; expected the name of a queue (did you mean "calls"?)' in said.err


def test_the_trace_of_the_loop_is_in_the_run_and_on_the_screen(wfm: Wfm, tmp_path: Path) -> None:
    said = wfm("plan", "one_queue", "--loop", "2", "--out", "run")
    assert said.status == 0, said.err
    assert "Simulation in the loop" in said.out
    steps = json.loads((tmp_path / "run" / "summary.json").read_text())["loop"]
    assert sum(step["chosen"] for step in steps) == 1
    assert steps[0]["service"][0]["queue"] == "calls"
