"""The models beyond Erlang over wide ranges, each against a reference of its own; 1e-8, and in time 1e-6."""

from collections.abc import Callable
from dataclasses import dataclass

import mpmath as mp
import numpy as np
import pytest
from scipy import special, stats
from scipy.linalg import expm

from tests.queueing import exact
from tests.queueing.chains import summed
from wfm.queueing import evaluate, evaluate_random, modified_offered_load
from wfm.queueing.blend import evaluate_blend
from wfm.queueing.general_patience import evaluate_patience
from wfm.queueing.laws import Balking, Exponential, Fixed, Gamma, HyperExponential, LogNormal, Weibull
from wfm.queueing.measures import NAMES
from wfm.queueing.random_load import calls_at_risk, chance_met
from wfm.queueing.redials import evaluate_redials
from wfm.queueing.transient import evaluate_transient

NEAR = 1e-8


def _close(found, value, name):
    least = 1e-10 if name.startswith("sl_") else 1e-200
    assert found == pytest.approx(value, rel=NEAR, abs=least), name


# Any patience: the density of the virtual wait on twenty thousand panels, whatever its shape, with H(t) written out for each law.


@dataclass
class Known:
    """The same law as the product's `law`, from other formulas: P(R > t), H(t) = ∫₀ᵗ P(R > u) du, and where it jumps."""

    law: object
    stay: Callable
    area: Callable
    jumps: tuple = ()


def _exponential(mean):
    return Known(Exponential(mean), lambda t: np.exp(-t / mean), lambda t: mean * -np.expm1(-t / mean))


def _weibull(scale, shape):
    def area(t):
        return scale / shape * special.gamma(1 / shape) * special.gammainc(1 / shape, (t / scale) ** shape)

    return Known(Weibull(scale, shape), lambda t: stats.weibull_min(shape, scale=scale).sf(t), area)


def _gamma(scale, shape):
    law = stats.gamma(shape, scale=scale)
    return Known(Gamma(scale, shape), law.sf, lambda t: t * law.sf(t) + shape * scale * stats.gamma(shape + 1, scale=scale).cdf(t))


def _lognormal(median, sigma):
    law, mean = stats.lognorm(sigma, scale=median), median * np.exp(sigma**2 / 2)
    return Known(
        LogNormal(median, sigma), law.sf, lambda t: t * law.sf(t) + mean * stats.lognorm(sigma, scale=median * np.exp(sigma**2)).cdf(t)
    )


def _hyper(shares, means):
    parts = [_exponential(mean) for mean in means]

    def mix(name):
        return lambda t: sum(share * getattr(part, name)(t) for share, part in zip(shares, parts, strict=True))

    return Known(HyperExponential(shares, means), mix("stay"), mix("area"))


def _fixed(mean):
    return Known(Fixed(mean), lambda t: np.where(t < mean, 1.0, 0.0), lambda t: np.minimum(t, mean), (mean,))


def _balking(share, known):
    return Known(Balking(share, known.law), lambda t: (1 - share) * known.stay(t), lambda t: (1 - share) * known.area(t), known.jumps)


LAWS = {
    "exponential": lambda mean, cv: _exponential(mean),
    "weibull": lambda mean, cv: _weibull(mean, 1 / cv),
    "gamma": lambda mean, cv: _gamma(mean * cv * cv, 1 / cv**2),
    "lognormal": lambda mean, cv: _lognormal(mean / np.sqrt(1 + cv * cv), np.sqrt(np.log1p(cv * cv))),
    "hyperexponential": lambda mean, cv: _hyper((0.3, 0.7), (mean / (5 * cv), mean * (1 + cv))),
    "fixed": lambda mean, cv: _fixed(mean),
    "balking": lambda mean, cv: _balking(0.15, _weibull(mean, 1 / cv)),
}
GAUSS, WEIGHT = np.polynomial.legendre.leggauss(8)


def _dense(known, rate, drain, log_free, within):
    """Every measure; log_free: ln of the states with somebody free, in units of the last of them."""

    def height(t):
        return rate * known.area(t) - drain * t

    reach = 1 / drain
    tops = [0.0]
    while height(np.float64(reach)) > max(tops) - 60 or len(tops) < 3:
        tops.append(float(height(np.linspace(0, reach, 4000)).max()))
        reach *= 2
    near = np.geomspace(reach * 1e-10, reach, 4000)
    # all waits may lie just before a jump
    around = [np.clip(jump + sign * near, 0.0, reach) for jump in known.jumps for sign in (-1, 1)]
    cuts = [np.geomspace(reach * 1e-12, reach, 8000), np.linspace(0, reach, 14_000), np.minimum((*known.jumps, within), reach), *around]
    edges = np.unique(np.concatenate(cuts))
    middle, half = (edges[1:] + edges[:-1]) / 2, (edges[1:] - edges[:-1]) / 2
    t = middle + half * GAUSS[:, None]
    top = max(float(height(t).max()), log_free - np.log(rate))
    density = WEIGHT[:, None] * half * np.exp(height(t) - top)
    stay, soon = known.stay(t), middle <= within
    every, served = density, density * stay
    free, total_in = np.exp(log_free - top) / rate, (every[:, soon].sum(), served[:, soon].sum())
    total, answered = free + every.sum(), free + served.sum()
    left_soon = (every - served)[:, soon].sum() + every[:, ~soon].sum() * (1 - known.stay(np.float64(within)))
    wait_all = (density * known.area(t)).sum()
    in_time = free + total_in[1]
    return {
        "p_wait": every.sum() / total,
        "p_abandon": (every - served).sum() / total,
        "asa_all": wait_all / total,
        "wait_served": (t * served).sum() / answered,
        "virtual_wait": (t * every).sum() / total,
        "mean_queue": rate * wait_all / total,
        "occupancy": rate / drain * answered / total,
        "sl_virtual": (free + total_in[0]) / total,
        "sl_offered": in_time / total,
        "sl_answered": in_time / answered,
        "sl_abandons_met": (in_time + left_soon) / total,
        "sl_abandons_excluded": in_time / (total - left_soon),
    }


def _queue(rng):
    """rate, agents, AHT, T: 1 to 3,000 agents (a half of them fractional), quiet to overloaded."""
    agents = 10 ** rng.uniform(0, 3.5)
    agents = float(agents if rng.random() < 0.3 else round(agents))
    aht = float(rng.choice([300.0, 10 ** rng.uniform(0, 3.6)]))
    load = agents * float(rng.choice([rng.uniform(0.5, 1.4), 10 ** rng.uniform(-6, 0)]))
    return load, agents, aht, float(rng.choice([0.0, 20.0, 10 ** rng.uniform(0, 3)]))


def _misses(kind, seed, count):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        load, agents, aht, within = _queue(rng)
        mean, cv = float(10 ** rng.uniform(0, 6)), float(rng.choice([0.4, 1.0, 2.0]))
        known = LAWS[kind](mean, cv)
        with mp.workdps(30):
            log_free = float(mp.log(exact.inverse_blocking(agents - 1, load)))
        expected = _dense(known, load / aht, agents / aht, log_free, within)
        found = evaluate_patience(known.law, calls=load, interval_s=aht, aht_s=aht, agents=agents, within_s=within)
        for name, value in expected.items():
            if not abs(found[name] - value) <= max(NEAR * abs(value), 1e-10 if name.startswith("sl_") else 1e-15):
                yield name, found[name], value, (load, agents, aht, within, mean, cv)


@pytest.mark.parametrize("kind", LAWS)
def test_any_patience_at_any_size_is_the_density_cut_fine(kind):
    assert list(_misses(kind, seed=1, count=6)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
@pytest.mark.parametrize("kind", LAWS)
def test_any_patience_on_many_queues_is_the_density_cut_fine(kind, seed):
    assert list(_misses(kind, seed, count=60)) == []


def test_redials_at_any_size_solve_their_equation_with_the_exact_queue():
    rng = np.random.default_rng(3)
    for _ in range(12):
        load, agents, aht, within = _queue(rng)
        patience, redial = float(10 ** rng.uniform(0, 6)), float(rng.choice([0.2, 0.7, 0.99]))
        found = evaluate_redials(
            calls=load, interval_s=aht, aht_s=aht, agents=agents, patience_s=patience, redial_share=redial, within_s=within
        )
        expected = exact.erlang_a(found.total_calls, agents, aht, patience, within)
        assert found.total_calls * (1 - redial * expected["p_abandon"]) == pytest.approx(load, rel=1e-10)
        for name, value in expected.items():
            _close(found.measures[name], value, name)


def test_blending_at_any_size_is_the_chain_multiplied_out_from_its_floor():
    rng = np.random.default_rng(4)
    for _ in range(25):
        load, agents, aht, within = _queue(rng)
        agents, patience = round(agents), float(10 ** rng.uniform(0, 4))
        reserve = int(rng.integers(0, agents + 1))
        floor = agents - reserve
        down = (floor + np.arange(1, reserve + 1)) / aht
        states, expected = summed(load / aht, down, reserve, agents / aht, 1 / patience, within)
        found = evaluate_blend(calls=load, interval_s=aht, aht_s=aht, agents=agents, reserve=reserve, patience=patience, within_s=within)
        for name, value in expected.items():
            _close(found.measures[name], value, name)
        busy = float(states @ np.minimum(floor + np.arange(len(states)), agents))
        assert found.measures.occupancy == pytest.approx(busy / agents, rel=NEAR)
        outbound = busy - load * (1 - expected["p_abandon"])
        assert found.outbound_calls == pytest.approx(outbound, rel=NEAR, abs=NEAR * load)


def _over_rates(calls, cv):
    """Rates and their probabilities: the quantiles of the gamma law, cut fine in its own density."""
    law = stats.gamma(1 / cv**2, scale=calls * cv**2)
    probe = np.concatenate([np.geomspace(1e-16, 0.5, 400), 1 - np.geomspace(0.5, 1e-16, 400)[1:]])
    edges = np.unique(law.ppf(probe[:-30]))
    edges = np.unique(np.concatenate([edges, law.isf(np.geomspace(1e-2, 1e-20, 200)), np.linspace(edges[0], law.isf(1e-20), 5_000)]))
    middle, half = (edges[1:] + edges[:-1]) / 2, (edges[1:] - edges[:-1]) / 2
    rate = (middle + half * GAUSS[:, None]).ravel()
    weight = (WEIGHT[:, None] * half).ravel() * law.pdf(rate)
    return rate, weight


@pytest.mark.parametrize("cv", [1e-3, 0.05, 0.4, 1.0])
def test_a_random_load_at_any_size_is_the_average_over_rates_cut_fine(cv):
    rng = np.random.default_rng(5)
    for _ in range(2):
        load, agents, aht, within = _queue(rng)
        queue = {"interval_s": aht, "aht_s": aht, "agents": agents, "patience_s": float(10 ** rng.uniform(1, 4)), "within_s": within}
        rate, weight = _over_rates(load, cv)
        assert weight.sum() == pytest.approx(1, abs=1e-9)
        each = evaluate("A", calls=rate, **queue)
        found = evaluate_random("A", calls=load, cv=cv, **queue)
        callers = weight * rate / (weight @ rate)
        for name in ("p_wait", "p_abandon", "asa_all", "sl_virtual", "sl_offered", "sl_abandons_met"):
            # what happens at one rate in 1e14 is not asked for
            assert found[name] == pytest.approx(float(callers @ each[name]), rel=NEAR, abs=1e-14), name
        assert found.occupancy == pytest.approx(float(weight @ each.occupancy), rel=NEAR)


@pytest.mark.parametrize("cv", [1e-6, 1e-4, 0.03, 0.5, 3.0])
def test_calls_at_risk_and_the_chance_to_meet_a_target_are_each_others_inverse(cv):
    queue = {"interval_s": 1800.0, "aht_s": 240.0, "patience_s": 90.0}
    for chance in (1e-6, 0.2, 0.9, 0.9999):
        calls = calls_at_risk(100.0, cv, chance)
        level = evaluate("A", calls=calls, agents=14, **queue).sl_offered
        if 1e-6 < level < 1 - 1e-6:
            assert chance_met("A", calls=100.0, cv=cv, agents=14, targets={"sl_offered": level}, **queue) == pytest.approx(chance, rel=1e-5)


# In time.


def _exponential_of_the_generator(calls, agents, aht, patience, interval, room, start):
    """State at the end and means, with the integral carried beside the state."""
    j, n = np.arange(room + 1), room + 1
    state, means = start, []
    for count, present in zip(calls, agents, strict=True):
        down = np.minimum(j, present) / aht + np.maximum(j - present, 0) / patience
        generator = np.diag(np.full(room, count / interval), 1) + np.diag(down[1:], -1)
        generator -= np.diag(generator.sum(axis=1))
        power = expm(np.block([[generator, np.eye(n)], [np.zeros((n, 2 * n))]]) * interval)
        means.append(state @ power[:n, n:] / interval)
        state = state @ power[:n, :n]
    return state, np.array(means)


@pytest.mark.parametrize(("patience", "aht"), [(1.0, 300.0), (90.0, 240.0), (1e6, 60.0), (600.0, 5000.0)])
def test_a_queue_in_time_is_that_of_the_generator_from_any_start(patience, aht):
    calls, agents, room = [12, 40, 0, 25], [2, 5, 1, 0], 36
    start = np.full(room + 1, 1 / (room + 1))
    state, means = _exponential_of_the_generator(calls, agents, aht, patience, 900.0, room, start)
    found = evaluate_transient(calls=calls, interval_s=900.0, aht_s=aht, agents=agents, patience_s=patience, room=room, start=start)
    assert found.final == pytest.approx(state, abs=1e-8)
    j = np.arange(room + 1)
    for i, (mean, present) in enumerate(zip(means, agents, strict=True)):
        queue, busy = mean @ np.maximum(j - present, 0), mean @ np.minimum(j, present)
        assert (found.mean_queue[i], found.mean_busy[i]) == pytest.approx((queue, busy), rel=1e-6, abs=1e-8)
        assert found.abandoned[i] == pytest.approx(queue / patience * 900, rel=1e-6, abs=1e-6)
        if calls[i]:
            assert found.p_wait[i] == pytest.approx(mean[present:].sum(), abs=1e-8)


@pytest.mark.parametrize(("patience", "within"), [(120.0, 45.0), (1.0, 300.0), (1e6, 20.0), (120.0, 0.0), (5.0, 400.0)])
def test_who_joins_a_queue_in_time_meets_the_tagged_callers_fate(patience, within):
    """Service levels from the mean state, by the beta laws and by the chain of a tagged caller."""
    calls, agents, room, theta, drain = [30.0], [4], 36, 1 / patience, 4 / 240
    found = evaluate_transient(calls=calls, interval_s=900.0, aht_s=240.0, agents=agents, patience_s=patience, within_s=within, room=room)
    _, means = _exponential_of_the_generator(calls, agents, 240.0, patience, 900.0, room, np.eye(37)[0])
    waiting = means[0][4:]
    count = len(waiting)
    for own, name in ((0.0, "sl_virtual"), (theta, "sl_offered")):
        generator = np.zeros((count + 1, count + 1))
        for ahead in range(count):
            generator[ahead, ahead - 1 if ahead else count] += drain + ahead * theta
            generator[ahead, ahead] -= drain + ahead * theta + own
        soon = (np.append(waiting, 0.0) @ expm(generator * within))[count]
        assert getattr(found, name)[0] == pytest.approx(means[0][:4].sum() + soon, abs=1e-6)


@pytest.mark.parametrize("load", [300.0, 2000.0])
def test_a_thousand_servers_in_time_carry_a_poisson_number_where_patience_is_the_handle_time(load):
    """With patience as long as the handle time nobody's stay depends on the staff: from empty the number is Poisson, whatever n."""
    aht, interval = 300.0, 450.0
    found = evaluate_transient(calls=[load * 1.5], interval_s=interval, aht_s=aht, agents=[round(load)], patience_s=aht)
    mean = load * -np.expm1(-interval / aht)
    states = stats.poisson(mean).pmf(np.arange(len(found.final)))
    assert found.final == pytest.approx(states, abs=1e-9)


def test_the_modified_load_is_its_integral_in_closed_form_over_all_sizes():
    rng = np.random.default_rng(6)
    for _ in range(30):
        calls, aht = 10 ** rng.uniform(-6, 4, 8), 10 ** rng.uniform(-1, 6, 8)
        found = modified_offered_load(calls=calls, interval_s=900.0, aht_s=aht, start=3.0)
        with mp.workdps(40):
            load = mp.mpf(3)
            for i in range(8):
                a, h = mp.mpf(calls[i]) * mp.mpf(aht[i]) / 900, mp.mpf(aht[i])
                mean = a + (load - a) * h / 900 * -mp.expm1(-900 / h)
                load = a + (load - a) * mp.exp(-900 / h)
                assert found.mean[i] == pytest.approx(float(mean), rel=1e-10)
                assert found.edge[i + 1] == pytest.approx(float(load), rel=1e-10)


def test_all_measures_of_the_laws_are_those_asked_of_erlang_a():
    """Guards the list above: what is not compared there is an identity of what is."""
    known = {"p_block", "load", "p_abandon_within", "wait_abandoned"}
    assert set(NAMES) - known == set(_dense(LAWS["exponential"](60.0, 1.0), 0.1, 0.2, 0.0, 20.0))
