"""Groups, attendees, weekly activities and public holidays."""

from datetime import date
from pathlib import Path

import pytest

from wfm.model import Scenario
from wfm.scenario_file import load

SOUND = Path(__file__).with_name("sound.toml")


@pytest.fixture
def vary(tmp_path):
    def vary(text: str) -> Scenario:
        path = tmp_path / "variant.toml"
        path.write_text(f'base = "{SOUND.as_posix()}"\n{text}', encoding="utf-8")
        return load(path).scenario

    return vary


def test_a_group_makes_numbered_agents(vary):
    names = [agent.name for agent in vary('[[group]]\nname = "team"\ncount = 101').workforce.agents]
    assert names[:3] == ["Ann", "team 001", "team 002"]
    assert len(names) == 102


def test_attendees_are_agents_groups_contracts_or_everybody_each_once(vary):
    def attendees(value: str) -> tuple[str, ...]:
        return vary(f'[[activity]]\nname = "course"\nattendees = {value}').workforce.activities[0].attendees

    team = ("team 01", "team 02", "team 03", "team 04")
    assert attendees('["team", "Ann"]') == (*team, "Ann")
    assert attendees('["team 02", "team"]') == ("team 02", "team 01", "team 03", "team 04")
    assert attendees('["full time", "Ann"]') == ("Ann", *team)
    assert attendees('"all"') == ("Ann", *team)


def test_attendees_can_be_chosen_by_skill(vary):
    text = '[[activity]]\nname = "chat course"\nkind = "training"\nminutes = 30\nskill = "chat"'
    assert vary(text).workforce.activities[1].attendees == ("team 01", "team 02", "team 03", "team 04")


def test_a_weekly_activity_is_asked_for_in_every_seven_days(vary):
    course = '[plan]\ndays = 17\n[[activity]]\nname = "course"\nrepeat = "weekly"'
    found = [(a.name, a.earliest, a.latest) for a in vary(course).workforce.activities]
    assert found == [("course week 1", date(2026, 3, 2), date(2026, 3, 8)), ("course week 2", date(2026, 3, 9), date(2026, 3, 18))]


def test_who_is_off_all_week_is_left_out_of_that_week_only(vary):
    off = '[[activity]]\nname = "course"\nrepeat = "weekly"\n[[time_off]]\nagent = "Ann"\nfrom = 2026-03-02\nto = 2026-03-08'
    first, second = vary(off).workforce.activities
    assert "Ann" not in first.attendees
    assert "Ann" in second.attendees


def test_public_holidays_shut_the_centre_where_it_says_so(vary):
    open_, shut = vary(""), vary('[centre]\nregion = "NW"\npublic_holidays = "closed"')
    assert open_.calendar.closed == frozenset()
    assert {date(2025, 12, 25), date(2026, 1, 1), date(2025, 11, 1), date(2016, 1, 1)} <= shut.calendar.closed
    assert shut.workforce.closed == shut.calendar.closed == shut.staffing.calendar.closed == shut.forecasting.calendar.closed


def test_closed_dates_may_be_spans(vary):
    scenario = vary('[centre]\nclosed = [2026-03-04, "2026-03-06..2026-03-08"]')
    assert {day.day for day in scenario.calendar.closed} == {4, 6, 7, 8}


def test_settings_reach_their_rooms(vary):
    staffing = '[staffing]\nrisk = 0.8\nshrinkage = {basis = "compound", a = 0.1, b = 0.2}'
    scenario = vary(f"[centre]\nabsence = 0.05\n{staffing}\n[run]\nseed = 3\neffort = 2\nworkers = 1")
    assert scenario.staffing.absence == scenario.experiment.absence == 0.05
    assert scenario.staffing.risk == 0.8
    assert round(scenario.staffing.shrinkage.share, 12) == 0.28
    assert {scenario.forecasting.seed, scenario.scheduling.seed, scenario.experiment.seed} == {3}
    assert (scenario.scheduling.effort, scenario.scheduling.workers, scenario.experiment.workers) == (2, 1, 1)


@pytest.mark.parametrize(("step", "grid"), [(5, 5), (15, 15), (30, 15), (60, 15), (20, 5), (12, 3)])
def test_the_grid_divides_the_step_when_nobody_states_it(vary, step, grid):
    assert vary(f"[plan]\nstep_minutes = {step}").scheduling.grid_minutes == grid


@pytest.mark.parametrize(
    ("text", "share", "within"), [("80/20", 0.8, 20), ("90 / 4h", 0.9, 14400), ("99.5%/1m", 0.995, 60), ("80/0", 0.8, 0)]
)
def test_targets_are_read_from_text(vary, text, share, within):
    target = vary(f'[[queue]]\nname = "calls"\ntarget = "{text}"').queues[0].target
    assert (round(target.share, 9), target.within_s) == (share, within)
