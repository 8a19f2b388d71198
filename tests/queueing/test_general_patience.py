"""M/M/n+G against mpmath's own quadrature, Erlang A, and a simulation."""

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings

from tests.queueing.chains import simulated
from tests.queueing.strategies import queues
from wfm.queueing import evaluate
from wfm.queueing.general_patience import agents_needed_patience, evaluate_patience
from wfm.queueing.measures import NAMES
from wfm.queueing.patience import Balking, Empirical, Exponential, Fixed, Gamma, HyperExponential, LogNormal, Weibull

LEVELS = [name for name in NAMES if name.startswith("sl_")]


def _mp_law(kind):
    """(P(R > t), H(t)) in mpmath, from formulas of its own."""
    if kind == "weibull":
        k, s = mp.mpf("0.6"), mp.mpf(150)
        return (lambda t: mp.e ** (-((t / s) ** k))), (lambda t: s / k * mp.gammainc(1 / k, 0, (t / s) ** k))
    if kind == "steep weibull":
        k, s = mp.mpf("2.5"), mp.mpf(150)
        return (lambda t: mp.e ** (-((t / s) ** k))), (lambda t: s / k * mp.gammainc(1 / k, 0, (t / s) ** k))
    if kind == "lognormal":
        m, s = mp.mpf(100), mp.mpf("0.8")

        def stay(t):
            return mp.erfc(mp.log(t / m) / s / mp.sqrt(2)) / 2 if t else mp.mpf(1)

        return stay, lambda t: t * stay(t) + m * mp.e ** (s * s / 2) * mp.erfc((s - mp.log(t / m) / s) / mp.sqrt(2)) / 2 if t else mp.mpf(0)
    if kind == "hyperexponential":
        parts = ((mp.mpf("0.3"), mp.mpf(20)), (mp.mpf("0.7"), mp.mpf(200)))
        return (lambda t: sum(p * mp.e ** (-t / m) for p, m in parts)), (lambda t: sum(p * m * -mp.expm1(-t / m) for p, m in parts))
    if kind == "gamma":
        s = mp.mpf(60)  # Erlang-3
        return (lambda t: mp.e ** (-t / s) * (1 + t / s + (t / s) ** 2 / 2)), (
            lambda t: 3 * s - mp.e ** (-t / s) * (3 * s + 2 * t + t * t / (2 * s))
        )
    if kind == "fixed":
        return (lambda t: mp.mpf(t < 100)), (lambda t: min(t, mp.mpf(100)))
    stay, area = _mp_law("hyperexponential")
    return (lambda t: mp.mpf("0.8") * stay(t)), (lambda t: mp.mpf("0.8") * area(t))


LAWS = {
    "weibull": Weibull(150.0, 0.6),
    "steep weibull": Weibull(150.0, 2.5),
    "lognormal": LogNormal(100.0, 0.8),
    "hyperexponential": HyperExponential((0.3, 0.7), (20.0, 200.0)),
    "gamma": Gamma(60.0, 3.0),
    "fixed": Fixed(100.0),
    "balking": Balking(0.2, HyperExponential((0.3, 0.7), (20.0, 200.0))),
}


def _reference(kind, load, agents, aht, within):
    """Every measure from the density of the virtual wait (Baccelli & Hebuterne), by mpmath's tanh–sinh rule."""
    with mp.workdps(25):
        stay, area = _mp_law(kind)
        rate, drain, t_ = mp.mpf(load) / aht, mp.mpf(agents) / aht, mp.mpf(within)
        inverse_b = mp.fsum(mp.factorial(agents - 1) / mp.factorial(k) * mp.mpf(load) ** (k - agents + 1) for k in range(agents))

        def height(t):
            return mp.e ** (rate * area(t) - drain * t)

        cuts = [c for c in (0, 1e-3, 1, 5, 20, 50, 100, 200, 400, 800, 1600, 3200, 6400) if c < 60 * aht / agents + 1600]

        def both(weight):
            low = mp.quad(lambda t: weight(t) * height(t), [c for c in cuts if c < within] + [t_]) if within else mp.mpf(0)
            return low, mp.quad(lambda t: weight(t) * height(t), [t_] + [c for c in cuts if c > within])

        every, served, wait = both(lambda t: 1), both(stay), both(lambda t: t)
        left, wait_served = both(lambda t: 1 - stay(t)), both(lambda t: t * stay(t))
        wait_all = both(area)
        total = inverse_b + rate * sum(every)
        in_time, gone = inverse_b + rate * served[0], rate * (left[0] + every[1] * (1 - stay(t_)))
        figures = {
            "p_wait": rate * sum(every) / total,
            "p_abandon": rate * sum(left) / total,
            "asa_all": rate * sum(wait_all) / total,
            "wait_served": rate * sum(wait_served) / (inverse_b + rate * sum(served)),
            "wait_abandoned": (sum(wait_all) - sum(wait_served)) / sum(left),
            "virtual_wait": rate * sum(wait) / total,
            "mean_queue": rate * rate * sum(wait_all) / total,
            "occupancy": mp.mpf(load) / agents * (inverse_b + rate * sum(served)) / total,
            "sl_virtual": (inverse_b + rate * every[0]) / total,
            "sl_offered": in_time / total,
            "sl_answered": in_time / (inverse_b + rate * sum(served)),
            "sl_abandons_met": (in_time + gone) / total,
            "sl_abandons_excluded": in_time / (total - gone),
            "p_abandon_within": gone / total,
        }
        return {name: float(value) for name, value in figures.items()}


@pytest.mark.parametrize(("agents", "load", "within"), [(3, 2.0, 20), (30, 28.5, 20), (12, 16.0, 60), (8, 6.0, 0)])
@pytest.mark.parametrize("kind", LAWS)
def test_every_measure_is_that_of_the_density_of_the_virtual_wait(kind, agents, load, within):
    expected = _reference(kind, load, agents, 200, within)
    found = evaluate_patience(LAWS[kind], calls=load, interval_s=200.0, aht_s=200.0, agents=agents, within_s=within)
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, rel=1e-8, abs=1e-10 if name.startswith("sl_") else 1e-300), name


@settings(max_examples=50, deadline=None)
@given(queues(max_agents=3000, whole=False))
def test_exponential_patience_is_erlang_a(queue):
    queue = queue | {"within_s": max(queue["within_s"], 1.0)}
    plain = evaluate("A", **queue)
    patience_s = queue.pop("patience_s")
    general = evaluate_patience(Exponential(patience_s), **queue)
    for name in NAMES:
        assert general[name] == pytest.approx(plain[name], rel=1e-8, abs=1e-10 if name in LEVELS else 1e-200), name


def test_lognormal_patience_has_the_published_service_level_and_erlang_a_with_its_mean_flatters():
    queue = {"calls": 28.5, "interval_s": 300.0, "aht_s": 300.0, "agents": 30}
    assert evaluate_patience(LogNormal.of_mean(180.0, 0.5), **queue).sl_offered == pytest.approx(0.593, abs=5e-4)
    assert evaluate("A", patience_s=180.0, **queue).sl_offered == pytest.approx(0.764, abs=5e-4)


@pytest.mark.parametrize("balk", [0.0, 0.15])
def test_a_simulated_queue_agrees_within_four_standard_errors(balk):
    rng, calls = np.random.default_rng(4), 120_000
    law = Balking(balk, LogNormal.of_mean(150.0, 0.7))
    patience = law.law.median_s * np.exp(law.law.sigma * rng.standard_normal(calls)) * (rng.random(calls) >= balk)
    seen = simulated(rng, calls=calls, rate=19.0 / 180, aht=180.0, agents=18, patience=patience, within=20.0)
    found = evaluate_patience(law, calls=19.0, interval_s=180.0, aht_s=180.0, agents=18)
    for name, (mean, error) in seen.items():
        assert abs(found[name] - mean) < 4 * error, name


def test_a_curve_with_many_knots_approaches_the_law_it_was_taken_from():
    law, times = Gamma(60.0, 3.0), np.linspace(2, 2000, 1000)
    curve = Empirical(times, law.survival(times), 60.0)
    queue = {"calls": [100.0, 300.0], "interval_s": 1800.0, "aht_s": 200.0, "agents": 20}
    assert evaluate_patience(curve, **queue).sl_offered == pytest.approx(evaluate_patience(law, **queue).sl_offered, abs=1e-4)


def test_the_least_agents_meet_the_targets_and_one_less_does_not():
    law, queue = Weibull(100.0, 0.8), {"calls": np.array([3.0, 40, 400, 2000]), "interval_s": 1800.0, "aht_s": 240.0}
    agents = agents_needed_patience(law, targets={"sl_offered": 0.8, "p_abandon": 0.05}, **queue)
    met = [evaluate_patience(law, agents=agents - less, **queue) for less in (0, 1)]
    assert ((met[0].sl_offered >= 0.8) & (met[0].p_abandon <= 0.05)).all()
    assert not ((met[1].sl_offered >= 0.8) & (met[1].p_abandon <= 0.05)).any()


def test_no_calls_no_agents_and_missing_numbers_follow_the_rules():
    law = Weibull(100.0, 2.0)
    found = evaluate_patience(law, calls=[0, 10, np.nan], interval_s=900.0, aht_s=180.0, agents=[5, 0, 5], within_s=30.0)
    assert found.sl_offered.tolist()[:2] == [1, 0]
    assert found.p_abandon[1] == 1
    assert found.p_abandon_within[1] == pytest.approx(1 - np.exp(-0.09))
    assert np.isnan(found.p_wait[2])
    assert agents_needed_patience(law, calls=0, interval_s=900.0, aht_s=180.0, targets={"sl_offered": 0.8}) == 0


@pytest.mark.parametrize("targets", [{}, {"sl": 0.8}, {"sl_offered": 1.0}, {"wait_served": 0.0}, {"load": 3}])
def test_targets_unknown_or_out_of_reach_are_refused(targets):
    with pytest.raises(ValueError, match="targets"):
        agents_needed_patience(Exponential(60.0), calls=1, interval_s=900.0, aht_s=180.0, targets=targets)


def test_the_unit_of_time_does_not_matter_and_rows_do_not_see_each_other():
    calls, agents = np.array([1.0, 30, 300, 900]), np.array([1, 6, 40, 99.5])
    seconds = evaluate_patience(Weibull(90.0, 0.7), calls=calls, interval_s=1800.0, aht_s=180.0, agents=agents, within_s=20.0)
    minutes = evaluate_patience(Weibull(1.5, 0.7), calls=calls, interval_s=30.0, aht_s=3.0, agents=agents, within_s=20 / 60)
    assert minutes.sl_offered == pytest.approx(seconds.sl_offered, rel=1e-11)
    assert minutes.wait_served * 60 == pytest.approx(seconds.wait_served, rel=1e-11)
    for i in range(4):
        alone = evaluate_patience(Weibull(90.0, 0.7), calls=calls[i], interval_s=1800.0, aht_s=180.0, agents=agents[i], within_s=20.0)
        assert alone.sl_offered == pytest.approx(seconds.sl_offered[i], rel=1e-14)


@settings(max_examples=40, deadline=None)
@given(queues(max_agents=200))
def test_levels_keep_their_order_and_one_more_agent_improves_them_all(queue):
    law = LogNormal(queue.pop("patience_s"), 0.9)
    one = evaluate_patience(law, **queue)
    more = evaluate_patience(law, **queue | {"agents": queue["agents"] + 1})
    rounding = 1e-13
    assert one.sl_offered <= one.sl_virtual + rounding <= one.sl_abandons_excluded + 2 * rounding
    assert one.sl_abandons_excluded <= min(one.sl_answered, one.sl_abandons_met) + rounding
    assert all(more[name] >= one[name] - rounding for name in LEVELS)
    assert all(more[name] <= one[name] * (1 + 1e-12) for name in ("p_wait", "p_abandon", "asa_all", "virtual_wait", "occupancy"))
