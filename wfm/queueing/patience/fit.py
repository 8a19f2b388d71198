"""Patience laws fitted to a call log by maximum likelihood, the served as censored; the better law has the lower AIC.

Hazards of real callers are seldom constant (Brown et al. 2005, JASA 100:36–50, section 6), and then "total wait ÷ abandons" moves with the
load. Compare several families, and give the best to `evaluate_patience`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri, ndtri

from wfm.queueing.law import Law, quantile
from wfm.queueing.patience.estimate import LEVEL, Estimate, check_level
from wfm.queueing.patience.families import FAMILIES, Family, Transform, logistic
from wfm.queueing.patience.likelihood import climb, gradient, hessian, law_of, log_likelihood
from wfm.queueing.patience.waits import Waits
from wfm.queueing.special import Array


@dataclass(frozen=True)
class FittedPatience:
    """law: for `evaluate_patience`. parameters: by name, at_once among them where balking was fitted. median_s: of all callers who wait.

    mean_s: mostly told by the tail of the law, beyond what was seen, so trust it less. aic: 2·parameters − 2·log_likelihood, to compare
    fits of the same waits.
    """

    family: str
    law: Law
    parameters: dict[str, Estimate]
    mean_s: Estimate
    median_s: Estimate
    log_likelihood: float
    aic: float


def fit_patience(
    seen: Waits, families: Sequence[str] = tuple(FAMILIES), *, balking: bool = False, level: float = LEVEL
) -> list[FittedPatience]:
    """Fit each family, best AIC first.

    balking: also a share that leaves at once. Where the fit finds none the share is 0 and costs no parameter; its high end is the largest
    share the likelihood allows. Intervals: by curvature on a log or logit scale (delta method), nan where the data do not hold the
    parameter. Raises ValueError for an unknown family, for no abandons at all (see `patience_from_waits` for a bound) or at
    fewer different times than the family has parameters, for balking in
    data that begin later, and for leavers at exactly 0 s without balking.
    """
    check_level(level)
    for name in families:
        if name not in FAMILIES:
            raise ValueError(f"families names {name!r}, expected {', '.join(map(repr, FAMILIES))}")
    if not seen.abandons:
        raise ValueError("nobody abandoned: no law can be fitted, only a lower bound of the mean given")
    _check_times(seen, families, balking)
    if balking and seen.seen_after_s > 0:
        raise ValueError("balking cannot be seen in waits that begin after seen_after_s")
    if not balking and not seen.grain_s and (seen.abandoned & (seen.wait_s == 0)).any():
        raise ValueError("callers left at exactly 0 s: fit with balking=True, or give the grain of the log")
    # what few data leave unbounded runs past the largest float, to inf
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        return sorted((_fit(seen, name, balking, level) for name in families), key=lambda fit: fit.aic)


def _check_times(seen: Waits, families: Sequence[str], balking: bool) -> None:
    """A law with as many parameters as there are times to explain fits them all exactly, which says nothing."""
    times = np.unique(seen.wait_s[seen.abandoned & ((seen.wait_s > 0) | (seen.grain_s > 0) | (not balking))])
    for name in families:
        if len(times) < len(FAMILIES[name].parameters):
            raise ValueError(f"abandons at {len(times)} different times are too few to fit {name!r}")


def _fit(seen: Waits, name: str, balking: bool, level: float) -> FittedPatience:
    family = FAMILIES[name]
    typical = seen.waited_s / seen.abandons
    starts = family.starts(typical)
    if balking:
        soon = float(seen.count[seen.abandoned & (seen.wait_s == 0)].sum()) + 0.5
        guess = float(np.log(soon / (seen.count.sum() - soon + 1)))
        scores, top = climb(lambda s: log_likelihood(seen, family, s, True), [[*start, guess] for start in starts])
        if logistic(scores[-1]) > 1e-6:
            return _told(seen, name, scores, top, level, {**family.parameters, "at_once": logistic})
    scores, top = climb(lambda s: log_likelihood(seen, family, s, False), starts)
    fitted = _told(seen, name, scores, top, level, family.parameters)
    if balking:
        high = _most_balking(seen, family, scores, top, level)
        fitted.parameters["at_once"] = Estimate(0.0, 0.0, high, level)
    return fitted


def _told(seen: Waits, name: str, scores: Array, top: float, level: float, transforms: dict[str, Transform]) -> FittedPatience:
    family, balking = FAMILIES[name], "at_once" in transforms
    spread = _covariance(hessian(lambda s: log_likelihood(seen, family, s, balking), scores))
    z = float(ndtri((1 + level) / 2))

    def law(at: Array) -> Law:
        return law_of(family, at, balking)

    def told(function: Callable[[Array], float], way: Transform) -> Estimate:
        slope = gradient(function, scores)
        middle, half = function(scores), z * float(np.sqrt(slope @ spread @ slope))
        return Estimate(way(middle), way(middle - half), way(middle + half), level)

    parameters = {key: told(lambda s, i=i: float(s[i]), way) for i, (key, way) in enumerate(transforms.items())}  # type: ignore[misc]
    mean = told(lambda s: float(np.log(law(s).mean_s)), lambda value: float(np.exp(value)))
    median = _median(law, scores, told, level)
    return FittedPatience(name, law(scores), parameters, mean, median, top, 2 * len(scores) - 2 * top)


def _median(
    law: Callable[[Array], Law], scores: Array, told: Callable[[Callable[[Array], float], Transform], Estimate], level: float
) -> Estimate:
    """0, without more, where half the callers balk."""
    if quantile(law(scores), 0.5) == 0:
        return Estimate(0.0, 0.0, 0.0, level)
    return told(lambda s: float(np.log(quantile(law(s), 0.5))), lambda value: float(np.exp(value)))


def _covariance(bend: Array) -> Array:
    """Inverse of −bend; nan where the likelihood has no top in every direction."""
    if not np.isfinite(bend).all() or (np.linalg.eigvalsh(-bend) <= 0).any():
        return np.full_like(bend, np.nan)
    return np.asarray(np.linalg.inv(-bend))


def _most_balking(seen: Waits, family: Family, scores: Array, top: float, level: float) -> float:
    """The largest share at once that the profile likelihood allows, where the best is none."""
    allowed = top - float(chdtri(1, 1 - level)) / 2
    low, high = -20.0, 10.0
    for _ in range(16):
        middle = (low + high) / 2
        _, best = climb(lambda s, m=middle: log_likelihood(seen, family, np.append(s, m), True), [list(scores)])  # type: ignore[misc]
        low, high = (middle, high) if best > allowed else (low, middle)
    return logistic(high)
