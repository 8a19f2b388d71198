"""Every page opens: with nothing, with a finished plan, with one that ended without a roster."""

import base64
import json
import shutil
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.report import made
from tests.ui import samples
from wfm.report import summarise
from wfm.ui import pages
from wfm.ui.jobs import Job, JobService, JobState
from wfm.ui.launch import MAIN

FILES = [listed.file for listed in pages.PAGES]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WFM_DATA_DIR", str(tmp_path))
    return tmp_path


def opened(file: str, run: str | None = None) -> AppTest:
    """The page of a file, after the app's first page."""
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    if run:
        app.query_params["run"] = run
    app.run()
    if file != FILES[0]:
        app.switch_page(f"views/{file}").run()
    assert not app.exception, app.exception
    return app


def figures(app: AppTest) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def said(app: AppTest) -> str:
    return "\n".join(
        element.value for kind in ("title", "markdown", "caption", "info", "error", "success", "text") for element in app.get(kind)
    )


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


def test_the_plan_page_tells_why_there_is_no_roster(data: Path):
    samples.write(data, "first", made.contradiction())
    app = opened("plan.py")
    assert "contradict" in app.error[0].value
    assert "ann cannot rest 11 h" in app.table[0].value.to_string()


def test_key_figures_show_the_service_level_of_the_run_with_its_definition(data: Path):
    samples.write(data, "first")
    card = next(metric for metric in opened("plan.py").metric if metric.label == "Service level")
    wanted = made.result().summary.find("service_level")
    assert card.value == f"{wanted.value:.1%}"
    assert wanted.definition in card.proto.help


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
    table = app.dataframe[0].value
    assert sum(values(missing["y"])) / 4 == pytest.approx(table.loc[table["from"].str.startswith("Mon"), "agent_hours"].sum())


def test_the_roster_can_be_cut_to_one_person(data: Path):
    samples.write(data, "first")
    app = opened("roster.py")
    app.multiselect(key="roster agents").select("bob").run()
    assert set(app.dataframe[0].value["agent"]) == {"bob"}
    assert not app.exception


def test_the_ledger_stands_on_the_plan_and_the_roster_page(data: Path):
    samples.write(data, "first")
    for file in ("plan.py", "roster.py"):
        assert "All 2.0 hours demanded are in the roster." in said(opened(file))


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
    assert any("difference" in column for column in app.dataframe[0].value.columns)


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


def test_while_a_plan_runs_the_figures_below_are_named_as_those_of_the_last_finished_one(data: Path, monkeypatch: pytest.MonkeyPatch):
    samples.write(data, "first", scenario="old")
    job = Job("me", "new", Path("scenario.toml"), data / "new", JobState.RUNNING)
    monkeypatch.setattr(JobService, "of", lambda self, owner: [job])
    monkeypatch.setattr(JobService, "look", lambda self, key: job)
    assert [header.value for header in opened("plan.py").header] == ["Last finished plan: old"]
    monkeypatch.undo()
    monkeypatch.setenv("WFM_DATA_DIR", str(data))
    assert [header.value for header in opened("plan.py").header] == ["Key figures of old"]
