"""The keys of staffing: targets beside the share, models, redials, risk, shrinkage by the time of day."""

import tomllib
from pathlib import Path

import pytest

from wfm.model import Shrinkage, ShrinkageWindow, Target
from wfm.scenario_file import check, load

SOUND = Path(__file__).with_name("sound.toml")


@pytest.fixture
def vary(tmp_path):
    def vary(text: str, name: str = "variant.toml") -> Path:
        path = tmp_path / name
        path.write_text(f'base = "{SOUND.as_posix()}"\n{text}', encoding="utf-8")
        return path

    return vary


def _calls(scenario):
    return next(queue for queue in scenario.queues if queue.name == "calls")


def test_targets_models_and_redials_reach_the_queue(vary):
    text = '[[queue]]\nname = "calls"\nmodel = "X"\nredial_share = 0.3\npatience = "2m"\n'
    queue = _calls(load(vary(text + 'target = {share = 0.7, within = 30, asa = "25s", abandonment = 0.05}')).scenario)
    assert queue.target == Target(0.7, 30, asa_s=25, abandonment=0.05)
    assert (queue.model, queue.redial_share) == ("X", 0.3)


def test_the_slowdown_of_chats_reaches_the_queue(vary):
    text = '[[queue]]\nname = "talk"\nchannel = "chat"\nhandle = 600\ncontacts_per_hour = 9\nconcurrency = 3\nchat_slowdown = 0.25\n'
    assert load(vary(text)).scenario.queues[-1].chat_slowdown == 0.25


def test_risk_and_offered_load_reach_the_settings(vary):
    staffing = load(vary('[staffing]\nrisk = 0.9\nrisk_of = "day"\noffered_load = "stationary"')).scenario.staffing
    assert (staffing.risk, staffing.risk_of, staffing.offered_load) == (0.9, "day", "stationary")


def test_shrinkage_may_differ_by_the_time_of_day_and_is_written_back_as_read(vary):
    text = '[staffing]\nshrinkage = {basis = "compound", sick = 0.1, breaks = {usual = 0.05, "12:00-14:00" = 0.3}}'
    loaded = load(vary(text))
    expected = Shrinkage((("sick", 0.1), ("breaks", 0.05)), "compound", (ShrinkageWindow("breaks", 720, 840, 0.3),))
    assert loaded.scenario.staffing.shrinkage == expected
    written = tomllib.loads(loaded.resolved)["staffing"]["shrinkage"]
    assert written == {"basis": "compound", "sick": 0.1, "breaks": {"usual": 0.05, "12:00-14:00": 0.3}}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[staffing]\nshrinkage = {breaks = {usual = 0.05, "noon" = 0.3}}', "breaks"),
        ('[staffing]\nshrinkage = {breaks = {"12:00-14:00" = 1.3}}', "12:00-14:00"),
        ('[staffing]\nshrinkage = {sick = 0.8, breaks = {"12:00-14:00" = 0.3}}', "shrinkage"),
        ('[[queue]]\nname = "calls"\nmodel = "chat"', "model"),
        ('[[queue]]\nname = "calls"\nmodel = "A"\npatience = "never"', "patience"),
        ('[[queue]]\nname = "calls"\npatience = "never"\ntarget = {abandonment = 0.05}', "target"),
        ('[[queue]]\nname = "calls"\nmodel = "deferred"\ntarget = {share = 0.9, within = "4h", asa = 20}', "target"),
        ('[[queue]]\nname = "calls"\nredial_share = 1.0', "redial_share"),
        ('[[queue]]\nname = "calls"\nchat_slowdown = 0.2', "chat_slowdown"),
        ('[[queue]]\nname = "calls"\nchannel = "chat"\nconcurrency = 3\nchat_slowdown = 1.2', "chat_slowdown"),
    ],
)
def test_what_staffing_cannot_use_is_a_fault_with_its_place(vary, text, place):
    faults = check(vary(text))
    assert len(faults) == 1
    assert place in faults[0].place
