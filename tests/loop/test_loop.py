"""Simulation in the loop: people with two skills need fewer than two stacked requirements, slow ones more."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scheduling import check, schedule
from simulation import simulate
from wfm.errors import Cancelled, Enough
from wfm.forecasting import forecast
from wfm.loop import Evidence, blocks_of, close_loop, corrected, cuts, judged, pools, told_corrections
from wfm.model import IMPROVING, Forecast, LoopStep, Requirement, Scenario, Solved
from wfm.pipeline import plan
from wfm.scenario_file import load
from wfm.staffing import require

CENTRE = """
[centre]
name = "Two queues"
timezone = "Europe/Berlin"
[plan]
start = 2026-03-02
weeks = 1
step_minutes = 30
[[queue]]
name = "a"
target = "80/20"
open = {{mon = "09:00-13:00"}}
contacts_per_hour = 40
handle = "4m"
patience = "2m"
[[queue]]
name = "b"
target = "80/20"
open = {{mon = "09:00-13:00"}}
contacts_per_hour = 40
handle = "4m"
patience = "2m"
[[contract]]
name = "part"
[[shift]]
name = "short"
start_from = "09:00"
lengths = ["4h"]
[[group]]
name = "all"
count = 20
contract = "part"
skills = {skills}
{traits}
[run]
loop = {loop}
replications = 40
effort = 0.05
"""


def scenario(folder: Path, loop: int = 8, factor: float = 1.0) -> Scenario:
    """A Monday morning; factor: handle time of everybody ÷ the usual one."""
    traits = f'traits = [{{queue = "a", handle_factor = {factor}}}, {{queue = "b", handle_factor = {factor}}}]' if factor != 1 else ""
    path = folder / f"two_{loop}_{factor}.toml"
    path.write_text(CENTRE.format(skills='["a", "b"]', traits=traits, loop=loop))
    return load(path).scenario


def begun(case: Scenario) -> tuple[Forecast, Requirement, Solved]:
    predicted = forecast(None, case.axis, case.forecasting)
    required = require(predicted, case.queues, case.staffing)
    return predicted, required, schedule(required, case.workforce, case.scheduling)


def looped(case: Scenario) -> tuple[Requirement, Solved, tuple[LoopStep, ...], Requirement, Solved]:
    predicted, required, solved = begun(case)
    return *close_loop(case, predicted, required, solved), required, solved


def test_where_two_stacked_requirements_are_too_high_fewer_paid_hours_meet_the_target(tmp_path: Path) -> None:
    required, solved, steps, before, _ = looped(scenario(tmp_path))
    chosen = next(step for step in steps if step.chosen)
    assert chosen.paid_hours < steps[0].paid_hours
    assert all(measure.low >= 0.8 for measure in chosen.service)
    assert required.rostered.sum() < before.rostered.sum()
    assert check(solved.roster, solved.workforce) == ()


def test_where_people_are_slower_than_the_requirement_thinks_it_is_raised_until_the_target_is_met(tmp_path: Path) -> None:
    required, _, steps, before, _ = looped(scenario(tmp_path, factor=2.2))
    chosen = next(step for step in steps if step.chosen)
    assert any(measure.high < 0.8 for measure in steps[0].service)
    assert all(measure.low >= 0.8 for measure in chosen.service)
    assert required.rostered.sum() > before.rostered.sum()


def test_where_nobody_is_left_to_add_the_loop_ends_with_the_least_miss(tmp_path: Path) -> None:
    _, _, steps, _, _ = looped(scenario(tmp_path, loop=30, factor=4.0))
    worst = [min(measure.value for measure in step.service) for step in steps]
    assert len(steps) < 30
    assert worst[next(step.number for step in steps if step.chosen)] == max(worst)


def test_the_figures_of_the_plan_come_from_other_days_than_those_that_steered_it(tmp_path: Path) -> None:
    result = plan(scenario(tmp_path))
    chosen = next(step for step in result.loop if step.chosen)
    assert result.summary is not None
    told = result.summary.find("service_level", "a")
    assert told.value != next(m.value for m in chosen.service if m.queue == "a")
    assert told.low - 0.05 < next(m.value for m in chosen.service if m.queue == "a") < told.high + 0.05
    assert result.solved.roster.shifts
    assert "corrected by simulation" in result.requirement.definition[0]


def test_the_loop_is_the_same_twice(tmp_path: Path) -> None:
    first, second = (looped(scenario(tmp_path, loop=3)) for _ in range(2))
    assert first[2] == second[2]
    assert first[1].roster.shifts == second[1].roster.shifts


def test_without_a_loop_a_plan_has_no_trace(tmp_path: Path) -> None:
    assert plan(scenario(tmp_path, loop=0)).loop == ()


def test_one_replication_says_nothing_so_nothing_is_corrected(tmp_path: Path) -> None:
    case = scenario(tmp_path)
    case = replace(case, experiment=replace(case.experiment, replications=1))
    assert looped(case)[2] == ()


def test_the_loop_can_be_stopped(tmp_path: Path) -> None:
    def stop(_message: str, _share: float) -> None:
        raise Cancelled

    case = scenario(tmp_path)
    with pytest.raises(Cancelled):
        close_loop(case, *begun(case), stop)


def test_the_corrections_told_add_up_to_the_change_of_the_requirement(tmp_path: Path) -> None:
    _, _, steps, before, _ = looped(scenario(tmp_path, loop=1, factor=2.2))
    assert steps[0].raised > 0
    assert {one.queue for one in steps[0].corrections} <= {"a", "b"}
    case = scenario(tmp_path)
    up = np.zeros((2, 7 * 24), bool)
    up[0, 9:11] = up[1, 12] = True
    down = np.zeros_like(up)
    down[0, 12] = True
    after = corrected(before, up, down, case)
    told = told_corrections(before, after)
    stamps = [(one.queue, one.start[11:16], one.end[11:16]) for one in told]
    assert stamps == [("a", "09:00", "11:00"), ("a", "12:00", "13:00"), ("b", "12:00", "13:00")]
    assert sum(one.agent_hours for one in told) == pytest.approx((after.rostered - before.rostered).sum() / 2)


def test_whatever_part_of_the_loop_was_ended_early_the_plan_says_so(tmp_path: Path) -> None:
    def enough(message: str, _share: float) -> None:
        if message.startswith(IMPROVING):
            raise Enough

    case = scenario(tmp_path, loop=1)
    made = begun(case)
    assert not close_loop(case, *made)[1].ended_early
    assert close_loop(case, *made, enough)[1].ended_early
    assert close_loop(case, *made[:2], replace(made[2], ended_early=True))[1].ended_early


def test_evidence_is_the_sum_of_what_was_served_in_time_beyond_the_share_asked_for(tmp_path: Path) -> None:
    case = scenario(tmp_path)
    predicted, required, solved = begun(case)
    outcome = simulate(predicted, case.queues, solved.roster, case.experiment)
    found = judged(outcome, blocks_of(required))
    by_hand = (outcome.answered_in_target[:, 1, 18:20] - 0.8 * outcome.offered[:, 1, 18:20]).sum(axis=1).mean()
    assert found.mean[1, 9] == pytest.approx(by_hand)


def test_only_the_worst_of_queues_that_share_people_is_raised_and_an_hour_lowered_and_raised_rests() -> None:
    yes = np.array([[True], [True], [True]])
    evidence = Evidence(np.array([[-2.0], [-1.0], [-0.5]]), yes, yes, ~yes, np.zeros(3, bool))
    pinned = np.array([[-1], [0], [0]])
    up, down = cuts(evidence, pinned, np.array([0, 0, 2]))
    assert up.ravel().tolist() == [True, False, True]
    assert not down.any()
    assert pinned.ravel().tolist() == [2, 0, 1]
    assert cuts(evidence, pinned, np.array([0, 0, 2]))[0].ravel().tolist() == [False, True, True]


def test_queues_linked_by_skills_share_a_pool_and_a_correction_leaves_closed_hours_alone(tmp_path: Path) -> None:
    case = scenario(tmp_path)
    _, required, _ = begun(case)
    assert pools(case.queues, case.workforce).tolist() == [0, 0]
    assert pools(case.queues, replace(case.workforce, agents=())).tolist() == [0, 1]
    everywhere = np.ones((2, int(blocks_of(required)[-1]) + 1), bool)
    raised = corrected(required, everywhere, ~everywhere, case)
    still = np.isnan(required.service)
    assert (raised.rostered[still] == required.rostered[still]).all()
    assert (raised.rostered[~still] == required.rostered[~still] + 1).all()
