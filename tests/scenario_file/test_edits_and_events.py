"""Events and edits as a scenario states them."""

from datetime import date, datetime
from pathlib import Path

import pytest

from wfm.model import Edit, ForecastSettings
from wfm.scenario_file import check, load

SOUND = Path(__file__).with_name("sound.toml")
HEAD = "day,hours,action,value,queue,author,reason\n"


@pytest.fixture
def scenario(tmp_path):
    """A variant of sound.toml with more text, and an edits.csv where one is given."""

    def scenario(text: str = "", edits: str | None = None) -> Path:
        if edits is not None:
            (tmp_path / "edits.csv").write_text(edits, encoding="utf-8")
            text += '\n[forecast]\nedits = "edits.csv"'
        path = tmp_path / "scenario.toml"
        path.write_text(f'base = "{SOUND.as_posix()}"\n{text}', encoding="utf-8")
        return path

    return scenario


def settings(path: Path) -> ForecastSettings:
    return load(path).scenario.forecasting


def told(path: Path) -> str:
    return "\n".join(map(str, check(path)))


def test_rows_of_the_edits_csv_are_edits_in_their_order(scenario):
    rows = HEAD + "2026-03-03,09:00-12:00,times,1.2,calls,Ana,campaign\n2026-01-05,,keep,,,Bo,\n"
    first, second = settings(scenario(edits=rows)).edits
    assert first == Edit(datetime(2026, 3, 3, 9), datetime(2026, 3, 3, 12), "times", 1.2, "Ana", "campaign", "calls")
    assert (second.first, second.before, second.action, second.queue) == (datetime(2026, 1, 5), datetime(2026, 1, 6), "keep", "")


def test_each_day_of_a_span_is_an_edit_of_its_own(scenario):
    edits = settings(scenario(edits=HEAD + "2026-03-03..2026-03-05,,set,40,calls,,\n")).edits
    assert [edit.first.day for edit in edits] == [3, 4, 5]
    assert {edit.value for edit in edits} == {40.0}


def test_the_resolved_scenario_has_the_edits_and_events_and_loads_again(scenario, tmp_path):
    event = '[[event]]\nname = "pay day"\nmonthly = [31]\nweekend = "before"\nqueues = ["calls"]\n'
    loaded = load(scenario(event, HEAD + "2026-03-03,09:00-12:00,plus,-5,calls,Ana,fewer\n"))
    again = tmp_path / "elsewhere" / "again.toml"
    again.parent.mkdir()
    again.write_text(loaded.resolved, encoding="utf-8")
    assert load(again).scenario.forecasting == loaded.scenario.forecasting
    assert (tmp_path / "edits.csv") in loaded.files


def test_changes_of_a_caller_are_added_behind_the_edits_of_the_file(scenario):
    path = scenario(edits=HEAD + "2026-03-03,,times,2,,,\n")
    changes = {"edit": [{"day": "2026-03-04", "action": "leave_out", "author": "Bo"}]}
    assert [edit.action for edit in load(path, changes).scenario.forecasting.edits] == ["times", "leave_out"]


def test_a_monthly_event_falls_on_last_days_and_off_weekends(scenario):
    events = settings(scenario('[[event]]\nname = "pay day"\nmonthly = [15, 31]\nweekend = "before"')).events
    days = {day for day in events[0].days if date(2025, 11, 1) <= day <= date(2026, 3, 15)}
    expected = [(2025, 11, 14), (2025, 11, 28), (2025, 12, 15), (2025, 12, 31), (2026, 1, 15), (2026, 1, 30), (2026, 2, 13), (2026, 2, 27)]
    assert sorted(days) == [date(*day) for day in (*expected, (2026, 3, 13))]


@pytest.mark.parametrize(
    ("rows", "fragment"),
    [
        ("2026-03-03,,times,,calls,,\n", "line 2, column value: found nothing; expected a number beside times"),
        ("2026-03-03,,times,-1,calls,,\n", "a number from 0 for times"),
        ("2026-03-03,,times,much,calls,,\n", 'line 2, column value: found "much"; expected a number'),
        ("2026-03-03,,double,2,calls,,\n", 'column action: found "double"'),
        ("2026-03-03,,keep,2,calls,,\n", "no value beside keep"),
        ("2026-03-03,,set,2,,,\n", "column queue: found nothing beside set"),
        ("2026-03-03,,set,2,cals,,\n", 'did you mean "calls"'),
        ("2026-13-03,,set,2,calls,,\n", "line 2, column day"),
        ("2026-03-03,late,set,2,calls,,\n", "line 2, column hours"),
    ],
)
def test_faults_of_an_edit_are_told_with_line_and_column(scenario, rows, fragment):
    assert fragment in told(scenario(edits=HEAD + rows))


def test_an_event_needs_days_and_known_queues(scenario):
    text = told(scenario('[[event]]\nname = "a"\n[[event]]\nname = "b"\ndays = [2026-03-02]\nqueues = ["cals"]\nimpact = 0.0'))
    assert "event[0].days" in text
    assert "a number above 0" in text
    assert 'did you mean "calls"' in told(scenario('[[event]]\nname = "b"\ndays = [2026-03-02]\nqueues = ["cals"]'))


def test_without_edits_and_events_there_are_none(scenario):
    found = settings(scenario())
    assert (found.events, found.edits) == ((), ())


def test_queues_of_a_family_and_the_limit_of_smallness_reach_the_settings(scenario):
    found = settings(scenario('[[queue]]\nname = "chat"\nfamily = "sales"\n[forecast]\nsmall_below = 20'))
    assert (found.families, found.small_below) == ((("chat", "sales"),), 20.0)
