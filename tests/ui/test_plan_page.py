"""The Plan page: what is planned, how far it is, and its key figures."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.report import made
from tests.ui import samples
from tests.ui.screens import figures, opened, said
from wfm.cli.runner import plan_into, read
from wfm.report import summarise
from wfm.ui.jobs import Job, JobService, JobState
from wfm.ui.launch import MAIN
from wfm.ui.session import Chosen


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WFM_DATA_DIR", str(tmp_path))
    return tmp_path


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


def test_a_plan_opened_by_its_address_offers_its_own_scenario_to_be_planned_again(data: Path):
    folder = data / "runs" / "week"
    plan_into(read("one_queue", effort=0.05, replications=3), folder)
    app = opened("plan.py", run="week")
    assert "No scenario is chosen" not in said(app)
    assert any("**One queue**" in element.value for element in app.markdown)
    assert not next(button for button in app.button if button.label == "Plan it").disabled


def test_the_bundled_scenario_of_the_address_is_the_one_to_plan_in_a_new_session(data: Path):
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    app.query_params["bundled"] = "one_queue"
    app.run()
    app.session_state["chosen scenario"] = None
    app.switch_page("views/plan.py").run()
    assert any("**One queue**" in element.value for element in app.markdown)
    assert app.query_params["bundled"] == "one_queue"


def test_a_chosen_scenario_with_faults_is_not_taken_for_none(data: Path, tmp_path: Path):
    broken = tmp_path / "broken.toml"
    broken.write_text("[centre]\nnonsense = 1\n")
    app = opened("scenario.py")
    app.session_state["chosen scenario"] = Chosen("broken", broken)
    app.switch_page("views/plan.py").run()
    assert "No scenario is chosen" not in said(app)
    assert "has faults" in app.error[0].value


def test_while_a_plan_runs_the_figures_below_are_named_as_those_of_the_last_finished_one(data: Path, monkeypatch: pytest.MonkeyPatch):
    samples.write(data, "first", scenario="old")
    job = Job("me", "new", Path("scenario.toml"), data / "new", JobState.RUNNING)
    monkeypatch.setattr(JobService, "of", lambda self, owner: [job])
    monkeypatch.setattr(JobService, "look", lambda self, key: job)
    assert [header.value for header in opened("plan.py").header] == ["Last finished plan: old"]
    monkeypatch.undo()
    monkeypatch.setenv("WFM_DATA_DIR", str(data))
    assert [header.value for header in opened("plan.py").header] == ["Key figures of old"]


def test_a_plan_to_which_nobody_called_says_so_and_claims_no_service(data: Path):
    outcome = made.silent_outcome()
    samples.write(data, "first", replace(made.result(), outcome=outcome, summary=summarise(outcome, made.solved())))
    app = opened("plan.py")
    assert any("No contact came" in element.value for element in app.info)
    queues = next(table.value for table in app.table if "Reached" in table.value)
    assert list(queues["Reached"]) == ["no contacts"]
    assert list(queues["Service level"].str.replace("\\", "")) == ["– (no contacts)"]
    cards = {metric.label: metric.value for metric in app.metric}
    assert [cards[name] for name in ("Service level", "Days that meet the target", "Speed of answer", "Abandoned")] == ["–"] * 4
    app = opened("simulation.py")
    assert any("No contact came" in element.value for element in app.info)
    assert len(figures(app)) == 1


def test_every_queue_stands_against_its_target_on_the_plan_page(data: Path):
    samples.write(data, "first")
    told = opened("plan.py").table[0].value
    wanted = made.result().summary.find("service_level", "calls")
    assert list(told["Queue"]) == ["calls"]
    assert told["Service level"].iloc[0].replace("\\", "").startswith(f"{wanted.value:.1%} (")
    assert told["Reached"].iloc[0] in ("reached", "missed", "too close to call")
