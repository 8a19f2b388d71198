"""Staffing for a chance to meet the target."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from tests.samples import AXIS, CALLS, OFFICE, flat_forecast
from wfm.model import OpeningHours, ServiceLevel, StaffingSettings, Target
from wfm.queueing import evaluate
from wfm.queueing.random_day import day_chance_met
from wfm.queueing.random_load import chance_met
from wfm.staffing import require
from wfm.staffing.volume import day_variation

OPEN = OFFICE.mask(AXIS)
CV = 0.15


def _doubtful(per_interval, cv=CV, paths=4000, seed=3):
    """Poisson paths around a rate that varies from day to day like a gamma variable."""
    base = flat_forecast(per_interval, paths=1)
    rng = np.random.default_rng(seed)
    factor = rng.gamma(1 / cv**2, cv**2, (paths, AXIS.days)) if cv else np.ones((paths, AXIS.days))
    return replace(base, paths=rng.poisson(base.mean * factor[:, AXIS.day][:, None]))


DOUBTFUL = _doubtful(20.0)
SYSTEM = {"interval_s": 900, "aht_s": 240, "patience_s": 120}
OPEN_DAYS = AXIS.by_day(OPEN) > 0


def _need(risk_of, risk=0.9, queue=CALLS, predicted=DOUBTFUL):
    return require(predicted, (queue,), StaffingSettings(risk=risk, risk_of=risk_of))


def test_the_doubt_of_the_paths_is_found_without_their_poisson_noise():
    found = day_variation(DOUBTFUL, 0)[OPEN_DAYS]
    assert found == pytest.approx(np.full(5, CV), rel=0.05)
    assert day_variation(_doubtful(20.0, cv=0.0), 0) == pytest.approx(np.zeros(7), abs=0.01)


def test_an_interval_meets_its_target_with_the_chance_asked_and_one_agent_fewer_does_not():
    agents = _need("interval").present[0, OPEN].max()
    asked = {"targets": {"sl_offered": 0.8}, "cv": CV, "calls": 20.0, **SYSTEM}
    enough, short = chance_met("A", agents=[agents, agents - 1], **asked)
    assert enough >= 0.9 > short


def test_noise_of_the_counts_alone_asks_for_nobody_extra():
    """A forecast whose rate is certain: the quantile of its counts would double the Poisson noise that Erlang already has."""
    certain = _doubtful(20.0, cv=0.0)
    mean = require(certain, (CALLS,), StaffingSettings()).present.sum()
    assert _need("interval", predicted=certain).present.sum() == pytest.approx(mean, rel=0.02)
    assert _need("volume", predicted=certain).present.sum() > 1.1 * mean


def test_a_day_meets_its_target_with_the_chance_asked_and_with_fewer_agents_than_all_its_intervals():
    day, interval = _need("day"), _need("interval")
    assert day.present.sum() < interval.present.sum()
    monday = OPEN & (AXIS.day == 0)
    chance = day_chance_met(
        "A",
        calls=DOUBTFUL.mean[0, monday],
        cv=day_variation(DOUBTFUL, 0)[0],
        agents=day.present[0, monday],
        targets={"sl_offered": 0.8},
        **SYSTEM,
    )
    assert chance >= 0.9
    assert "each day meets the target with 90% chance" in day.definition[0]


@pytest.mark.parametrize("definition", list(ServiceLevel))
def test_a_day_meets_its_target_by_each_definition_as_simulated_rates_show(definition):
    """Independent: rates drawn anew, the ratio of sums of each day counted by hand."""
    shape = np.where(OPEN, 4.0 + 30.0 * np.exp(-(((AXIS.wall_minute - 700) / 120) ** 2)), 0.0)
    queue = replace(CALLS, target=Target(0.7, 20, definition))
    base = _doubtful(20.0)
    predicted = replace(base, mean=shape[None, :], paths=np.random.default_rng(5).poisson(shape * _rates(4000)[:, :, None])[:, 0:1, :])
    need = _need("day", risk=0.8, queue=queue, predicted=predicted)
    monday = OPEN & (AXIS.day == 0)
    calls = shape[monday] * _rates(2000)
    found = evaluate("A", calls=calls, agents=need.present[0, monday], **SYSTEM)
    below = {"answered": 1 - found.p_abandon, "abandons_excluded": 1 - found.p_abandon_within}.get(str(definition), 1.0) * calls
    levels = (found[f"sl_{definition}"] * below).sum(axis=1) / below.sum(axis=1)
    assert 0.76 < (levels >= 0.7).mean() < 0.97


def _rates(count):
    return np.random.default_rng(9).gamma(1 / CV**2, CV**2, (count, 1))


def test_more_certainty_never_needs_fewer_agents():
    for risk_of in ("volume", "interval", "day"):
        needs = [_need(risk_of, risk).present.sum() for risk in (0.3, 0.6, 0.9, 0.99)]
        assert needs == sorted(needs)


def test_a_day_takes_as_few_agents_as_trying_all_ways_to_spread_them():
    """Monday 09:00 to 10:00, four intervals of unlike volume; every combination of agents is tried."""
    hour = OpeningHours((((540, 600),), *((),) * 6))
    rows = np.flatnonzero(hour.mask(AXIS))
    volume = np.zeros(AXIS.n_intervals)
    volume[rows] = [6.0, 20.0, 31.0, 13.0]
    base = flat_forecast(1.0, paths=2)
    predicted = replace(base, mean=volume[None, :], paths=np.stack([volume[None, :]] * 2))
    found = _need("day", risk=0.5, queue=replace(CALLS, hours=hour), predicted=predicted).present[0, rows].sum()
    tried = np.array(list(product(range(12), repeat=4)))
    levels = evaluate("A", calls=volume[rows], agents=tried, **SYSTEM).sl_offered
    fewest = tried.sum(axis=1)[(levels * volume[rows]).sum(axis=1) >= 0.8 * volume.sum()].min()
    assert found == fewest
