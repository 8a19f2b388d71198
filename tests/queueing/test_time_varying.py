"""Loads and queues that change in time, against differential equations and the matrix exponential."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from wfm.queueing import evaluate
from wfm.queueing.contour import by_contour
from wfm.queueing.time_varying import modified_offered_load
from wfm.queueing.transient import evaluate_transient
from wfm.queueing.uniformisation import uniformised

few = settings(max_examples=30, deadline=None)
profiles = st.lists(st.floats(0, 500), min_size=1, max_size=12)


@few
@given(profiles, st.floats(30, 4000), st.floats(0, 50))
def test_the_load_solves_its_differential_equation(calls, aht_s, start):
    found = modified_offered_load(calls=calls, interval_s=1800.0, aht_s=aht_s, start=start)
    load, area = start, []
    for rate in np.array(calls) / 1800:
        # the second component adds up the load over the interval
        end = solve_ivp(lambda _, y, rate=rate: [rate - y[0] / aht_s, y[0] / 1800], (0, 1800), [load, 0.0], rtol=1e-10, atol=1e-10).y[:, -1]
        load = end[0]
        area.append(end[1])
    assert found.mean == pytest.approx(area, rel=1e-6, abs=1e-6)
    assert found.edge[-1] == pytest.approx(load, rel=1e-6, abs=1e-6)


@few
@given(profiles, st.floats(30, 4000))
def test_all_the_work_that_comes_is_done_or_still_there(calls, aht_s):
    found = modified_offered_load(calls=calls, interval_s=1800.0, aht_s=aht_s)
    work = np.sum(calls) * aht_s
    # each contact still there has a full handle time ahead (no memory)
    assert np.sum(found.mean) * 1800 + found.edge[-1] * aht_s == pytest.approx(work, rel=1e-9, abs=1e-9)


def test_a_profile_that_repeats_ends_as_it_began():
    found = modified_offered_load(calls=[10, 200, 40], interval_s=1800.0, aht_s=[900.0, 900.0, 3000.0], start=None)
    assert found.edge[0] == pytest.approx(found.edge[-1], rel=1e-12)
    again = modified_offered_load(calls=[10, 200, 40] * 30, interval_s=1800.0, aht_s=[900.0, 900.0, 3000.0] * 30)
    assert found.mean == pytest.approx(again.mean[-3:], rel=1e-9)


def test_short_calls_leave_the_load_as_it_is_and_several_days_go_side_by_side():
    calls = np.array([[10.0, 50, 20], [0, 0, 5]])
    assert modified_offered_load(calls=calls, interval_s=1800.0, aht_s=1e-3).mean == pytest.approx(calls * 1e-3 / 1800, rel=1e-5)
    assert modified_offered_load(calls=calls, interval_s=1800.0, aht_s=0.0).mean.tolist() == np.zeros((2, 3)).tolist()


def _by_matrix(calls, agents, aht, patience, interval, room):
    """State at the end and mean over each interval, by the exponential of the generator with an integral beside it."""
    j = np.arange(room + 1)
    state, means = np.eye(room + 1)[0], []
    for count, present in zip(calls, agents, strict=True):
        down = np.minimum(j, present) / aht + np.maximum(j - present, 0) / patience
        generator = np.diag(np.full(room, count / interval), 1) + np.diag(down[1:], -1)
        generator -= np.diag(generator.sum(axis=1))
        n = room + 1
        both = np.block([[generator, np.eye(n)], [np.zeros((n, 2 * n))]])
        power = expm(both * interval)
        means.append(state @ power[:n, n:] / interval)
        state = state @ power[:n, :n]
    return state, np.array(means)


def test_the_chain_in_time_is_that_of_the_matrix_exponential():
    calls, agents, room = [60, 0, 90, 30], [8, 3, 6, 0], 60
    state, means = _by_matrix(calls, agents, 200.0, 90.0, 900.0, room)
    found = evaluate_transient(calls=calls, interval_s=900.0, aht_s=200.0, agents=agents, patience_s=90.0, room=room)
    j = np.arange(room + 1)
    queue = [mean @ np.maximum(j - n, 0) for mean, n in zip(means, agents, strict=True)]
    assert found.final == pytest.approx(state, abs=1e-11)
    assert found.mean_queue == pytest.approx(queue, abs=1e-10)
    waiting = [mean[n:].sum() for mean, n in zip(means, agents, strict=True)]
    assert found.p_wait[[0, 2, 3]] == pytest.approx(np.array(waiting)[[0, 2, 3]], abs=1e-11)
    assert np.isnan(found.p_wait[1])


@few
@given(st.lists(st.tuples(st.floats(0, 60), st.integers(0, 8)), min_size=1, max_size=4), st.sampled_from([60.0, 400.0, np.inf]))
def test_who_came_has_been_served_has_left_or_is_still_there(day, patience):
    calls, agents = np.array(day).T
    found = evaluate_transient(calls=calls, interval_s=900.0, aht_s=300.0, agents=agents, patience_s=patience)
    there = found.final @ np.arange(len(found.final))
    assert found.p_full.max() < 1e-9
    assert (found.served + found.abandoned).sum() + there == pytest.approx(calls.sum(), rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("patience", [100.0, np.inf])
def test_what_goes_on_long_enough_is_the_steady_queue(patience):
    found = evaluate_transient(calls=[60] * 20, interval_s=1800.0, aht_s=240.0, agents=11, patience_s=patience)
    steady = evaluate("A", calls=60, interval_s=1800.0, aht_s=240.0, agents=11, patience_s=patience)
    for name in ("p_wait", "p_abandon", "mean_queue", "sl_virtual", "sl_offered", "occupancy"):
        assert getattr(found, name)[-1] == pytest.approx(steady[name], rel=1e-6), name


def test_agents_without_end_carry_the_modified_offered_load():
    calls = [30, 90, 10]
    found = evaluate_transient(calls=calls, interval_s=900.0, aht_s=600.0, agents=150, patience_s=60.0)
    assert found.mean_busy == pytest.approx(modified_offered_load(calls=calls, interval_s=900.0, aht_s=600.0).mean, rel=1e-9)


def _rates(load, agents, patience, room):
    j = np.arange(room + 1)
    return np.where(j < room, load / 300, 0.0), np.minimum(j, agents) / 300 + np.maximum(j - agents, 0) / patience


@pytest.mark.parametrize(("load", "agents", "time"), [(60, 62, 1800.0), (60, 62, 300.0), (60, 20, 900.0), (8, 8, 3600.0)])
def test_the_fast_way_through_an_interval_is_the_certain_one(load, agents, time):
    up, down = _rates(load, agents, 100.0, 160)
    for begin in (0, 40, 160):
        state = np.eye(161)[begin]
        for fast, certain in zip(by_contour(state, up, down, time), uniformised(state, up, down, time), strict=True):
            assert fast == pytest.approx(certain, abs=1e-9)


def test_where_the_fast_way_does_not_reach_the_certain_one_is_taken():
    up, down = _rates(1000, 1000, 100.0, 1300)
    assert by_contour(np.eye(1301)[0], up, down, 300.0) is None
    found = evaluate_transient(calls=[1000], interval_s=300.0, aht_s=300.0, agents=1000, patience_s=100.0)
    assert found.mean_busy == pytest.approx(1000 * np.exp(-1), rel=1e-6)


def test_an_overload_takes_time_to_build_up():
    found = evaluate_transient(calls=[60] * 4, interval_s=600.0, aht_s=240.0, agents=20, patience_s=600.0)
    steady = evaluate("A", calls=60, interval_s=600.0, aht_s=240.0, agents=20, patience_s=600.0)
    assert (np.diff(found.mean_queue) > 0).all()
    assert found.mean_queue[0] < 0.5 * steady.mean_queue


@pytest.mark.parametrize(
    "wrong", [{"calls": [-1]}, {"agents": [1.5]}, {"start": [0.4]}, {"aht_s": 0.0}, {"patience_s": 0.0}, {"calls": [[1.0]]}]
)
def test_impossible_arguments_are_named(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        evaluate_transient(**{"calls": [1.0], "interval_s": 900.0, "aht_s": 180.0, "agents": [1], "patience_s": 60.0} | wrong)


@pytest.mark.parametrize(("aht_s", "times_better"), [(300.0, 3), (900.0, 3), (1800.0, 3)])
def test_the_modified_load_tells_the_waits_of_a_changing_day_far_better_than_each_interval_alone(aht_s, times_better):
    load = 60 * (1 + 0.5 * np.sin(np.arange(48) * 900 * 2 * np.pi / 21_600))
    calls, agents = load * 900 / aht_s, np.ceil(load + 0.5 * np.sqrt(load))
    queue = {"interval_s": 900.0, "aht_s": aht_s, "patience_s": 180.0}
    exact = evaluate_transient(calls=calls, agents=agents, **queue).p_wait[24:]
    meant = modified_offered_load(calls=calls, interval_s=900.0, aht_s=aht_s).mean * 900 / aht_s
    plain, modified = (evaluate("A", calls=each, agents=agents, **queue).p_wait[24:] for each in (calls, meant))
    assert np.abs(plain - exact).mean() > times_better * np.abs(modified - exact).mean()
