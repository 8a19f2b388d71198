"""The page on which a published roster is changed: absences, swaps, newcomers."""

import re
import time
from datetime import time as clock
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scheduling import swap_allowed
from tests.ui import samples
from tests.ui.test_pages import opened, said
from wfm.cli.runner import plan_into, read
from wfm.forecasting import forecast
from wfm.model import Roster, Workforce
from wfm.staffing import require
from wfm.store import published_roster, read_run, requirement_of
from wfm.ui.jobs import Job, JobService, plan_command
from wfm.ui.parts.absence import Asked

SCENARIO = Path(__file__).parents[2] / "scenarios" / "one_queue.toml"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a real plan in it."""
    data = tmp_path_factory.mktemp("data")
    plan_into(read(str(SCENARIO), effort=0.05, replications=3), data / "runs" / "week")
    return data


@pytest.fixture
def page(planned: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("WFM_DATA_DIR", str(planned))
    return opened("change.py", "week")


def worker(planned: Path) -> tuple[str, str]:
    """Somebody who works, and a day on which they do."""
    run = read_run(planned / "runs" / "week")
    shift = run.roster.shifts[0]
    return shift.agent, run.axis.dates[shift.day].isoformat()


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception, app.exception
    return app


def absent(page: AppTest, planned: Path) -> AppTest:
    name, day = worker(planned)
    page.multiselect(key="absent people").set_value([name])
    next(box for box in page.selectbox if box.label == "On the day").set_value(day)
    page.run()
    return press(page, "Show what would change")


def test_the_page_says_that_the_plan_on_screen_stays(page: AppTest) -> None:
    assert "The plan on screen stays as it is" in said(page)
    assert [tab.label for tab in page.tabs] == ["Somebody is absent", "Two people swap", "Hire people"]


def test_an_absence_shows_every_day_that_would_change_before_and_after(page: AppTest, planned: Path) -> None:
    name, _ = worker(planned)
    shown = absent(page, planned)
    rows = shown.dataframe[0].value
    mine = rows[rows["Who"] == f"{name} (absent)"]
    assert list(mine["After"]) == ["off"]
    assert re.match(r"\d\d:\d\d–\d\d:\d\d", mine["Before"].iloc[0])
    assert any(metric.label == "Agent-hours short afterwards" for metric in shown.metric)


def test_what_was_found_for_one_absence_is_not_shown_for_another(page: AppTest, planned: Path) -> None:
    shown = absent(page, planned)
    people = shown.multiselect(key="absent people").options
    shown.multiselect(key="absent people").set_value(people[:2]).run()
    assert not any(button.label.startswith("Accept") for button in shown.button)


def test_part_of_a_day_leaves_the_shift_and_shows_the_absence_in_it(page: AppTest, planned: Path) -> None:
    page.time_input(key="absent from").set_value(clock(15))
    page.time_input(key="absent until").set_value(clock(17))
    name, _ = worker(planned)
    rows = absent(page, planned).dataframe[0].value
    assert "absent 1 15:00" in rows[rows["Who"] == f"{name} (absent)"]["After"].iloc[0]


def test_hours_of_an_absence_reach_the_command_line() -> None:
    asked = Asked("week", ("ann",), "2026-03-02", clock(22), clock(2), clock(0), 20.0)
    assert asked.arguments()[:2] == ("--away", "ann:2026-03-02T22:00-02:00")
    assert [span[2:] for span in asked.away] == [(1320, 1560)]


def test_accepting_queues_the_repair_as_a_job_of_its_own(page: AppTest, planned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[dict] = []
    monkeypatch.setattr(JobService, "submit", lambda _self, *_given, **more: queued.append(more) or "key")
    press(absent(page, planned), "Accept: make it a plan")
    name, day = worker(planned)
    arguments = queued[0]["arguments"]
    assert arguments[:2] == ("repair", str(planned / "runs" / "week"))
    assert arguments[2:] == ("--absent", f"{name}:{day}", "--from", f"{day}T00:00", "--change-price", "20.0")


def test_the_job_of_a_repair_leaves_a_run_in_which_the_absent_are_off(planned: Path, tmp_path: Path) -> None:
    name, day = worker(planned)
    asked = Asked("week", (name,), day, None, None, clock(0), 20.0)
    job = Job("me", "week", SCENARIO, tmp_path / "mended", arguments=("repair", str(planned / "runs" / "week"), *asked.arguments()))
    assert plan_command(job)[2:5] == ["wfm.cli", "repair", str(planned / "runs" / "week")]
    service = JobService(1)
    key = service.submit("me", "week", SCENARIO, tmp_path / "mended", arguments=job.arguments)
    end = time.monotonic() + 120
    while not service.look(key).state.ended and time.monotonic() < end:
        time.sleep(0.2)
    assert service.look(key).state == "done", service.look(key).lines
    run = read_run(tmp_path / "mended")
    assert all(run.axis.dates[shift.day].isoformat() != day for shift in run.roster.of(name))
    assert run.manifest["repaired"][0].startswith(name) or len(run.manifest["repaired"]) > 1


def test_a_swap_is_judged_at_once(page: AppTest, planned: Path) -> None:
    """Somebody who takes over a shift on a day on which they work already is in two places, or works too much."""
    run = read_run(planned / "runs" / "week")
    first, second = run.roster.shifts[0], next(s for s in run.roster.shifts if s.agent != run.roster.shifts[0].agent)
    days = [run.axis.dates[shift.day].isoformat() for shift in (first, second)]
    page.selectbox(key="swap 0").set_value(first.agent)
    page.selectbox(key="swap 1").set_value(second.agent)
    for label, day in (("Hands over the shift of", days[0]), ("For the shift of", days[1])):
        next(box for box in page.selectbox if box.label == label).set_value(day)
    page.run()
    assert not page.exception
    allowed = any(element.value == "Allowed: no rule is broken." for element in page.success)
    forbidden = any(element.value == "Not allowed:" for element in page.error)
    assert allowed != forbidden
    wanted = swap_allowed(*_nouns(planned), (first.agent, run.axis.dates[first.day]), (second.agent, run.axis.dates[second.day]))
    assert allowed == wanted.allowed


def _nouns(planned: Path) -> tuple[Roster, Workforce]:
    workforce = read(str(SCENARIO)).scenario.workforce
    return published_roster(read_run(planned / "runs" / "week"), workforce), workforce


def test_newcomers_are_worked_out(page: AppTest) -> None:
    page.number_input(key="hire count").set_value(2).run()
    rows = press(page, "Work it out").dataframe[-1].value
    assert list(rows["Newcomers"]) == [0, 1, 2]
    assert rows["Saves, units of price"].iloc[0] == "0"


def test_a_plan_without_shifts_and_a_scenario_that_cannot_be_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WFM_DATA_DIR", str(tmp_path))
    samples.write(tmp_path, "small")
    assert "can no longer be read" in said(opened("change.py", "small"))


def test_the_requirement_of_a_run_is_the_one_it_was_planned_for(planned: Path) -> None:
    loaded = read(str(SCENARIO))
    result_required = requirement_of(read_run(planned / "runs" / "week"))
    scenario = loaded.scenario
    wanted = require(forecast(None, scenario.axis, scenario.forecasting), scenario.queues, scenario.staffing)
    assert result_required.queues == wanted.queues
    assert abs(result_required.rostered - wanted.rostered).max() < 0.01
    assert published_roster(read_run(planned / "runs" / "week"), scenario.workforce).shifts
