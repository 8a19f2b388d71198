"""Random load against scipy's adaptive quadrature over its gamma law."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import stats
from scipy.integrate import quad
from scipy.optimize import brentq

from tests.queueing.strategies import queues
from wfm.queueing import agents_needed, evaluate
from wfm.queueing.measures import NAMES
from wfm.queueing.most_calls import most_calls
from wfm.queueing.random_day import day_chance_met
from wfm.queueing.random_load import agents_needed_random, calls_at_risk, chance_met, evaluate_random

QUEUE = {"interval_s": 1800.0, "aht_s": 240.0, "patience_s": 100.0, "within_s": 20.0}


def _average(function, calls, cv):
    law = stats.gamma(1 / cv**2, scale=calls * cv**2)
    ends = [*law.ppf([1e-14, 0.01, 0.2, 0.5, 0.8, 0.99]), law.isf(1e-14)]
    parts = [quad(lambda rate: law.pdf(rate) * function(rate), a, b, epsabs=1e-13, epsrel=1e-12)[0] for a, b in pairwise(ends)]
    return sum(parts)


@pytest.mark.parametrize(("calls", "agents", "cv"), [(100.0, 16, 0.1), (100.0, 16, 0.3), (20.0, 4, 0.6), (400.0, 50, 0.05)])
def test_the_measures_are_ratios_of_means_over_the_rate(calls, agents, cv):
    found = evaluate_random("A", calls=calls, cv=cv, agents=agents, **QUEUE)

    def one(name):
        return lambda rate: evaluate("A", calls=rate, agents=agents, **QUEUE)[name]

    served = _average(lambda rate: rate * (1 - one("p_abandon")(rate)), calls, cv)
    in_time = _average(lambda rate: rate * one("sl_offered")(rate), calls, cv)
    assert found.sl_offered == pytest.approx(in_time / calls, abs=1e-9)
    assert found.sl_answered == pytest.approx(in_time / served, abs=1e-9)
    assert found.p_abandon == pytest.approx(1 - served / calls, rel=1e-8)
    assert found.asa_all == pytest.approx(_average(lambda rate: rate * one("asa_all")(rate), calls, cv) / calls, rel=1e-8)
    assert found.mean_queue == pytest.approx(_average(one("mean_queue"), calls, cv), rel=1e-8)
    assert found.occupancy == pytest.approx(served * 240 / 1800 / agents, rel=1e-8)


def test_patient_callers_in_overload_count_as_not_served_in_time():
    calls, cv = 100.0, 0.3

    def in_time(rate):
        return rate * evaluate("C", calls=rate, agents=16, interval_s=1800.0, aht_s=240.0).sl_offered

    law = stats.gamma(1 / cv**2, scale=calls * cv**2)
    edges = [law.ppf(1e-14), 40, 80, 110, 119.9, 120.0]
    exact = sum(quad(lambda rate: law.pdf(rate) * in_time(rate), a, b, epsabs=1e-13)[0] for a, b in pairwise(edges)) / calls
    found = evaluate_random("C", calls=calls, cv=cv, agents=16, interval_s=1800.0, aht_s=240.0)
    assert found.sl_offered == pytest.approx(exact, abs=1e-9)
    assert found.asa_all == np.inf


@settings(max_examples=30, deadline=None)
@given(queues(max_agents=300))
def test_a_load_known_exactly_is_the_plain_queue(queue):
    plain, found = evaluate("A", **queue), evaluate_random("A", cv=0.0, **queue)
    for name in NAMES:
        assert found[name] == pytest.approx(plain[name], rel=1e-9, abs=1e-12 if name.startswith("sl_") else 1e-200), name


def test_not_knowing_the_load_costs_service_level():
    found = evaluate_random("A", calls=100.0, cv=[0.0, 0.1, 0.2, 0.4], agents=16, **QUEUE)
    assert (np.diff(found.sl_offered) < 0).all()


@pytest.mark.parametrize("cv", [0.05, 0.3, 1.2])
def test_the_chance_is_that_of_the_rate_staying_below_the_limit(cv):
    def gap(rate):
        return evaluate("A", calls=rate, agents=16, **QUEUE).sl_offered - 0.8

    limit = brentq(gap, 50, 200, xtol=1e-12)
    assert most_calls("A", agents=16, targets={"sl_offered": 0.8}, **QUEUE) == pytest.approx(limit, rel=1e-10)
    expected = stats.gamma(1 / cv**2, scale=100 * cv**2).cdf(limit)
    assert chance_met("A", calls=100.0, cv=cv, agents=16, targets={"sl_offered": 0.8}, **QUEUE) == pytest.approx(expected, rel=1e-9)


def test_the_chance_of_a_known_load_is_0_or_1():
    chance = chance_met("A", calls=[50.0, 200.0, 0.0], cv=0.0, agents=16, targets={"sl_offered": 0.8, "p_abandon": 0.05}, **QUEUE)
    assert chance.tolist() == [1, 0, 1]


def test_staff_for_the_calls_at_risk_meet_the_target_as_often_as_asked():
    agents = agents_needed("A", calls=calls_at_risk(100.0, 0.15, 0.9), sl_target=0.8, **QUEUE)
    chances = [chance_met("A", calls=100.0, cv=0.15, agents=n, targets={"sl_offered": 0.8}, **QUEUE) for n in (agents, agents - 1)]
    assert chances[0] >= 0.9 > chances[1]


def test_the_least_agents_for_callers_meet_the_target_and_one_less_does_not():
    calls = np.array([0.0, 5, 100, 800])
    agents = agents_needed_random("A", calls=calls, cv=0.2, targets={"sl_offered": 0.8}, **QUEUE)
    assert agents[0] == 0
    at, below = (evaluate_random("A", calls=calls, cv=0.2, agents=np.maximum(agents - less, 0), **QUEUE).sl_offered for less in (0, 1))
    assert (at >= 0.8).all()
    assert (below[1:] < 0.8).all()
    assert (agents[1:] >= agents_needed("A", calls=calls, sl_target=0.8, **QUEUE)[1:]).all()


def test_the_most_calls_need_just_the_agents_there_are():
    agents = np.array([1, 2, 5, 20, 100, 1000])
    calls = most_calls("A", agents=agents, targets={"sl_offered": 0.8}, **QUEUE)
    assert agents_needed("A", calls=calls * (1 - 1e-9), sl_target=0.8, **QUEUE).tolist() == agents.tolist()
    assert agents_needed("A", calls=calls * (1 + 1e-9), sl_target=0.8, **QUEUE).tolist() == (agents + 1).tolist()


def test_no_agents_can_take_no_calls():
    assert most_calls("A", agents=0, targets={"sl_offered": 0.8}, **QUEUE) == 0


def test_a_day_meets_its_target_as_often_as_its_factor_stays_below_the_limit():
    calls, agents = np.array([30.0, 120, 80]), np.array([6, 17, 13])

    def level(factor):
        each = evaluate("A", calls=calls * factor, agents=agents, **QUEUE).sl_offered
        return calls @ each / calls.sum()

    limit = brentq(lambda factor: level(factor) - 0.8, 0.5, 2, xtol=1e-13)
    cv = np.array([0.05, 0.2, 0.0])
    found = day_chance_met("A", calls=np.tile(calls, (3, 1)), cv=cv, agents=agents, targets={"sl_offered": 0.8}, **QUEUE)
    assert found[:2] == pytest.approx(stats.gamma(1 / cv[:2] ** 2, scale=cv[:2] ** 2).cdf(limit), rel=1e-9)
    assert found[2] == float(level(1.0) >= 0.8)


def test_a_day_of_one_interval_is_that_interval_and_a_day_without_calls_is_met():
    one = chance_met("A", calls=100.0, cv=0.2, agents=16, targets={"sl_offered": 0.8}, **QUEUE)
    assert day_chance_met("A", calls=[100.0], cv=0.2, agents=16, targets={"sl_offered": 0.8}, **QUEUE) == pytest.approx(one, rel=1e-10)
    assert day_chance_met("A", calls=[0.0, 0.0], cv=0.2, agents=[0, 1], targets={"sl_offered": 0.8}, **QUEUE) == 1


def test_a_wait_no_number_of_agents_can_promise_is_refused():
    with pytest.raises(ValueError, match="wait_served"):
        agents_needed_random("C", calls=10.0, cv=0.2, targets={"wait_served": 30}, interval_s=1800.0, aht_s=240.0)


def test_missing_numbers_stay_missing():
    assert np.isnan(evaluate_random("A", calls=100.0, cv=np.nan, agents=16, **QUEUE).sl_offered)
    assert np.isnan(chance_met("A", calls=np.nan, cv=0.1, agents=16, targets={"sl_offered": 0.8}, **QUEUE))
    assert np.isnan(calls_at_risk(100.0, np.nan, 0.9))
