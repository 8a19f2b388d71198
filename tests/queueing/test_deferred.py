"""Deferred work: never late, never idle for long, as even as can be."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from wfm.queueing.deferred import done_in_time, taut_string, whole_agents

few = settings(max_examples=50, deadline=None)


def _curves(work, wait):
    arrived = np.cumsum(work)
    due_interval = np.minimum(np.arange(len(work)) + wait, len(work) - 1)
    due = np.cumsum(np.bincount(due_interval, work, len(work)))
    due[-1] = arrived[-1]
    return arrived, np.minimum(due, arrived), due_interval


def _capacity(arrived, due):
    capacity = np.zeros(len(arrived))
    corners = taut_string(arrived, due)
    for (start, begun), (stop, finished) in pairwise(corners):
        capacity[start:stop] = (finished - begun) / (stop - start)
    return capacity


works = st.lists(st.integers(0, 9).map(float), min_size=1, max_size=120).map(np.array)


@few
@given(works, st.integers(0, 30))
def test_the_taut_string_does_the_work_between_arrival_and_due_time(work, wait):
    arrived, due, _ = _curves(work, wait)
    done = np.cumsum(_capacity(arrived, due))
    assert (done <= arrived + 1e-9).all()
    assert (done >= due - 1e-9).all()


@few
@given(works.filter(lambda work: len(work) < 30), st.integers(0, 8))
def test_the_peak_of_the_taut_string_is_the_least_a_linear_programme_finds(work, wait):
    arrived, due, _ = _curves(work, wait)
    n = len(work)
    lower = np.tril(np.ones((n, n)))
    block = np.vstack(
        [np.hstack([lower, np.zeros((n, 1))]), np.hstack([-lower, np.zeros((n, 1))]), np.hstack([np.eye(n), -np.ones((n, 1))])]
    )
    best = linprog(np.append(np.zeros(n), 1.0), block, np.concatenate([arrived, -due, np.zeros(n)]))
    assert _capacity(arrived, due).max() == pytest.approx(best.fun, abs=1e-7)


@few
@given(works, st.integers(0, 30), st.floats(0.3, 5), st.integers(0, 2))
def test_whole_agents_miss_no_due_time_and_never_exceed_the_pace_by_one(work, wait, per_agent, at_least):
    arrived, due, due_interval = _curves(work, wait)
    agents = whole_agents(arrived, due, per_agent, at_least, spell=4)
    assert done_in_time(arrived, due_interval, agents * per_agent) == pytest.approx(np.ones(len(work)))
    assert (agents <= np.maximum(np.ceil(_capacity(arrived, due) / per_agent - 1e-9), at_least)).all()


def test_rounding_carries_on_what_is_left_over():
    arrived, due, _ = _curves(np.full(40, 0.3), 40)
    assert whole_agents(arrived, due, 1.0).sum() == 12


def test_an_extra_agent_comes_for_a_spell_and_not_for_single_intervals():
    arrived, due, _ = _curves(np.full(96, 0.3), 32)
    agents = whole_agents(arrived, due, 1.0, spell=4)
    starts, ends = np.flatnonzero(np.diff(agents, prepend=0) > 0), np.flatnonzero(np.diff(agents, append=0) < 0)
    assert len(starts) > 3
    # only the last spell may be cut short, by the end
    assert (ends - starts + 1)[:-1].min() >= 4


@few
@given(st.integers(0, 10**6), st.floats(0.3, 5))
def test_rounding_costs_at_most_one_agent_interval_where_the_due_time_is_far(seed, per_agent):
    rng = np.random.default_rng(seed)
    work = rng.uniform(0, 9, 100) * (rng.random(100) < rng.choice([0.1, 0.5, 1.0]))
    arrived, due, _ = _curves(work, len(work))
    assert whole_agents(arrived, due, per_agent, spell=4).sum() <= np.ceil(arrived[-1] / per_agent) + 1


def test_too_little_capacity_shows_as_the_share_done_late():
    arrived, _, due_interval = _curves(np.array([4.0, 0, 0, 0]), 1)
    assert done_in_time(arrived, due_interval, np.ones(4))[0] == 0.5
