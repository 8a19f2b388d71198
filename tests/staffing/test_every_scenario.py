"""`wfm staff` on the scenarios that come with it."""

import csv
import json

import pytest
from click.testing import CliRunner

from wfm.cli.commands.staff import command
from wfm.scenario_file.bundled import bundled

QUICK = ("one_queue", "round_the_clock")


def _staff(*arguments):
    return CliRunner().invoke(command, list(arguments), env={"COLUMNS": "80"})


@pytest.mark.parametrize("name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in bundled()])
def test_every_bundled_scenario_has_its_requirement_in_words_and_in_files(name, tmp_path):
    shown = _staff(name, "--out", str(tmp_path), "--json", "--quiet")
    assert shown.exit_code == 0, shown.output
    document = json.loads(shown.stdout)
    with (tmp_path / "requirement.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["queue"] for row in rows} == set(document["queues"])
    for queue, told in document["queues"].items():
        mine = [row for row in rows if row["queue"] == queue]
        assert 0 < told["present_hours"] <= told["rostered_hours"] <= told["paid_hours"]
        assert max(float(row["present"]) for row in mine) == told["peak_present"]
        assert {row["definition"] for row in mine} == {told["definition"]}


def test_the_table_of_a_scenario_is_readable_at_80_columns():
    shown = _staff("one_queue", "--quiet").output or _staff("one_queue").output
    table = [line for line in shown.splitlines() if "h" in line and ":" not in line]
    assert table
    assert max(map(len, table)) <= 80


@pytest.mark.parametrize("scenario", ["nope", "/", "one_queue.toml"])
def test_a_scenario_that_is_none_is_named_without_a_traceback(scenario):
    told = _staff(scenario)
    assert told.exit_code != 0
    assert "Traceback" not in told.output
