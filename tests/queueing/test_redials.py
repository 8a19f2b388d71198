"""Redials: the total rate solves its equation, checked with the exact birth–death chain."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from tests.queueing.oracle import birth_death
from tests.queueing.strategies import queues
from wfm.queueing import evaluate
from wfm.queueing.measures import NAMES
from wfm.queueing.redials import agents_needed_redials, evaluate_redials


@pytest.mark.parametrize(("load", "agents", "redial"), [(4.0, 5, 0.5), (12.0, 10, 0.7), (3.0, 8, 0.3), (30.0, 20, 0.9)])
def test_the_total_rate_is_the_root_found_with_the_exact_chain(load, agents, redial):
    def excess(total):
        return total * (1 - redial * birth_death(total, agents, 180, 120, None)["p_abandon"]) - load

    total = brentq(excess, load, load / (1 - redial), xtol=1e-13, rtol=1e-14)
    found = evaluate_redials(calls=load, interval_s=180.0, aht_s=180.0, agents=agents, patience_s=120.0, redial_share=redial)
    assert found.total_calls == pytest.approx(total, rel=1e-10)
    exact = birth_death(total, agents, 180, 120, None)
    for name in ("p_wait", "p_abandon", "asa_all", "wait_served", "occupancy"):
        assert found.measures[name] == pytest.approx(exact[name], rel=1e-9)


@settings(max_examples=50, deadline=None)
@given(queues(max_agents=2000, whole=False))
def test_without_redials_it_is_erlang_a(queue):
    plain, found = evaluate("A", **queue), evaluate_redials(redial_share=0.0, **queue)
    assert all(found.measures[name] == plain[name] or np.isnan(plain[name]) for name in NAMES)
    assert found.attempts_per_caller == 1


@settings(max_examples=50, deadline=None)
@given(queues(), st.floats(0, 0.99))
def test_callers_are_served_or_lost_for_good(queue, redial):
    found = evaluate_redials(redial_share=redial, **queue)
    assert found.total_calls * (1 - found.measures.p_abandon) == pytest.approx(queue["calls"] * (1 - found.lost_share), rel=1e-10)
    assert found.total_calls == pytest.approx(queue["calls"] + redial * found.total_calls * found.measures.p_abandon, rel=1e-10)


def test_the_busier_the_more_redials():
    found = evaluate_redials(
        calls=[100.0, 110, 120], interval_s=1800.0, aht_s=240.0, agents=14, patience_s=60.0, redial_share=[[0.0], [0.4], [0.8]]
    )
    assert (np.diff(found.attempts_per_caller[1:], axis=1) > 0).all()
    assert (np.diff(found.measures.sl_offered, axis=0) < 0).all()


def test_the_least_agents_meet_the_target_and_one_less_does_not():
    queue = {"calls": np.array([2.0, 50, 500, 5000]), "interval_s": 1800.0, "aht_s": 240.0, "patience_s": 90.0, "redial_share": 0.6}
    agents = agents_needed_redials(targets={"sl_offered": 0.8, "wait_served": 30}, **queue)
    at, below = (evaluate_redials(agents=agents - less, **queue).measures for less in (0, 1))
    assert ((at.sl_offered >= 0.8) & (at.wait_served <= 30)).all()
    assert not ((below.sl_offered >= 0.8) & (below.wait_served <= 30)).any()


def test_no_calls_no_agents_and_missing_numbers_follow_the_rules():
    found = evaluate_redials(calls=[0, 10, np.nan], interval_s=900.0, aht_s=180.0, agents=[5, 0, 5], patience_s=60.0, redial_share=0.5)
    assert found.total_calls.tolist()[:2] == [0, 20]
    assert found.lost_share.tolist()[:2] == [0, 1]
    assert np.isnan(found.total_calls[2])
    assert np.isnan(found.measures.p_wait[2])


def test_everybody_redialling_for_ever_is_refused():
    with pytest.raises(ValueError, match="redial_share"):
        evaluate_redials(calls=1, interval_s=900.0, aht_s=180.0, agents=2, patience_s=60.0, redial_share=1.0)
