"""Figures of a day: sums over sums, checked by hand and by counting."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.queueing import evaluate
from wfm.queueing.day import day_figures
from wfm.queueing.measures import NAMES

QUEUE = {"interval_s": 1800.0, "aht_s": 240.0, "patience_s": 100.0}


def _day(calls, agents, model="A"):
    return day_figures(evaluate(model, calls=calls, agents=agents, **QUEUE), calls=calls, agents=agents)


def test_every_figure_is_counted_contact_by_contact():
    calls, agents = np.array([10.0, 90, 40]), np.array([4, 10, 9])
    each, day = evaluate("A", calls=calls, agents=agents, **QUEUE), _day(calls, agents)
    left = calls * each.p_abandon
    served = calls - left
    soon = calls * each.sl_offered
    assert day.sl_offered == pytest.approx(soon.sum() / calls.sum())
    assert day.sl_answered == pytest.approx(soon.sum() / served.sum())
    assert day.sl_abandons_excluded == pytest.approx(soon.sum() / (calls - calls * each.p_abandon_within).sum())
    assert day.sl_abandons_met == pytest.approx((soon + calls * each.p_abandon_within).sum() / calls.sum())
    assert day.wait_served == pytest.approx((served * each.wait_served).sum() / served.sum())
    assert day.wait_abandoned == pytest.approx((left * each.wait_abandoned).sum() / left.sum())
    assert day.asa_all == pytest.approx((calls * each.asa_all).sum() / calls.sum())
    assert day.occupancy == pytest.approx((served * 240 / 1800).sum() / agents.sum())
    assert day.mean_queue == pytest.approx(each.mean_queue.mean())


@settings(max_examples=40, deadline=None)
@given(st.just(0.0) | st.floats(1e-6, 300), st.integers(0, 40), st.integers(1, 5), st.sampled_from("BCA"))
def test_equal_intervals_make_a_day_like_each_of_them(calls, agents, count, model):
    one = evaluate(model, calls=calls, agents=agents, **QUEUE)
    day = _day(np.full(count, calls), np.full(count, agents), model)
    for name in NAMES:
        assert day[name] == pytest.approx(one[name], rel=1e-12, nan_ok=True), name


def test_the_plain_mean_would_mislead():
    day, each = _day([10.0, 90], [6, 8]), evaluate("A", calls=[10.0, 90], agents=[6, 8], **QUEUE)
    assert day.sl_offered < each.sl_offered.mean() - 0.1


def test_intervals_without_calls_do_not_count_and_a_day_without_any_is_quiet():
    assert _day([50.0, 0], [8, 3]).sl_offered == pytest.approx(_day([50.0], [8]).sl_offered)
    quiet = _day([0.0, 0], [3, 0])
    assert (quiet.sl_offered, quiet.sl_answered, quiet.wait_served, quiet.p_abandon) == (1, 1, 0, 0)
    assert np.isnan(quiet.wait_abandoned)


def test_an_endless_wait_in_a_closed_interval_without_calls_is_not_counted():
    figures = evaluate("C", calls=[50.0, 50], agents=[8, 5], **QUEUE)
    assert day_figures(figures, calls=[50.0, 0]).asa_all == pytest.approx(figures.asa_all[0])
    assert day_figures(figures, calls=[50.0, 50]).asa_all == np.inf


def test_other_axes_stay():
    calls = np.array([[10.0, 90], [50, 50], [0, 0]])
    day = _day(calls, [6, 8])
    assert day.sl_offered.shape == (3,)
    assert day.sl_offered[1] == pytest.approx(_day(calls[1], [6, 8]).sl_offered)
