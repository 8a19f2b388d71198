"""Agents work exactly their roster: breaks, ends of shifts, absence, clock changes, hours in which nobody comes any more."""

from datetime import date

import numpy as np
import pytest

from simulation import simulate
from simulation.presence import attended, unserved
from simulation.trace import Fate
from tests.simulation.small import ANN, BOB, CALLS, DAY, STEADY, forecast_of, roster, setting_of, shift, story, team
from wfm.model import Experiment, TimeAxis

ONE = Experiment(replications=1, workers=1)
NINE_S, TEN_S = 9 * 3600, 10 * 3600


def test_a_call_that_runs_into_the_break_is_finished_and_the_break_still_ends_as_planned():
    who = roster(shift(ANN, (540, 600, ["steady"]), (600, 615, []), (615, 700, ["steady"])))
    trace = story((STEADY,), who, (TEN_S - 10, 0, 100), (TEN_S + 20, 0, 60))
    assert trace.wait_s.tolist() == [0, 880]
    assert trace.late.tolist() == [[0, TEN_S, TEN_S + 90]]


def test_a_call_longer_than_the_break_makes_the_agent_late_only_until_the_break_is_over():
    who = roster(shift(ANN, (540, 600, ["steady"]), (600, 615, []), (615, 700, ["steady"])))
    trace = story((STEADY,), who, (TEN_S - 10, 0, 1000), (TEN_S + 20, 0, 60))
    assert trace.late.tolist() == [[0, TEN_S, TEN_S + 900]]
    assert trace.wait_s.tolist() == [0, 970]


def test_work_that_is_cut_into_touching_segments_is_one_stint():
    who = roster(shift(ANN, (540, 600, ["steady"]), (600, 660, ["steady"])))
    assert [(stint.start_s, stint.end_s) for stint in setting_of((STEADY,), who).stints] == [(NINE_S, 11 * 3600)]


def test_a_call_waits_through_a_gap_of_the_day_and_is_sent_away_when_the_last_agent_has_gone():
    who = roster(shift(ANN, (540, 600, ["steady"]), (600, 630, []), (630, 660, ["steady"])))
    trace = story((STEADY,), who, (TEN_S + 60, 0, 7200), (TEN_S + 120, 0, 60), (12 * 3600, 0, 60))
    assert trace.fate.tolist() == [Fate.ANSWERED, Fate.UNANSWERED, Fate.UNANSWERED]
    assert trace.wait_s.tolist() == [1740, 3600 - 120, 0]


def test_a_caller_with_patience_who_comes_when_all_have_gone_hangs_up():
    trace = story((CALLS,), roster(shift(ANN, (540, 600, ["calls"]))), (12 * 3600, 0, 60, 45))
    assert (trace.fate[0], trace.wait_s[0]) == (Fate.ABANDONED, 45)


def test_a_queue_is_closed_from_its_last_agent_to_the_midnight_before_its_next():
    two_days = TimeAxis(DAY.start, 2, 60, DAY.timezone)
    stints = setting_of((STEADY,), roster(*team(1, 540, 600, ["steady"]), *team(1, 1980, 2040, ["steady"], day=1), axis=two_days)).stints
    assert unserved(stints, 0, two_days.day_starts * 60) == ((0.0, 0.0), (TEN_S, 86400.0), (34 * 3600.0, np.inf))


def test_a_night_shift_carries_the_queue_over_midnight():
    night = roster(shift(ANN, (1320, 1800, ["steady"])), axis=TimeAxis(DAY.start, 2, 60, DAY.timezone))
    trace = story((STEADY,), night, (86000, 0, 1000), (86300, 0, 60))
    assert trace.wait_s.tolist() == [0, 700]


def test_an_empty_roster_answers_nobody():
    paths = np.full((1, 1, DAY.n_intervals), 5.0)
    outcome = simulate(forecast_of((CALLS,), paths), (CALLS,), roster(), ONE)
    assert outcome.abandoned.sum() == outcome.offered.sum() == 120
    outcome = simulate(forecast_of((STEADY,), paths), (STEADY,), roster(), ONE)
    assert outcome.unanswered.sum() == 120
    assert outcome.wait_s.sum() == outcome.present_s.sum() == 0


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_with_a_clock_change_has_its_own_length_and_the_shift_keeps_its_wall_clock(day: date, hours: int):
    axis = TimeAxis(day, 1, 15, "Europe/Berlin")
    start, end = axis.minute(0, 540), axis.minute(0, 1020)
    who = roster(*team(30, start, end, ["steady"], axis), axis=axis)
    outcome = simulate(forecast_of((STEADY,), np.full((1, 1, axis.n_intervals), 10.0), axis), (STEADY,), who, ONE)
    on = axis.mask(540, 1020, np.array([True]))
    assert outcome.offered.sum() == hours * 4 * 10
    assert np.all(outcome.present_s[0, on] == 30 * 900)
    assert np.all(outcome.answered[0, 0, on] == 10)
    assert outcome.answered[0, 0, axis.wall_minute >= 1020].sum() == 0


def test_absence_takes_whole_shifts_at_its_rate_and_the_same_ones_for_every_roster():
    names = tuple(f"agent {number:04}" for number in range(400))
    few, many = (setting_of((CALLS,), roster(*team(size, 540, 1020, ["calls"]))) for size in (200, 400))
    present = [{stint.agent for stint in attended(one.stints, one.agents, 0.2, 7, 3)} for one in (few, many)]
    assert {agent for agent in present[1] if agent < 200} == present[0]
    assert abs(len(present[1]) / len(names) - 0.8) < 4 * (0.2 * 0.8 / 400) ** 0.5
    assert attended(few.stints, few.agents, 1.0, 7, 3) == ()


def test_an_agent_who_starts_while_calls_wait_takes_the_first_at_once():
    two = roster(shift(ANN, (540, 600, ["steady"])), shift(BOB, (570, 600, ["steady"])))
    trace = story((STEADY,), two, (NINE_S, 0, 3000), (NINE_S + 100, 0, 60), (NINE_S + 200, 0, 60))
    assert trace.agent.tolist() == [0, 1, 1]
    assert trace.wait_s.tolist() == [0, 1700, 1660]


def test_a_segment_of_no_length_puts_nobody_on_the_queue():
    who = roster(shift(ANN, (540, 540, ["steady"]), (540, 600, [])))
    assert story((STEADY,), who, (NINE_S + 60, 0, 60)).fate.tolist() == [Fate.UNANSWERED]
