"""The likelihood of waits under a law, and the search for its top."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import minimize

from wfm.queueing.law import Law
from wfm.queueing.laws import Balking
from wfm.queueing.patience.families import Family, Vector, logistic
from wfm.queueing.patience.waits import Waits
from wfm.queueing.special import Array

Likelihood = Callable[[Array], float]
_STEP = 1e-4
_WORST = -1e300


def law_of(family: Family, scores: Vector, balking: bool) -> Law:
    """The law at these scores; with balking the last score is its share."""
    if not balking:
        return family.law(scores)
    return Balking(logistic(scores[-1]), family.law(scores[:-1]))


def log_likelihood(seen: Waits, family: Family, scores: Vector, balking: bool) -> float:
    """ln P(the waits | R > seen_after_s): leavers by their density or the chance of their whole grain, the answered by P(R > wait)."""
    law = law_of(family, scores, balking)
    left, wait = seen.abandoned, seen.wait_s
    with np.errstate(divide="ignore", over="ignore", invalid="ignore", under="ignore"):
        logs = np.empty_like(wait)
        logs[~left] = np.log(law.survival(seen.middle_s[~left]))
        logs[left] = _log_between(law, wait[left], seen.grain_s) if seen.grain_s else _log_at(family, law, wait[left])
        total = seen.count @ logs
        if seen.seen_after_s > 0:
            total -= seen.count.sum() * np.log(law.survival(np.array(seen.seen_after_s)))
    return float(total) if np.isfinite(total) else _WORST


def _log_between(law: Law, wait: Array, grain: float) -> Array:
    """ln P(wait ≤ R < wait + grain), from whichever tail keeps the digits; who balks leaves in the first grain."""
    end = wait + grain
    early, late = law.left(end) - law.left(wait), law.survival(wait) - law.survival(end)
    first = wait == 0
    early[first] = law.left(end[first])
    return np.asarray(np.log(np.where((law.left(wait) < 0.5) | first, early, late)))


def _log_at(family: Family, law: Law, wait: Array) -> Array:
    if not isinstance(law, Balking):
        return family.log_density(law, wait)
    later = np.log1p(-law.at_once) + family.log_density(law.law, np.where(wait > 0, wait, 1.0))
    return np.asarray(np.where(wait > 0, later, np.log(law.at_once)))


def climb(function: Likelihood, starts: list[list[float]]) -> tuple[Array, float]:
    """(scores, value) at the top: a simplex from each start, then Newton steps for the last digits."""
    best, top = np.array(starts[0], np.float64), -np.inf
    for start in starts:
        options = {"xatol": 1e-6, "fatol": 1e-7, "maxiter": 2000, "maxfev": 2000, "adaptive": True}
        found = minimize(lambda scores: -function(scores), np.array(start, np.float64), method="Nelder-Mead", options=options)
        if -found.fun > top:
            best, top = found.x, -float(found.fun)
    for _ in range(3):
        slope, bend = gradient(function, best), hessian(function, best)
        if not np.isfinite(bend).all() or (np.linalg.eigvalsh(bend) >= -1e-9).any():
            break
        step = best - np.linalg.solve(bend, slope)
        if (value := function(step)) < top:
            break
        best, top = step, value
    return best, top


def gradient(function: Likelihood, at: Array) -> Array:
    """Slope by central differences, (scores,)."""
    steps = _STEP * np.eye(len(at))
    return np.array([(function(at + step) - function(at - step)) / (2 * _STEP) for step in steps])


def hessian(function: Likelihood, at: Array) -> Array:
    """Second derivatives by central differences of steps that suit a log-likelihood, (scores, scores)."""
    steps = 10 * _STEP * np.eye(len(at))

    def mixed(a: Array, b: Array) -> float:
        return function(at + a + b) - function(at + a - b) - function(at - a + b) + function(at - a - b)

    return np.array([[mixed(a, b) for b in steps] for a in steps]) / (4 * (10 * _STEP) ** 2)
