"""From what happened to sums: by interval of arrival, and by interval in which time was spent."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation import simulate
from simulation.measure import measure, spread
from tests.simulation.small import ANN, CALLS, CHATS, forecast_of, roster, setting_of, shift, story, team
from wfm.model import Experiment

HOUR_S = 3600
spans = st.lists(st.tuples(st.floats(0, 9000), st.floats(0, 4000)), max_size=20)


@settings(deadline=None)  # the first call compiles
@given(spans)
def test_time_is_cut_at_the_borders_of_intervals_as_a_plain_loop_does(rows: list[tuple[float, float]]):
    start_s, length_s = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    found = spread(start_s, start_s + length_s, 900, 8)
    for interval in range(8):
        overlap = np.minimum(start_s + length_s, (interval + 1) * 900) - np.maximum(start_s, interval * 900)
        assert np.isclose(found[interval], np.clip(overlap, 0, None).sum(), atol=1e-6)


def test_a_call_counts_in_the_hour_it_arrives_and_its_work_in_the_hours_it_takes():
    who = roster(shift(ANN, (540, 600, ["calls"])))
    trace = story((CALLS,), who, (9.5 * HOUR_S, 0, 2 * HOUR_S), (9.9 * HOUR_S, 0, 60, 20), (9.95 * HOUR_S, 0, 60, 60))
    setting = setting_of((CALLS,), who)
    sums = measure(setting, setting.stints, trace)
    assert sums["answered"][0, 9] == 1
    assert sums["abandoned"][0, 9] == 2
    assert sums["abandoned_in_target"][0, 9] == 1  # 20 s is inside 20 s
    assert sums["busy_s"][0, 9:12].tolist() == [1800, 3600, 1800]
    assert sums["present_s"][9:12].tolist() == [3600, 3600, 1800]
    assert sums["wait_s"][0, 9] == 80
    assert sums["wait_counts"][0].tolist() == [2, 1, 0, 0, 0, 0]


def test_a_chat_keeps_its_share_of_the_agent_busy():
    who = roster(shift(ANN, (540, 600, ["chats"])))
    trace = story((CHATS,), who, (9 * HOUR_S, 0, 900), (9 * HOUR_S + 10, 0, 600))
    setting = setting_of((CHATS,), who)
    assert measure(setting, setting.stints, trace)["busy_s"][0, 9] == 500


def test_work_after_the_end_of_the_axis_is_not_counted():
    who = roster(shift(ANN, (1380, 1440, ["calls"])))
    trace = story((CALLS,), who, (24 * HOUR_S - 100, 0, 500))
    setting = setting_of((CALLS,), who)
    sums = measure(setting, setting.stints, trace)
    assert sums["busy_s"].sum() == 100
    assert sums["present_s"].sum() == HOUR_S


def test_who_hung_up_but_would_have_been_served_in_time_counts_as_virtual():
    who = roster(shift(ANN, (540, 600, ["calls"])))
    trace = story((CALLS,), who, (9 * HOUR_S, 0, 25), (9 * HOUR_S + 10, 0, 60, 5), (9 * HOUR_S + 4, 0, 60, 1))
    setting = setting_of((CALLS,), who)
    sums = measure(setting, setting.stints, trace)
    assert trace.virtual_s.tolist() == [0, 15, 21]
    assert sums["answered_in_target"].sum() == 1
    assert sums["virtual_in_target"].sum() == 2


def test_groups_of_agents_together_are_busy_and_there_as_long_as_everybody():
    lines = (CALLS, CHATS)
    who = roster(
        *team(4, 480, 1000, ["calls"]),
        *(replace(one, agent=f"x{one.agent}") for one in team(3, 540, 1100, ["chats", "calls"])),
        *(replace(one, agent=f"y{one.agent}") for one in team(2, 500, 900, ["chats"])),
    )
    paths = np.zeros((4, 2, 24))
    paths[:, :, 8:18] = np.array([70, 30])[:, None]
    outcome = simulate(forecast_of(lines, paths), lines, who, Experiment(4, absence=0.2, workers=1))
    assert outcome.groups == ("calls", "chats", "chats, calls")
    assert np.allclose(outcome.group_busy_s.sum(axis=1), outcome.busy_s.sum(axis=1))
    assert np.allclose(outcome.group_present_s.sum(axis=1), outcome.present_s)
    assert np.all(outcome.group_busy_s <= outcome.group_present_s + 1e-6)
    assert (outcome.group_busy_s.sum(axis=(0, 2)) > 0).all()
