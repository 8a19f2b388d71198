"""The long table: every measure at every threshold, against sums made by hand from the contacts themselves."""

from dataclasses import replace

import numpy as np
import pytest

from simulation import simulate
from simulation.engines import ENGINES
from simulation.precision import half_width
from simulation.run import run_one
from simulation.setting import prepare
from simulation.trace import Fate
from tests.samples import AXIS, CALLS, flat_forecast
from tests.simulation.small import roster, team
from wfm.model import WAIT_EDGES_S, CustomerSegment, Experiment, Forecast, Journey, Outcome
from wfm.report import measures
from wfm.report.detail import detail
from wfm.report.estimates import error, interval

WHO = roster(*(one for day in range(5) for one in team(12, day * 1440 + 540, day * 1440 + 1020, ["calls"], AXIS, day)), axis=AXIS)
FEW = Experiment(12, workers=1)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return simulate(flat_forecast(40), (CALLS,), WHO, FEW)


def of(table, measure: str, threshold_s: float = np.nan):
    rows = table[(table["queue"] == "calls") & (table["measure"] == measure)]
    return rows if np.isnan(threshold_s) else rows[rows["threshold_s"] == threshold_s]


def traces():
    setting = prepare(flat_forecast(40), (CALLS,), WHO, FEW)
    live = ENGINES["fast"](setting).live
    from simulation.strata import spread_evenly

    paths = flat_forecast(40).paths
    return [run_one(setting, live, number, path, trace=True).trace for number, path in enumerate(paths[spread_evenly(paths)][:12])]


@pytest.mark.parametrize("edge_s", [20.0, 60.0, 300.0])
def test_levels_at_every_threshold_are_those_of_the_contacts(outcome: Outcome, edge_s: float):
    served = within = gone_within = hoped = all_ = 0
    for trace in traces():
        answered, abandoned = trace.fate == Fate.ANSWERED, trace.fate == Fate.ABANDONED
        all_ += len(trace.fate)
        served += answered.sum()
        within += (answered & (trace.wait_s <= edge_s)).sum()
        gone_within += (abandoned & (trace.wait_s <= edge_s)).sum()
        hoped += ((answered | abandoned) & (trace.virtual_s <= edge_s)).sum()
    table = detail(outcome, "plan")
    expected = {
        "offered": within / all_,
        "answered": within / served,
        "abandons_met": (within + gone_within) / all_,
        "abandons_excluded": within / (all_ - gone_within),
        "virtual": hoped / all_,
    }
    for meaning, value in expected.items():
        assert of(table, f"service_level_{meaning}", edge_s)["value"].item() == pytest.approx(value)


def test_thresholds_are_the_targets_own_and_those_customers_feel(outcome: Outcome):
    rows = of(detail(outcome, "plan"), "service_level_offered")
    assert sorted(rows["threshold_s"]) == sorted({CALLS.target.within_s, *WAIT_EDGES_S})
    assert rows["value"].is_monotonic_increasing


@pytest.mark.parametrize("by", ["plan", "day", "interval"])
def test_every_measure_has_its_interval_in_every_slot_in_which_anybody_came(outcome: Outcome, by: str):
    table = detail(outcome, by)
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"] + 1e-12).all()
    assert table["measure"].nunique() == 16
    slots = {"plan": 1, "day": 5, "interval": int((outcome.offered.sum(axis=(0, 1)) > 0).sum())}[by]
    assert len(of(table, "service_level_offered", 20.0)) == slots


def test_ratio_of_expectations_and_expectation_of_ratios_are_both_told(outcome: Outcome):
    row = of(detail(outcome, "plan"), "abandonment")
    each = outcome.abandoned.sum(axis=(1, 2)) / outcome.offered.sum(axis=(1, 2))
    assert row["mean_of_ratios"].item() == pytest.approx(each.mean())
    assert row["value"].item() == pytest.approx(outcome.abandoned.sum() / outcome.offered.sum())
    assert row["value"].item() > row["mean_of_ratios"].item()  # more hang up on busy days


def test_the_mean_queue_is_the_rate_of_arrivals_times_the_mean_wait(outcome: Outcome):
    table = detail(outcome, "plan")
    wait_s, offered = (of(table, name)["value"].item() for name in ("mean_wait_s", "offered"))
    assert of(table, "queue_length")["value"].item() == pytest.approx(offered * wait_s / (AXIS.minutes * 60))


def test_an_older_outcome_tells_what_it_knows(outcome: Outcome):
    old = replace(outcome, waits=None, queue_s=None, volume=None)
    assert set(of(detail(old), "service_level_offered")["threshold_s"]) == {20.0}


def test_segments_of_customers_have_rows_of_their_own_that_add_up():
    segments = (CustomerSegment("gold", 0.3, credit_s=120), CustomerSegment("others", 0.7))
    queue = replace(CALLS, journey=Journey(segments=segments))
    table = detail(simulate(flat_forecast(40), (queue,), WHO, FEW), "plan")
    offered = table[table["measure"] == "offered"].set_index("queue")["value"]
    assert offered["calls / gold"] + offered["calls / others"] == pytest.approx(offered["calls"])
    waits = table[table["measure"] == "mean_wait_s"].set_index("queue")["value"]
    assert waits["calls / gold"] < waits["calls"] < waits["calls / others"]


# --- intervals where replications are spread evenly by volume ----------------------------------------------------------------------


def uneven_days(seed: int) -> Forecast:
    """The volume of a whole path varies by a fifth."""
    plain = flat_forecast(40, paths=200)
    dice = np.random.default_rng(seed)
    return replace(plain, paths=dice.poisson(dice.gamma(25, 1 / 25, (200, 1, 1)) * plain.mean).astype(float))


def test_the_report_knows_that_days_were_spread_evenly():
    outcome = simulate(uneven_days(1), (CALLS,), WHO, Experiment(40, workers=1))
    told = next(m for m in measures(outcome) if m.name == "abandonment" and m.queue == "calls")
    over, under = outcome.abandoned.sum(axis=(1, 2)), outcome.offered.sum(axis=(1, 2))
    assert (told.high - told.low) / 2 == pytest.approx(half_width(over, under, outcome.volume))
    unaware = next(m for m in measures(replace(outcome, volume=None)) if m.name == "abandonment" and m.queue == "calls")
    assert told.high - told.low < 0.5 * (unaware.high - unaware.low)
    row = of(detail(outcome, "plan"), "abandonment")
    assert (row["low"].item(), row["high"].item()) == pytest.approx((told.low, told.high))


def test_such_an_interval_holds_the_truth_as_often_as_it_says():
    dice, runs, held, width = np.random.default_rng(3), 30, 0, []
    for _ in range(1500):
        volume = dice.permutation((np.arange(runs) + dice.random(runs)) / runs)  # one in each stratum
        errors = np.exp(2 * volume) - (np.exp(2) - 1) / 2 + dice.normal(0, 0.3, runs)
        found = interval(float(errors.mean()), errors, volume=volume)
        held += found.low <= 0 <= found.high
        width.append(found.high - found.low)
    assert 0.94 < held / 1500 < 0.985
    unaware = interval(0.0, errors)
    assert np.mean(width) < 0.3 * (unaware.high - unaware.low)


def test_without_strata_it_is_students_interval():
    errors = np.random.default_rng(1).normal(size=20)
    assert error(errors) == error(errors, np.ones(20)) == (pytest.approx(errors.std(ddof=1) / 20**0.5), 19)
