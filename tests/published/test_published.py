"""Published call-centre models as scenario files, simulated, against the published figures."""

import json
from pathlib import Path

import numpy as np
import pytest

from simulation import simulate
from wfm.forecasting import forecast
from wfm.model import Outcome
from wfm.pipeline import history_of
from wfm.scenario_file import load

HERE = Path(__file__).parent
HOURS = slice(8, 21)


@pytest.fixture(scope="module")
def told(shared_data: Path) -> dict:
    return json.loads((shared_data / "queueing" / "simulation_reference.json").read_text())


def simulated(name: str) -> Outcome:
    """The scenario's own numbers on duty against its own volume."""
    scenario = load(HERE / f"{name}.toml").scenario
    assert scenario.roster is not None
    predicted = forecast(history_of(scenario), scenario.axis, scenario.forecasting)
    return simulate(predicted, scenario.queues, scenario.roster, scenario.experiment)


def service(outcome: Outcome) -> tuple[np.ndarray, np.ndarray]:
    """Served in time, and what the publications divide it by: all but those who hung up in time; (replications, queues, intervals)."""
    return outcome.answered_in_target, outcome.answered + outcome.abandoned - outcome.abandoned_in_target


def inside(value: float, interval: list[float], digits: int | None = None) -> bool:
    """Whether a value, rounded to as many digits as are printed, lies in a published (value, low, high)."""
    shown = value if digits is None else round(float(value), digits)
    return interval[1] <= shown <= interval[2]


def near(top: np.ndarray, bottom: np.ndarray, interval: list[float], z_of_interval: float = 1.96) -> bool:
    """Whether the ratio of sums over replications lies within four joint standard errors of a published (value, low, high)."""
    ratio = top.sum() / bottom.sum()
    error = (top - ratio * bottom).std(ddof=1) / bottom.mean() / len(top) ** 0.5
    theirs = (interval[2] - interval[1]) / 2 / z_of_interval
    return bool(abs(ratio - interval[0]) < 4 * np.hypot(error, theirs))


@pytest.mark.parametrize(("name", "within_s"), [("single_queue_13h", 20), ("within_30s", 30)])
def test_thirteen_hours(told: dict, name: str, within_s: int):
    model, outcome = told["single_queue_13h"], simulated(name)
    good, counted = (part.sum(axis=1) for part in service(outcome))
    assert inside(100 * good.sum() / counted.sum(), model[f"sl_{within_s}s_pct_day"], 1)
    assert inside(100 * outcome.busy_s[..., HOURS].sum() / outcome.present_s[:, HOURS].sum(), model["occupancy_pct"], 1)
    hours = [[value / 100 for value in hour] for hour in model[f"sl_{within_s}s_pct_by_hour"]]
    assert all(near(good[:, 8 + hour], counted[:, 8 + hour], hours[hour]) for hour in range(13))
    assert outcome.unanswered.sum() == 0


def test_days_that_differ(told: dict):
    """All ratios of the publication divide by the calls expected, 1660."""
    model, outcome = told["callcc_gamma10"], simulated("callcc_gamma10")
    assert inside(outcome.offered.sum() / outcome.replications, model["arrivals_per_day"])
    expected = 1660 * outcome.replications
    assert inside(outcome.wait_s.sum() / expected, model["mean_wait_s"])
    assert inside(outcome.abandoned.sum() / expected, model["share_abandoned"])
    assert inside((outcome.answered_in_target + outcome.abandoned_in_target).sum() / expected, model["share_wait_lt_20s"])


def test_three_types_and_two_groups(told: dict):
    model, outcome = told["simple_msk"], simulated("simple_msk")
    days = outcome.replications
    assert inside(outcome.answered.sum() / days, model["served_per_day"])
    assert inside(outcome.abandoned.sum() / days, model["abandoned_per_day"])
    good, counted = service(outcome)
    assert inside(good.sum() / counted.sum(), model["service_level_20s"])
    by_queue = good.sum(axis=2).reshape(days, 3, 3)
    for kind in range(3):
        for period in range(3):
            value, half = model["served_in_20s_by_type_period"][kind][period], model["ci_halfwidth_by_type_period"][kind][period]
            assert near(by_queue[:, kind, period], np.ones(days), [value, value - half, value + half]), (kind, period)
