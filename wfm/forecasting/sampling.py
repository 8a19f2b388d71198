"""Sample paths: a joint log-normal day factor × the shape of a whole past day, then Poisson.

Independent intervals would hold a quarter of the day totals that an 80 % band should hold, so everything inside a day shares one
factor, and the factors of a horizon are drawn together. Queues draw correlated factors and the same past dates.
"""

from __future__ import annotations

import numpy as np

from wfm.forecasting.streams import stream
from wfm.forecasting.tails import bent
from wfm.forecasting.threads import one_blas_thread
from wfm.forecasting.views import Horizon, Prediction
from wfm.model.arrays import FloatArray, IntArray

LEAST_DONORS = 5
PRIOR_DAYS = 20.0
"""Correlation between queues is shrunk as if this many days had shown none."""


@one_blas_thread()
def sample_paths(names: tuple[str, ...], horizons: list[Horizon], predictions: list[Prediction], paths: int, seed: int) -> FloatArray:
    """Possible futures, counts, shape (paths, queues, intervals)."""
    axis = horizons[0].axis
    normal = _correlated(names, predictions, (paths, axis.days), seed)
    keys = stream(seed, "donors").random((axis.days, paths, _donor_span(predictions)))
    first = min((int(p.donors[0]) for p in predictions if len(p.donors)), default=0)
    out = np.zeros((paths, len(names), axis.n_intervals))
    for q, (name, horizon, prediction) in enumerate(zip(names, horizons, predictions, strict=True)):
        rate = prediction.mean * horizon.is_open * _factors(prediction.day_cov, normal[:, q], prediction.freedom)[:, axis.day]
        rate += np.sqrt(rate) * _shapes(prediction, horizon, keys, first)
        out[:, q] = stream(seed, "poisson", name).poisson(np.maximum(rate, 0.0))
    return out


def _donor_span(predictions: list[Prediction]) -> int:
    ends = [(int(p.donors[0]), int(p.donors[-1])) for p in predictions if len(p.donors)]
    return max(last for _, last in ends) - min(first for first, _ in ends) + 1 if ends else 0


def _correlated(names: tuple[str, ...], predictions: list[Prediction], shape: tuple[int, int], seed: int) -> FloatArray:
    """Standard normals (paths, queues, days), each queue from its own stream, mixed to the queues' correlation."""
    own = np.stack([stream(seed, "day factor", name).standard_normal(shape) for name in names])
    values, vectors = np.linalg.eigh(correlation([p.day_errors for p in predictions]))
    root = vectors * np.sqrt(np.maximum(values, 0.0)) @ vectors.T
    return np.einsum("qr,rpd->pqd", root, own)


def correlation(errors: list[dict[int, float]]) -> FloatArray:
    """Correlation of the queues' day errors over the days they share, shrunk to none, shape (queues, queues)."""
    matrix = np.eye(len(errors))
    for a in range(len(errors)):
        for b in range(a):
            common = sorted(errors[a].keys() & errors[b].keys())
            x, y = (np.array([errors[q][day] for day in common]) for q in (a, b))
            if len(common) > 2 and np.ptp(x) > 0 and np.ptp(y) > 0:
                matrix[a, b] = matrix[b, a] = np.corrcoef(x, y)[0, 1] * len(common) / (len(common) + PRIOR_DAYS)
    return matrix


def _factors(cov: FloatArray, normal: FloatArray, freedom: float) -> FloatArray:
    """Day factors with mean 1, (paths, days), from standard normals of that shape: log-normal, or of log-t where tails are heavy."""
    values, vectors = np.linalg.eigh(cov)
    logs = normal @ (vectors * np.sqrt(np.maximum(values, 0.0))).T
    sd = np.sqrt(np.maximum(np.diag(cov), 0.0))
    if not np.isfinite(freedom):
        return np.exp(logs - sd**2 / 2)
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    mean = np.exp(sd[:, None] * bent(nodes, freedom)) @ weights / weights.sum()
    return np.exp(sd * bent(logs / np.where(sd > 0, sd, 1.0), freedom)) / mean


def _shapes(prediction: Prediction, horizon: Horizon, keys: FloatArray, first: int) -> FloatArray:
    """Residuals of drawn past days less what Poisson will add, in units of √mean, (paths, intervals).

    A residual has variance φ of which 1 is Poisson noise that is drawn anew, so it is scaled by √(1 − 1/φ); at low counts
    nothing is left of it. The donor is the candidate with the highest key: queues with the same candidates draw the same date.
    """
    axis, donors = horizon.axis, prediction.donors
    if not len(donors):
        return np.zeros((keys.shape[1], axis.n_intervals))
    dispersion = np.maximum(np.mean(prediction.residuals**2, axis=0), 1.0)
    scaled = prediction.residuals * np.sqrt(1 - 1 / dispersion)
    chosen = np.stack([_drawn(donors, weekday, keys[day], first) for day, weekday in enumerate(axis.weekday)], axis=1)
    return scaled[chosen[:, axis.day], horizon.slot]


def _drawn(donors: IntArray, weekday: int, keys: FloatArray, first: int) -> IntArray:
    same = np.flatnonzero((donors - 1) % 7 == weekday)
    pool = same if len(same) >= LEAST_DONORS else np.arange(len(donors))
    return pool[np.argmax(keys[:, donors[pool] - first], axis=1)]
