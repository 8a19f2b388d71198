"""Activities with a trainer: a group each, which the trainer attends as well."""

from dataclasses import replace
from pathlib import Path

import pytest

from scheduling import check, schedule
from tests.scheduling.small import flat
from wfm.model import Activity, Reason, Scenario
from wfm.scenario_file import check as faults
from wfm.scenario_file import load

SOUND = Path(__file__).with_name("sound.toml")
COACHED = '[[group]]\nname = "team"\ncoach = "Ann"\n'


@pytest.fixture
def written(tmp_path):
    def written(text: str) -> Path:
        path = tmp_path / "variant.toml"
        path.write_text(f'base = "{SOUND.as_posix()}"\n{text}', encoding="utf-8")
        return path

    return written


def course(text: str) -> str:
    return f'[[activity]]\nname = "course"\n{text}'


def made(scenario: Scenario) -> list[tuple[str, tuple[str, ...], int | None]]:
    return [(a.name, a.attendees, a.group_size) for a in scenario.workforce.activities]


def test_a_trainer_is_with_every_group_and_no_pupil(written):
    assert made(load(written(course('trainer = "Ann"\ngroup_size = 3'))).scenario) == [
        ("course group 1", ("team 01", "team 02", "team 03", "Ann"), 4),
        ("course group 2", ("team 04", "Ann"), 2),
    ]


def test_one_group_keeps_the_name(written):
    assert made(load(written(course('trainer = "Ann"\ngroup_size = 4'))).scenario)[0][0] == "course"


def test_each_meets_their_own_coach(written):
    text = COACHED + '[[agent]]\nname = "Ann"\ncoach = "team 01"\n' + course('trainer = "own coach"')
    assert made(load(written(text)).scenario) == [
        ("course group 1", ("team 01", "Ann"), 2),
        ("course group 2", ("team 02", "Ann"), 2),
        ("course group 3", ("team 03", "Ann"), 2),
        ("course group 4", ("team 04", "Ann"), 2),
        ("course group 5", ("Ann", "team 01"), 2),
    ]


def test_faults_of_trainers_are_told(written):
    text = '[[agent]]\nname = "Ann"\ncoach = "An"\n' + course('trainer = "team 1"\n[[activity]]\nname = "talk"\nkind = "coaching"\n')
    text += 'minutes = 30\nattendees = ["team"]\ntrainer = "own coach"\n[[activity]]\nname = "course group 1"\nkind = "meeting"\n'
    text += 'minutes = 30\nattendees = ["team"]\n'
    told = "\n".join(map(str, faults(written(text))))
    assert "agent[0].coach" in told
    assert 'found "An"; expected the name of an agent (did you mean "Ann"?)' in told
    assert 'found "team 1"; expected the name of an agent, or "own coach" (did you mean "team 01"?)' in told
    assert 'found "own coach" for "team 01" and 3 more without one; expected a `coach` for every attendee' in told
    assert 'found "course", whose groups make "course group 1" too; expected names that differ' in told


def test_no_group_is_without_its_trainer_and_no_trainer_in_two_places(written):
    scenario = load(written(course('trainer = "Ann"\ngroup_size = 2\nlatest = 2026-03-02\nwindow = "09:00-12:00"'))).scenario
    solved = schedule(flat(scenario.axis, 2, 1), scenario.workforce, replace(scenario.scheduling, effort=0.05))
    assert solved.reason in (Reason.OPTIMAL, Reason.FEASIBLE)
    assert check(solved.roster, scenario.workforce, scenario.axis) == ()
    times = {(a.name, who): _spans(solved.roster, a, who) for a in scenario.workforce.activities for who in a.attendees}
    for activity in scenario.workforce.activities:
        assert len({times[activity.name, who] for who in activity.attendees}) == 1
    (one,), (two,) = (times[f"course group {k}", "Ann"] for k in (1, 2))
    assert one[1] <= two[0] or two[1] <= one[0]


def _spans(roster, activity: Activity, who: str) -> tuple[tuple[int, int], ...]:
    return tuple((p.start, p.end) for s in roster.of(who) for p in s.segments if p.name == activity.name)


def test_more_groups_than_a_trainer_has_time_for_are_told_to_be_the_trainers_trouble(written):
    scenario = load(written(course('trainer = "Ann"\ngroup_size = 1\nlatest = 2026-03-02\nwindow = "09:00-12:00"'))).scenario
    solved = schedule(flat(scenario.axis, 2, 1), scenario.workforce, replace(scenario.scheduling, effort=0.05))
    assert solved.reason is Reason.INFEASIBLE
    assert [conflict.agent for conflict in solved.conflicts] == ["Ann"]
