"""Where to look at a queue whose rate is random: Gauss–Legendre in the normal score of the rate, between cuts where measures bend.

A large queue turns within a few hundredths of its load: at the load that its agents can just do, and, for callers with patience, where the
wait of the patient passes T, at agents·e^(T/patience). Around both the cuts lie the closer, the nearer they are.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from wfm.queueing.gamma_law import chances, quantile
from wfm.queueing.special import Array
from wfm.queueing.system import System

_REACH = 9.5
"""Standard deviations on either side that matter: beyond lie 1e-21 of the cases."""
_PLAIN = np.array([-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0])
_STEPS = 7
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(14)
_NODES, _WEIGHTS = (_NODES + 1) / 2, _WEIGHTS / 2


def rates(system: System, cv: Array) -> tuple[Array, Array]:
    """Rates ÷ mean rate and their probabilities, both (nodes, rows); system.load holds the mean load, cv is finite."""
    shape = np.where(cv > 0, np.divide(1.0, cv * cv, out=np.ones_like(cv), where=cv > 0), 1.0)
    below, above = chances(shape, _bends(system))
    with np.errstate(divide="ignore"):
        bends = np.where(below < 0.5, ndtri(below), -ndtri(above))
    fixed = np.broadcast_to(np.concatenate([[-_REACH], _PLAIN, [_REACH]])[:, None], (len(_PLAIN) + 2, len(cv)))
    edges = np.sort(np.concatenate([fixed, np.clip(bends, -_REACH, _REACH)]), axis=0)
    width = np.diff(edges, axis=0)[:, None]
    score = edges[:-1, None] + width * _NODES[:, None]
    weight = width * _WEIGHTS[:, None] * np.exp(-score * score / 2)
    score, weight = (part.reshape(-1, len(cv)) for part in (score, weight))
    return np.where(cv > 0, quantile(shape, score), 1.0), weight / weight.sum(axis=0)


def _bends(system: System) -> Array:
    """Factors of the rate, (cuts, rows), near which measures turn."""
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        full = np.where(system.load > 0, system.agents / system.load, np.inf)
        patience, late = system.patience_s / system.aht_s, system.within_s / system.aht_s
        steepest = np.sqrt(system.agents * np.clip(patience, 1.0, 1e6))
        waiting = np.where(np.isinf(patience), system.agents * late, 0.0)
        passes = full * np.exp(np.minimum(np.nan_to_num(late / patience), 700.0))
        cuts = [_graded(full, np.maximum(steepest, waiting)), _graded(passes, steepest)]
    return np.minimum(np.nan_to_num(np.concatenate(cuts), nan=1e300), 1e300)


def _graded(centre: Array, steepness: Array) -> Array:
    """The centre and cuts on both sides of it, from 1 ÷ steepness to the whole of it in even ratios."""
    finest = np.clip(1 / np.maximum(steepness, 1e-9), 1e-7, 0.5)
    offsets = finest ** (1 - np.arange(_STEPS) / _STEPS)[:, None]
    return np.concatenate([centre[None, :], centre * (1 - offsets), centre * (1 + offsets)])
