"""Deferred capacity against linear programmes and brute force."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from wfm.queueing.due_work import least_constant_capacity, least_cost_capacity

few = settings(max_examples=50, deadline=None)
works = st.lists(st.integers(0, 9).map(float), min_size=1, max_size=40).map(np.array)


@few
@given(works, st.integers(0, 12))
def test_the_constant_capacity_is_that_of_the_worst_window(work, wait):
    windows = [work[s : t + 1].sum() / (t + wait - s + 1) for s in range(len(work)) for t in range(s, len(work))]
    assert least_constant_capacity(work, wait) == pytest.approx(max(windows), rel=1e-12)


@few
@given(works.filter(lambda work: len(work) < 15), st.integers(0, 5))
def test_the_constant_capacity_is_the_least_of_a_linear_programme(work, wait):
    horizon = len(work) + wait
    arrived = np.cumsum(np.append(work, np.zeros(wait)))
    due = np.append(np.zeros(wait), np.cumsum(work))
    # variables: work done per interval, and the capacity
    lower = np.hstack([np.tril(np.ones((horizon, horizon))), np.zeros((horizon, 1))])
    block = np.vstack([lower, -lower, np.hstack([np.eye(horizon), -np.ones((horizon, 1))])])
    best = linprog(np.append(np.zeros(horizon), 1.0), block, np.concatenate([arrived, -due, np.zeros(horizon)]))
    assert least_constant_capacity(work, wait) == pytest.approx(best.fun, abs=1e-7)


def test_a_year_of_quarter_hours_is_answered_at_once():
    work = np.random.default_rng(1).gamma(2.0, 3.0, 35_040)
    capacity = least_constant_capacity(work, 96)
    arrived = np.cumsum(work)
    done = 0.0
    due = np.append(np.zeros(96), arrived)[: len(work)]
    for i in range(len(work)):
        done = min(arrived[i], done + capacity)
        assert done >= due[i] - 1e-6


@few
@given(st.lists(st.integers(0, 3), min_size=1, max_size=4), st.integers(0, 3), st.lists(st.integers(0, 5), min_size=4, max_size=5))
def test_the_cheapest_plan_is_that_of_trying_all_whole_ones(work, wait, price):
    horizon, total = len(price), sum(work)
    arrived = np.cumsum(work + [0] * (horizon - len(work)))
    due = np.append(np.zeros(wait), arrived)[:horizon]
    due[-1] = total
    done = np.array([plan for plan in product(range(total + 1), repeat=horizon) if sum(plan) == total])
    curve = done.cumsum(axis=1)
    possible = done[((curve <= arrived) & (curve >= due)).all(axis=1)]
    plan = least_cost_capacity(np.array(work, float), wait, np.array(price, float))
    assert plan.reason == "optimal"
    assert plan.cost == pytest.approx((possible @ np.array(price)).min(), abs=1e-7)


@few
@given(works.filter(lambda work: len(work) < 20), st.integers(0, 6))
def test_a_price_on_the_peak_alone_finds_the_constant_capacity(work, wait):
    plan = least_cost_capacity(work, wait, np.zeros(len(work) + wait), peak_price=1.0)
    assert plan.cost == pytest.approx(least_constant_capacity(work, wait), abs=1e-7)


def test_dear_intervals_are_avoided_as_far_as_the_due_time_lets():
    plan = least_cost_capacity([4, 0, 0, 0], 2, [1, 3, 0.5, 1])
    assert plan.capacity == pytest.approx([0, 0, 4, 0])
    assert plan.cost == pytest.approx(2)


def test_capacity_that_is_there_anyway_is_paid_and_used():
    plan = least_cost_capacity([4, 0, 0, 0], 2, [1, 3, 0.5, 1], at_least=1.0, at_most=2.0)
    assert plan.capacity == pytest.approx([1, 1, 2, 1])
    assert plan.done == pytest.approx([1, 1, 2, 0])


def test_too_little_capacity_is_an_answer():
    plan = least_cost_capacity([4, 0], 0, [1, 1], at_most=3.0)
    assert plan.reason == "infeasible"
    assert np.isnan(plan.capacity).all()


def test_nothing_to_do_needs_nothing():
    assert least_constant_capacity([], 3) == 0
    assert least_constant_capacity([0, 0], 3) == 0
    assert least_cost_capacity([0, 0], 3, [1, 1]).cost == 0


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: least_constant_capacity([1, -1], 0), "work"),
        (lambda: least_constant_capacity([1], -1), "wait"),
        (lambda: least_constant_capacity([[1]], 1), "work"),
        (lambda: least_cost_capacity([1, 1], 0, [1]), "price"),
    ],
)
def test_impossible_arguments_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
