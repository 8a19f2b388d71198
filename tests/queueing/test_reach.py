"""Targets at the edge of what can be promised: exactly reached, always true, out of reach."""

from fractions import Fraction

import numpy as np
import pytest

from tests.queueing.oracle import erlang_b_exact
from wfm.queueing import agents_needed, agents_needed_patience, agents_needed_redials, evaluate, most_calls
from wfm.queueing.laws import Exponential
from wfm.queueing.measures import NAMES

ONE = {"interval_s": 60.0, "aht_s": 60.0}
DEFINITIONS = ["offered", "answered", "abandons_met", "abandons_excluded", "virtual"]


@pytest.mark.parametrize("load", [1, 2, 3, 4, 7, Fraction(1, 2), Fraction(1, 4), Fraction(3, 8)])
@pytest.mark.parametrize("lines", [1, 2, 3, 5, 8])
def test_a_share_blocked_that_is_a_fraction_is_reached_by_exactly_its_lines(load, lines):
    share = float(erlang_b_exact(lines, Fraction(load)))
    assert agents_needed("B", calls=float(load), **ONE, block_target=share) == lines
    assert agents_needed("B", calls=float(load), **ONE, sl_target=1 - share) == lines


@pytest.mark.parametrize(("load", "agents"), [(0.5, 1), (0.2, 1), (0.25, 1), (1.0, 2), (1.5, 2), (2.0, 3), (0.8, 2)])
def test_round_figures_of_patient_callers_are_reached_by_exactly_their_agents(load, agents):
    blocked = erlang_b_exact(agents, Fraction(load).limit_denominator(10))
    waiting = blocked / (1 - Fraction(load).limit_denominator(10) / agents * (1 - blocked))
    assert agents_needed("C", calls=load, **ONE, sl_target=float(1 - waiting), within_s=0.0) == agents
    asa = waiting * 60 / (agents - Fraction(load).limit_denominator(10))
    assert agents_needed("C", calls=load, **ONE, asa_target=float(asa)) == agents


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_what_evaluate_says_of_some_agents_is_met_by_them_and_by_none_fewer(definition):
    rng = np.random.default_rng(8)
    agents = rng.integers(1, 90, 400)
    queue = {"calls": agents * rng.uniform(0.6, 1.1, 400), "patience_s": 10 ** rng.uniform(0.5, 3.5, 400), **ONE}
    reached = evaluate("A", **queue, agents=agents)[f"sl_{definition}"]
    clear = reached < 1 - 1e-6
    needed = agents_needed("A", **queue, sl_target=np.minimum(reached, 1 - 1e-6), sl_definition=definition)
    assert needed[clear].tolist() == agents[clear].tolist()


@pytest.mark.parametrize(
    ("measure", "target"), [("wait_served", "asa_target"), ("p_abandon", "abandon_target"), ("occupancy", "max_occupancy")]
)
def test_so_it_is_with_the_other_targets(measure, target):
    rng = np.random.default_rng(9)
    agents = rng.integers(1, 90, 400)
    queue = {"calls": agents * rng.uniform(0.6, 1.1, 400), "patience_s": 10 ** rng.uniform(0.5, 3.5, 400), **ONE}
    reached = evaluate("A", **queue, agents=agents)[measure]
    assert agents_needed("A", **queue, **{target: reached}).tolist() == agents.tolist()


@pytest.mark.parametrize(
    ("model", "target", "agents"),
    [
        ("A", {"sl_target": 0.0}, 0),
        ("A", {"abandon_target": 1.0}, 0),
        ("A", {"max_occupancy": 1.0}, 0),
        ("A", {"asa_target": 30.0, "asa_definition": "all"}, 0),
        ("A", {"asa_target": 1e9}, 1),
        ("C", {"sl_target": 0.0}, 11),
        ("C", {"abandon_target": 0.1}, 11),
        ("B", {"block_target": 1.0}, 0),
        ("B", {"sl_target": 0.0}, 0),
    ],
)
def test_what_holds_anyhow_asks_for_no_more_than_the_model_must_have(model, target, agents):
    assert agents_needed(model, calls=10, patience_s=30.0, **ONE, **target) == agents


@pytest.mark.parametrize(
    "target", [{"sl_target": 1.0}, {"asa_target": 0.0}, {"abandon_target": 0.0}, {"max_occupancy": 0.0}, {"block_target": 0.0}]
)
@pytest.mark.parametrize("model", ["A", "B", "C"])
def test_what_no_number_of_agents_can_promise_is_refused_by_its_name(model, target):
    with pytest.raises(ValueError, match=next(iter(target))):
        agents_needed(model, calls=10, patience_s=30.0, **ONE, **target)


@pytest.mark.parametrize("model", ["A", "B", "C"])
def test_what_would_need_more_than_a_milliard_agents_is_refused_with_its_place(model):
    with pytest.raises(ValueError, match=r"the targets at \[1, 0\] are out of reach"):
        agents_needed(model, calls=10, patience_s=30.0, **ONE, max_occupancy=[[0.5, 0.9], [1e-12, 0.9]])
    with pytest.raises(ValueError, match="out of reach"):
        agents_needed(model, calls=1e300, patience_s=30.0, **ONE, sl_target=0.8)


def test_the_models_beyond_erlang_refuse_it_too():
    with pytest.raises(ValueError, match="out of reach"):
        agents_needed_patience(Exponential(30.0), calls=10, **ONE, targets={"occupancy": 1e-12})
    with pytest.raises(ValueError, match="out of reach"):
        agents_needed_redials(calls=10, patience_s=30.0, redial_share=0.5, **ONE, targets={"occupancy": 1e-12})


@pytest.mark.parametrize("definition", DEFINITIONS)
@pytest.mark.parametrize("model", ["A", "C"])
def test_levels_as_near_to_1_as_a_number_can_be_are_answered(model, definition):
    nearly = [1 - 1e-9, 1 - 1e-13, float(np.nextafter(1.0, 0.0))]
    needed = agents_needed(model, calls=[[0.01], [10], [1000]], patience_s=30.0, **ONE, sl_target=nearly, sl_definition=definition)
    assert (np.diff(needed, axis=1) >= 0).all()
    assert (needed < 2000).all()


def test_the_smallest_waits_and_shares_that_are_numbers_are_answered():
    tiny = [1e-300, 5e-324]
    for target in ("asa_target", "abandon_target"):
        assert (agents_needed("A", calls=10, patience_s=30.0, **ONE, **{target: tiny}) < 400).all()
    assert (agents_needed("C", calls=10, **ONE, asa_target=tiny) < 300).all()
    assert (agents_needed("B", calls=10, **ONE, block_target=tiny) < 400).all()


def test_any_number_of_calls_is_no_limit():
    assert most_calls("A", **ONE, agents=3, patience_s=30.0, targets={"p_abandon": 1.0}) == np.inf


@pytest.mark.parametrize("model", ["A", "B", "C"])
@pytest.mark.filterwarnings("error")
def test_the_smallest_loads_that_are_numbers_are_quiet_queues(model):
    calls = [1e-150, 1e-300, 1e-314, 5e-324]
    found = evaluate(model, calls=calls, agents=[[0.5], [1], [2.5], [300]], patience_s=60.0, **ONE)
    assert (found.sl_offered == 1).all()
    for name in NAMES:
        assert name == "wait_abandoned" or not np.isnan(found[name]).any()
    assert agents_needed(model, calls=calls, patience_s=60.0, **ONE, sl_target=0.8).tolist() == [1] * 4


@pytest.mark.parametrize("model", ["A", "B", "C"])
@pytest.mark.filterwarnings("error")
def test_the_largest_loads_that_are_numbers_are_hopeless_queues(model):
    found = evaluate(model, calls=[1e90, 1e200, 1e306], agents=[[1.0], [20_000], [1e80]], patience_s=60.0, **ONE)
    assert found.sl_offered == pytest.approx(np.zeros((3, 3)), abs=1e-9)
    assert evaluate(model, calls=10, agents=1e300, patience_s=60.0, **ONE).sl_offered == 1


def test_at_a_threshold_of_0_nobody_has_left_yet():
    rng = np.random.default_rng(10)
    agents = 10 ** rng.uniform(-0.3, 4.3, 500)
    queue = {"calls": agents * rng.uniform(0.01, 1.5, 500), "agents": agents, "patience_s": 10 ** rng.uniform(-3, 8, 500), **ONE}
    for capacity in (None, np.ceil(agents) + 20):
        found = evaluate("A", **queue, capacity=capacity, within_s=0.0)
        assert (found.p_abandon_within == 0).all()
        assert found.sl_offered.tolist() == found.sl_abandons_met.tolist()
        assert found.sl_offered == pytest.approx(1 - found.p_wait - found.p_block, abs=1e-12)
