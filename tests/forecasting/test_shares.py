"""Small queues as shares of their family."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecasting.histories import MONDAY, OFFICE, after, axis_of, busy, history_of, settings_of
from wfm.forecasting import forecast
from wfm.forecasting.grid import Grid
from wfm.forecasting.shares import Shares, learnt_shares, split_paths, together
from wfm.forecasting.units import groups_of
from wfm.forecasting.views import Horizon, Past, past_of
from wfm.model import Calendar, Event, History, Queue, State, TimeAxis

NAMES = ("one", "two", "three", "four")
QUEUES = tuple(Queue(name) for name in NAMES)
FAMILY = tuple((name, "back office") for name in NAMES)
SHARES = np.array([0.5, 0.3, 0.15, 0.05])
AXIS = axis_of(16)
RNG = np.random.default_rng(8)
SPLIT = RNG.multinomial(busy(AXIS, per_hour=3).astype(int), SHARES).T.astype(float)
HISTORY = history_of(AXIS, SPLIT, NAMES)
AHEAD = after(HISTORY)


def together_settings(*queues: Queue, **changes):
    return settings_of(*(queues or QUEUES), **{"families": FAMILY, "small_below": 1e6, "paths": 300, **changes})


def test_the_queues_sum_to_their_family_in_mean_and_in_every_path():
    split = forecast(HISTORY, AHEAD, together_settings())
    name = "back office (small queues)"
    whole = forecast(history_of(AXIS, SPLIT.sum(axis=0), (name,)), AHEAD, settings_of(Queue(name), paths=300))
    assert split.mean.sum(axis=0) == pytest.approx(whole.mean[0])
    assert np.array_equal(split.paths.sum(axis=1), whole.paths[:, 0])
    assert np.array_equal(split.paths, np.round(split.paths))


def test_shares_are_recovered_and_the_means_of_paths_agree_with_the_means():
    split = forecast(HISTORY, AHEAD, together_settings())
    assert split.mean.sum(axis=1) / split.mean.sum() == pytest.approx(SHARES, abs=0.015)
    assert split.paths.mean(axis=0).sum(axis=1) == pytest.approx(split.mean.sum(axis=1), rel=0.03)


def test_queues_that_only_share_chance_have_no_more_scatter_than_chance():
    pasts = [past_of(HISTORY, name, AHEAD.start) for name in NAMES]
    family, counts = together(pasts)
    assert learnt_shares(family, counts).scatter < 0.005
    wild = RNG.dirichlet(20 * SHARES, AXIS.days)
    mixed = np.stack([RNG.multinomial(int(n), wild[day]) for n, day in zip(busy(AXIS, per_hour=20), AXIS.day, strict=True)]).T
    history = history_of(AXIS, mixed.astype(float), NAMES)
    family, counts = together([past_of(history, name, AHEAD.start) for name in NAMES])
    assert learnt_shares(family, counts).scatter == pytest.approx(1 / 21, rel=0.35)


def test_day_bands_of_scattering_queues_hold_what_they_say():
    axis = axis_of(40)
    wild = RNG.dirichlet(20 * SHARES, axis.days)
    mixed = np.stack([RNG.multinomial(int(n), wild[day]) for n, day in zip(busy(axis, per_hour=10), axis.day, strict=True)]).T
    ahead = TimeAxis(axis.dates[224], 56, 60, "UTC")
    predicted = forecast(history_of(axis, mixed.astype(float), NAMES), ahead, together_settings(paths=400))
    actual = mixed.reshape(4, axis.days, 24).sum(axis=2)[:, 224:]
    low, high = np.quantile(ahead.by_day(predicted.paths), (0.1, 0.9), axis=0)
    assert np.mean((low <= actual) & (actual <= high)) == pytest.approx(0.8, abs=0.08)


def test_the_time_of_day_of_a_queue_is_its_own():
    early = AXIS.wall_minute < 720
    counts = np.stack([np.where(early, 30.0, 10.0), np.where(early, 10.0, 30.0)])
    predicted = forecast(history_of(AXIS, counts, ("one", "two")), AHEAD, together_settings(*QUEUES[:2]))
    morning, evening = AHEAD.wall_minute == 300, AHEAD.wall_minute == 1140
    assert predicted.mean[0, morning] / predicted.mean[:, morning].sum(axis=0) == pytest.approx(0.75, abs=0.02)
    assert predicted.mean[0, evening] / predicted.mean[:, evening].sum(axis=0) == pytest.approx(0.25, abs=0.02)


def test_only_small_queues_of_one_family_go_together_and_large_ones_stay_alone():
    counts = np.stack([np.full(AXIS.n_intervals, level) for level in (1.0, 40.0, 1.5, 0.5)])
    history = history_of(AXIS, counts, NAMES)
    names = [[queue.name for queue in group] for group in groups_of(history, together_settings(small_below=50), AHEAD.start)]
    assert names == [["one", "three", "four"], ["two"]]
    alone = [[queue.name for queue in group] for group in groups_of(history, together_settings(small_below=20), AHEAD.start)]
    assert alone == [["one"], ["two"], ["three"], ["four"]]


def test_a_queue_without_a_family_or_with_an_event_of_its_own_stays_alone():
    event = Event("letter", frozenset({AHEAD.dates[0]}), 2.0, frozenset({"two"}))
    groups = groups_of(HISTORY, together_settings(families=FAMILY[:3], events=(event,)), AHEAD.start)
    assert [[queue.name for queue in group] for group in groups] == [["one", "three"], ["two"], ["four"]]


def test_no_family_leaves_every_number_as_it_was():
    plain, named = (forecast(HISTORY, AHEAD, settings_of(*QUEUES, **how)) for how in ({}, {"families": FAMILY, "small_below": 0.0}))
    assert np.array_equal(plain.paths, named.paths)


def test_closed_queues_and_dates_have_no_contacts_and_the_open_ones_have_all():
    office = (Queue("one", hours=OFFICE), *QUEUES[1:])
    counts = SPLIT.copy()
    counts[0, ~OFFICE.mask(AXIS)] = np.nan
    calendar = Calendar(frozenset({AHEAD.dates[3]}))
    predicted = forecast(history_of(AXIS, counts, NAMES), AHEAD, together_settings(*office, calendar=calendar))
    assert not predicted.mean[0, ~OFFICE.mask(AHEAD)].any()
    assert not predicted.paths[:, 0, ~OFFICE.mask(AHEAD)].any()
    assert not predicted.paths[:, :, AHEAD.day == 3].any()
    assert (predicted.mean[1, AHEAD.day != 3] > 0).all()


def test_a_queue_that_started_late_and_lost_days_of_one_spoil_nothing():
    state = np.full(SPLIT.shape, State.OBSERVED)
    state[0, AXIS.day < 70], state[1, AXIS.day == 80] = State.CLOSED, State.LOST
    history = History(AXIS, NAMES, np.where(state == State.OBSERVED, SPLIT, np.nan), state, np.full(SPLIT.shape, np.nan))
    predicted = forecast(history, AHEAD, together_settings())
    assert predicted.mean.sum() == pytest.approx(7 / 112 * SPLIT.sum(), rel=0.12)


def test_the_backtest_measures_each_queue_by_its_share_and_the_planner_alone():
    predicted = forecast(HISTORY, AHEAD, together_settings(backtest_origins=3))
    assert [(row.queue, row.method) for row in predicted.accuracy] == [(name, m) for name in NAMES for m in ("profile", "mean4")]
    mine = [row.wape for row in predicted.accuracy if row.method == "profile"]
    planner = [row.wape for row in predicted.accuracy if row.method == "mean4"]
    assert np.mean(mine) < np.mean(planner)


def grid(days: int) -> Grid:
    return Grid(MONDAY.toordinal() + np.arange(days), np.repeat(np.arange(days), 24), np.tile(60 * np.arange(24), days), 60)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 999), queues=st.integers(1, 5), scatter=st.sampled_from([0.0, 1e-9, 0.02, 0.5]), shut=st.integers(0, 5))
def test_every_split_keeps_the_sum_and_gives_nothing_to_the_closed(seed, queues, scatter, shut):
    rng = np.random.default_rng(seed)
    is_open = np.ones((queues, 48), bool)
    is_open[: min(shut, queues), 5:30] = False
    horizons = [Horizon(grid(2), row) for row in is_open]
    share = Shares(rng.dirichlet(np.ones(queues), (7, 24)).transpose(2, 0, 1), scatter).on(horizons)
    paths = rng.poisson(3.0, (6, 48)) * is_open.any(axis=0)
    dealt = split_paths(paths.astype(float), share, grid(2).day, scatter, rng)
    assert np.array_equal(dealt.sum(axis=1), paths)
    assert (dealt >= 0).all()
    assert not dealt[:, ~is_open].any()


def test_a_family_of_which_nothing_came_in_is_split_evenly_without_a_crash():
    pasts = [Past(MONDAY, np.zeros((28, 24)), np.ones((28, 24), bool)) for _ in range(2)]
    family, counts = together(pasts)
    assert learnt_shares(family, counts).weight == pytest.approx(np.full((2, 7, 24), 0.5))
