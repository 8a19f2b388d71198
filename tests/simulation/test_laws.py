"""Laws of times: means, spreads, quantiles against the distributions as scipy knows them."""

import numpy as np
import pytest
from scipy import stats

from simulation.laws import factors, times_s
from wfm.model import LAWS, Law

U = (np.arange(100_000) + 0.5) / 100_000
KNOWN = {
    Law("exponential", 60): stats.expon(scale=60),
    Law("gamma", 60, 0.5): stats.gamma(4, scale=15),
    Law("lognormal", 60, 1.0): stats.lognorm(np.log(2) ** 0.5, scale=60 / 2**0.5),
    Law("weibull", 60, 1.0): stats.expon(scale=60),
    Law("uniform", points=(30, 90)): stats.uniform(30, 60),
    Law("triangular", points=(30, 50, 90)): stats.triang(1 / 3, 30, 60),
}


@pytest.mark.parametrize("law", KNOWN, ids=lambda law: law.kind)
def test_quantiles_are_those_of_the_distribution(law: Law):
    shares = np.array([0.001, 0.1, 0.5, 0.9, 0.999])
    assert np.allclose(times_s(law, shares), KNOWN[law].ppf(shares), rtol=1e-9)


@pytest.mark.parametrize(
    ("kind", "cv"), [("lognormal", 0.4), ("gamma", 1.6), ("weibull", 0.4), ("weibull", 2.0), ("hyperexponential", 2.0)]
)
def test_mean_and_spread_are_as_stated(kind: str, cv: float):
    found = times_s(Law(kind, 120, cv), U)
    assert found.mean() == pytest.approx(120, rel=2e-3)
    assert found.std() / found.mean() == pytest.approx(cv, rel=2e-2)


def test_each_kind_of_the_hyperexponential_makes_half_of_the_mean():
    cv = 2.0
    share = (1 + ((cv**2 - 1) / (cv**2 + 1)) ** 0.5) / 2
    found = times_s(Law("hyperexponential", 100, cv), U)
    assert found[share > U].sum() / found.sum() == pytest.approx(0.5, rel=1e-2)


def test_quantiles_given_are_quantiles_found_with_straight_lines_between():
    law = Law("empirical", points=(0, 10, 20, 100))
    assert np.allclose(times_s(law, np.array([0.0, 1 / 6, 1 / 3, 5 / 6, 1.0])), [0, 5, 10, 60, 100])
    assert times_s(law, U).mean() == pytest.approx(law.mean, rel=1e-4)


@pytest.mark.parametrize("kind", LAWS)
def test_in_units_of_its_mean_every_law_has_the_mean_one(kind: str):
    points = {"uniform": (10, 30), "triangular": (10, 20, 60), "empirical": (1, 2, 9)}.get(kind, ())
    assert factors(Law(kind, 50, 1.5, points), U).mean() == pytest.approx(1, rel=2e-3)


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "normal"}, {"kind": "uniform"}, {"kind": "hyperexponential", "cv": 0.9}, {"cv": 0}, {"kind": "uniform", "points": (9, 2)}],
)
def test_a_law_that_cannot_be_is_refused(wrong: dict):
    with pytest.raises(ValueError, match="law"):
        Law(**wrong)
