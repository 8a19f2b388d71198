"""Every measure against an exact reference that works in another way."""

from fractions import Fraction

import mpmath as mp
import pytest

from tests.queueing.oracle import birth_death, erlang_a_integral, erlang_b_exact, levels
from wfm.queueing import evaluate

LOADED = [
    # load, agents, AHT, patience, capacity, T
    (4.0, 5, 300.0, 120.0, None, 20.0),
    (12.0, 10, 240.0, 60.0, None, 30.0),
    (0.3, 1, 180.0, 600.0, None, 10.0),
    (1e-6, 1, 300.0, 120.0, None, 20.0),
    (48.0, 50, 60.0, 120.0, None, 10.0),
    (30.0, 20, 300.0, 1.0, None, 0.0),
    (75.0, 70, 200.0, 900.0, None, 60.0),
    (6.0, 8, 400.0, 400.0, None, 400.0),
    (4.0, 5, 300.0, 120.0, 9, 20.0),
    (12.0, 10, 240.0, 60.0, 40, 30.0),
    (60.0, 50, 200.0, 3000.0, 75, 20.0),
    (3.0, 4, 180.0, 90.0, 5, 0.0),
    (4.0, 5, 300.0, None, 9, 20.0),
    (12.0, 10, 240.0, None, 40, 30.0),
    (10.0, 10, 240.0, None, 60, 30.0),
    (3.0, 5, 300.0, None, None, 20.0),
    (9.0, 12, 120.0, None, None, 5.0),
]


@pytest.mark.parametrize("case", LOADED)
def test_every_measure_and_service_level_is_exact(case):
    load, agents, aht, patience, capacity, within = case
    found = evaluate(
        "C" if patience is None else "A",
        calls=load,
        interval_s=aht,
        aht_s=aht,
        agents=agents,
        patience_s=patience,
        capacity=capacity,
        within_s=within,
    )
    exact = birth_death(load, agents, aht, patience, capacity)
    for name, value in exact.items():
        if name != "waiting":
            assert found[name] == pytest.approx(value, rel=2e-12, abs=1e-300), name
    for name, value in levels(load, agents, aht, patience, capacity, within).items():
        assert found[name] == pytest.approx(value, abs=1e-12), name


@pytest.mark.parametrize(
    ("load", "agents", "aht", "patience", "within"),
    [
        (3.1, 3.7, 300.0, 150.0, 20.0),
        (0.4, 0.5, 60.0, 1.0, 20.0),
        (0.75, 0.5, 3600.0, 30.0, 20.0),
        (95.5, 100.25, 240.0, 1e6, 20.0),
        (1010.0, 1000.5, 300.0, 60.0, 1.0),
        (19_000.0, 20_000.0, 180.0, 1e6, 0.0),
        (20_050.0, 20_000.0, 60.0, 1e5, 300.0),
        (270.0, 9.0, 3600.0, 9300.0, 60.0),
        (30.0, 20.0, 60.0, 1e6, 3600.0),
    ],
)
def test_any_real_number_of_agents_at_any_scale_is_exact(load, agents, aht, patience, within):
    found = evaluate("A", calls=load, interval_s=aht, aht_s=aht, agents=agents, patience_s=patience, within_s=within)
    for name, value in erlang_a_integral(load, agents, aht, patience, within).items():
        if name.startswith("sl_"):
            assert found[name] == pytest.approx(value, abs=1e-12), name
        else:
            assert found[name] == pytest.approx(value, rel=2e-11, abs=1e-300), name


@pytest.mark.parametrize(("lines", "load"), [(1, "1/3"), (7, "5"), (64, "80"), (65, "50"), (300, "280"), (900, "1000")])
def test_blocking_and_waiting_agree_with_rational_arithmetic(lines, load):
    exact = erlang_b_exact(lines, Fraction(load))
    arguments = {"calls": float(Fraction(load)), "interval_s": 1.0, "aht_s": 1.0, "agents": lines}
    assert evaluate("B", **arguments).p_block == pytest.approx(float(exact), rel=2e-13)
    rho = Fraction(load) / lines
    if rho < 1:
        assert evaluate("C", **arguments).p_wait == pytest.approx(float(exact / (1 - rho * (1 - exact))), rel=5e-13)


@pytest.mark.parametrize(
    ("lines", "load"), [(0.5, 0.3), (0.5, 40.0), (2.25, 1e-6), (63.9, 60.0), (64.1, 60.0), (19_999.5, 20_500.0), (5000.1, 4800.0)]
)
def test_blocking_of_fractional_lines_agrees_with_the_incomplete_gamma_function(lines, load):
    with mp.workdps(40):
        a, n = mp.mpf(load), mp.mpf(lines)
        exact = float(mp.e ** (n * mp.log(a) - a - mp.log(mp.gammainc(n + 1, a))))
    assert evaluate("B", calls=load, interval_s=1, aht_s=1, agents=lines).p_block == pytest.approx(exact, rel=3e-13)
