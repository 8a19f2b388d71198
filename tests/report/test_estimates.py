import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.report.estimates import influence, interval, proportion, ratio, ratio_value


def test_a_ratio_is_the_sum_of_tops_over_the_sum_of_bottoms_not_the_mean_of_ratios():
    assert ratio(np.array([1.0, 90.0]), np.array([10.0, 100.0])).value == pytest.approx(91 / 110)


def test_with_equal_bottoms_the_interval_is_the_textbook_t_interval_of_a_mean():
    values = np.array([0.1, 0.2, 0.4, 0.5, 0.3])
    found = ratio(values * 10, np.full(5, 10.0))
    half = 2.7764451 * values.std(ddof=1) / math.sqrt(5)  # t 0.975 with 4 degrees of freedom, from tables
    assert (found.low, found.high) == (pytest.approx(0.3 - half), pytest.approx(0.3 + half))


def test_the_delta_method_agrees_with_the_jackknife():
    rng = np.random.default_rng(3)
    bottom = rng.poisson(1000, 200).astype(float)
    top = rng.binomial(bottom.astype(int), 0.8).astype(float)
    without = np.array([np.delete(top, i).sum() / np.delete(bottom, i).sum() for i in range(200)])
    jackknife = math.sqrt(199 / 200 * ((without - without.mean()) ** 2).sum())
    assert influence(top, bottom, 0).std(ddof=1) / math.sqrt(200) == pytest.approx(jackknife, rel=0.01)


def test_the_interval_covers_the_truth_about_95_times_in_100():
    rng = np.random.default_rng(7)
    hits = 0
    for _ in range(600):
        bottom = rng.poisson(50, 20).astype(float) + 1
        found = ratio(rng.binomial(bottom.astype(int), 0.7).astype(float), bottom)
        hits += found.low <= 0.7 <= found.high
    assert 0.925 <= hits / 600 <= 0.975


def test_nothing_to_divide_by_gives_the_exact_empty_value():
    found = ratio(np.zeros(4), np.zeros(4), empty=1.0)
    assert (found.value, found.low, found.high) == (1.0, 1.0, 1.0)


def test_one_replication_alone_has_a_value_but_no_interval():
    found = ratio(np.array([8.0]), np.array([10.0]))
    assert found.value == 0.8
    assert math.isnan(found.low)
    assert math.isnan(found.high)


def test_thirty_replications_that_all_meet_the_target_do_not_prove_certainty():
    found = proportion(np.full(30, 5.0), np.full(30, 5.0))
    assert found.value == found.high == 1.0
    trials = 150 / math.sqrt(5)
    assert found.low == pytest.approx(0.025 ** (1 / trials))  # Clopper and Pearson: all of them


def test_the_interval_of_a_proportion_does_not_jump_between_no_miss_and_some():
    lows = []
    for misses in range(6):
        hits = np.full(30, 24.0)
        hits[:misses] -= 1
        lows.append(proportion(hits, np.full(30, 24.0)).low)
    assert np.abs(np.diff(lows)).max() < 0.005
    assert 0.96 < lows[5] < lows[0] < 0.98


def test_days_that_fail_together_count_less_than_days_that_fail_alone():
    together = proportion(np.array([5.0, 0.0] * 10), np.full(20, 5.0))
    alone = proportion(np.array([2.0, 3.0] * 10), np.full(20, 5.0))
    assert together.value == alone.value
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=12))
@settings(max_examples=50, deadline=None)
def test_an_interval_of_a_share_holds_its_value_and_stays_between_0_and_1(pairs):
    top, more = (np.array(column, float) for column in zip(*pairs, strict=True))
    bottom = top + more
    for found in (ratio(top, bottom, empty=1.0, high=1.0), proportion(top, bottom)):
        assert 0 <= found.low <= found.value + 1e-12
        assert found.value - 1e-12 <= found.high <= 1
    assert ratio_value(top, bottom, 1.0) == pytest.approx(top.sum() / bottom.sum() if bottom.sum() else 1.0)


def test_an_interval_never_leaves_its_value_outside():
    assert interval(1.2, np.array([0.0, 0.1]), 0.0, 1.0).high == 1.2
