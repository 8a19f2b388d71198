"""The compiled path and the numpy path give the very same answers; the recursion behind both is Erlang B."""

import importlib.util

import numpy as np
import pytest
from mpmath import mp, mpf

from wfm.queueing import agents_needed, evaluate, fast
from wfm.queueing.erlang_b import log_inverse_blocking

ROWS = 6_000
DEFINITIONS = ["offered", "answered", "abandons_met", "abandons_excluded", "virtual"]
compiled_only = pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="numba is not installed: there is no compiled path")


@pytest.fixture
def both(monkeypatch):
    """Answers of the compiled and of the numpy path."""

    def both(model, **question):
        assert fast.kernels(ROWS) is not None
        compiled = agents_needed(model, **question)
        with monkeypatch.context() as patch:
            patch.setattr(fast, "LARGE", ROWS * 1000)
            return compiled, agents_needed(model, **question)

    return both


def _loads(seed):
    rng = np.random.default_rng(seed)
    return rng, {"calls": 10 ** rng.uniform(-2, 3.5, ROWS), "interval_s": 900.0, "aht_s": 900.0}


@compiled_only
@pytest.mark.parametrize("definition", DEFINITIONS)
def test_impatient_callers_need_the_same_agents_either_way(both, definition):
    rng, queue = _loads(1)
    compiled, plain = both(
        "A",
        **queue,
        patience_s=10 ** rng.uniform(0.5, 6, ROWS),
        within_s=rng.choice([0.0, 20.0, 300.0], ROWS),
        sl_target=rng.uniform(0, 0.999, ROWS),
        sl_definition=definition,
        max_occupancy=rng.uniform(0.5, 1, ROWS),
    )
    assert compiled.tolist() == plain.tolist()


@compiled_only
def test_patient_callers_need_the_same_agents_either_way(both):
    rng, queue = _loads(2)
    compiled, plain = both("C", **queue, sl_target=rng.uniform(0, 0.999, ROWS), max_occupancy=rng.uniform(0.5, 1, ROWS))
    assert compiled.tolist() == plain.tolist()


@compiled_only
@pytest.mark.parametrize("model", ["A", "C"])
def test_a_target_that_is_exactly_reached_is_met_either_way(both, model):
    """Targets taken from `evaluate` itself leave no room for rounding; the kernels must hand such rows back."""
    rng = np.random.default_rng(3)
    agents = rng.integers(2, 60, ROWS)
    queue = {"calls": agents * rng.uniform(0.5, 0.98, ROWS), "interval_s": 60.0, "aht_s": 60.0, "patience_s": 90.0}
    reached = evaluate(model, **queue, agents=agents).sl_offered
    compiled, plain = both(model, **queue, sl_target=np.minimum(reached, 1 - 1e-12))
    assert compiled.tolist() == plain.tolist()
    clear = reached < 0.999
    assert compiled[clear].tolist() == agents[clear].tolist()


@compiled_only
def test_rows_with_nan_or_without_calls_are_answered_as_in_small_arrays(both):
    calls = np.resize([0.0, 5.0, np.nan, 300.0], ROWS)
    compiled, _ = both("A", calls=calls, interval_s=900, aht_s=240, patience_s=60, sl_target=0.8)
    few = agents_needed("A", calls=calls[:4], interval_s=900, aht_s=240, patience_s=60, sl_target=0.8)
    np.testing.assert_array_equal(compiled, np.resize(few, ROWS))


def test_few_rows_never_load_the_compiler():
    assert fast.kernels(fast.LARGE - 1) is None


@pytest.mark.parametrize(
    ("lines", "load"), [(1, 1e-6), (40, 30.5), (99, 100.0), (240, 250.3), (900, 870.0), (1000, 1200.5), (130, 3.0), (300, 4e4)]
)
def test_the_recursion_may_start_late_and_still_be_exact(lines, load):
    with mp.workdps(40):
        term, total = mpf(1), mpf(1)
        for k in range(lines, 0, -1):
            term *= mpf(k) / mpf(load)
            total += term
        exact = float(mp.log(total))
    found = log_inverse_blocking(np.array([float(lines)]), np.array([load]))[0]
    assert found == pytest.approx(exact, rel=1e-13, abs=1e-13)


def test_an_array_gives_each_row_what_the_row_alone_gives():
    rng = np.random.default_rng(4)
    lines, load = rng.integers(0, 1200, 500).astype(float), 10 ** rng.uniform(-1, 3.2, 500)
    together = log_inverse_blocking(lines, load)
    alone = [log_inverse_blocking(lines[i : i + 1], load[i : i + 1])[0] for i in range(len(lines))]
    np.testing.assert_allclose(together, alone, rtol=1e-15)
