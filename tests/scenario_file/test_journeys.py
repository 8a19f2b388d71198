"""What contacts go through, as it is written, as it is read, and as it is refused."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulation import simulate
from wfm.forecasting import forecast
from wfm.model import CustomerSegment, Law, Menu, Offer, Repeat, Skill, Transfer, Trunks
from wfm.scenario_file import check, load

SOUND = """
[centre]
name = "Everything"
timezone = "UTC"
day_spread = 0.3
late = 0.1
late_by = "5m"

[plan]
start = 2026-03-02
days = 2
step_minutes = 60

[[trunks]]
name = "main"
lines = 26

[[queue]]
name = "english"
handle_law = {kind = "triangular", points = ["3m", "6m", "18m"]}
wrap = {kind = "exponential", mean = "40s"}
patience = "4m"
patience_by_time = {"08:00-09:00" = 60}
patience_law = {kind = "weibull", cv = 0.7}
contacts_by_time = {"08:00-12:00" = 60, "12:00-20:00" = 30}
redial_share = 0.3
redial_law = "constant"
trunks = "main"
places = 20
busy_redial_share = 0.5
disconnect = 0.01
keep_free = 1
transfers = [{to = "french", share = 0.1, extra = "30s"}]
repeat = {share = 0.1, after = "2h", limit = 2}
offer = {over = "3m", accept = 0.5, to = "callbacks"}
segments = [
    {name = "gold", share = 0.2, priority = 1, credit = "1m", patience = "8m", target = "90/10"},
    {name = "rest", share = 0.8, priority = 2},
]

[queue.menu]
message = {kind = "uniform", points = [6, 30]}
escape = 0.1
self_service = "2m"
contained = 0.2
misrouted = 0.05
misrouted_to = "french"

[[queue]]
name = "french"
handle = "4m"
handle_cv = 0.5
handle_law = "gamma"
contacts_per_hour = 10
handle_by_time = {"08:00-12:00" = 300}

[[queue]]
name = "callbacks"
handle = "4m"
contacts_per_hour = 0

[[contract]]
name = "any"

[[group]]
name = "bilingual"
count = 3
contract = "any"
skills = ["french", "english", "callbacks"]
traits = [{queue = "english", handle_factor = 1.2, after = "20s", rank = 2, priority = 3, resolution = 0.8}]
on_duty = {"00:00-24:00" = 2}

[[group]]
name = "english"
count = 6
contract = "any"
skills = ["english", "callbacks"]
on_duty = {"08:00-12:00" = 6, "13:00-20:00" = 4}

[routing]
agents = "fewest_skills"
among = "random"
leaving = "head_count"

[run]
paths = 3
replications = 3
warm_up = "2h"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "scenario.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def scenario(tmp_path: Path):
    return load(written(tmp_path, SOUND)).scenario


def test_every_part_of_a_journey_is_read(scenario):
    english, french, _ = scenario.queues
    journey = english.journey
    assert english.handle_s == 540
    assert journey.handle == Law("triangular", 0, 1, (180, 360, 1080))
    assert journey.wrap == Law("exponential", 40)
    assert (journey.patience.kind, journey.patience.cv) == ("weibull", 0.7)
    assert journey.patience_by_time == ((480, 540, 60),)
    assert journey.trunks == Trunks("main", 26)
    assert (journey.places, journey.busy_redial_share, journey.disconnect, journey.keep_free) == (20, 0.5, 0.01, 1)
    assert journey.redial == Law("constant", 600)
    assert journey.menu == Menu(Law("uniform", points=(6, 30)), 0.1, Law("constant", 120), 0.2, 0.05, "french", 60)
    assert journey.transfers == (Transfer("french", 0.1, 30),)
    assert journey.repeat == Repeat(0.1, Law("constant", 7200), 2)
    assert journey.offer == Offer(180, 0.5, "callbacks")
    gold, rest = journey.segments
    assert (gold.share, gold.priority, gold.credit_s, gold.patience_s, gold.target.share) == (0.2, 1, 60, 480, 0.9)
    assert rest == CustomerSegment("rest", 0.8, 2)
    assert french.journey.handle == Law("gamma", 0, 0.5)


def test_agents_keep_their_traits_and_the_experiment_knows_them(scenario):
    experiment = scenario.experiment
    assert [agent.name for agent in experiment.agents] == ["bilingual 01", "bilingual 02", "bilingual 03"]
    assert experiment.agents[0].traits == (Skill("english", 1.2, 0.8, 20, 2, 3),)
    assert (experiment.among, experiment.leaving, experiment.warm_up_minutes) == ("random", "head_count", 120)
    assert (experiment.late_share, experiment.late_s) == (0.1, 300)


def test_numbers_on_duty_make_a_roster(scenario):
    present = np.zeros((2, 48))
    for shift in scenario.roster.shifts:
        for part in shift.segments:
            present[int(shift.agent.startswith("english")), part.start // 60 : part.end // 60] += bool(part.queues)
    assert present[0].tolist() == [2] * 48
    assert present[1].tolist() == ([0] * 8 + [6] * 4 + [0] + [4] * 7 + [0] * 4) * 2


def test_contacts_by_time_come_when_they_are_said_to_and_days_differ_together(scenario):
    predicted = forecast(None, scenario.axis, scenario.forecasting)
    assert predicted.mean[0].tolist() == ([0] * 8 + [60] * 4 + [30] * 8 + [0] * 4) * 2
    assert predicted.handle_s[1].tolist() == ([240] * 8 + [300] * 4 + [240] * 12) * 2
    many = forecast(None, scenario.axis, replace(scenario.forecasting, paths=4000)).paths
    days = many.reshape(4000, 3, 2, 24).sum(axis=3)
    busy = days[:, 0].ravel()
    assert abs(busy.mean() - 480) < 4 * 480 * 0.31 / 8000**0.5
    assert busy.var() == pytest.approx(480 + (0.3 * 480) ** 2, rel=0.06)
    assert np.corrcoef(busy, days[:, 1].ravel())[0, 1] > 0.8


def test_what_was_resolved_is_the_same_scenario(scenario, tmp_path):
    again = tmp_path / "again.toml"
    again.write_text(load(tmp_path / "scenario.toml").resolved, encoding="utf-8")
    found = load(again).scenario
    assert replace(found, roster=None) == replace(scenario, roster=None)
    assert found.roster.shifts == scenario.roster.shifts


def test_it_is_simulated_as_it_stands(scenario):
    predicted = forecast(None, scenario.axis, scenario.forecasting)
    outcome = simulate(predicted, scenario.queues, scenario.roster, scenario.experiment)
    for name in ("blocked", "contained", "transferred", "repeated", "promised", "called_back", "line_s"):
        assert getattr(outcome, name).sum() > 0 or name == "blocked", name
    assert outcome.offered[..., :2].sum() == 0
    assert np.array_equal(outcome.offered, outcome.answered + outcome.abandoned + outcome.unanswered + outcome.promised)


WRONG = {
    'trunks = "main"\nplaces': ('trunks = "mian"\nplaces', 'did you mean "main"'),
    'transfers = [{to = "french", share = 0.1, extra = "30s"}]': (
        'transfers = [{to = "frnch", share = 0.6}, {to = "callbacks", share = 0.6}]',
        "at most 1 together",
    ),
    'wrap = {kind = "exponential", mean = "40s"}': ('wrap = {kind = "exponential", mean = "10m"}', "less than the handle time"),
    '{name = "rest", share = 0.8, priority = 2}': ('{name = "rest", share = 0.7, priority = 2}', "1 together"),
    'traits = [{queue = "english"': ('traits = [{queue = "englsh"', 'did you mean "english"'),
    '"13:00-20:00" = 4}': ('"13:00-20:00" = 7}', "up to the group's count"),
    "contacts_per_hour = 10": ('contacts_per_hour = 10\ncontacts_by_time = {"08:00-09:00" = 1}', "one of the two"),
    'handle_law = "gamma"': ('handle_law = "gamme"', 'did you mean "gamma"'),
    '{kind = "weibull", cv = 0.7}': ('{kind = "hyperexponential", cv = 0.7}', "cv must be above 1"),
    'points = ["3m", "6m", "18m"]': ('points = ["3m", "6m"]', "needs 3 points"),
    '{"08:00-12:00" = 60, "12:00-20:00" = 30}': ('{"08:00-13:00" = 60, "12:00-20:00" = 30}', "do not overlap"),
}


@pytest.mark.parametrize("right", sorted(WRONG))
def test_what_cannot_be_is_told_with_its_place(right: str, tmp_path: Path):
    wrong, told = WRONG[right]
    assert SOUND.count(right) == 1
    faults = check(written(tmp_path, SOUND.replace(right, wrong)))
    assert any(told in str(fault) for fault in faults), [str(fault) for fault in faults]
    assert all("line" in fault.place for fault in faults)


REST = """
[centre]
name = "Guide"
timezone = "UTC"

[plan]
start = 2026-03-02
days = 1

[[queue]]
name = "sales"
handle = 300
contacts_per_hour = 0

[[queue]]
name = "callbacks"
handle = 300
contacts_per_hour = 0

[[contract]]
name = "any"
"""


def test_the_example_of_the_guide_is_sound(tmp_path: Path):
    guide = (Path(__file__).resolve().parents[2] / "docs" / "simulation.md").read_text(encoding="utf-8")
    example = guide.split("```toml\n")[1].split("```")[0]
    assert check(written(tmp_path, REST + example)) == ()
