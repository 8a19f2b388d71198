"""Replications spread over light and heavy days, and as many of them as the precision needs."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulation import simulate
from simulation.precision import FIRST_LOOK, half_width, looks
from simulation.strata import spread_evenly
from tests.simulation.small import forecast_of, roster, team
from wfm.model import Experiment, Forecast, Outcome, Queue, TimeAxis

AXIS = TimeAxis(date(2026, 3, 2), 1, 60, "UTC")
CALLS = Queue("calls", handle_s=240, patience_s=150)
WHO = roster(*team(11, 540, 1020, ["calls"], AXIS), axis=AXIS)
BUSY = 28.7
"""Shape of the gamma factor on a day's volume: a spread of 19 % (the literature's call centres)."""


def uncertain(paths: int, seed: int = 1, per_hour: float = 130.0) -> Forecast:
    """Days whose volume varies as a whole, Poisson beside."""
    dice = np.random.default_rng(seed)
    mean = np.where((np.arange(24) >= 9) & (np.arange(24) < 17), per_hour, 0.0)
    return forecast_of((CALLS,), dice.poisson(dice.gamma(BUSY, 1 / BUSY, paths)[:, None, None] * mean).astype(float), AXIS)


def sums(outcome: Outcome) -> list[np.ndarray]:
    return [getattr(outcome, name).sum(axis=(1, 2)) for name in ("answered_in_target", "offered", "offered")]


def level(outcome: Outcome) -> float:
    good, offered, _ = sums(outcome)
    return good.sum() / offered.sum()


@given(arrays(float, st.tuples(st.integers(1, 60), st.just(1), st.just(2)), elements=st.integers(0, 9)))
def test_every_path_is_taken_once_and_the_first_is_about_the_median(paths: np.ndarray):
    order = spread_evenly(paths)
    assert sorted(order) == list(range(len(paths)))
    volume = paths.sum(axis=(1, 2))
    assert (volume < volume[order[0]]).sum() <= len(paths) / 2 + 2
    assert (volume > volume[order[0]]).sum() <= len(paths) / 2 + 2


@pytest.mark.parametrize("few", [2, 5, 13, 50, 97])
def test_the_first_few_paths_stand_for_all(few: int):
    paths = np.arange(200.0).reshape(200, 1, 1)
    ranks = np.sort(paths[spread_evenly(paths)[:few]].ravel())
    even = (np.arange(few) + 0.5) * 200 / few
    assert np.abs(ranks - even).max() <= 2 * 200 / few


def test_evenly_spread_days_save_at_least_thirty_times_the_replications():
    many, who = uncertain(10_000, per_hour=780.0), roster(*team(55, 540, 1020, ["calls"], AXIS), axis=AXIS)
    spread, chance = [], []
    for seed in range(20):
        chosen = replace(many, paths=many.paths[np.random.default_rng(seed).permutation(10_000)])
        spread.append(level(simulate(chosen, (CALLS,), who, Experiment(64, seed=seed, workers=1))))
        by_chance = replace(chosen, paths=chosen.paths[:64])
        chance.append(level(simulate(by_chance, (CALLS,), who, Experiment(64, seed=seed, workers=1))))
    assert np.var(chance) / np.var(spread) > 30


def test_the_half_width_holds_about_as_often_as_it_says_and_is_far_below_that_of_days_by_chance():
    many = uncertain(20_000)
    truth = level(simulate(many, (CALLS,), WHO, Experiment(4000, workers=1, seed=99)))
    hits, widths = 0, []
    for seed in range(40):
        outcome = simulate(many, (CALLS,), WHO, Experiment(64, seed=seed, workers=1))
        widths.append(half_width(*sums(outcome)))
        hits += abs(level(outcome) - truth) <= widths[-1]
    assert hits >= 34  # of 40 at 95 %: fewer would come about once in a thousand
    good, offered, _ = sums(outcome)
    by_chance = 2 * (good / offered).std() / 8
    assert np.mean(widths) < by_chance / 3


@given(st.integers(1, 5000))
def test_looks_follow_each_other_without_gap_grow_and_end_at_the_most_there_may_be(most: int):
    found = list(looks(Experiment(most, precision=0.01)))
    assert [number for look in found for number in look] == list(range(most))
    assert found[0].stop == min(FIRST_LOOK, most)
    assert list(looks(Experiment(most))) == [range(most)]


def test_the_run_ends_when_the_precision_is_reached_and_not_before():
    predicted = uncertain(400)
    outcome = simulate(predicted, (CALLS,), WHO, Experiment(4000, precision=0.004, workers=1))
    assert FIRST_LOOK < outcome.replications < 4000
    assert half_width(*sums(outcome)) <= 0.004
    earlier = [look.stop for look in looks(Experiment(4000, precision=0.004)) if look.stop < outcome.replications]
    assert all(half_width(*(part[:stop] for part in sums(outcome))) > 0.004 for stop in earlier)
    same = simulate(predicted, (CALLS,), WHO, Experiment(4000, precision=0.004, workers=2))
    assert np.array_equal(same.wait_s, outcome.wait_s)


@pytest.mark.parametrize("measure", ["service_level", "abandonment", "mean_wait_s", "occupancy"])
def test_a_wide_interval_is_soon_narrow_enough_and_a_quiet_day_never_is(measure: str):
    wide = Experiment(200, precision=1e6, precision_of=measure, workers=1)
    assert simulate(uncertain(50), (CALLS,), WHO, wide).replications == FIRST_LOOK
    quiet = forecast_of((CALLS,), np.zeros((1, 1, 24)), AXIS)
    if measure != "occupancy":
        assert simulate(quiet, (CALLS,), WHO, replace(wide, replications=80)).replications == 80
