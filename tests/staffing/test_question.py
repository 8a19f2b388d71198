"""`wfm staff --calls …` as a planner types it."""

import json

import pytest
from click.testing import CliRunner

from wfm.cli.commands.staff import command

QUESTION = ["--calls", "100", "--interval", "30m", "--aht", "180s", "--target", "80/20", "--patience", "120s"]
DEFINITIONS = ["sl_offered", "sl_answered", "sl_abandons_met", "sl_abandons_excluded", "sl_virtual"]


def _asked(*arguments, columns="80"):
    return CliRunner().invoke(command, list(arguments), env={"COLUMNS": columns})


@pytest.mark.parametrize("calls", ["100", "10000"])
def test_the_table_fits_80_columns_without_broken_words(calls):
    shown = _asked("--calls", calls, *QUESTION[2:]).output
    for word in ("offered", "answered", "virtual", "aband.", "occup."):
        assert word in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_json_holds_seven_rows_with_all_five_definitions_and_nothing_else():
    rows = json.loads(_asked(*QUESTION, "--json").output)["rows"]
    needed = [row["agents"] for row in rows if row["needed"]]
    assert [row["agents"] - needed[0] for row in rows] == [-3, -2, -1, 0, 1, 2, 3]
    assert all(0 <= row[name] <= 1 for row in rows for name in DEFINITIONS)


def test_all_that_cannot_be_read_is_told_at_once():
    told = _asked("--calls", "5", "--aht", "x", "--patience", "soon", "--target", "80")
    assert told.exit_code == 2
    for name in ("--aht", "--patience", "--target"):
        assert name in told.output


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--calls", "-5"], "--calls"),
        (["--calls", "nan"], "--calls: found nan; expected a finite number of at least 0"),
        (["--calls", "inf"], "--calls: found inf; expected a finite number of at least 0"),
        (["--calls", "1e9"], "at most 1,000,000 erlangs"),
        (["--calls", "1e308", "--aht", "9h"], "at most 1,000,000 erlangs"),
        (["--calls", "many"], "--calls"),
        (["--calls", "5", "--patience", "0s"], "above 0"),
        (["--calls", "5", "--patience", "-3"], "--patience"),
        (["--calls", "5", "--interval", "0"], "--interval"),
        (["--calls", "5", "--aht", "3 parsecs"], "--aht"),
        (["--calls", "5", "--target", "100/20"], "below 100"),
        (["--calls", "5", "--target", "0/20"], "from 1"),
        (["--calls", "5", "--target", "80/-1"], "--target"),
        ([], "name a scenario"),
        (["one_queue", "--calls", "5"], "not both"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(asked, said):
    told = _asked(*asked)
    assert told.exit_code == 2
    assert said in " ".join(told.output.split())
    assert "Traceback" not in told.output


@pytest.mark.parametrize(
    "asked",
    [
        ["--calls", "0"],
        ["--calls", "0", "--patience", "1s"],
        ["--calls", "1e-9", "--patience", "never"],
        ["--calls", "1e5", "--aht", "5h", "--interval", "30m"],
        ["--calls", "50000", "--patience", "1s", "--target", "99.9/0"],
        ["--calls", "5", "--target", "97.5/20"],
        ["--calls", "1", "--interval", "24h", "--aht", "1s"],
    ],
)
def test_odd_questions_are_answered_within_80_columns(asked):
    told = _asked(*asked)
    assert told.exit_code == 0
    assert "▶" in told.output
    assert max(map(len, told.output.splitlines())) <= 80
    assert "nan" not in told.output


def test_a_target_is_told_as_it_was_asked():
    assert "97.5% within 20 s" in _asked("--calls", "5", "--target", "97.5/20").output
