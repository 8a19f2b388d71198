"""Where other calculators crash or give figures above 1."""

import numpy as np
import pytest

from wfm.queueing import agents_needed, evaluate
from wfm.queueing.measures import NAMES

LEVELS = [name for name in NAMES if name.startswith("sl_")]
HALF_HOUR = {"interval_s": 1800, "aht_s": 180}


@pytest.mark.parametrize("model", ["B", "C", "A"])
def test_no_calls_need_nobody_and_nobody_waits(model):
    found = evaluate(model, calls=0, agents=0, patience_s=60, **HALF_HOUR)
    assert [found[name] for name in LEVELS] == [1.0] * 5
    assert (found.asa_all, found.wait_served, found.virtual_wait, found.mean_queue, found.p_wait, found.occupancy) == (0,) * 6
    assert np.isnan(found.wait_abandoned)
    assert agents_needed(model, calls=0, patience_s=60, sl_target=0.8, **HALF_HOUR) == 0


def test_calls_without_agents_wait_for_ever_or_abandon():
    patient = evaluate("C", calls=10, agents=0, **HALF_HOUR)
    assert (patient.asa_all, patient.p_wait, patient.p_abandon) == (np.inf, 1, 0)
    impatient = evaluate("A", calls=10, agents=0, patience_s=60, **HALF_HOUR)
    assert (impatient.p_abandon, impatient.asa_all, impatient.wait_abandoned, impatient.virtual_wait) == (1, 60, 60, np.inf)
    assert impatient.mean_queue == pytest.approx(10 / 1800 * 60)
    assert evaluate("B", calls=10, agents=0, **HALF_HOUR).p_block == 1
    for found in (patient, impatient):
        assert [found[name] for name in LEVELS] == [0.0] * 5


def test_without_agents_a_finite_room_fills_like_a_loss_system_of_patience():
    found = evaluate("A", calls=60, interval_s=60, aht_s=180, agents=0, patience_s=3, capacity=2)
    assert found.p_block == pytest.approx((3**2 / 2) / (1 + 3 + 3**2 / 2))
    assert found.p_abandon == pytest.approx(1 - found.p_block)


def test_overload_without_abandonment_never_ends():
    found = evaluate("C", calls=[100, 200], agents=10, **HALF_HOUR)
    assert found.p_wait.tolist() == [1, 1]
    assert found.asa_all.tolist() == [np.inf, np.inf]
    assert found.sl_offered.tolist() == [0, 0]
    assert found.occupancy.tolist() == [1, 1]


def test_nan_in_gives_nan_out_and_only_there():
    found = evaluate("A", calls=[50, np.nan, 50], agents=[6, 6, np.nan], patience_s=60, **HALF_HOUR)
    for name in NAMES:
        assert np.isnan(found[name]).tolist() == [False, True, True], name
    needed = agents_needed("A", calls=[50, np.nan], patience_s=60, sl_target=0.8, **HALF_HOUR)
    assert needed[0] == agents_needed("A", calls=50, patience_s=60, sl_target=0.8, **HALF_HOUR)
    assert np.isnan(needed[1])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"calls": [[1, 2], [3, -4]]}, r"calls\[1, 1\] is -4"),
        ({"agents": [1, np.inf]}, r"agents\[1\] is inf"),
        ({"aht_s": -1}, "aht_s is -1"),
        ({"interval_s": 0}, "interval_s is 0, expected above 0"),
        ({"within_s": np.inf}, "within_s is inf"),
        ({"patience_s": [-1.0]}, r"patience_s\[0\] is -1"),
        ({"patience_s": None}, "patience_s is missing"),
        ({"capacity": -1}, "capacity is -1"),
    ],
)
def test_a_bad_argument_is_named_with_its_first_bad_place(change, message):
    arguments = {"calls": 10, "interval_s": 1800, "aht_s": 180, "agents": 3, "patience_s": 60} | change
    with pytest.raises(ValueError, match=message):
        evaluate("A", **arguments)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, "no target given"),
        ({"sl_target": 1.0}, "sl_target is 1"),
        ({"asa_target": 0}, "asa_target is 0"),
        ({"sl_target": 0.8, "sl_definition": "served"}, "sl_definition is 'served'"),
        ({"asa_target": 10, "asa_definition": "mean"}, "asa_definition is 'mean'"),
        ({"max_occupancy": 1.2}, "max_occupancy is 1.2"),
    ],
)
def test_a_target_out_of_reach_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        agents_needed("C", calls=10, **HALF_HOUR, **change)


def test_an_unknown_model_is_refused():
    with pytest.raises(ValueError, match="model is 'X'"):
        evaluate("X", calls=1, agents=1, **HALF_HOUR)


def test_scalars_give_floats_and_ints_and_arrays_broadcast():
    assert isinstance(evaluate("C", calls=10, agents=3, **HALF_HOUR).p_wait, float)
    assert isinstance(agents_needed("C", calls=10, sl_target=0.8, **HALF_HOUR), int)
    grid = evaluate("A", calls=np.arange(1, 4)[:, None], agents=np.arange(1, 6), patience_s=60, **HALF_HOUR)
    assert grid.sl_offered.shape == (3, 5)
    assert grid.sl_offered[1, 2] == pytest.approx(evaluate("A", calls=2, agents=3, patience_s=60, **HALF_HOUR).sl_offered, abs=1e-15)
    assert evaluate("A", calls=[], agents=3, patience_s=60, **HALF_HOUR).asa_all.shape == (0,)
    assert agents_needed("A", calls=[], patience_s=60, sl_target=0.8, **HALF_HOUR).shape == (0,)


def _random_systems(count, seed):
    rng = np.random.default_rng(seed)

    def choose(*options):
        return np.choose(rng.integers(0, len(options), count), [np.broadcast_to(option, count) for option in options])

    agents = choose(10 ** rng.uniform(-0.3, 4.3, count), np.round(rng.uniform(0, 40, count)), 0.0, rng.uniform(0, 2, count))
    aht_s = choose(1.0, 300.0, 10 ** rng.uniform(-2, 5, count))
    return {
        "calls": choose(agents * rng.uniform(0, 1.5, count), agents, 10 ** rng.uniform(-8, 5, count), 0.0),
        "interval_s": aht_s * choose(1.0, rng.uniform(0.3, 3, count)),
        "aht_s": aht_s,
        "agents": agents,
        "patience_s": choose(0.0, np.inf, 10 ** rng.uniform(-3, 8, count), 120.0, 1e-200, 1e200),
        "within_s": choose(0.0, 20.0, 10 ** rng.uniform(-3, 5, count)),
    }, choose(np.ceil(agents), np.floor(agents), np.ceil(agents) + rng.integers(0, 200, count), np.inf)


@pytest.mark.parametrize("model", ["B", "C", "A"])
@pytest.mark.parametrize(("count", "limited"), [(100_000, False), (4_000, True)])
@pytest.mark.filterwarnings("error")
def test_no_random_input_gives_a_warning_or_a_figure_out_of_range(model, count, limited):
    systems, capacity = _random_systems(count, seed=7)
    found = evaluate(model, **systems, capacity=capacity if limited else None)
    for name in NAMES:
        values = found[name]
        if name not in ("wait_served", "wait_abandoned"):
            assert not np.isnan(values).any(), name
        assert not (values < 0).any(), name
        if name.startswith(("p_", "sl_", "occ")):
            assert not (values > 1).any(), name
