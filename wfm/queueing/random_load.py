"""A load nobody knows exactly: calls are Poisson at a rate that is itself gamma distributed around the forecast.

The number of calls is then negative binomial (Jongbloed & Koole 2001, "Managing uncertainty in call centers using Poisson mixtures").
What callers see is weighted by the rate, E[Λ·SL(Λ)]/E[Λ] (Steckley, Henderson & Mehrotra 2009): busy intervals hold more of them, so that
the service level at the mean rate flatters. P(interval meets the target) is the chance that the rate stays below the most calls that
still meet it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wfm.queueing.day import day_figures
from wfm.queueing.gamma_law import at_chance, chances
from wfm.queueing.inputs import flat, numbers
from wfm.queueing.measures import NAMES, Measures, figures_of, patience
from wfm.queueing.most_calls import most_load
from wfm.queueing.rate_nodes import rates
from wfm.queueing.rows import Rows, fewest, measures, shaped, wanted, whole_answer
from wfm.queueing.special import Array
from wfm.queueing.system import Figures, System
from wfm.queueing.targets import Wanted

_BLOCK = 64
_ENDLESS = {"asa_all", "wait_served", "virtual_wait", "mean_queue"}


def evaluate_random(
    model: str,
    *,
    calls: ArrayLike,
    cv: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    patience_s: ArrayLike | None = None,
    within_s: ArrayLike = 20.0,
) -> Measures:
    """The measures of `evaluate` as callers meet them over many such intervals, whose rate varies around `calls` with the variation cv.

    cv ≥ 0: deviation ÷ mean of the rate, 0 for a known one. Arguments broadcast. Ratios of sums over all rates, load, mean_queue and
    occupancy over time. Under C the waits are infinite where the load exceeds the agents with a chance above 1e-21. Errors: `evaluate`.
    """
    shape, system, spread = _system(model, calls, cv, interval_s, aht_s, agents, patience_s, within_s)
    return measures(_mixed(model, system, spread), shape)


def chance_met(
    model: str,
    *,
    calls: ArrayLike,
    cv: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    targets: Mapping[str, ArrayLike],
    patience_s: ArrayLike | None = None,
    within_s: ArrayLike = 20.0,
) -> Any:
    """P(the rate of the interval is one at which all targets are met), 0–1; 1 without calls. aht_s above 0, targets as in `rows.wanted`."""
    aims = wanted(targets)
    shape, system, spread = _system(model, calls, cv, interval_s, aht_s, agents, patience_s, within_s, *aims.values())
    goals = tuple(Wanted(name, np.broadcast_to(value, shape).ravel(), name.startswith("sl_")) for name, value in aims.items())
    bearable = most_load(model, replace(system, load=np.ones_like(system.load)), goals)
    room = np.divide(bearable, system.load, out=np.where(np.isnan(system.load), np.nan, np.inf), where=system.load > 0)
    return shaped(chance_below(room, spread), shape)


def chance_below(factor: Array, cv: Array) -> Array:
    """P(rate ≤ factor × mean rate), shapes broadcast; nan where either is."""
    k = _shape(cv)
    chance = np.where(cv > 0, chances(k, factor)[0], factor >= 1)
    return np.where(np.isnan(factor + cv), np.nan, chance)


def calls_at_risk(calls: ArrayLike, cv: ArrayLike, chance: ArrayLike) -> Any:
    """The calls per interval that the rate stays below with the given chance in (0, 1): staff for these to meet a target so often.

    Raises ValueError naming the argument and the first bad index.
    """
    shape, rows = flat(
        numbers("calls", calls), numbers("cv", cv), numbers("chance", chance, high=float(np.nextafter(1.0, 0.0)), open_low=True)
    )
    k = _shape(rows[1])
    factor = np.where(rows[1] > 0, at_chance(k, rows[2]), 1.0)
    return shaped(rows[0] * np.where(np.isnan(rows[1]), np.nan, factor), shape)


def agents_needed_random(
    model: str,
    *,
    calls: ArrayLike,
    cv: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    targets: Mapping[str, ArrayLike],
    patience_s: ArrayLike | None = None,
    within_s: ArrayLike = 20.0,
) -> Any:
    """The least whole number of agents whose measures over all rates (`evaluate_random`) meet all targets; see `rows.wanted`.

    For a chance to meet them instead, give `calls_at_risk` to `agents_needed`. Raises ValueError also for a wait under C, which is
    infinite however many agents there are.
    """
    aims = wanted(targets)
    if model == "C" and (endless := _ENDLESS & aims.keys()):
        raise ValueError(f"targets holds {', '.join(sorted(endless))}, infinite under C with a random load, however many agents there are")
    shape, system, spread = _system(model, calls, cv, interval_s, aht_s, 0.0, patience_s, within_s, *aims.values())
    values = [np.broadcast_to(value, shape).ravel() for value in aims.values()]

    def figures(rows: Rows, agents: Array) -> Figures:
        return _mixed(model, replace(system.take(rows), agents=agents), spread[rows])

    known = np.where(np.isnan(system.patience_s + system.within_s + spread), np.nan, system.load)
    return whole_answer(fewest(figures, known, dict(zip(aims, values, strict=True))), shape)


def _system(model: str, *arguments: Any) -> tuple[tuple[int, ...], System, Array]:
    calls, cv, interval_s, aht_s, agents, patience_s, within_s, *more = arguments
    shape, rows = flat(
        numbers("calls", calls),
        numbers("cv", cv),
        numbers("interval_s", interval_s, open_low=True),
        numbers("aht_s", aht_s),
        numbers("agents", agents),
        numbers("patience_s", patience(model, patience_s), endless=True),
        numbers("within_s", within_s),
        *(np.asarray(value, np.float64) for value in more),
    )
    load = rows[0] * rows[3] / rows[2]
    return shape, System(load, rows[4], rows[3], rows[5], np.full_like(load, np.inf), rows[6]), rows[1]


def _shape(cv: Array) -> Array:
    """Of the gamma law with this variation; any number where cv is 0."""
    return np.where(cv > 0, np.divide(1.0, cv * cv, out=np.ones_like(cv), where=cv > 0), 1.0)


def _mixed(model: str, system: System, cv: Array) -> Figures:
    parts = [_mix(model, system.take(slice(at, at + _BLOCK)), cv[at : at + _BLOCK]) for at in range(0, len(cv), _BLOCK)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else figures_of(model, system)


def _mix(model: str, system: System, cv: Array) -> Figures:
    factor, chance = rates(system, np.where(np.isfinite(cv), cv, 0.0))
    # without calls every node counts alike
    asked = np.nonzero((chance > 0) | (system.load == 0))
    part = replace(system.take(asked[1]), load=(system.load * factor)[asked])
    figures = {name: np.zeros(factor.shape) for name in NAMES}
    for name, values in figures_of(model, part).items():
        figures[name][asked] = values
    known = np.isfinite(cv + system.load)
    mixed = day_figures(Measures(**figures), calls=np.nan_to_num(system.load) * factor * chance, interval_s=chance, axis=0)
    return {name: np.where(known, values, np.nan) for name, values in vars(mixed).items()}
