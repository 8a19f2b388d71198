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


@pytest.mark.parametrize("command", ["forecast", "backtest"])
def test_what_is_no_number_is_told_with_its_file_and_row(wfm: Wfm, tmp_path: Path, command: str) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("interval_start,contacts\n2026-01-05 08:00,0x10\n2026-01-05 08:30,12\n2026-01-05 09:00,many\n")
    said = wfm(command, odd)
    assert said.status == 2
    assert f"{odd}: row 1, column contacts: found '0x10'; expected a number" in said.err
    assert f"{odd}: row 3, column contacts: found 'many'" in said.err


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
    assert wfm(command, "absent.csv").status == 2


def test_a_history_too_short_for_a_backtest_is_refused(wfm: Wfm, tmp_path: Path) -> None:
    (tmp_path / "short.csv").write_text("interval_start,contacts\n2024-01-01 08:00,3\n2024-01-02 08:00,3\n")
    said = wfm("backtest", "short.csv")
    assert said.status == 2
    assert "28 days" in said.err


def test_edits_beside_the_command_lie_over_the_forecast_of_a_scenario(wfm: Wfm, tmp_path: Path) -> None:
    plain = json.loads(wfm("forecast", "one_queue", "--json", "--quiet").out)
    (tmp_path / "edits.csv").write_text("day,action,value,author,reason\n2000-01-01..2009-12-31,times,3,Ana,never\n")
    assert json.loads(wfm("forecast", "one_queue", "--edits", "edits.csv", "--json", "--quiet").out)["queues"] == plain["queues"]
    (tmp_path / "edits.csv").write_text("day,action,value,author,reason\n2026-01-01..2026-12-31,times,3,Ana,campaign\n")
    more = json.loads(wfm("forecast", "one_queue", "--edits", "edits.csv", "--json", "--quiet").out)
    assert {name: 3 * contacts for name, contacts in plain["queues"].items()} == pytest.approx(more["queues"])
    assert any("by Ana: campaign" in note for note in more["notes"])
    (tmp_path / "edits.csv").write_text("day,acton\n")
    said = wfm("forecast", "one_queue", "--edits", "edits.csv")
    assert said.status == 2
    assert 'did you mean "action"' in said.err


def test_the_backtest_of_a_scenario_is_by_its_own_queues_and_fits_eighty_columns(
    wfm: Wfm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = wfm("backtest", "retail_bank", "--lead", "1", "--lead", "7", "--origins", "2", "--out", "b.csv")
    assert said.status == 0, said.err
    assert "email, by days ahead, 2 origins" in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    assert any(line.split()[:2] == ["7", "profile"] for line in said.out.splitlines())
    table = pd.read_csv(tmp_path / "b.csv")
    assert sorted(table.lead_days.unique()) == [1, 7]
    assert {"mase", "pinball", "cover95_day", "agents_under"} <= set(table.columns)


def test_a_scenario_without_a_history_has_nothing_to_measure(wfm: Wfm) -> None:
    said = wfm("backtest", "one_queue")
    assert said.status == 2
    assert "no history" in said.err


@pytest.fixture
def diary(tmp_path: Path) -> str:
    """A scenario with a history of ten weeks whose plan starts behind it."""
    index = pd.date_range("2025-01-06", periods=70 * 24, freq="h")
    index = index[(index.day_of_week < 5) & (index.hour >= 9) & (index.hour < 17)]
    pd.DataFrame({"interval_start": index, "offered": np.random.default_rng(3).poisson(80, len(index))}).to_csv(
        tmp_path / "history.csv", index=False
    )
    queue = '[[queue]]\nname = "calls"\nopen = {mon-fri = "09:00-17:00"}\n'
    text = f'[centre]\nname = "Diary"\ntimezone = "UTC"\n[plan]\nstart = 2025-03-17\nweeks = 1\nstep_minutes = 60\n{queue}'
    history = '[history]\nfile = "history.csv"\nqueue = "calls"\nmissing = "closed"\n[run]\nbacktest_origins = 0\n'
    (tmp_path / "diary.toml").write_text(text + history)
    return "diary.toml"


def test_a_forecast_with_a_folder_is_published_and_the_rest_of_a_day_is_made_from_it(wfm: Wfm, diary: str, tmp_path: Path) -> None:
    said = wfm("forecast", diary, "--out", "out", "--quiet")
    assert said.status == 0, said.err
    assert len(list((tmp_path / "out" / "archive" / "Diary").glob("*.csv"))) == 1
    rows = "".join(f"2025-03-18T{hour:02d}:00,120\n" for hour in range(9, 13))
    (tmp_path / "today.csv").write_text("interval_start,contacts\n" + rows)
    found = json.loads(wfm("forecast", diary, "--today", "today.csv", "--out", "out", "--json", "--quiet").out)
    (calls,) = found["queues"]
    assert (found["day"], found["known_until"], calls["actual_so_far"]) == ("2025-03-18", "13:00", 480)
    assert calls["mean_rest"] > 1.03 * calls["published_rest"]
    table = pd.read_csv(tmp_path / "out" / "reforecast.csv")
    assert table["interval_start"].tolist() == [f"2025-03-18T{hour}:00+00:00" for hour in (13, 14, 15, 16)]
    at_ten = json.loads(wfm("forecast", diary, "--today", "today.csv", "--at", "10:00", "--out", "out", "--json", "--quiet").out)
    assert at_ten["known_until"] == "10:00"


def test_a_day_of_which_nothing_was_published_is_forecast_first(wfm: Wfm, diary: str, tmp_path: Path) -> None:
    (tmp_path / "today.csv").write_text("interval_start,contacts\n2025-03-18T09:00,80\n")
    said = wfm("forecast", diary, "--today", "today.csv")
    assert said.status == 0, said.err
    assert "2025-03-18, known until 10:00" in said.out
    said = wfm("forecast", "history.csv", "--today", "today.csv")
    assert said.status == 2
    assert "expected a scenario" in said.err
    (tmp_path / "today.csv").write_text("when,calls\n1,2\n")
    assert wfm("forecast", diary, "--today", "today.csv").status == 2


def test_a_history_of_several_queues_gives_one_file_of_all_and_tells_what_could_not_be(wfm: Wfm, history: str, tmp_path: Path) -> None:
    frame = pd.read_csv(tmp_path / history)
    both = pd.concat([frame.assign(queue="calls"), frame.assign(queue="chat", contacts=frame["contacts"] // 4)])
    both.to_csv(tmp_path / "both.csv", index=False)
    said = wfm("forecast", "both.csv", "--days", "3", "--out", "all.csv")
    assert said.status == 0, said.err
    table = pd.read_csv(tmp_path / "all.csv")
    assert list(table.columns[:4]) == ["interval_start", "queue", "mean", "q025"]
    calls, chat = (table[table["queue"] == name]["mean"].sum() for name in ("calls", "chat"))
    assert chat / calls == pytest.approx(0.24, abs=0.03)
    assert wfm("forecast", "both.csv", "--paths", "p.parquet").status == 2
    pd.concat([both, pd.DataFrame({"interval_start": ["2024-12-02 08:00"], "contacts": [-1.0], "queue": ["mail"]})]).to_csv(
        tmp_path / "bad.csv", index=False
    )
    said = wfm("forecast", "bad.csv", "--days", "3", "--out", "rest.csv")
    assert said.status == 2
    assert "fault: queue mail" in said.err
    assert "2 queues forecast" in said.err
    assert set(pd.read_csv(tmp_path / "rest.csv")["queue"]) == {"calls", "chat"}


def test_a_plan_publishes_its_forecast_only_where_an_archive_is_named(wfm: Wfm, tmp_path: Path) -> None:
    assert wfm("plan", "one_queue", "--out", "run", "--quiet").status == 0
    assert not list(tmp_path.rglob("archive"))
    assert wfm("plan", "one_queue", "--out", "run", "--quiet", "--archive", "published").status == 0
    (folder,) = (tmp_path / "published").iterdir()
    assert len(list(folder.glob("*.csv"))) == 1
