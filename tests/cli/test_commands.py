"""The face that must not move: commands, options, exit statuses, one JSON document on stdout."""

import json
from pathlib import Path

import pytest
from filelock import FileLock

from tests.cli.conftest import Wfm

COMMANDS = [
    "app",
    "backtest",
    "batch",
    "calibrate",
    "check",
    "compare",
    "doctor",
    "export",
    "forecast",
    "import",
    "plan",
    "report",
    "schedule",
    "simulate",
    "staff",
]
RUN_FILES = {"scenario.toml", "manifest.json", "forecast.csv", "requirement.csv", "roster.csv", "intervals.csv", "report.html"}


def test_every_command_of_the_design_is_there(wfm: Wfm) -> None:
    said = wfm("--help")
    assert said.status == 0
    assert [name for name in COMMANDS if name not in said.out] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(wfm: Wfm, command: str) -> None:
    said = wfm(command, "--help")
    assert said.status == 0
    assert "Usage:" in said.out


def test_plan_leaves_a_whole_run_folder_and_one_json_document(wfm: Wfm, tmp_path: Path) -> None:
    said = wfm("plan", "one_queue", "--out", "run", "--json", "--progress", "none")
    assert said.status == 0, said.err
    document = json.loads(said.out)
    assert Path(document["out"]) == tmp_path / "run"
    assert {path.name for path in (tmp_path / "run").iterdir()} >= RUN_FILES
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == ["run"]


def test_the_resolved_scenario_of_a_run_gives_the_same_csvs_again(wfm: Wfm, tmp_path: Path) -> None:
    assert wfm("plan", "one_queue", "--out", "a", "--seed", "7", "--quiet").status == 0
    assert wfm("plan", "a/scenario.toml", "--out", "b", "--quiet").status == 0
    for name in ("forecast.csv", "requirement.csv", "roster.csv", "intervals.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_another_seed_gives_other_days(wfm: Wfm, tmp_path: Path) -> None:
    wfm("plan", "one_queue", "--out", "a", "--seed", "1", "--quiet")
    wfm("plan", "one_queue", "--out", "b", "--seed", "2", "--quiet")
    assert (tmp_path / "a" / "intervals.csv").read_bytes() != (tmp_path / "b" / "intervals.csv").read_bytes()


def test_a_missing_scenario_is_a_fault_and_names_the_near_miss(wfm: Wfm, tmp_path: Path) -> None:
    said = wfm("plan", "one_queu")
    assert said.status == 2
    assert "one_queue" in said.err
    assert not (tmp_path / "runs").exists()


def test_a_locked_run_folder_is_status_75(wfm: Wfm, tmp_path: Path) -> None:
    wfm("plan", "one_queue", "--out", "run", "--quiet")
    locks = list(tmp_path.rglob("*.lock"))
    assert locks
    with FileLock(locks[0]):
        said = wfm("plan", "one_queue", "--out", "run", "--quiet", "--json")
    assert said.status == 75
    assert "run" in json.loads(said.out)["error"]


def test_contradicting_rules_are_status_3_and_named(wfm: Wfm, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(CONTRADICTION)
    said = wfm("plan", "bad.toml", "--out", "run", "--quiet")
    assert said.status == 3, said.err
    assert "ann" in said.err
    assert "2026-03-03" in said.err or "3 March" in said.err or "Tue" in said.err
    assert "Traceback" not in said.err


def test_the_calculator_answers_at_once_with_three_below_and_above(wfm: Wfm) -> None:
    said = wfm("staff", "--calls", "100", "--interval", "30m", "--aht", "180s", "--target", "80/20", "--json")
    assert said.status == 0, said.err
    rows = json.loads(said.out)["rows"]
    assert [row["agents"] for row in rows] == list(range(11, 18))  # 14 agents: the published answer (see erlang_reference.csv)
    assert rows[3]["sl_offered"] == pytest.approx(0.88835, abs=5e-6)


def test_check_lists_the_bundled_scenarios_and_finds_no_fault_in_one(wfm: Wfm) -> None:
    assert "retail_bank" in wfm("check", "--list").out
    assert wfm("check", "one_queue").status == 0


def test_check_fields_documents_the_format(wfm: Wfm) -> None:
    said = wfm("check", "--fields")
    assert said.status == 0
    assert "[[queue]]" in said.out or "## queue" in said.out.lower()


def test_doctor_is_content_with_this_checkout(wfm: Wfm) -> None:
    said = wfm("doctor", "--json")
    assert said.status == 0
    assert json.loads(said.out)["problems"] == []


def test_simulate_takes_the_roster_of_a_run_and_gives_its_figures_again(wfm: Wfm) -> None:
    planned = json.loads(wfm("plan", "one_queue", "--out", "run", "--json", "--progress", "none").out)
    said = wfm("simulate", "one_queue", "--roster", "run/roster.csv", "--json", "--quiet")
    assert said.status == 0, said.err
    again = {(m["name"], m["queue"]): m["value"] for m in json.loads(said.out)["measures"]}
    for measure in planned["summary"]["measures"]:
        key = (measure["name"], measure["queue"])
        if key in again:
            assert measure["value"] == pytest.approx(again[key])
    assert ("service_level", "calls") in again


CONTRADICTION = """
[centre]
name = "contradiction"
timezone = "Europe/Berlin"

[plan]
start = 2026-03-02
days = 7
step_minutes = 15

[[queue]]
name = "calls"
open = { mon-fri = "09:00-17:00" }
target = "80/20"
handle = "240s"
contacts_per_hour = 10

[[contract]]
name = "full"
shifts = ["day"]

[[shift]]
name = "day"
start_from = "09:00"
start_to = "09:00"
lengths = ["8h"]

[[agent]]
name = "ann"
contract = "full"
skills = ["calls"]

[[time_off]]
agent = "ann"
from = 2026-03-03
to = 2026-03-03

[[activity]]
name = "induction"
kind = "training"
minutes = 60
attendees = ["ann"]
at = ["2026-03-03T10:00"]
"""
