"""References for the models beyond Erlang: a birth–death chain solved as linear equations, a tagged caller, a simulated queue."""

from __future__ import annotations

import heapq

import numpy as np
from scipy import special
from scipy.linalg import expm


def stationary(up: np.ndarray, down: np.ndarray) -> np.ndarray:
    """π of the chain j → j + 1 at up[j], j → j − 1 at down[j], by the balance equations as a dense linear system."""
    n = len(up)
    generator = np.zeros((n, n))
    for j in range(n):
        if j + 1 < n:
            generator[j, j + 1] = up[j]
        if j:
            generator[j, j - 1] = down[j]
        generator[j, j] = -generator[j].sum()
    equations = np.vstack([generator.T, np.ones(n)])
    scale = np.abs(equations).max(axis=1)
    return np.linalg.lstsq(equations / scale[:, None], np.append(np.zeros(n), 1.0) / scale, rcond=None)[0]


def tagged(waiting: np.ndarray, drain: float, theta: float, within: float) -> dict[str, float]:
    """What becomes of callers who find j ahead with chance waiting[j]: in the long run, and within T."""
    n = len(waiting)
    figures = {}
    for name, own in (("", theta), ("virtual_", 0.0)):
        generator = np.zeros((n + 2, n + 2))
        for j in range(n):
            generator[j, j - 1 if j else n] += drain + j * theta
            generator[j, n + 1] += own
            generator[j, j] -= drain + j * theta + own
        end = np.append(waiting, [0.0, 0.0]) @ expm(generator * within)
        inner = -generator[:n, :n]
        times = np.linalg.solve(inner.T, waiting)
        figures |= {f"{name}served_soon": end[n], f"{name}left_soon": end[n + 1], f"{name}wait": times.sum()}
        if own:
            served = np.linalg.solve(inner, generator[:n, n])
            figures |= {"served": waiting @ served, "wait_served": times @ served}
    return figures


def figures(states: np.ndarray, full: int, drain: float, theta: float, within: float) -> dict[str, float]:
    """Measures of a chain in which an arrival waits from state `full` on; states[j] for j in the system."""
    free, waiting = states[:full].sum(), states[full:]
    part = tagged(waiting, drain, theta, within)
    left = waiting.sum() - part["served"]
    in_time = free + part["served_soon"]
    return {
        "p_wait": waiting.sum(),
        "p_abandon": left,
        "asa_all": part["wait"],
        "wait_served": part["wait_served"] / (1 - left),
        "wait_abandoned": (part["wait"] - part["wait_served"]) / left,
        "virtual_wait": part["virtual_wait"],
        "mean_queue": waiting @ np.arange(len(waiting)),
        "sl_virtual": free + part["virtual_served_soon"],
        "sl_offered": in_time,
        "sl_answered": in_time / (1 - left),
        "sl_abandons_met": in_time + part["left_soon"],
        "sl_abandons_excluded": in_time / (1 - part["left_soon"]),
        "p_abandon_within": part["left_soon"],
    }


def simulated(rng, *, calls, rate, aht, agents, patience, within, batches=40):
    """Means and standard errors (batch means) of a first-come queue; `patience` holds one value per call."""
    arrive, handle = np.cumsum(rng.exponential(1 / rate, calls)), rng.exponential(aht, calls)
    free = [0.0] * agents
    wait, served = np.empty(calls), np.empty(calls, bool)
    for i in range(calls):
        offered = max(free[0] - arrive[i], 0.0)
        served[i] = offered == 0 or offered < patience[i]
        wait[i] = min(offered, patience[i]) if offered else 0.0
        if served[i]:
            heapq.heapreplace(free, arrive[i] + offered + handle[i])
    soon = wait <= within
    seen = {"p_abandon": ~served, "asa_all": wait, "sl_offered": served & soon, "sl_abandons_met": soon, "p_abandon_within": ~served & soon}
    means = {name: values[calls // batches :].reshape(batches - 1, -1).mean(axis=1) for name, values in seen.items()}
    return {name: (values.mean(), values.std(ddof=1) / np.sqrt(len(values))) for name, values in means.items()}


def summed(rate: float, down: np.ndarray, full: int, drain: float, theta: float, within: float) -> tuple[np.ndarray, dict[str, float]]:
    """States and measures of a floor of any size, by the product form: down[j] per second from state j + 1 to j, j < full; then drain + jθ.

    The states are multiplied out in long doubles and the queue is cut where nothing is left of it; what becomes of somebody with j ahead is
    the beta law of a linear death process (its wait ends with the (j + 1)th death), or the Poisson law where nobody leaves.
    """
    queue = _queue_length(rate, drain, theta)
    rates = np.concatenate([down, drain + theta * np.arange(1, queue + 1)]).astype(np.longdouble)
    logs = np.concatenate([[0], np.cumsum(np.log(np.longdouble(rate)) - np.log(rates))])
    states = np.exp(logs - logs.max())
    states /= states.sum()
    ahead, waiting = np.arange(queue + 1.0), states[full:]
    if theta:
        x, keep = drain / theta, np.exp(-theta * within)
        served = x / (x + ahead + 1)
        virtual, soon = 1 - special.betainc(x, ahead + 1, keep), served * (1 - special.betainc(x + 1, ahead + 1, keep))
    else:
        served = np.ones_like(ahead)
        virtual = soon = special.gammainc(ahead + 1, drain * within)
    free, length = states[:full].sum(), waiting @ ahead
    left, late = waiting @ (1 - served), waiting @ (1 - virtual)
    in_time, stay = free + waiting @ soon, np.exp(-theta * within)
    met = 1 - late * stay
    found = {
        "p_wait": waiting.sum(),
        "p_abandon": left,
        "asa_all": length / rate,
        "mean_queue": length,
        "sl_virtual": 1 - late,
        "sl_offered": in_time,
        "sl_answered": in_time / (1 - left),
        "sl_abandons_met": met,
        "sl_abandons_excluded": in_time / (1 - (met - in_time)),
    }
    return states, {name: float(value) for name, value in found.items()}


def _queue_length(rate: float, drain: float, theta: float) -> int:
    """Where the product of the ratios rate ÷ (drain + jθ) has fallen by 1e−25 from its top."""
    reach = 64
    while True:
        j = np.arange(1.0, reach + 1)
        logs = np.cumsum(np.log(rate / (drain + j * theta)))
        if logs[-1] < max(logs.max(), 0.0) - 58:
            return reach
        reach *= 2
