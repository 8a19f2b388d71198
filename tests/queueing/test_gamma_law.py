"""The gamma law of a rate, from wild to nearly certain, against mpmath's own integral of its density."""

import mpmath as mp
import numpy as np
import pytest

from wfm.queueing.gamma_law import at_chance, chances, quantile


def _exact(shape, factor):
    """P(at most factor) by quadrature of the density, cut fine."""
    with mp.workdps(30):
        k, x = mp.mpf(shape), mp.mpf(shape) * mp.mpf(factor)
        if shape < 1e4:
            return mp.gammainc(k, 0, x, regularized=True)
        scale, low = mp.exp((k - 1) * mp.log(k) - k - mp.loggamma(k)), k - 14 * mp.sqrt(k)
        cuts = [low + (x - low) * i / 30 for i in range(31)]
        return scale * mp.quad(lambda t: mp.exp((k - 1) * mp.log(t / k) - (t - k)), cuts)


@pytest.mark.parametrize("shape", [0.01, 1.0, 40.0, 1e5, 1.9e5, 2.1e5, 1e6, 1e8, 1e10])
def test_the_chances_are_those_of_the_density(shape):
    for z in (-8.0, -5.0, -2.0, -0.01, 0.0, 1.0, 4.0):
        factor = max(1 + z / np.sqrt(shape), 1e-3)
        exact = _exact(shape, factor)
        below, above = (float(part[0]) for part in chances(np.array([shape]), np.array([factor])))
        assert below == pytest.approx(float(exact), rel=1e-9)
        assert above == pytest.approx(float(1 - exact), rel=1e-9)


@pytest.mark.parametrize("shape", [0.05, 1.0, 1e5, 2.1e5, 1e8, 1e12])
def test_the_quantile_is_where_the_chance_is_that_of_the_score(shape):
    scores = np.array([-8.0, -4.0, -1.0, 0.0, 0.3, 5.0])
    factor = quantile(np.array(shape), scores)
    below, above = chances(np.full(6, shape), factor)
    for score, low, high in zip(scores, below, above, strict=True):
        chance = mp.ncdf(-abs(score))
        assert (low if score < 0 else high) == pytest.approx(float(chance), rel=1e-8)


@pytest.mark.parametrize("shape", [1.0, 1e5, 1e9])
def test_so_it_is_where_the_chance_itself_is_given(shape):
    chance = np.array([1e-7, 0.05, 0.5, 0.999])
    assert chances(np.full(4, shape), at_chance(np.array(shape), chance))[0] == pytest.approx(chance, rel=1e-8)


def test_no_factor_and_any_factor_have_their_chances():
    below, above = chances(np.array([[0.5], [1e12]]), np.array([0.0, 1e-300, 1e302, np.inf]))
    assert below[:, 2:].tolist() == [[1, 1], [1, 1]]
    assert above[:, 0].tolist() == [1, 1]
