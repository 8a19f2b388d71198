"""The forecast page: what was not believed, what people changed, and how both are taken back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.report import made
from tests.ui import samples
from wfm.errors import InputError
from wfm.model import Flag
from wfm.store import read_run
from wfm.store.layers import add_row, read_layer
from wfm.ui.jobs import Job, plan_command
from wfm.ui.launch import MAIN
from wfm.ui.parts import today
from wfm.ui.places import edits_file
from wfm.ui.view import View

FLAGS = (Flag(date(2026, 2, 10), "-90% against its weekday, left out", 0.0, "calls"), Flag(date(2026, 2, 11), "lost", 1.0, "calls"))
KEEP = {"day": "2026-02-10", "action": "keep", "queue": "calls", "author": "Ana", "reason": "a strike"}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WFM_DATA_DIR", str(tmp_path))
    result = made.result()
    samples.write(tmp_path, "first", replace(result, forecast=replace(result.forecast, flags=FLAGS)))
    return tmp_path


def page() -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=60).run()
    app.switch_page("views/forecast.py").run()
    assert not app.exception, app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception
    return app


def tables(app: AppTest) -> str:
    return "\n".join(frame.value.to_string() for frame in app.dataframe)


def test_flags_are_shown_with_reason_and_what_the_day_still_teaches(data: Path):
    text = tables(page())
    assert "-90% against its weekday" in text
    assert "without those intervals" in text


def test_a_flagged_day_is_taken_back_by_somebody_for_a_reason_and_the_change_can_be_undone(data: Path):
    app = page()
    app.text_input(key="flag author").set_value("Ana")
    app.text_input(key="flag reason").set_value("a strike")
    press(app, "Take it as it stands")
    assert read_layer(edits_file("small")) == [KEEP]
    assert "came after this plan" in app.info[0].value
    press(app, "Take it back")
    assert read_layer(edits_file("small")) == []


def test_a_change_of_a_day_is_stored_and_shown_after_the_page_is_opened_anew(data: Path):
    app = page()
    app.text_input(key="edit hours").set_value("09:00-12:00")
    app.number_input(key="edit value").set_value(1.2)
    app.text_input(key="edit reason").set_value("campaign")
    press(app, "Add the change")
    row = {"day": "2026-03-02", "hours": "09:00-12:00", "action": "times", "value": "1.2", "queue": "calls", "reason": "campaign"}
    assert read_layer(edits_file("small")) == [row]
    assert "campaign" in tables(page())


def test_a_change_that_cannot_be_made_is_told_and_not_stored(data: Path):
    app = page()
    app.text_input(key="edit hours").set_value("late")
    press(app, "Add the change")
    assert "This change cannot be made." in app.error[0].value
    assert read_layer(edits_file("small")) == []


def test_a_change_that_the_plan_was_made_with_is_not_waiting(data: Path):
    toml = samples.SCENARIO + '\n[[edit]]\nday = 2026-02-10\naction = "keep"\nqueue = "calls"\nauthor = "Ana"\nreason = "a strike"\n'
    samples.write(data, "second", scenario_toml=toml)
    add_row(edits_file("small"), KEEP)
    app = page()
    assert "yes" in tables(app)
    assert not app.info


def test_the_plan_of_a_scenario_is_made_with_its_changes(data: Path):
    job = Job("me", "small", Path("s.toml"), Path("run"), edits=edits_file("small"))
    assert "--edits" not in plan_command(job)
    add_row(edits_file("small"), KEEP)
    assert plan_command(job)[plan_command(job).index("--edits") + 1] == str(edits_file("small"))


def test_todays_contacts_change_the_rest_of_the_day_of_the_run(data: Path):
    toml = '[centre]\nname = "small"\ntimezone = "Europe/Berlin"\n[plan]\nstart = 2026-03-02\ndays = 7\n'
    queue = '[[queue]]\nname = "calls"\nopen = {mon-fri = "09:00-17:00"}\ncontacts_per_hour = 40\nhandle = 240\n'
    people = '[[contract]]\nname = "full time"\n[[shift]]\nname = "day"\nstart_from = "09:00"\nlengths = [8]\n'
    agents = '[[group]]\nname = "team"\ncount = 3\ncontract = "full time"\nskills = ["calls"]\n'
    folder = samples.write(data, "second", scenario_toml=toml + queue + people + agents)
    run = View(read_run(folder))
    rows = "".join(f"2026-03-03T{hour:02d}:{minute:02d},20\n" for hour in range(9, 13) for minute in (0, 15, 30, 45))
    found, (calls,) = today.updated(run, f"interval_start,contacts\n{rows}".encode())
    assert (str(found.day), found.at_minute, len(calls.mean)) == ("2026-03-03", 780, 16)
    assert calls.mean.sum() > 1.05 * calls.published.sum()
    with pytest.raises(InputError):
        today.updated(run, b"")
