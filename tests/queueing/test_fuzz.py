"""A hundred thousand random inputs: nothing warns, nothing leaves its range, and the agents are the fewest by `evaluate` itself."""

import warnings

import numpy as np
import pytest

from wfm.queueing import agents_needed, evaluate
from wfm.queueing.measures import NAMES
from wfm.queueing.targets import ASA_MEASURES, SL_DEFINITIONS

SHARES = [name for name in NAMES if name.startswith(("p_", "sl_", "occ"))]
UNDEFINED = {"wait_served", "wait_abandoned"}
NEAR = 1e-11
"""Relative distance to a target below which the last digits decide."""


@pytest.fixture(autouse=True)
def _loud():
    with np.errstate(over="raise", divide="raise", invalid="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def _choose(rng, count, *options):
    return np.choose(rng.integers(0, len(options), count), [np.broadcast_to(option, count) for option in options])


def _systems(rng, count):
    agents = _choose(rng, count, 10 ** rng.uniform(-0.3, 4.3, count), np.round(rng.uniform(0, 40, count)), 0.0, rng.uniform(0, 2, count))
    aht_s = _choose(rng, count, 1.0, 300.0, 10 ** rng.uniform(-2, 5, count), 0.0)
    interval_s = np.where(aht_s > 0, aht_s, 900.0) * _choose(rng, count, 1.0, rng.uniform(0.3, 3, count))
    tiny_or_huge = 10 ** rng.uniform(-300, 20, count)
    return {
        "calls": _choose(rng, count, agents * rng.uniform(0, 1.5, count), agents, 10 ** rng.uniform(-8, 5, count), 0.0, tiny_or_huge),
        "interval_s": interval_s,
        "aht_s": aht_s,
        "agents": agents,
        "patience_s": _choose(rng, count, 0.0, np.inf, 10 ** rng.uniform(-3, 8, count), 120.0, 1e-200, 1e200),
        "within_s": _choose(rng, count, 0.0, 20.0, 10 ** rng.uniform(-3, 5, count)),
    }


def _in_range(model, count, seed, *, limited):
    rng = np.random.default_rng(seed)
    system = _systems(rng, count)
    agents = system["agents"]
    room = _choose(rng, count, np.ceil(agents), np.floor(agents), np.ceil(agents) + rng.integers(0, 200, count), np.inf)
    found = evaluate(model, **system, capacity=room if limited else None)
    for name in NAMES:
        values = found[name]
        assert name in UNDEFINED or not np.isnan(values).any(), name
        assert not (values < 0).any(), name
        assert name not in SHARES or not (values > 1).any(), name
    left = found.p_abandon > 0
    # somebody was served, or nobody called
    served = found.p_abandon + found.p_block < 1
    assert not np.isnan(found.wait_served[served]).any()
    assert not np.isnan(found.wait_abandoned[left]).any()
    # a queue that never settles serves fewer than come
    settled = served & np.isfinite(found.asa_all) & (agents > 0) & (found.load > 1e-100) & (found.load < 1e50)
    through = (found.occupancy * agents)[settled] / found.load[settled] + (found.p_abandon + found.p_block)[settled]
    assert through == pytest.approx(np.ones(settled.sum()), abs=1e-8)


@pytest.mark.parametrize("limited", [False, True])
@pytest.mark.parametrize("model", ["B", "C", "A"])
def test_no_figure_leaves_its_range(model, limited):
    _in_range(model, 1000 if limited else 10_000, seed=1, limited=limited)


@pytest.mark.slow
@pytest.mark.parametrize("limited", [False, True])
@pytest.mark.parametrize("model", ["B", "C", "A"])
def test_no_figure_of_a_hundred_thousand_leaves_its_range(model, limited):
    _in_range(model, 100_000, seed=2, limited=limited)


def _targets(rng, model, count):
    """Some targets together: the arguments of `agents_needed`, and by the measure of `evaluate`."""
    asked, aims = {}, {}
    kinds = ["block"] if model == "B" and rng.random() < 0.7 else ["level", "asa", "occupancy", "abandon"]
    for kind in rng.permutation(kinds)[: rng.integers(1, len(kinds) + 1)]:
        if kind == "level":
            definition = str(rng.choice(SL_DEFINITIONS))
            level = _choose(rng, count, 0.8, 0.0, rng.uniform(0, 1, count), 1 - 10 ** rng.uniform(-12, -1, count))
            asked |= {"sl_target": level, "sl_definition": definition}
            aims[f"sl_{definition}"] = level
        elif kind == "asa":
            definition = str(rng.choice(list(ASA_MEASURES)))
            asked |= {"asa_target": _choose(rng, count, 20.0, 10 ** rng.uniform(-6, 6, count)), "asa_definition": definition}
            aims[ASA_MEASURES[definition]] = asked["asa_target"]
        elif kind == "occupancy":
            aims["occupancy"] = asked["max_occupancy"] = _choose(rng, count, 1.0, rng.uniform(0.05, 1, count))
        elif kind == "abandon":
            aims["p_abandon"] = asked["abandon_target"] = _choose(rng, count, 1.0, 10 ** rng.uniform(-9, 0, count))
        else:
            aims["p_block"] = asked["block_target"] = _choose(rng, count, 1.0, 10 ** rng.uniform(-9, 0, count))
    return asked, aims


def _slack(model, system, agents, aims):
    """The least margin of all targets, relative; negative where one is missed, −1 where it is not a number."""
    found = evaluate(model, **system, agents=agents)
    worst = np.full(agents.shape, np.inf)
    for name, aim in aims.items():
        value = found[name]
        margin = value - aim if name.startswith("sl_") else 1 - np.where(np.isinf(value), 2 * aim, value) / aim
        worst = np.minimum(worst, np.nan_to_num(margin, nan=-1.0))
    return worst


def _not_fewest(model, count, seed):
    rng = np.random.default_rng(seed)
    system = _systems(rng, count)
    del system["agents"]
    system["calls"] = np.minimum(system["calls"], 2e4 * system["interval_s"] / np.where(system["aht_s"] > 0, system["aht_s"], 1.0))
    asked, aims = _targets(rng, model, count)
    needed = np.asarray(agents_needed(model, **system, **asked), float)
    load = system["calls"] * system["aht_s"] / system["interval_s"]
    assert (needed[load == 0] == 0).all()
    busy = load > 0
    floor = np.floor(load) + 1 if model == "C" else np.zeros(count)
    enough = _slack(model, system, needed, aims) >= -NEAR
    fewer = np.maximum(needed - 1, 0)
    short = (_slack(model, system, fewer, aims) < NEAR) | (needed <= floor)
    # callers without end to their patience need agents who keep up, by every measure
    endless = (model == "A") & np.isinf(system["patience_s"]) & (needed <= np.floor(load) + 1)
    for wrong in np.flatnonzero(busy & ~(enough & (short | endless))):
        yield needed[wrong], {name: values[wrong] for name, values in (system | aims).items()}, list(aims)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("model", ["B", "C", "A"])
def test_the_agents_are_the_fewest_for_any_targets_together(model, seed):
    assert list(_not_fewest(model, 400, seed)) == []


@pytest.mark.parametrize("model", ["C", "A"])
def test_so_they_are_on_the_compiled_way(model):
    assert list(_not_fewest(model, 6000, 100)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 240))
@pytest.mark.parametrize("model", ["B", "C", "A"])
def test_the_agents_are_the_fewest_in_a_hundred_thousand_problems(model, seed):
    assert list(_not_fewest(model, 2500, seed)) == []
