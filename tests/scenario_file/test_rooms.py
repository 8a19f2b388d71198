"""Rooms, and activities that come after others."""

from pathlib import Path

import pytest

from wfm.model import Room
from wfm.scenario_file import check as faults
from wfm.scenario_file import load

SOUND = Path(__file__).with_name("sound.toml")
MORE = '[[activity]]\nname = "more"\nkind = "training"\nminutes = 30\nattendees = ["team"]\n'


@pytest.fixture
def written(tmp_path):
    def written(text: str) -> Path:
        path = tmp_path / "variant.toml"
        path.write_text(f'base = "{SOUND.as_posix()}"\n{text}', encoding="utf-8")
        return path

    return written


def test_an_activity_names_its_room_and_what_comes_before(written):
    text = '[[room]]\nname = "hall"\nseats = 4\ncount = 2\n[[room]]\nname = "yard"\n' + MORE + 'room = "hall"\nafter = ["course"]\n'
    workforce = load(written(text)).scenario.workforce
    assert workforce.rooms == (Room("hall", 4, 2), Room("yard"))
    made = {activity.name: activity for activity in workforce.activities}
    assert (made["more"].room, made["more"].after, made["more"].trainer) == ("hall", ("course",), "")
    assert (made["course"].room, made["course"].after) == ("", ())


def test_after_a_course_in_groups_means_after_each_of_them_and_the_trainer_is_known(written):
    text = '[[activity]]\nname = "course"\ntrainer = "Ann"\ngroup_size = 3\n' + MORE + 'after = ["course"]\n'
    made = {activity.name: activity for activity in load(written(text)).scenario.workforce.activities}
    assert made["more"].after == ("course group 1", "course group 2")
    assert made["course group 1"].trainer == "Ann"


def test_of_two_weekly_ones_the_same_week_counts(written):
    text = "[plan]\ndays = 14\n" + MORE + 'repeat = "weekly"\n' + MORE.replace("more", "last") + 'repeat = "weekly"\nafter = ["more"]\n'
    text += MORE.replace("more", "once") + 'after = ["more"]\n'
    made = {activity.name: activity.after for activity in load(written(text)).scenario.workforce.activities}
    assert made["last week 1"] == ("more week 1",)
    assert made["last week 2"] == ("more week 2",)
    assert made["once"] == ("more week 1", "more week 2")


def test_faults_of_rooms_and_order_are_told_with_their_place(written):
    text = '[[room]]\nname = "hall"\nseats = 3\n[[activity]]\nname = "course"\nroom = "hal"\nafter = ["more"]\n'
    text += MORE + 'room = "hall"\ntrainer = "Ann"\ngroup_size = 3\nafter = ["course", "cours"]\n'
    told = [(fault.place, fault.found, fault.expected, fault.hint) for fault in faults(written(text))]
    assert told == [
        ("activity[0].room (line 7)", '"hal"', "the name of a [[room]]", 'did you mean "hall"?'),
        ("activity[1].group_size (line 16)", '4 people, the trainer among them, in "hall"', "at most the 3 seats of the room", ""),
        ("activity[1].after[1] (line 17)", '"cours"', "the name of an activity", 'did you mean "course"?'),
        ("activity[0].after (line 8)", '"course" after itself, by way of others or not', "an order that begins somewhere", ""),
        ("activity[1].after (line 17)", '"more" after itself, by way of others or not', "an order that begins somewhere", ""),
    ]
