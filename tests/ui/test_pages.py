"""Every page opens: with nothing, with a finished plan, with one that ended without a roster."""

import base64
import shutil
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.report import made
from tests.samples import AXIS
from tests.ui import samples
from tests.ui.screens import FILES, figures, opened, said
from wfm.model import TimeAxis
from wfm.report import summarise


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WFM_DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("file", FILES)
def test_a_page_without_any_plan_opens_and_says_what_to_do(data: Path, file: str):
    app = opened(file)
    assert app.title or "There is no finished plan yet" in said(app)


@pytest.mark.parametrize("file", FILES)
def test_a_page_with_a_finished_plan_opens(data: Path, file: str):
    samples.write(data, "first")
    samples.write(data, "second", made.result(seed=2))
    assert opened(file).title


@pytest.mark.parametrize("file", FILES)
def test_a_page_opens_with_a_plan_that_ended_without_a_roster(data: Path, file: str):
    samples.write(data, "first", made.contradiction())
    assert opened(file).title


def test_the_address_chooses_the_run_that_is_shown(data: Path):
    samples.write(data, "first", scenario="one")
    samples.write(data, "second", scenario="two")
    assert opened("plan.py", run="first").sidebar.selectbox[0].value == "first"
    assert opened("plan.py", run="nothing like it").sidebar.selectbox[0].value in ("first", "second")


def test_the_forecast_of_a_day_is_the_one_of_the_run(data: Path):
    samples.write(data, "first")
    app = opened("forecast.py")
    app.selectbox(key=next(box.key for box in app.selectbox if box.label == "Day")).select("2026-03-03").run()
    expected = next(trace for trace in figures(app)[0]["data"] if trace["name"] == "expected")
    assert max(values(expected["y"])) == pytest.approx(8.0)


def values(told) -> list[float]:
    """A trace's numbers, which plotly may write as base64."""
    return (
        list(np.frombuffer(base64.b64decode(told["bdata"]), told["dtype"])) if isinstance(told, dict) else [float(value) for value in told]
    )


def test_coverage_marks_exactly_what_is_missing(data: Path):
    samples.write(data, "first", made.result(need=3))
    app = opened("coverage.py")
    missing = next(trace for trace in figures(app)[0]["data"] if trace["name"] == "missing")
    table = app.table[0].value
    monday = table.loc[table["From"].str.startswith("Mon"), "Agent-hours missing"].astype(float)
    assert sum(values(missing["y"])) / 4 == pytest.approx(monday.sum())


def test_the_roster_can_be_cut_to_one_person(data: Path):
    samples.write(data, "first")
    app = opened("roster.py")
    app.multiselect(key="roster agents").select("bob").run()
    assert set(app.dataframe[0].value["agent"]) == {"bob"}
    assert not app.exception


def test_the_ledger_stands_on_the_plan_and_the_roster_page(data: Path):
    samples.write(data, "first")
    for file in ("plan.py", "roster.py"):
        assert "All 2.0 hours demanded are in the roster: 2.0 h training and coaching." in said(opened(file))


def test_the_simulation_page_changes_the_definition_of_service_level(data: Path):
    samples.write(data, "first")
    app = opened("simulation.py")
    before = figures(app)[0]["data"][0]["y"]
    app.selectbox(key="definition").select("service_level_answered").run()
    assert not app.exception
    assert values(figures(app)[0]["data"][0]["y"])[0] > values(before)[0]


def test_comparing_needs_two_plans_and_shows_their_differences(data: Path):
    samples.write(data, "first", scenario="base")
    assert "Two finished plans are needed" in said(opened("compare.py"))
    samples.write(data, "second", made.result(seed=2), scenario="variant")
    app = opened("compare.py")
    assert any("difference" in column for column in app.table[0].value.columns)


def preselected(data: Path, shown: str) -> list[str]:
    return opened("compare.py", shown).multiselect(key="compared").value


def test_only_plans_that_belong_together_are_compared_unasked(data: Path):
    other = TimeAxis(AXIS.start + timedelta(days=7), AXIS.days, AXIS.step_minutes, AXIS.timezone)
    samples.write(data, "march", scenario="bank", created="2026-03-01T08:00:00+00:00")
    samples.write(data, "later", scenario="shop", created="2026-03-02T08:00:00+00:00", axis=of(other))
    assert preselected(data, "march") == []
    samples.write(data, "cheaper", scenario="bank with less training", created="2026-03-03T08:00:00+00:00")
    samples.write(data, "newest", scenario="shop again", created="2026-03-04T08:00:00+00:00", axis=of(other))
    assert preselected(data, "march") == ["march", "cheaper"]
    assert preselected(data, "newest") == ["later", "newest"]


def of(axis: TimeAxis) -> dict:
    return {"start": axis.start.isoformat(), "days": axis.days, "step_minutes": axis.step_minutes, "timezone": axis.timezone}


def test_people_are_listed_as_in_a_telephone_book(data: Path):
    names = ("Zoe", "Öztürk", "Ägidius", "Agnes", "Émile", "Oskar")
    agents = "".join(f'\n[[agent]]\nname = "{name}"\nskills = ["calls"]\n' for name in names)
    samples.write(data, "first", scenario_toml=samples.SCENARIO + agents)
    named = opened("roster.py").multiselect(key="roster agents").options
    assert [name for name in named if name not in ("ann", "bob")] == ["Ägidius", "Agnes", "Émile", "Oskar", "Öztürk", "Zoe"]


def test_hours_away_are_told_by_name_and_day_and_are_no_work_off_the_queues(data: Path):
    name = "away Mon 2 March 10.00-11.00"
    away = f'\n[[activity]]\nname = "{name}"\nkind = "other"\nminutes = 60\nattendees = ["ann"]\nat = ["2026-03-02T10:00"]\n'
    result = made.result()
    row = replace(result.summary.ledger[0], activity=name, kind="other")
    named = replace(result, summary=replace(result.summary, ledger=(*result.summary.ledger, row)))
    folder = samples.write(data, "first", named, scenario_toml=samples.SCENARIO + away)
    text = (folder / "roster.csv").read_text()
    (folder / "roster.csv").write_text(text.replace(",course,", f",{name},", 1))
    app = opened("roster.py")
    assert "ann away, Mon 2 Mar" in app.dataframe[0].value["other"].str.cat(sep="; ")
    assert name not in "".join(frame.value.to_string() for frame in app.dataframe)


def test_text_of_a_user_is_never_markup(data: Path):
    samples.write(data, "first", scenario="<b>**bold**</b>")
    app = opened("plan.py")
    assert "\\*\\*bold" in next(header.value for header in app.header)


def test_a_run_that_vanishes_while_it_is_shown_gives_an_empty_page_and_no_traceback(data: Path):
    folder = samples.write(data, "first")
    app = opened("forecast.py")
    shutil.rmtree(folder)
    app.run()
    assert not app.exception
    assert "There is no finished plan yet" in said(app)


def test_times_are_those_of_the_centre_whatever_the_zone_of_the_machine(data: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    samples.write(data, "first")
    app = opened("roster.py")
    assert "All times are Europe/Berlin time." in said(app)
    assert set(app.dataframe[0].value["from"]) == {"09:00"}
    monkeypatch.undo()
    time.tzset()


def test_the_band_of_a_day_holds_what_the_replications_were_offered(data: Path):
    outcome = made.outcome(replications=20)
    samples.write(data, "first", replace(made.result(), outcome=outcome, summary=summarise(outcome, made.solved())))
    trace = figures(opened("forecast.py"))[0]["data"][0]
    monday = outcome.offered[:, 0, outcome.axis.day == 0].sum(axis=1)
    high = values(trace["y"])[0] + values(trace["error_y"]["array"])[0]
    assert high == pytest.approx(np.quantile(monday, 0.9))


def test_everybody_of_the_scenario_can_be_found_even_without_a_shift(data: Path):
    samples.write(data, "first", scenario_toml=samples.SCENARIO + '\n[[agent]]\nname = "zoe"\nskills = ["calls"]\n')
    assert opened("roster.py").multiselect(key="roster agents").options == ["ann", "bob", "zoe"]


def test_names_that_were_guarded_against_spreadsheets_come_back_as_they_were(data: Path):
    folder = samples.write(data, "first")
    for file in ("forecast.csv", "requirement.csv", "roster.csv", "intervals.csv"):
        text = (folder / file).read_text()
        (folder / file).write_text(text.replace("calls", "'=calls"))
    assert next(box for box in opened("coverage.py").selectbox if box.label == "Queue").options == ["=calls"]


def test_two_plans_of_the_same_minute_are_told_apart_by_the_second(data: Path):
    samples.write(data, "first", created="2026-03-01T08:00:01+00:00")
    samples.write(data, "second", created="2026-03-01T08:00:02+00:00")
    samples.write(data, "third", created="2026-03-01T08:01:00+00:00")
    names = opened("plan.py").sidebar.selectbox[0].options
    assert names == ["small · 01 Mar 09:01", "small · 01 Mar 09:00:02", "small · 01 Mar 09:00:01"]
