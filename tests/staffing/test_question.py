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
