"""Cautions: what can be planned but hardly is what was meant."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests import samples
from wfm.model import Activity, ActivityKind, OpeningHours, ShiftTemplate, TimeAxis
from wfm.scenario_file import load
from wfm.scenario_file.bundled import bundled
from wfm.scenario_file.cautions import cautions

ALWAYS = OpeningHours.always()


@pytest.fixture
def centre():
    """A sound scenario whose queue and people may be twisted."""
    sound = load(Path(__file__).with_name("sound.toml")).scenario

    def centre(queue=samples.CALLS, workforce=samples.TEAM, axis=samples.AXIS):
        return replace(sound, axis=axis, queues=(queue,), workforce=workforce)

    return centre


def test_a_centre_whose_shifts_span_its_hours_has_none(centre):
    assert cautions(centre()) == ()


def test_a_queue_that_nobody_can_serve_is_told(centre):
    (told,) = cautions(centre(replace(samples.CALLS, name="chats")))
    assert told.startswith("queue chats: no agent has this skill")


def test_open_hours_before_and_after_every_shift_are_counted(centre):
    early = OpeningHours((((480, 1080),),) * 5 + ((), ()))  # shifts run 09:00–17:00
    (told,) = cautions(centre(replace(samples.CALLS, hours=early)))
    assert "no shift reaches 10 of its 50 open hours" in told
    assert "08:00–09:00 on Mon 02 Mar and 4 other days; 17:00–18:00 on Mon 02 Mar and 4 other days" in told


def test_a_night_shift_cannot_cover_the_first_morning(centre):
    night = ShiftTemplate("day", 1320, 1320, (1440,))
    (told,) = cautions(centre(replace(samples.CALLS, hours=ALWAYS), replace(samples.TEAM, shifts=(night,))))
    assert "reaches 22 of its 168 open hours: 00:00–22:00 on Mon 02 Mar (nobody is carried in" in told


def test_the_hour_that_a_clock_change_adds_is_reached_by_a_shift_through_the_night(centre):
    axis = TimeAxis(date(2026, 10, 24), 2, 15, "Europe/Berlin")
    hours = OpeningHours(((), (), (), (), (), ((1320, 1440),), ((0, 300),)))
    shift = ShiftTemplate("day", 1320, 1320, (480,))
    assert cautions(centre(replace(samples.CALLS, hours=hours), replace(samples.TEAM, shifts=(shift,)), axis)) == ()


def test_days_on_which_everybody_is_away_are_told(centre):
    agents = tuple(replace(agent, time_off=frozenset({samples.MONDAY})) for agent in samples.TEAM.agents)
    (told,) = cautions(centre(workforce=replace(samples.TEAM, agents=agents)))
    assert "no shift reaches 8 of its 40 open hours: 09:00–17:00 on Mon 02 Mar" in told


def test_a_session_longer_than_every_shift_of_an_attendee_is_told(centre):
    course = Activity("course", ActivityKind.TRAINING, 500, ("ann", "bob"), samples.MONDAY, samples.MONDAY)
    (told,) = cautions(centre(workforce=replace(samples.TEAM, activities=(course,))))
    assert "longer than any shift of ann and 1 more (480 minutes)" in told


@pytest.mark.parametrize("name", sorted(bundled()))
def test_bundled_scenarios_can_serve_every_queue(name):
    assert not [told for told in cautions(load(bundled()[name]).scenario) if "no agent" in told or "no roster" in told]
