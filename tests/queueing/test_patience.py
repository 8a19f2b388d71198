"""Patience from data: against scipy's censored fits, textbook data, exact intervals, and simulated callers whose patience is known."""

import heapq
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy import stats

from wfm.queueing.patience import (
    fit_patience,
    hazard_in_bins,
    kaplan_meier,
    patience_from_intervals,
    patience_from_waits,
    patience_with_prior,
    quantile,
    waits,
)
from wfm.queueing.patience.estimate import events_between
from wfm.queueing.patience.families import FAMILIES

# remission times of 21 patients on 6-MP (Freireich et al. 1963; Kalbfleisch & Prentice, Cox & Oakes): 9 relapses, 12 censored
TIME = np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35], float)
RELAPSE = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], bool)


def _callers(rng, count, patience, offered):
    """Waits and outcomes of callers with these patiences who are offered these waits."""
    return np.minimum(patience, offered)[:count], (patience < offered)[:count]


def test_the_textbook_survival_curve():
    curve = kaplan_meier(waits(TIME, RELAPSE))
    assert curve.time_s.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.survival == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.quantile(0.5).value == 23
    assert curve.quantile(0.9).value == np.inf
    assert curve.at([0, 5.9, 6, 40]) == pytest.approx([1, 1, 0.857, 0.448], abs=5e-4)


def test_the_interval_of_the_curve_is_that_of_scipy():
    curve = kaplan_meier(waits(TIME, RELAPSE))
    reference = stats.ecdf(stats.CensoredData(uncensored=TIME[RELAPSE], right=TIME[~RELAPSE])).sf
    ends = reference.confidence_interval(0.95, method="log-log")
    at = np.searchsorted(reference.quantiles, curve.time_s)
    assert curve.survival == pytest.approx(reference.probabilities[at], rel=1e-12)
    assert curve.low == pytest.approx(ends.low.probabilities[at], rel=1e-9)
    assert curve.high == pytest.approx(ends.high.probabilities[at], rel=1e-9)


def test_a_curve_in_which_everybody_leaves_ends_at_0_and_one_in_which_nobody_does_stays_at_1():
    assert kaplan_meier(waits([3.0, 5.0], [True, True])).survival.tolist() == [0.5, 0]
    assert kaplan_meier(waits([3.0, 5.0], [False, False])).at([10.0]).tolist() == [1]


def test_exponential_patience_is_total_wait_over_abandons_with_its_exact_interval():
    found = patience_from_waits(waits(TIME, RELAPSE))
    assert found.value == pytest.approx(359 / 9)
    assert found.low == pytest.approx(2 * 359 / stats.chi2.ppf(0.975, 20))
    assert found.high == pytest.approx(2 * 359 / stats.chi2.ppf(0.025, 18))


@pytest.mark.parametrize("events", [0, 1, 3, 40, 2000])
def test_the_ends_of_the_interval_leave_two_and_a_half_percent_on_each_side(events):
    low, high = events_between(events, 0.95)
    assert stats.poisson(high).cdf(events) == pytest.approx(0.025, rel=1e-9)
    assert (stats.poisson(low).sf(events - 1) if events else low) == pytest.approx(0.025 if events else 0, rel=1e-9)


def test_intervals_are_summed_before_dividing():
    found = patience_from_intervals(answered=[95, 100, 0], asa_s=[20, 10, np.nan], abandoned=[5, 0, 0], abandon_wait_s=[24, np.nan, np.nan])
    assert found.value == pytest.approx((95 * 20 + 100 * 10 + 5 * 24) / 5)


def test_without_abandons_only_the_low_end_is_known():
    found = patience_from_intervals(answered=100, asa_s=30, abandoned=0, abandon_wait_s=np.nan)
    assert (found.value, found.high) == (np.inf, np.inf)
    # the hazard at which no abandon in 3,000 s has the chance 2.5 %
    assert found.low == pytest.approx(3000 / -np.log(0.025))
    assert np.isnan(patience_from_intervals(answered=5, asa_s=0, abandoned=0, abandon_wait_s=0).value)


def test_a_prior_bounds_the_mean_where_nobody_left():
    found = patience_with_prior(0, 3000, mean_s=120, worth=2)
    law = stats.gamma(2, scale=1 / (3000 + 240))
    assert found.value == pytest.approx(3240 / 2)
    assert (1 / found.high, 1 / found.low) == pytest.approx(tuple(law.ppf([0.025, 0.975])))


def test_the_exact_interval_covers_the_truth_about_as_often_as_it_says():
    rng, hits = np.random.default_rng(7), 0
    for _ in range(400):
        left = rng.exponential(120, 200)
        offered = rng.exponential(15, 200)
        found = patience_from_waits(waits(*_callers(rng, 200, left, offered)))
        hits += found.low <= 120 <= found.high
    assert 0.93 <= hits / 400 <= 0.98


SCIPY = {
    "exponential": (stats.expon, lambda p: [p["mean_s"].value], {"floc": 0}, [1]),
    "weibull": (stats.weibull_min, lambda p: [p["shape"].value, p["scale_s"].value], {"floc": 0}, [0, 2]),
    "gamma": (stats.gamma, lambda p: [p["shape"].value, p["scale_s"].value], {"floc": 0}, [0, 2]),
    "lognormal": (stats.lognorm, lambda p: [p["sigma"].value, p["median_s"].value], {"floc": 0}, [0, 2]),
}


@pytest.mark.parametrize("family", SCIPY)
def test_the_fitted_parameters_and_likelihood_are_those_of_scipy(family):
    law, values, fixed, places = SCIPY[family]
    (found,) = fit_patience(waits(TIME, RELAPSE), [family])
    data = stats.CensoredData(uncensored=TIME[RELAPSE], right=TIME[~RELAPSE])
    reference = law.fit(data, **fixed)
    assert values(found.parameters) == pytest.approx([reference[i] for i in places], rel=1e-3)
    ours = law(*[*values(found.parameters)[:-1], 0, values(found.parameters)[-1]])
    assert found.log_likelihood == pytest.approx(ours.logpdf(TIME[RELAPSE]).sum() + ours.logsf(TIME[~RELAPSE]).sum(), rel=1e-9)
    assert found.aic == 2 * len(places) - 2 * found.log_likelihood
    # scipy stops early; ours must not be below it
    best = law(*reference)
    assert found.log_likelihood >= best.logpdf(TIME[RELAPSE]).sum() + best.logsf(TIME[~RELAPSE]).sum() - 1e-9


def test_the_weibull_fit_solves_its_score_equations():
    (found,) = fit_patience(waits(TIME, RELAPSE), ["weibull"])
    shape, scale = found.parameters["shape"].value, found.parameters["scale_s"].value
    power = TIME**shape
    assert (power @ np.log(TIME)) / power.sum() - 1 / shape == pytest.approx(np.log(TIME[RELAPSE]).mean(), rel=1e-6)
    assert scale**shape == pytest.approx(power.sum() / 9, rel=1e-6)


def test_the_interval_by_curvature_of_the_exponential_is_the_known_one():
    (found,) = fit_patience(waits(TIME, RELAPSE), ["exponential"])
    mean, ratio = 359 / 9, np.exp(1.959964 / 3)
    assert found.parameters["mean_s"].low == pytest.approx(mean / ratio, rel=1e-5)
    assert found.mean_s.high == pytest.approx(mean * ratio, rel=1e-5)
    assert found.median_s.value == pytest.approx(mean * np.log(2), rel=1e-6)


def test_whole_seconds_are_taken_as_whole_seconds():
    rng = np.random.default_rng(3)
    patience, offered = rng.exponential(15, 40_000), rng.exponential(20, 40_000)
    exact, left = np.minimum(patience, offered), patience < offered
    plain = patience_from_waits(waits(np.floor(exact[exact >= 1]), left[exact >= 1]))
    grained = patience_from_waits(waits(np.floor(exact), left, grain_s=1.0, seen_after_s=1.0))
    (fitted,) = fit_patience(waits(np.floor(exact), left, grain_s=1.0, seen_after_s=1.0), ["exponential"])
    error = 15 / np.sqrt(left.sum())
    assert abs(grained.value - 15) < 3 * error
    assert fitted.mean_s.value == pytest.approx(grained.value, rel=1e-3)
    assert abs(plain.value - 15) > 4 * error


def test_leaving_out_short_waits_needs_left_truncation():
    rng = np.random.default_rng(5)
    patience, offered = rng.exponential(120, 60_000), rng.exponential(40, 60_000)
    wait, left = np.minimum(patience, offered), patience < offered
    kept = ~(left & (wait < 5))
    error = 4 * 120 / np.sqrt(left.sum())
    assert patience_from_waits(waits(wait[kept], left[kept])).value > 120 + 2 * error
    assert abs(patience_from_waits(waits(wait[kept], left[kept], seen_after_s=5.0)).value - 120) < error
    (weibull,) = fit_patience(waits(wait[kept], left[kept], seen_after_s=5.0), ["weibull"])
    assert weibull.parameters["shape"].low < 1 < weibull.parameters["shape"].high


TRUTH = {
    "weibull": ([np.log(90), np.log(1.6)], {"scale_s": 90, "shape": 1.6}),
    "lognormal": ([np.log(100), np.log(0.7)], {"median_s": 100, "sigma": 0.7}),
    "hyperexponential": ([0.0, np.log(8), np.log(24)], {"short_share": 0.5, "short_mean_s": 8}),
}


@pytest.mark.parametrize("balk", [0.0, 0.1])
@pytest.mark.parametrize("family", TRUTH)
def test_the_true_family_wins_and_its_parameters_are_found(family, balk):
    rng, count = np.random.default_rng(11), 6_000
    scores, values = TRUTH[family]
    law, gone = FAMILIES[family].law(scores), rng.random(count)
    grid = np.array([quantile(law, g) for g in np.linspace(0, 0.9999, 4000)])
    patience = np.interp(gone, np.linspace(0, 0.9999, 4000), grid) * (rng.random(count) >= balk)
    seen = waits(*_callers(rng, count, patience, rng.exponential(60, count)))
    best, *_ = fit_patience(seen, ["exponential", "weibull", "lognormal", "hyperexponential"], balking=balk > 0)
    assert best.family == family
    for name, value in (values | ({"at_once": balk} if balk else {})).items():
        found = best.parameters[name]
        # four standard errors where the interval has 1.96
        assert found.value - 2.05 * (found.value - found.low) < value < found.value + 2.05 * (found.high - found.value), name


def test_the_share_that_balks_is_that_of_those_who_left_at_once():
    rng = np.random.default_rng(2)
    patience = rng.exponential(80, 5000) * (rng.random(5000) > 0.08)
    wait, left = _callers(rng, 5000, patience, rng.exponential(50, 5000))
    (found,) = fit_patience(waits(wait, left), ["exponential"], balking=True)
    share, later = (wait == 0).mean(), left & (wait > 0)
    assert found.parameters["at_once"].value == pytest.approx(share, rel=1e-5)
    assert found.parameters["mean_s"].value == pytest.approx(wait.sum() / later.sum(), rel=1e-5)


def test_where_nobody_balks_the_share_is_0_and_its_bound_is_that_of_the_likelihood():
    rng = np.random.default_rng(2)
    wait, left = _callers(rng, 800, rng.exponential(80, 800), rng.exponential(50, 800))
    (found,) = fit_patience(waits(wait, left), ["exponential"], balking=True)
    at_once = found.parameters["at_once"]
    assert (at_once.value, at_once.low) == (0, 0)
    # (1 − b)^800 has fallen by half of χ²(0.95; 1)
    assert at_once.high == pytest.approx(1 - np.exp(-stats.chi2.ppf(0.95, 1) / 2 / 800), rel=1e-3)
    assert found.aic == pytest.approx(fit_patience(waits(wait, left), ["exponential"])[0].aic)


@settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=6, max_size=30).filter(lambda c: len({t for t, left in c if left}) > 2),
    st.booleans(),
)
def test_small_and_odd_data_are_fitted_without_a_word(callers, balking):
    fits = fit_patience(waits([float(t) for t, _ in callers], [left for _, left in callers], grain_s=1.0), balking=balking)
    assert len(fits) == len(FAMILIES)
    assert np.isfinite([fit.log_likelihood for fit in fits]).all()
    assert (np.diff([fit.aic for fit in fits]) >= 0).all()
    for fit in fits:
        assert all(not found.low > found.value and not found.high < found.value for found in fit.parameters.values())


def test_the_hazard_in_bins_is_abandons_over_time_lived_in_them():
    found = hazard_in_bins(waits([2.0, 4, 8, 20], [True, False, True, False]), (0, 5, 10))
    assert found.abandons.tolist() == [1, 1, 0]
    assert found.waited_s.tolist() == [2 + 4 + 5 + 5, 3 + 5, 10]
    assert found.per_second == pytest.approx([1 / 16, 1 / 8, 0])
    assert found.low[2] == 0
    assert found.high[2] == pytest.approx(-np.log(0.025) / 10)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0.1, 500), st.booleans()), min_size=1, max_size=40))
def test_hazards_over_all_bins_hold_all_time_and_all_abandons(callers):
    time, left = np.array([c[0] for c in callers]), np.array([c[1] for c in callers])
    found = hazard_in_bins(waits(time, left))
    assert found.waited_s.sum() == pytest.approx(time.sum())
    assert found.abandons.sum() == left.sum()


def test_a_measured_curve_serves_as_a_law():
    curve = kaplan_meier(waits(TIME, RELAPSE))
    law = curve.law([10.0, 20.0], 50.0)
    assert law.survival(np.array([10.0, 20.0])) == pytest.approx(curve.at([10.0, 20.0]))


def test_the_technion_callers_are_as_the_data_sheet_says(shared_data):
    columns = np.genfromtxt(
        shared_data / "technion_bank" / "calls_1999_02.csv.gz", delimiter=",", names=True, dtype=None, encoding="utf-8", usecols=(11, 12)
    )
    wait, outcome = columns["q_time"].astype(float), columns["outcome"]
    kept = (outcome == "AGENT") | ((outcome == "HANG") & (wait > 0))
    wait, left = wait[kept], outcome[kept] == "HANG"
    assert len(wait) == 31_094
    assert left.mean() == pytest.approx(0.1265, abs=5e-5)
    seen = waits(wait, left, grain_s=1.0)
    by_total = patience_from_intervals(
        answered=(~left).sum(), asa_s=wait[~left].mean(), abandoned=left.sum(), abandon_wait_s=wait[left].mean()
    )
    assert by_total.value == pytest.approx(wait.sum() / left.sum())
    assert patience_from_waits(seen).value == pytest.approx(by_total.value, rel=0.01)
    fits = fit_patience(seen, ["exponential", "weibull", "lognormal"])
    assert fits[0].family == "lognormal"
    curve = kaplan_meier(seen)
    for t in (30.0, 60.0, 120.0):
        assert float(fits[0].law.survival(np.array(t))) == pytest.approx(float(curve.at([t])[0]), abs=0.015)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: waits([-1.0], [True]), "wait_s"),
        (lambda: waits([1.0, 2.0], [True]), "abandoned"),
        (lambda: waits([0.0, 0.0], [False, False]), "nobody waited"),
        (lambda: waits([3.0], [True], grain_s=1.0, seen_after_s=0.5), "seen_after_s"),
        (lambda: fit_patience(waits([3.0], [False])), "nobody abandoned"),
        (lambda: fit_patience(waits([3.0], [True]), ["normal"]), "families"),
        (lambda: fit_patience(waits([3.0, 5.0], [True, False]), ["weibull"]), "too few"),
        (lambda: fit_patience(waits([0.0, 3.0], [True, True]), ["weibull"]), "balking"),
        (lambda: fit_patience(waits([3.0], [True], seen_after_s=1.0), ["exponential"], balking=True), "balking"),
        (lambda: hazard_in_bins(waits([3.0], [True]), (5, 5)), "edges_s"),
        (lambda: patience_from_intervals(answered=-1, asa_s=0, abandoned=0, abandon_wait_s=0), "answered"),
        (lambda: patience_from_waits(waits([3.0], [True]), level=1.0), "level"),
        (lambda: patience_with_prior(0, 10, mean_s=0), "mean_s"),
    ],
)
def test_impossible_data_are_refused_with_a_reason(call, named):
    with pytest.raises(ValueError, match=named):
        call()


def _weibull(rng, count):
    return 90 * rng.weibull(1.6, count)


def _lognormal(rng, count):
    return 100 * np.exp(0.7 * rng.standard_normal(count))


KNOWN = {
    "weibull": (_weibull, {"scale_s": 90.0, "shape": 1.6}, 90 * np.log(2) ** (1 / 1.6), stats.weibull_min(1.6, scale=90)),
    "lognormal": (_lognormal, {"median_s": 100.0, "sigma": 0.7}, 100.0, stats.lognorm(0.7, scale=100)),
}


@pytest.mark.slow
@pytest.mark.parametrize("balk", [0.0, 0.1])
@pytest.mark.parametrize("family", KNOWN)
def test_every_interval_covers_the_truth_about_as_often_as_it_says(family, balk):
    draw, truth, median, law = KNOWN[family]
    rng, hits, rounds = np.random.default_rng(12), {}, 200
    bins = (0, 30, 60)
    for _ in range(rounds):
        patience = draw(rng, 500) * (rng.random(500) >= balk)
        wait, left = _callers(rng, 500, patience, rng.exponential(80, 500))
        seen = waits(wait, left)
        (fit,) = fit_patience(seen, [family], balking=balk > 0)
        found = {**fit.parameters, **({} if balk else {"median": fit.median_s})}
        known = truth | ({"at_once": balk} if balk else {"median": median})
        curve = kaplan_meier(seen)
        for t in (20.0, 60.0, 120.0):
            at = np.searchsorted(curve.time_s, t, side="right") - 1
            hits.setdefault(f"curve at {t:g}", []).append(curve.low[at] <= (1 - balk) * law.sf(t) <= curve.high[at])
        if not balk:
            hazard = hazard_in_bins(seen, bins)
            # the constant hazard that the same exposure would have shown: the mean of the law's over the time lived through
            for i, (low, high) in enumerate(pairwise(bins)):
                t = np.linspace(low, high, 400)
                lived = law.sf(t) * np.exp(-t / 80)
                mean = (law.pdf(t) / law.sf(t) * lived).sum() / lived.sum()
                hits.setdefault(f"hazard from {low}", []).append(hazard.low[i] <= mean <= hazard.high[i])
        for name, value in known.items():
            hits.setdefault(name, []).append(found[name].low <= value <= found[name].high)
    for name, covered in hits.items():
        assert 0.9 <= np.mean(covered) <= 0.995, (name, np.mean(covered))


@pytest.mark.parametrize("load", [0.8, 0.95, 1.1])
def test_only_the_total_wait_over_the_abandons_finds_the_patience_of_a_living_queue(load):
    """The wrong ways beside the right one, on a simulated line of 20 agents whose callers have 120 s of patience."""
    rng, calls = np.random.default_rng(21), 40_000
    patience = rng.exponential(120, calls)
    wait, served = _queue(rng, calls, load * 20 / 240, 240.0, 20, patience)
    left = ~served
    found = patience_from_waits(waits(wait, left))
    assert found.low < 120 < found.high
    assert wait[left].mean() < 60
    kept = served | (wait >= 5)
    assert patience_from_waits(waits(wait[kept], left[kept])).value > 125
    adjusted = patience_from_waits(waits(wait[kept], left[kept], seen_after_s=5.0))
    assert adjusted.low < 120 < adjusted.high
    # whole half hours first, as interval reports hold them
    part = np.array_split(np.arange(calls), 400)
    totals = {
        "answered": [served[rows].sum() for rows in part],
        "asa_s": [wait[rows][served[rows]].mean() for rows in part],
        "abandoned": [left[rows].sum() for rows in part],
        "abandon_wait_s": [wait[rows][left[rows]].mean() if left[rows].any() else np.nan for rows in part],
    }
    by_totals = patience_from_intervals(**totals)
    assert by_totals.value == pytest.approx(found.value, rel=1e-9)


def _queue(rng, calls, rate, aht, agents, patience):
    """Waits and outcomes of a first-come line."""
    arrive, handle = np.cumsum(rng.exponential(1 / rate, calls)), rng.exponential(aht, calls)
    free, wait, served = [0.0] * agents, np.zeros(calls), np.ones(calls, bool)
    for i in range(calls):
        offered = max(free[0] - arrive[i], 0.0)
        served[i] = offered < patience[i]
        wait[i] = min(offered, patience[i])
        if served[i]:
            heapq.heapreplace(free, arrive[i] + offered + handle[i])
    return wait, served
