"""An exact reference that shares nothing with the product: birth–death sums and a tagged caller's chain, in 40 digits."""

from __future__ import annotations

from fractions import Fraction

import mpmath as mp
import numpy as np
from scipy.linalg import expm

DIGITS = 40


def erlang_b_exact(lines: int, load: Fraction) -> Fraction:
    """Erlang B by its definition: the last term over the sum of all terms."""
    term = total = Fraction(1)
    for k in range(1, lines + 1):
        term = term * load / k
        total += term
    return term / total


def birth_death(load: float, agents: int, aht: float, patience: float | None, capacity: int | None) -> dict[str, float]:
    """Measures of M/M/n/K(+M) without the service levels, from the stationary chain and first-step analysis. `waiting` is P(j ahead)."""
    with mp.workdps(DIGITS):
        rate, mu = mp.mpf(load) / mp.mpf(aht), 1 / mp.mpf(aht)
        theta = mp.mpf(0) if patience is None else 1 / mp.mpf(patience)
        states = _stationary(rate, mu, theta, agents, capacity)
        full = states[agents:] if capacity is None else states[agents:capacity]
        served, wait, wait_served, virtual = _by_position(mu * agents, theta, len(full))
        admitted = mp.fsum(states[:agents]) + mp.fsum(full)
        p_served = mp.fsum(states[:agents]) + mp.fdot(full, served)
        answered_wait, all_wait = mp.fdot(full, wait_served), mp.fdot(full, wait)
        p_abandon = mp.fdot(full, [1 - s for s in served])
        figures = {
            "p_wait": mp.fsum(full),
            "p_block": mp.mpf(0) if capacity is None else states[capacity],
            "p_abandon": p_abandon,
            "asa_all": all_wait / admitted,
            "wait_served": answered_wait / p_served,
            "virtual_wait": mp.fdot(full, virtual) / admitted,
            "mean_queue": mp.fsum(j * p for j, p in enumerate(states[agents:])),
            "occupancy": mp.fsum(min(k, agents) * p for k, p in enumerate(states)) / agents,
        }
        if patience is not None and len(full):
            figures["wait_abandoned"] = (all_wait - answered_wait) / p_abandon
        return {name: float(value) for name, value in figures.items()} | {"waiting": np.array([float(p) for p in full])}


def _stationary(rate, mu, theta, agents, capacity):
    states = [mp.mpf(1)]
    top = capacity if capacity is not None else 10**6
    for k in range(1, top + 1):
        states.append(states[-1] * rate / (min(k, agents) * mu + max(k - agents, 0) * theta))
        if k > agents and states[-1] < mp.mpf(10) ** -36 * max(states[agents], states[-2]) and states[-1] < states[-2]:
            break
    total = mp.fsum(states)
    return [p / total for p in states]


def _by_position(drain, theta, count):
    """P(served), E[W], E[W; served] and E[V] with j ahead, j = 0 … count − 1."""
    served, wait, wait_served, virtual = [], [], [], []
    s, w, ws, v = mp.mpf(1), mp.mpf(0), mp.mpf(0), mp.mpf(0)
    for j in range(count):
        leave = drain + (j + 1) * theta
        forward = (drain + j * theta) / leave
        s, w, ws = forward * s, 1 / leave + forward * w, forward * (s / leave + ws)
        v += 1 / (drain + j * theta)
        served.append(s)
        wait.append(w)
        wait_served.append(ws)
        virtual.append(v)
    return served, wait, wait_served, virtual


def levels(load: float, agents: int, aht: float, patience: float | None, capacity: int | None, within: float) -> dict[str, float]:
    """The five service levels and P(abandon within T) by the matrix exponential of the tagged caller's chain."""
    figures = birth_death(load, agents, aht, patience, capacity)
    waiting = figures["waiting"]
    theta = 0.0 if patience is None else 1 / patience
    admitted = 1 - figures["p_block"]
    free = admitted - waiting.sum()
    served, left = _tagged(waiting, agents / aht, theta, theta, within)
    virtual, _ = _tagged(waiting, agents / aht, theta, 0.0, within)
    in_time = free + served
    return {
        "sl_virtual": free + virtual,
        "sl_offered": in_time,
        "sl_answered": in_time / (admitted - figures["p_abandon"]),
        "sl_abandons_met": in_time + left,
        "sl_abandons_excluded": in_time / (admitted - left),
        "p_abandon_within": left,
    }


def _tagged(waiting: np.ndarray, drain: float, theta: float, own: float, within: float) -> tuple[float, float]:
    """(served, left) within T for somebody who finds j ahead with chance waiting[j], and who leaves at rate `own`."""
    n = len(waiting)
    generator = np.zeros((n + 2, n + 2))
    for j in range(n):
        generator[j, j - 1 if j else n] += drain + j * theta
        generator[j, n + 1] += own
        generator[j, j] -= drain + j * theta + own
    start = np.append(waiting, [0.0, 0.0])
    end = start @ expm(generator * within)
    return float(end[n]), float(end[n + 1])


def erlang_a_integral(load: float, agents: float, aht: float, patience: float, within: float) -> dict[str, float]:
    """Erlang A for any real number of agents, by mpmath's own quadrature of the virtual wait's density."""
    with mp.workdps(DIGITS):
        n, a, aht_, patience_, t = (mp.mpf(v) for v in (agents, load, aht, patience, within))
        x, y, tau = n * patience_ / aht_, a * patience_ / aht_, t / patience_
        inverse_b = mp.e ** (a + mp.log(mp.gammainc(n, a)) - (n - 1) * mp.log(a))
        peak = max(mp.mpf(0), mp.log(y / x))
        height = y * -mp.expm1(-peak) - x * peak

        def g(u):
            return mp.e ** (y * -mp.expm1(-u) - x * u - height)

        width = min(1 / mp.sqrt(min(x, y)), 1 / max(x - y, mp.mpf(10) ** -30))
        grid = sorted(
            {peak + k * width for k in (-12, -8, -5, -3, -1, 0, 1, 3, 5, 8, 12, 20, 40, 80)} | {mp.mpf(0), tau, peak + 1, peak + 8}
        )
        grid = [u for u in grid if u >= 0 and (g(u) > mp.mpf(10) ** -34 or u in (0, tau))] + [mp.inf]
        soon, late = [u for u in grid if u <= tau], [u for u in grid if u >= tau]

        def both(weight):
            low = mp.quad(lambda u: weight(u) * g(u), soon) if len(soon) > 1 else mp.mpf(0)
            return low, mp.quad(lambda u: weight(u) * g(u), late)

        every, served = both(lambda u: 1), both(lambda u: mp.e**-u)
        left, gone = both(lambda u: -mp.expm1(-u)), both(lambda u: 1 - (1 + u) * mp.e**-u)
        unit = y * mp.e**height / inverse_b
        total = 1 + unit * sum(every)
        in_time, left_soon = 1 + unit * served[0], unit * (left[0] + every[1] * -mp.expm1(-tau))
        figures = {
            "p_wait": unit * sum(every) / total,
            "p_abandon": unit * sum(left) / total,
            "wait_abandoned": patience_ * sum(gone) / sum(left),
            "p_abandon_within": left_soon / total,
            "sl_virtual": (1 + unit * every[0]) / total,
            "sl_offered": in_time / total,
            "sl_answered": in_time / (1 + unit * sum(served)),
            "sl_abandons_met": (in_time + left_soon) / total,
            "sl_abandons_excluded": in_time / (total - left_soon),
        }
        return {name: float(value) for name, value in figures.items()}
