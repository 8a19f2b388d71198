"""Laws of patience: survival, its complement and the partial mean against numerical integrals in 30 digits."""

import mpmath as mp
import numpy as np
import pytest
from scipy import stats

from wfm.queueing.law import stayed
from wfm.queueing.patience import Balking, Empirical, Exponential, Fixed, Gamma, HyperExponential, LogNormal, Weibull, quantile

LAWS = {
    "exponential": (Exponential(120.0), stats.expon(scale=120)),
    "weibull below 1": (Weibull(150.0, 0.6), stats.weibull_min(0.6, scale=150)),
    "weibull above 1": (Weibull(150.0, 2.5), stats.weibull_min(2.5, scale=150)),
    "gamma": (Gamma(60.0, 3.0), stats.gamma(3, scale=60)),
    "lognormal": (LogNormal(100.0, 0.8), stats.lognorm(0.8, scale=100)),
    "uniform": (Empirical([0, 200], [1, 0]), stats.uniform(0, 200)),
}
TIMES = np.array([1e-3, 0.5, 20.0, 90.0, 180.0, 400.0])


@pytest.mark.parametrize("name", LAWS)
def test_shares_left_and_staying_are_those_of_scipy(name):
    law, reference = LAWS[name]
    assert law.survival(TIMES) == pytest.approx(reference.sf(TIMES), rel=1e-12, abs=1e-300)
    assert law.left(TIMES) == pytest.approx(reference.cdf(TIMES), rel=1e-12)
    assert law.mean_s == pytest.approx(reference.mean(), rel=1e-12)


@pytest.mark.parametrize("name", [*LAWS, "mixture", "curve", "balking", "fixed"])
def test_the_time_stayed_is_the_integral_of_the_survival(name):
    law = {
        "mixture": HyperExponential((0.3, 0.7), (20.0, 200.0)),
        "curve": Empirical([10, 60, 300], [0.9, 0.5, 0.2], 100.0),
        "balking": Balking(0.2, Weibull(90.0, 1.5)),
        "fixed": Fixed(100.0),
    }.get(name) or LAWS[name][0]
    for t in TIMES:
        cuts = sorted({0.0, 1e-6, 1e-3, t, *(k for k in law.knots_s if k < t)} - {c for c in (1e-6, 1e-3) if c > t})
        integral = mp.quad(lambda u: float(law.survival(np.array(float(u)))), cuts)
        assert float(stayed(law, np.array(t))) == pytest.approx(float(integral), rel=1e-9)


def test_a_mixture_of_one_is_the_exponential():
    one = HyperExponential((1.0,), (120.0,))
    for part in ("survival", "left", "left_wait"):
        assert getattr(one, part)(TIMES) == pytest.approx(getattr(Exponential(120.0), part)(TIMES), rel=1e-15)


def test_the_mean_of_a_curve_with_a_tail_is_the_area_under_it():
    curve = Empirical([0, 60], [1.0, 0.5], 100.0)
    assert curve.mean_s == pytest.approx(45 + 0.5 * 100)
    assert stayed(curve, np.array(1e6)) == pytest.approx(curve.mean_s)


def test_a_lognormal_from_mean_and_variation_has_them():
    law = LogNormal.of_mean(180.0, 0.5)
    assert law.mean_s == pytest.approx(180)
    assert stats.lognorm(law.sigma, scale=law.median_s).std() == pytest.approx(90)


@pytest.mark.parametrize("name", LAWS)
def test_the_quantile_undoes_the_share_left(name):
    law, reference = LAWS[name]
    assert quantile(law, 0.3) == pytest.approx(reference.ppf(0.3), rel=1e-12)


def test_the_quantile_below_the_balking_share_is_0():
    assert quantile(Balking(0.4, Exponential(60.0)), 0.3) == 0


@pytest.mark.parametrize(
    "build",
    [
        lambda: Exponential(0.0),
        lambda: Weibull(10.0, float("nan")),
        lambda: Gamma(-1.0, 2.0),
        lambda: LogNormal(10.0, float("inf")),
        lambda: HyperExponential((0.5, 0.4), (1.0, 2.0)),
        lambda: HyperExponential((1.0,), (1.0, 2.0)),
        lambda: Fixed(0.0),
        lambda: Balking(1.0, Exponential(1.0)),
        lambda: Empirical([5, 5], [0.5, 0.4], 1.0),
        lambda: Empirical([5, 9], [0.5, 0.6], 1.0),
        lambda: Empirical([5], [0.5]),
        lambda: quantile(Exponential(1.0), 1.0),
    ],
)
def test_impossible_laws_are_refused(build):
    with pytest.raises(ValueError, match=r"expected|must|needed"):
        build()
