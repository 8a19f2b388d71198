"""Blending against the chain cut off below, solved as linear equations."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.queueing.chains import figures, stationary
from tests.queueing.strategies import queues
from wfm.queueing import evaluate
from wfm.queueing.blend import evaluate_blend, reserve_needed
from wfm.queueing.measures import NAMES
from wfm.queueing.patience import LogNormal


@pytest.mark.parametrize(("load", "agents", "reserve"), [(8.0, 12, 3), (8.0, 12, 1), (11.0, 12, 5), (2.0, 3, 3), (14.0, 12, 4)])
def test_every_measure_is_that_of_the_chain_solved_as_equations(load, agents, reserve):
    aht, theta, floor = 240.0, 1 / 90, agents - reserve
    j = np.arange(floor, agents + 150)
    down = np.minimum(j, agents) / aht + np.maximum(j - agents, 0) * theta
    states = np.append(np.zeros(floor), stationary(np.append(np.full(len(j) - 1, load / aht), 0.0), down))
    expected = figures(states, agents, agents / aht, theta, 20.0)
    expected["occupancy"] = states @ np.minimum(np.arange(len(states)), agents) / agents
    found = evaluate_blend(calls=load, interval_s=aht, aht_s=aht, agents=agents, reserve=reserve, patience=90.0)
    for name, value in expected.items():
        assert found.measures[name] == pytest.approx(value, rel=1e-8), name
    assert found.outbound_calls == pytest.approx(floor * states[floor], rel=1e-8)


@settings(max_examples=50, deadline=None)
@given(queues(max_agents=200), st.floats(0, 1))
def test_throughput_is_inbound_served_plus_outbound(queue, part):
    agents = queue["agents"]
    found = evaluate_blend(
        calls=queue["calls"], interval_s=900.0, aht_s=180.0, agents=agents, reserve=round(part * agents), patience=queue["patience_s"]
    )
    through = found.measures.occupancy * agents * 5
    assert through == pytest.approx(queue["calls"] * (1 - found.measures.p_abandon) + found.outbound_calls, rel=1e-8)


@settings(max_examples=30, deadline=None)
@given(queues(max_agents=200))
def test_reserving_everybody_is_erlang_a_and_dials_nothing(queue):
    plain = evaluate("A", **queue)
    found = evaluate_blend(
        calls=queue["calls"],
        interval_s=900.0,
        aht_s=180.0,
        agents=queue["agents"],
        reserve=queue["agents"],
        patience=queue["patience_s"],
        within_s=queue["within_s"],
    )
    assert found.outbound_calls == 0
    for name in (name for name in NAMES if name != "p_abandon_within"):
        assert found.measures[name] == pytest.approx(plain[name], rel=1e-8, abs=1e-10 if name.startswith("sl_") else 1e-200), name


def test_with_nobody_reserved_everybody_waits_and_all_agents_are_busy():
    found = evaluate_blend(calls=100, interval_s=1800.0, aht_s=240.0, agents=20, reserve=0, patience=LogNormal(90.0, 0.5))
    assert found.measures.p_wait == 1
    assert found.measures.occupancy == 1


def test_the_least_reserve_is_that_of_trying_all():
    queue = {"interval_s": 1800.0, "aht_s": 240.0, "agents": 20, "patience": 90.0}
    calls = np.array([20.0, 80, 120, 140])
    tried = evaluate_blend(calls=calls, reserve=np.arange(21)[:, None], **queue).measures.sl_offered >= 0.85
    least = reserve_needed(calls=calls, targets={"sl_offered": 0.85}, **queue)
    assert least.tolist() == pytest.approx(np.where(tried.any(axis=0), tried.argmax(axis=0), np.nan).tolist(), nan_ok=True)


def test_more_reserve_serves_inbound_better_and_dials_less():
    found = evaluate_blend(calls=100, interval_s=1800.0, aht_s=240.0, agents=20, reserve=np.arange(21), patience=90.0)
    assert (np.diff(found.measures.sl_offered) > 0).all()
    assert (np.diff(found.outbound_calls) < 0).all()


def test_without_inbound_the_others_dial_all_the_time():
    found = evaluate_blend(calls=[0, np.nan], interval_s=1800.0, aht_s=240.0, agents=20, reserve=5, patience=90.0)
    assert found.outbound_calls[0] == pytest.approx(15 * 7.5)
    assert found.measures.occupancy[0] == 0.75
    assert np.isnan(found.outbound_calls[1])


@pytest.mark.parametrize("wrong", [{"reserve": 5}, {"reserve": 0.5}, {"agents": 3.5}])
def test_impossible_staff_is_named(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        evaluate_blend(**{"calls": 1, "interval_s": 900.0, "aht_s": 180.0, "agents": 4, "reserve": 1, "patience": 60.0} | wrong)
