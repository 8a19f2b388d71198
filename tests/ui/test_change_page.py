"""The page on which a published roster is changed: absences, swaps, newcomers."""

import re
import shutil
import time
from dataclasses import replace
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from scheduling import Change, swap_allowed
from tests import samples as samples_of
from tests.report import made
from tests.ui import samples
from tests.ui.screens import opened, said
from wfm.cli.runner import plan_into, read
from wfm.forecasting import forecast
from wfm.model import Roster, Workforce
from wfm.staffing import require
from wfm.store import published_roster, read_run, requirement_of
from wfm.ui.jobs import Job, JobService, JobState, plan_command
from wfm.ui.parts import mending
from wfm.ui.parts.absence import Asked
from wfm.ui.parts.published import Published

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
    next(box for box in page.selectbox if box.label == "First day").set_value(day)
    page.run()
    return press(page, "Show what would change")


def test_the_page_says_that_the_plan_on_screen_stays(page: AppTest) -> None:
    assert "One queue stays as it is: what you accept becomes a plan beside it" in said(page)
    assert [tab.label for tab in page.tabs] == ["Somebody is absent", "Two people swap", "Hire people"]


def changed(page: AppTest) -> pd.DataFrame:
    """The days that would change, without the signs that keep text from being markup."""
    return page.table[0].value.map(lambda cell: cell.replace("\\", ""))


def test_an_absence_shows_every_day_that_would_change_before_and_after(page: AppTest, planned: Path) -> None:
    name, _ = worker(planned)
    shown = absent(page, planned)
    rows = changed(shown)
    mine = rows[rows["What"] == "away"]
    assert list(mine["Who"]) == [name]
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
    rows = changed(absent(page, planned))
    after = rows[(rows["Who"] == name) & (rows["What"] == "away")]["After"].iloc[0]
    assert "away 15:00" in after
    assert "March" not in after


def test_hours_of_an_absence_reach_the_command_line() -> None:
    asked = Asked("week", ("ann",), ("2026-03-02",), clock(22), clock(2), clock(0), 20.0)
    assert asked.arguments()[:2] == ("--away", "ann:2026-03-02T22:00-02:00")
    assert [span[2:] for span in asked.away] == [(1320, 1560)]


def test_several_days_and_people_are_away_at_once(page: AppTest, planned: Path) -> None:
    run = read_run(planned / "runs" / "week")
    people, days = page.multiselect(key="absent people").options[:2], [day.isoformat() for day in run.axis.dates[:3]]
    page.multiselect(key="absent people").set_value(people).run()
    next(box for box in page.selectbox if box.label == "Last day").set_value(days[2])
    shown = press(page.run(), "Show what would change")
    away = changed(shown).query("What == 'away'")
    wanted = [s for s in run.roster.shifts if s.agent in people and run.axis.dates[s.day].isoformat() in days]
    assert len(away) == len(wanted) > 0
    assert set(away["After"]) == {"off"}


def test_the_command_names_everybody_on_each_day() -> None:
    asked = Asked("week", ("ann", "bob"), ("2026-03-02", "2026-03-03"), None, None, clock(7, 30), 20.0)
    told = asked.arguments()
    assert [told[i + 1] for i, part in enumerate(told) if part == "--absent"] == [
        "ann:2026-03-02", "ann:2026-03-03", "bob:2026-03-02", "bob:2026-03-03"
    ]  # fmt: skip
    assert told[told.index("--from") + 1] == "2026-03-02T07:30"


def test_a_day_off_of_the_absent_is_warned_of_before_anything_is_worked_out(page: AppTest, planned: Path) -> None:
    run = read_run(planned / "runs" / "week")
    name, _ = worker(planned)
    worked = {shift.day for shift in run.roster.of(name)}
    free = next(day for d, day in enumerate(run.axis.dates) if d not in worked)
    page.multiselect(key="absent people").set_value([name])
    next(box for box in page.selectbox if box.label == "First day").set_value(free.isoformat())
    page.run()
    assert len(page.warning) == 1
    assert f"{name} has no shift on {free:%a} {free.day} {free:%B}" in page.warning[0].value


def test_half_of_the_hours_is_asked_for_the_other_half(page: AppTest, planned: Path) -> None:
    page.multiselect(key="absent people").set_value([worker(planned)[0]])
    page.time_input(key="absent from").set_value(clock(12)).run()
    assert any("both a beginning and an end" in warning.value for warning in page.warning)
    assert next(button for button in page.button if button.label == "Show what would change").disabled


def test_today_is_the_day_and_now_the_time_from_which_things_change(planned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WFM_DATA_DIR", str(planned))
    run = read_run(planned / "runs" / "week")
    now = datetime.combine(run.axis.dates[2], clock(7, 40), run.axis.zone)
    monkeypatch.setattr(Published, "now", lambda self: now)
    shown = opened("change.py", "week")
    assert next(box for box in shown.selectbox if box.label == "First day").value == now.date().isoformat()
    assert next(box for box in shown.time_input if box.label == "Nothing changes before").value == clock(7, 30)


def test_what_others_bear_is_told_in_hours_money_and_overtime() -> None:
    """Bob takes over ann's day on his day off: 7.5 paid hours at 20 an hour, of which 2 lie beyond 28 a week, at 5 each."""
    team = replace(samples_of.TEAM, contracts=(replace(samples_of.FULL_TIME, max_hours_week=28, overtime_hours=10, overtime_price=5),))
    before = Roster(samples_of.AXIS, (made.shift("ann", 4), *(made.shift("bob", d) for d in range(3))))
    after = Roster(samples_of.AXIS, tuple(made.shift("bob", d) for d in (0, 1, 2, 4)))
    bears = mending.effect(before, after, team, {"ann"})
    assert (bears.paid_hours, bears.pay, bears.overtime) == pytest.approx((7.5, 150, 2))
    assert [(charge.agent, charge.rule, charge.price) for charge in bears.charges] == [("bob", "overtime", 10)]


def test_the_number_of_days_that_change_is_explained() -> None:
    day = date(2026, 3, 2)
    found = (
        Change(day, "ann", "09:00–17:00", "off"),
        Change(day, "bob", "off", "09:00–17:00"),
        Change(date(2026, 3, 3), "ann", "09:00–17:00, lunch 12:00", "09:00–17:00, lunch 13:00", shift=False),
    )
    told = mending.summary(found, {("ann", day)})
    assert told.startswith("1 day away, and 2 days of 2 people besides: ")
    assert "1 shift moved, given or taken, 1 day on which only breaks" in told


def test_a_mended_plan_is_marked_as_such_wherever_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WFM_DATA_DIR", str(tmp_path))
    samples.write(tmp_path, "first", scenario="bank")
    samples.write(tmp_path, "mended", scenario="bank", repaired=["ann, 2026-03-02: 09:00–17:00 → off"])
    shown = opened("plan.py", "mended")
    assert [header.value for header in shown.header] == ["Key figures of bank\\, mended"]
    assert sum("bank, mended" in option for option in shown.sidebar.selectbox[0].options) == 1
    assert {"bank", "bank\\, mended"} <= set(opened("compare.py").table[0].value.columns)


def test_after_a_repair_the_service_stands_beside_the_published_one(planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = tmp_path / "runs"
    shutil.copytree(planned / "runs" / "week", runs / "week")
    plan_into(read(str(SCENARIO), effort=0.05, replications=3), runs / "again")
    job = Job("me", "week", SCENARIO, runs / "again", state=JobState.DONE, arguments=("repair", str(runs / "week")))
    monkeypatch.setattr(JobService, "of", lambda self, owner: [job])
    monkeypatch.setenv("WFM_DATA_DIR", str(tmp_path))
    shown = opened("change.py", "again")
    rows = shown.table[0].value.set_index("Figure")
    assert list(rows.columns) == ["As published", "Mended", "Difference"]
    assert "calls: Service level" in rows.index
    assert rows.loc["Cost", "As published"].endswith("EUR")
    assert any(button.label == "Roster as Excel" for button in shown.get("download_button"))


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
    asked = Asked("week", (name,), (day,), None, None, clock(0), 20.0)
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


def swap_of(page: AppTest, planned: Path) -> tuple[AppTest, bool]:
    """The page with two people and their days chosen, and whether the rules allow the swap."""
    run = read_run(planned / "runs" / "week")
    first, second = run.roster.shifts[0], next(s for s in run.roster.shifts if s.agent != run.roster.shifts[0].agent)
    days = [run.axis.dates[shift.day] for shift in (first, second)]
    page.selectbox(key="swap 0").set_value(first.agent)
    page.selectbox(key="swap 1").set_value(second.agent)
    for label, day in zip(("Hands over the shift of", "For the shift of"), days, strict=True):
        next(box for box in page.selectbox if box.label == label).set_value(day.isoformat())
    wanted = swap_allowed(*_nouns(planned), (first.agent, days[0]), (second.agent, days[1]))
    return page.run(), wanted.allowed


def answers(page: AppTest) -> list[str]:
    return [e.value for e in (*page.success, *page.error) if "they may" in e.value]


def test_a_swap_is_answered_with_yes_or_no_when_asked_and_only_for_the_people_asked_about(page: AppTest, planned: Path) -> None:
    shown, allowed = swap_of(page, planned)
    assert not answers(shown)
    shown = press(shown, "May they swap?")
    assert answers(shown)[0].startswith("**Yes, they may swap**" if allowed else "**No, they may not swap**")
    assert any(metric.label == "Pay" for metric in shown.metric)
    shown.selectbox(key="swap 1").set_value(shown.selectbox(key="swap 1").options[-1]).run()
    assert not answers(shown)


def test_nobody_swaps_with_themselves(page: AppTest) -> None:
    page.selectbox(key="swap 1").set_value(page.selectbox(key="swap 0").value).run()
    assert next(button for button in page.button if button.label == "May they swap?").disabled


def _nouns(planned: Path) -> tuple[Roster, Workforce]:
    workforce = read(str(SCENARIO)).scenario.workforce
    return published_roster(read_run(planned / "runs" / "week"), workforce), workforce


def test_newcomers_are_worked_out(page: AppTest) -> None:
    page.number_input(key="hire count").set_value(2).run()
    rows = press(page, "Work it out").table[-1].value
    assert list(rows["Newcomers"]) == ["0 (today)", "1", "2"]
    assert list(rows.loc[0, ["Saves, by bound", "Saves, found", "Saving proven"]]) == ["–"] * 3
    proven, found = (rows[name].str.replace(",", "").astype(float) for name in ("Price, proven", "Price, found"))
    assert (proven <= found).all()
    assert float(rows.loc[1, "Saves, found"].replace(",", "")) == pytest.approx(found[0] - found[1], abs=1)
    assert float(rows.loc[1, "Saves, by bound"].replace(",", "")) == pytest.approx(proven[0] - proven[1], abs=1)


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
