"""`wfm forecast HISTORY.csv` and `wfm backtest`: files, tables, JSON, and refusals."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.cli.conftest import Wfm


@pytest.fixture
def history(tmp_path: Path) -> str:
    """Eight weeks of weekdays 8–18 in quarters of an hour, Christmas closed."""
    index = pd.date_range("2024-11-04", periods=56 * 96, freq="15min")
    index = index[(index.day_of_week < 5) & (index.hour >= 8) & (index.hour < 18)]
    index = index[~index.normalize().isin(pd.to_datetime(["2024-12-25", "2024-12-26"]))]
    frame = pd.DataFrame({"interval_start": index, "contacts": np.random.default_rng(1).poisson(40, len(index))})
    frame.to_csv(tmp_path / "history.csv", index=False)
    return "history.csv"


def test_a_bare_history_becomes_a_forecast_with_quantiles_and_paths(wfm: Wfm, history: str, tmp_path: Path) -> None:
    how = ("--days", "7", "--timezone", "Europe/Berlin", "--country", "DE", "--closed", "2025-01-03")
    said = wfm("forecast", history, *how, "--out", "out.csv", "--paths", "paths.parquet", "--json", "--quiet")
    assert said.status == 0, said.err
    table = pd.read_csv(tmp_path / "out.csv")
    assert list(table.columns) == ["interval_start", "mean", "q025", "q10", "q25", "q50", "q75", "q90", "q975"]
    assert sorted({stamp[:10] for stamp in table.interval_start}) == ["2024-12-30", "2024-12-31", "2025-01-02"]
    assert table.interval_start[0] == "2024-12-30T08:00+01:00"
    assert table["mean"].mean() == pytest.approx(80, rel=0.1)
    paths = pd.read_parquet(tmp_path / "paths.parquet")
    assert len(paths) == 300 * len(table)
    assert json.loads(said.out)["intervals"] == len(table) == 60


def test_the_table_is_for_people(wfm: Wfm, history: str) -> None:
    said = wfm("forecast", history, "--days", "3")
    assert said.status == 0, said.err
    assert "Mon 2024-12-30" in said.out


def test_a_backtest_lists_methods_by_lead_and_writes_a_csv(wfm: Wfm, history: str, tmp_path: Path) -> None:
    said = wfm("backtest", history, "--lead", "7", "--origins", "2", "--method", "profile", "--method", "mean4", "--out", "b.csv")
    assert said.status == 0, said.err
    assert "7 days ahead, 2 origins" in said.out
    table = pd.read_csv(tmp_path / "b.csv")
    assert table.method.tolist() == ["profile", "mean4"]
    assert (table.wape < 0.2).all()
    assert (table.floor.between(0.08, 0.1)).all()


@pytest.mark.parametrize("command", ["forecast", "backtest"])
def test_what_is_no_history_is_refused_in_words(wfm: Wfm, tmp_path: Path, command: str) -> None:
    (tmp_path / "bad.csv").write_text("when,calls\n2024-01-01,3\n")
    said = wfm(command, "bad.csv")
    assert said.status == 2
    assert "column interval_start" in said.err
    (tmp_path / "empty.csv").write_text("")
    assert wfm(command, "empty.csv").status == 2
    assert wfm(command, "absent.csv").status == 1


def test_a_history_too_short_for_a_backtest_is_refused(wfm: Wfm, tmp_path: Path) -> None:
    (tmp_path / "short.csv").write_text("interval_start,contacts\n2024-01-01 08:00,3\n2024-01-02 08:00,3\n")
    said = wfm("backtest", "short.csv")
    assert said.status == 2
    assert "28 days" in said.err
