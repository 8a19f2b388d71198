"""Accuracy over the whole stated range, on random systems: a sample always, thousands with `-m slow`."""

import numpy as np
import pytest

from tests.queueing import exact
from wfm.queueing import evaluate

RELATIVE, LEVEL = 1e-11, 1e-12
"""Ten to a hundred times what is promised is asked of the sample and of the long exam alike."""

KINDS = ("A", "B", "C", "A in a room", "C in a room")


def _size(rng):
    """0.5 to 20,000, half of them whole."""
    agents = 10 ** rng.uniform(np.log10(0.5), np.log10(20_000))
    return float(max(np.round(agents), 1.0)) if rng.random() < 0.5 else float(agents)


def _load(rng, agents, kind):
    """1e-6 to 1.5 per agent, most of them near what the agents can do."""
    load = agents * rng.uniform(0.3, 1.5) if rng.random() < 0.6 else 10 ** rng.uniform(-6, np.log10(1.5 * agents))
    return float(agents * (1 - 10 ** rng.uniform(-4, -0.001)) if kind == "C" and load >= agents else load)


def _system(rng, kind):
    agents = _size(rng)
    aht_s = float(rng.choice([300.0, 10 ** rng.uniform(0, 4)]))
    system = {"load": _load(rng, agents, kind), "agents": agents, "aht": aht_s, "patience": float(10 ** rng.uniform(0, 6))}
    capacity = agents + 1 + 10 ** rng.uniform(0, 3.5)
    system["capacity"] = float(np.floor(capacity) if rng.random() < 0.7 else capacity)
    return system | {"within": float(rng.choice([0.0, 20.0, 10 ** rng.uniform(-3, 4)]))}


def _exact(kind, s):
    match kind:
        case "A":
            return exact.erlang_a(s["load"], s["agents"], s["aht"], s["patience"], s["within"])
        case "B":
            return exact.erlang_b(s["load"], s["agents"])
        case "C":
            return exact.erlang_c(s["load"], s["agents"], s["aht"], s["within"])
        case _:
            patience = s["patience"] if kind.startswith("A") else None
            return exact.finite(s["load"], s["agents"], s["aht"], patience, s["capacity"], s["within"])


def _found(kind, s):
    return evaluate(
        kind[0],
        calls=s["load"],
        interval_s=s["aht"],
        aht_s=s["aht"],
        agents=s["agents"],
        patience_s=s["patience"] if kind.startswith("A") else None,
        capacity=s["capacity"] if "room" in kind else None,
        within_s=s["within"],
    )


def _misses(kind, seed, count):
    """Figures that are not as good as promised, of `count` random systems."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        system = _system(rng, kind)
        found = _found(kind, system)
        for name, value in _exact(kind, system).items():
            level = name.startswith("sl_")
            # shares below 1e-290 come near the smallest float there is
            error = abs(found[name] - value) / (1.0 if level else max(value, 1e-290))
            if not error <= (LEVEL if level else RELATIVE):
                yield name, error, system


@pytest.mark.parametrize("kind", KINDS)
def test_random_systems_of_any_size_are_exact(kind):
    assert list(_misses(kind, seed=20, count=12)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", KINDS)
def test_thousands_of_random_systems_of_any_size_are_exact(kind, seed):
    assert list(_misses(kind, seed, count=250)) == []
