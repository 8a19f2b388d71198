"""The least number of agents: it meets the target, and one fewer does not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.queueing import agents_needed, evaluate

few = settings(max_examples=50, deadline=None)
DEFINITIONS = ["offered", "answered", "abandons_met", "abandons_excluded", "virtual"]
LOADS = st.one_of(st.floats(0.01, 60), st.floats(60, 12_000))


def _queue(load):
    return {"calls": load * 5, "interval_s": 900.0, "aht_s": 180.0}


def _at(model, queue, agents, **more):
    return evaluate(model, **queue, agents=np.maximum([agents, agents - 1], 0), **more)


@few
@given(LOADS, st.floats(1, 1e4), st.floats(0.05, 0.99), st.sampled_from(DEFINITIONS), st.sampled_from([0.0, 20.0, 120.0]))
def test_a_service_level_is_met_and_one_agent_fewer_misses_it(load, patience, level, definition, within):
    queue = _queue(load) | {"patience_s": patience, "within_s": within}
    agents = agents_needed("A", **queue, sl_target=level, sl_definition=definition)
    enough, short = _at("A", queue, agents)[f"sl_{definition}"]
    assert enough >= level
    assert short < level


@few
@given(LOADS, st.floats(0.05, 0.99), st.floats(0.5, 300))
def test_patient_callers_need_a_stable_queue_that_meets_both_targets(load, level, asa):
    queue = _queue(load)
    agents = agents_needed("C", **queue, sl_target=level, asa_target=asa)
    found = _at("C", queue, agents)
    assert agents > load
    assert found.sl_offered[0] >= level
    assert found.asa_all[0] <= asa
    assert found.sl_offered[1] < level or found.asa_all[1] > asa


@few
@given(LOADS, st.floats(1, 1e4), st.floats(0.001, 0.5), st.floats(0.5, 200), st.floats(0.4, 0.99))
def test_joint_targets_need_the_most_any_of_them_needs(load, patience, abandon, asa, occupancy):
    queue = _queue(load) | {"patience_s": patience}
    singles = [
        agents_needed("A", **queue, **target)
        for target in ({"abandon_target": abandon}, {"asa_target": asa}, {"max_occupancy": occupancy}, {"sl_target": 0.8})
    ]
    joint = agents_needed("A", **queue, abandon_target=abandon, asa_target=asa, max_occupancy=occupancy, sl_target=0.8)
    assert joint == max(singles)


@few
@given(LOADS, st.floats(1e-6, 0.5))
def test_lines_are_the_fewest_that_block_so_rarely(load, block):
    lines = agents_needed("B", **_queue(load), block_target=block)
    found = _at("B", _queue(load), lines).p_block
    assert found[0] <= block < found[1]


def test_a_search_agrees_with_trying_every_number():
    rng = np.random.default_rng(2)
    loads, patience, levels = rng.uniform(0.1, 60, 200), 10 ** rng.uniform(0.5, 3.5, 200), rng.uniform(0.3, 0.97, 200)
    needed = agents_needed("A", calls=loads, interval_s=180, aht_s=180, patience_s=patience, sl_target=levels)
    tried = evaluate("A", calls=loads[:, None], interval_s=180, aht_s=180, patience_s=patience[:, None], agents=np.arange(120))
    assert needed.tolist() == np.argmax(tried.sl_offered >= levels[:, None], axis=1).tolist()


@pytest.mark.parametrize(("load", "cap", "agents"), [(85, 0.85, 100), (10, 1.0, 11), (0.5, 0.5, 1), (8.5, 0.85, 10)])
def test_an_occupancy_cap_that_divides_evenly_costs_no_extra_agent(load, cap, agents):
    assert agents_needed("C", calls=load, interval_s=1, aht_s=1, max_occupancy=cap) == agents


def test_the_need_never_falls_with_more_calls_or_a_stricter_target():
    calls = np.linspace(0, 400, 401)
    by_calls = agents_needed("A", calls=calls, interval_s=900, aht_s=240, patience_s=90, sl_target=0.8)
    by_level = agents_needed("A", calls=100, interval_s=900, aht_s=240, patience_s=90, sl_target=np.linspace(0.1, 0.99, 90))
    assert (np.diff(by_calls) >= 0).all()
    assert (np.diff(by_level) >= 0).all()


def test_callers_who_never_leave_are_staffed_as_erlang_c():
    queue = {"calls": [3, 40, 400], "interval_s": 900, "aht_s": 240, "sl_target": 0.8}
    assert agents_needed("A", **queue, patience_s=np.inf).tolist() == agents_needed("C", **queue).tolist()


def test_huge_centres_and_extreme_targets_end():
    needed = agents_needed("C", calls=[1e6, 1e-9, 20_000], interval_s=1, aht_s=1, sl_target=[0.999999, 0.999999, 0.5], within_s=0)
    assert needed[1] == 1
    assert 1e6 < needed[0] < 1.01e6
    assert agents_needed("B", calls=1, interval_s=1, aht_s=1, block_target=1e-300) < 200
    assert agents_needed("A", calls=10, interval_s=1, aht_s=1, patience_s=1, max_occupancy=1e-6) == pytest.approx(1e7, rel=1e-6)
