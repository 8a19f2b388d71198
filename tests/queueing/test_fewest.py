"""The fewest agents over every target and definition, judged by the exact figures of `exact`: they do, and one fewer does not."""

import numpy as np
import pytest

from tests.queueing import exact
from wfm.queueing import agents_needed

DEFINITIONS = ["offered", "answered", "abandons_met", "abandons_excluded", "virtual"]
ASA = {"served": "wait_served", "all": "asa_all", "virtual": "virtual_wait"}
NEAR = 1e-9
"""Relative distance to a target below which 17 digits of input decide nothing."""


def _problem(rng):
    """(model, arguments of the queue, arguments of the targets, measure → target)."""
    model = str(rng.choice(["A", "A", "A", "C", "C", "B"]))
    load = float(10 ** rng.uniform(-2, np.log10(15_000)))
    aht_s = float(rng.choice([180.0, 10 ** rng.uniform(0, 3.6)]))
    queue = {"calls": load, "interval_s": aht_s, "aht_s": aht_s, "within_s": float(rng.choice([0.0, 20.0, 10 ** rng.uniform(0, 3)]))}
    if model == "A":
        queue["patience_s"] = float(10 ** rng.uniform(0, 6))
    if model == "B":
        block = float(10 ** rng.uniform(-6, -0.3))
        return model, queue, {"block_target": block}, {"p_block": block}
    asked, aims = {}, {}
    kinds = rng.permutation(["level", "asa", "occupancy", *(["abandon"] if model == "A" else [])])
    for kind in kinds[: rng.choice([1, 1, 1, 2, 3])]:
        _ask(rng, str(kind), asked, aims)
    return model, queue, asked, aims


def _ask(rng, kind, asked, aims):
    match kind:
        case "level":
            definition = str(rng.choice(DEFINITIONS))
            level = float(rng.choice([0.8, 0.9, rng.uniform(0.05, 0.999)]))
            asked |= {"sl_target": level, "sl_definition": definition}
            aims[f"sl_{definition}"] = level
        case "asa":
            definition, asa_s = str(rng.choice(list(ASA))), float(10 ** rng.uniform(-1, 2.5))
            asked |= {"asa_target": asa_s, "asa_definition": definition}
            aims[ASA[definition]] = asa_s
        case "occupancy":
            aims["occupancy"] = asked["max_occupancy"] = float(rng.uniform(0.3, 0.99))
        case _:
            aims["p_abandon"] = asked["abandon_target"] = float(10 ** rng.uniform(-4, -0.5))


def _figures(model, queue, agents):
    load, aht_s, within_s = queue["calls"], queue["aht_s"], queue["within_s"]
    if model == "B":
        return exact.erlang_b(load, agents)
    if model == "A":
        return exact.erlang_a(load, agents, aht_s, queue["patience_s"], within_s)
    return exact.erlang_c(load, agents, aht_s, within_s)


def _unstaffed(queue, aims):
    """Whether nobody at all would do: only a mean wait of all, when everybody waits as long as the patience, can be met."""
    return set(aims) == {"asa_all"} and queue.get("patience_s", np.inf) <= aims["asa_all"]


def _slack(figures, aims):
    """The least margin of all targets, relative; negative where one is missed."""
    return min(figures[name] - aim if name.startswith("sl_") else (aim - figures[name]) / aim for name, aim in aims.items())


def _wrong(seed, count):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        model, queue, asked, aims = _problem(rng)
        agents = agents_needed(model, **queue, **asked)
        least = int(np.floor(queue["calls"])) + 1 if model == "C" else 1
        if agents == 0:
            if not _unstaffed(queue, aims):
                yield "nobody", model, queue, asked
            continue
        if not _slack(_figures(model, queue, agents), aims) > -NEAR:
            yield "too few", agents, model, queue, asked
        if agents > least and not _slack(_figures(model, queue, agents - 1), aims) < NEAR:
            yield "too many", agents, model, queue, asked
        if agents < least or (agents == 1 and model == "A" and _unstaffed(queue, aims)):
            yield "least", agents, model, queue, asked


def test_the_fewest_agents_of_random_problems_are_exactly_right():
    assert list(_wrong(seed=30, count=40)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_the_fewest_agents_of_a_thousand_random_problems_are_exactly_right(seed):
    assert list(_wrong(seed, count=250)) == []


def test_a_whole_number_typed_as_any_kind_of_column_gives_the_same_agents():
    pandas = pytest.importorskip("pandas")
    calls = [0, 12, 40, 333]
    kinds = [calls, np.array(calls), np.array(calls, np.int32), np.array(calls, np.float32), pandas.Series(calls, index=list("abcd"))]
    answers = [agents_needed("A", calls=each, interval_s=900, aht_s=240, patience_s=90, sl_target=0.8) for each in kinds]
    assert all(answer.dtype == np.int64 for answer in answers)
    assert len({tuple(answer.tolist()) for answer in answers}) == 1
