"""Laws of handle time and patience by kind of call, and how agents differ, from a log."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.model import CallLog, Law
from wfm.model.arrays import BoolArray, FloatArray, IntArray
from wfm.queueing.patience import Estimate, kaplan_meier, patience_from_waits, waits

STEPS = 200
"""Steps of an empirical law."""

FEWEST_CALLS, FEWEST_LEAVERS = 30, 20
"""Calls of a kind, and callers who hung up, below which a law is taken from all kinds together, or is exponential."""

HOUR = 60

LEAST_AT_RISK = 20
"""Callers still waiting from which on the curve of patience is believed."""


def handle_law(log: CallLog, kind: int, turn_round_s: float) -> Law:
    """Service of this kind and the turn-round after it, as its quantiles."""
    mine = log.service_s[log.served & (log.kind == kind)]
    taken = mine if len(mine) >= FEWEST_CALLS else log.service_s[log.served]
    return _by_quantiles(np.quantile(taken, np.linspace(0, 1, STEPS + 1)) + turn_round_s)


def _by_quantiles(points: FloatArray) -> Law:
    return Law("empirical", points=tuple(np.round(np.maximum.accumulate(points), 3).tolist()))


@dataclass(frozen=True)
class Patience:
    """mean: total wait ÷ abandons, with its interval. law: as seen; None where nobody hung up."""

    mean: Estimate
    law: Law | None


def patience(log: CallLog, kind: int) -> Patience | None:
    """Patience of a kind; None where nobody of it waited. The served are censored: they would have waited longer."""
    who = (log.kind == kind) & (log.wait_s > 0)
    if not who.any():
        return None
    mean, left = patience_from_waits(waits(log.wait_s[who], ~log.served[who], grain_s=log.grain_s)), ~log.served[who]
    if not left.any():
        return Patience(mean, None)
    return Patience(mean, _curve(log, who) if left.sum() >= FEWEST_LEAVERS else Law("exponential", mean.value))


def _curve(log: CallLog, who: BoolArray) -> Law:
    """The Kaplan–Meier curve while enough are waiting, then exponential at the rate of those who waited longer than the median leaver."""
    wait_s, left = log.wait_s[who], ~log.served[who]
    curve = kaplan_meier(waits(wait_s, left, grain_s=log.grain_s))
    seen = curve.at_risk >= LEAST_AT_RISK
    time_s, alive = np.append(0.0, curve.time_s[seen]), np.append(1.0, curve.survival[seen])
    middle_s = float(np.median(wait_s[left]))
    later = wait_s > middle_s
    tail_s = float((wait_s[later] - middle_s).sum()) / max(int(left[later].sum()), 1)
    gone = np.append(np.linspace(0, 1, STEPS + 1)[:-1], 1 - 1 / (4 * STEPS))
    early = np.interp(gone, 1 - alive, time_s)
    late = time_s[-1] + tail_s * np.log(alive[-1] / (1 - gone))
    return _by_quantiles(np.where(gone <= 1 - alive[-1], early, late))


def agent_factors(log: CallLog) -> FloatArray:
    """Each agent's service time ÷ that usual for the kinds of their calls, drawn towards 1 as far as chance explains it, (agents,)."""
    known = log.served & (log.agent >= 0)
    return _factors(log.agent[known], len(log.agents), log.service_s[known], usual_s(log)[log.kind[known]])


def hour_factors(log: CallLog, agents: FloatArray) -> FloatArray:
    """Service time of the calls that began in each hour of the log ÷ that usual for their kinds and agents, in the same way, (intervals,).

    There are hours of many short calls, such as those of an outage, in which the usual time would say that the centre is flooded.
    agents: their factors.
    """
    usual, known = usual_s(log)[log.kind[log.served]], log.agent[log.served]
    expected_s = usual * np.where(known >= 0, np.append(agents, 1.0)[known], 1.0)
    hours = -(-log.axis.minutes // HOUR)
    hour = np.minimum((log.begun_s[log.served] // (60 * HOUR)).astype(int), hours - 1)
    found = _factors(hour, hours, log.service_s[log.served], expected_s)
    return found[np.minimum(log.axis.interval_minutes // HOUR, hours - 1)]


def usual_s(log: CallLog) -> FloatArray:
    """Mean service time by kind, of all kinds where one was never served, (kinds,)."""
    calls = np.bincount(log.kind[log.served], minlength=len(log.kinds))
    total_s = np.bincount(log.kind[log.served], log.service_s[log.served], len(log.kinds))
    everybody_s = total_s.sum() / max(calls.sum(), 1)
    return np.where(calls > 0, total_s / np.maximum(calls, 1), everybody_s)


def _factors(group: IntArray, groups: int, time_s: FloatArray, expected_s: FloatArray) -> FloatArray:
    """Σ time ÷ Σ expected by group, drawn towards 1: normal empirical Bayes of its logarithm, (groups,).

    Factors multiply, so they are taken as lognormal; the variance between groups is found by moments (DerSimonian & Laird 1986,
    Meta-analysis in clinical trials), groups weighing as much as they have calls. One usual call is added to each, so that none is 0.
    """
    calls = np.bincount(group, minlength=groups).astype(float)
    if not calls.any() or not expected_s.mean() > 0:
        return np.ones(groups)
    one_s = float(expected_s.mean())
    score = np.log((np.bincount(group, time_s, groups) + one_s) / (np.bincount(group, expected_s, groups) + one_s))
    noise = float(np.mean((time_s / np.maximum(expected_s, 1e-9) - 1) ** 2))
    middle = float(calls @ score) / calls.sum()
    spread = float(calls @ (score - middle) ** 2) - noise * (np.count_nonzero(calls) - 1)
    room = calls.sum() - float(calls @ calls) / calls.sum()
    between = max(spread / room, 0.0) if room > 0 else 0.0
    weight = calls * between
    known = np.divide(weight, weight + noise, out=np.zeros(groups), where=weight + noise > 0)
    return np.asarray(np.exp(known * score))
