"""Published call-centre models, as far as today's nouns can say them."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import gamma

from simulation.engines import fast
from simulation.run import run_one
from simulation.setting import Setting, prepare
from tests.simulation.small import forecast_of, roster, shift
from wfm.model import Experiment, Queue, Roster, Target, TimeAxis

AXIS = TimeAxis(date(2026, 3, 2), 1, 60, "UTC")
OPENS = 8


@pytest.fixture(scope="module")
def published(shared_data: Path) -> dict:
    return json.loads((shared_data / "queueing" / "simulation_reference.json").read_text())


def by_head_count(agents: list[int]) -> Roster:
    """Agent k works the hours that want more than k agents; those of the last hour stay until midnight."""
    shifts = []
    for number in range(max(agents)):
        on = [count > number for count in agents] + [agents[-1] > number] * (24 - OPENS - len(agents))
        parts = [((OPENS + hour) * 60, (OPENS + hour + 1) * 60, ["calls"] if works else []) for hour, works in enumerate(on)]
        shifts.append(shift(f"agent {number}", *parts))
    return roster(*shifts, axis=AXIS)


def sums_of(model: dict, within_s: float, replications: int, busyness: np.ndarray) -> dict[str, np.ndarray]:
    """Each measure of the published model, (replications, hours of opening); busyness: a factor on each day's volume."""
    queue = Queue("calls", target=Target(0.8, within_s), handle_s=100, patience_s=1000, balk_share=0.1)
    per_hour = np.zeros(24)
    per_hour[OPENS : OPENS + model["periods"]] = model["arrivals_per_hour"]
    paths = np.random.default_rng(5).poisson(busyness[:, None, None] * per_hour[None, None, :]).astype(float)
    setting = prepare(forecast_of((queue,), paths, AXIS), (queue,), by_head_count(model["agents"]), Experiment())
    days = [_day(setting, path, replication) for replication, path in enumerate(paths[:replications])]
    return {name: np.stack([day[name] for day in days]) for name in days[0]}


def _day(setting: Setting, path: np.ndarray, replication: int) -> dict[str, np.ndarray]:
    found = run_one(setting, fast(setting).live, replication, path)
    hours = slice(OPENS, OPENS + 13)
    return {name: values[..., hours].reshape(-1) for name, values in vars(found).items() if name not in ("trace", "wait_counts")}


def agrees(top: np.ndarray, bottom: np.ndarray, told: list[float], z_of_interval: float) -> bool:
    """Whether the ratio of expectations lies within four joint standard errors of a published (value, low, high)."""
    ratio = top.mean() / bottom.mean()
    error = (top - ratio * bottom).std(ddof=1) / bottom.mean() / len(top) ** 0.5
    theirs = (told[2] - told[1]) / 2 / z_of_interval
    return abs(ratio - told[0]) < 4 * np.hypot(error, theirs)


@pytest.mark.parametrize("within_s", [20, 30])
def test_single_queue_of_thirteen_hours(published: dict, within_s: int):
    model = published["single_queue_13h"]
    sums = sums_of(model, within_s, 300, np.ones(300))
    good = sums["answered_in_target"]
    bad_or_good = sums["answered"] + sums["abandoned"] - sums["abandoned_in_target"]
    day, hours = np.array(model[f"sl_{within_s}s_pct_day"]) / 100, np.array(model[f"sl_{within_s}s_pct_by_hour"]) / 100
    assert agrees(good.sum(axis=1), bad_or_good.sum(axis=1), day, 1.96)
    assert all(agrees(good[:, hour], bad_or_good[:, hour], hours[hour], 1.96) for hour in range(13))
    assert agrees(sums["busy_s"].sum(axis=1), sums["present_s"].sum(axis=1), np.array(model["occupancy_pct"]) / 100, 1.96)


def test_call_centre_with_a_random_day(published: dict):
    model = published["callcc_gamma10"]
    sums = sums_of(model, 20, 600, np.random.default_rng(11).gamma(10, 0.1, 600))
    expected = np.full(600, 1660.0)
    assert agrees(sums["offered"].sum(axis=1), np.ones(600), model["arrivals_per_day"], 1.645)
    assert agrees(sums["wait_s"].sum(axis=1), expected, model["mean_wait_s"], 1.645)
    assert agrees(sums["abandoned"].sum(axis=1), expected, model["share_abandoned"], 1.645)
    waited_less = sums["answered_in_target"] + sums["abandoned_in_target"]
    assert agrees(waited_less.sum(axis=1), expected, model["share_wait_lt_20s"], 1.645)


def msk(model: dict) -> tuple[Setting, np.ndarray]:
    """Service and patience change by the period of arrival: a queue for each type and period. Arrivals by queue and hour."""
    hours = [[OPENS + 2 * period, OPENS + 2 * period + 1] for period in range(3)]
    queues, mean = [], np.zeros((9, 24))
    for kind in range(3):
        for period in range(3):
            handle_s, patience_s = (
                60 / model[name][period] for name in ("service_rate_by_arrival_period", "abandon_rate_by_arrival_period")
            )
            mean[len(queues), hours[period]] = model["arrivals_per_min"][f"type{kind}"][period] * 60
            queues.append(Queue(f"type {kind} period {period}", handle_s=handle_s, patience_s=patience_s))
    names = [queue.name for queue in queues]
    groups = {"group0": (*names[3:6], *names[:3]), "group1": (*names[6:], *names[3:6])}
    shifts = [
        shift(f"{group} {number:02}", *_periods([count > number for count in model["agents"][group]], served))
        for group, served in groups.items()
        for number in range(max(model["agents"][group]))
    ]
    experiment = Experiment(routing="longest_wait", preference="own_order")
    return prepare(forecast_of(queues, mean[None], AXIS), tuple(queues), roster(*shifts, axis=AXIS), experiment), mean


def _periods(on: list[bool], served: tuple[str, ...]) -> list[tuple[int, int, tuple[str, ...]]]:
    edges = [OPENS * 60, OPENS * 60 + 120, OPENS * 60 + 240, 1440]
    return [(edges[period], edges[period + 1], served if works else ()) for period, works in enumerate(on)]


def test_three_types_and_two_groups(published: dict):
    """By type only in the first two periods: in the third the staff is halved, and there whoever finishes first goes, here those whose
    shift is over (4 to 7 contacts of each type more are served in time)."""
    model, days = published["simple_msk"], 600
    setting, mean = msk(model)
    live = fast(setting).live
    busyness = gamma.ppf((np.arange(days) + 0.5) / days, 28.7, scale=1 / 28.7)
    paths = np.random.default_rng(7).poisson(busyness[:, None, None] * mean)
    found = [run_one(setting, live, number, path) for number, path in enumerate(paths)]
    names = ("answered", "abandoned", "answered_in_target", "abandoned_in_target")
    answered, abandoned, good, soon = (np.array([getattr(day, name).sum() for day in found]) for name in names)
    assert agrees(answered, np.ones(days), model["served_per_day"], 1.96)
    assert agrees(abandoned, np.ones(days), model["abandoned_per_day"], 1.96)
    assert agrees(good, answered + abandoned - soon, model["service_level_20s"], 1.96)
    by_queue = np.array([day.answered_in_target.sum(axis=1) for day in found]).reshape(days, 3, 3)
    for kind, row in enumerate(model["served_in_20s_by_type_period"]):
        for period, value in enumerate(row[:2]):
            half = model["ci_halfwidth_by_type_period"][kind][period]
            assert agrees(by_queue[:, kind, period], np.ones(days), [value, value - half, value + half], 1.96), (kind, period)
