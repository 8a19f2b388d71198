"""Exact figures over the whole range of sizes, in 40 digits: the reference of the wide exams. Shares nothing with the product.

Erlang A by adaptive Gauss–Legendre over the density of the virtual wait, Erlang B by its recursion from an incomplete gamma function,
finite rooms place by place. `oracle` has other routes to the same figures, for smaller systems.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import count, pairwise

import mpmath as mp

DIGITS = 40
_FINE = 350
_DROP = 85
_CLOSE = mp.mpf(10) ** -24
_LEVELS = ("sl_virtual", "sl_offered", "sl_answered", "sl_abandons_met", "sl_abandons_excluded")

Figures = dict[str, float]


def inverse_blocking(lines: float, load: float) -> mp.mpf:
    """1/B for any real number of lines > −1: climbed from the fractional part."""
    a = mp.mpf(load)
    whole = int(mp.floor(lines)) if lines >= 0 else 0
    part = mp.mpf(lines) - whole
    value = mp.e**a * a**-part * mp.gammainc(part + 1, a) if part else mp.mpf(1)
    for k in range(1, whole + 1):
        value = 1 + (part + k) / a * value
    return value


def erlang_b(load: float, lines: float) -> Figures:
    with mp.workdps(DIGITS):
        return {"p_block": float(1 / inverse_blocking(lines, load))}


def erlang_c(load: float, agents: float, aht: float, within: float) -> Figures:
    """Load below the agents."""
    with mp.workdps(DIGITS):
        a, n, h = mp.mpf(load), mp.mpf(agents), mp.mpf(aht)
        wait = n / ((n - a) * inverse_blocking(agents, load) + a)
        asa = wait * h / (n - a)
        level = 1 - wait * mp.exp(-(n - a) * mp.mpf(within) / h)
        means = dict.fromkeys(("asa_all", "wait_served", "virtual_wait"), asa)
        found = {"p_wait": wait, "mean_queue": asa * a / h, "occupancy": a / n, **means, **dict.fromkeys(_LEVELS, level)}
        return {name: float(value) for name, value in found.items()}


def erlang_a(load: float, agents: float, aht: float, patience: float, within: float) -> Figures:
    """Every measure; any real agents > 0."""
    with mp.workdps(DIGITS):
        a, h, r, t = mp.mpf(load), mp.mpf(aht), mp.mpf(patience), mp.mpf(within)
        x, y, tau = mp.mpf(agents) * r / h, a * r / h, t / r
        peak = mp.log(y / x) if y > x else mp.mpf(0)
        top = -y * mp.expm1(-peak) - x * peak
        soon, late = _split(x, y, peak, top, tau)
        whole = [one + two for one, two in zip(soon, late, strict=True)]
        unit = y * mp.exp(top) / inverse_blocking(agents - 1, load)
        return _impatient(a, mp.mpf(agents), h, r, tau, unit, soon, late, whole)


def _impatient(a, n, h, r, tau, unit, soon, late, whole) -> Figures:
    every, left, served, wait, wait_served, wait_left = range(6)
    total, answered, in_time = 1 + unit * whole[every], 1 + unit * whole[served], 1 + unit * soon[served]
    left_soon = unit * (soon[left] + late[every] * -mp.expm1(-tau))
    asa = r * unit * (whole[wait_served] + whole[wait_left]) / total
    found = {
        "p_wait": unit * whole[every] / total,
        "p_abandon": unit * whole[left] / total,
        "asa_all": asa,
        "wait_served": r * unit * whole[wait_served] / answered,
        "wait_abandoned": r * whole[wait_left] / whole[left],
        "virtual_wait": r * unit * whole[wait] / total,
        "mean_queue": asa * a / h,
        "occupancy": a / n * answered / total,
        "sl_virtual": (1 + unit * soon[every]) / total,
        "sl_offered": in_time / total,
        "sl_answered": in_time / answered,
        "sl_abandons_met": (in_time + left_soon) / total,
        "sl_abandons_excluded": in_time / (total - left_soon),
        "p_abandon_within": left_soon / total,
    }
    return {name: float(value) for name, value in found.items()}


def _split(x, y, peak, top, tau):
    """The six integrals of exp(y(1 − e^−u) − x u − top) from 0 to tau and from there on."""

    def height(u):
        return -y * mp.expm1(-u) - x * u - top

    def values(u):
        e = mp.exp(-u)
        g = mp.exp(height(u))
        gone = -mp.expm1(-u)
        return [g, gone * g, e * g, u * g, u * e * g, (gone - u * e) * g]

    scale = 1 / max(mp.sqrt(min(x, y)), abs(x - y), mp.mpf(1) / 4)
    right = _edge(height, peak, scale)
    left = mp.mpf(0) if height(mp.mpf(0)) > -_DROP else peak - _edge(lambda d: height(peak - d), mp.mpf(0), scale)
    begin, end = max(left, mp.mpf(0)), right
    # past T the stretch that matters has its own top
    late_end = end if tau < peak else tau + _edge(lambda d: height(tau + d) - height(tau), mp.mpf(0), scale)
    soon = _integral(values, sorted({min(begin, tau), min(max(peak, begin), tau), min(end, tau)}))
    late = _integral(values, sorted({max(begin, tau), max(peak, tau), max(late_end, tau)}))
    return soon, late


def _edge(height: Callable[[mp.mpf], mp.mpf], start: mp.mpf, scale: mp.mpf) -> mp.mpf:
    """Where `height`, 0 at the start, has dropped by _DROP; a little further."""
    step = scale
    while height(start + step) > -_DROP:
        step *= mp.mpf("1.3")
    return start + step


@cache
def _rule(count: int) -> list[tuple[mp.mpf, mp.mpf]]:
    """Gauss–Legendre nodes and weights on [0, 1]."""
    with mp.workdps(DIGITS + 10):
        rule = []
        for i in range(count):
            t = mp.cos(mp.pi * (i + mp.mpf("0.75")) / (count + mp.mpf("0.5")))
            for _ in range(8):
                low, this = mp.mpf(1), t
                for k in range(2, count + 1):
                    low, this = this, ((2 * k - 1) * t * this - (k - 1) * low) / k
                slope = count * (t * this - low) / (t * t - 1)
                t -= this / slope
            rule.append(((1 + t) / 2, 1 / ((1 - t * t) * slope * slope)))
        return rule


def _integral(values, edges):
    """By halving until both halves together say the same as the whole, measured by the largest panel seen."""
    total, size = [mp.mpf(0)] * 6, [mp.mpf(0)] * 6
    todo = [(low, high, _panel(values, low, high)) for low, high in pairwise(edges) if high > low]
    while todo:
        low, high, found = todo.pop()
        middle = (low + high) / 2
        halves = _panel(values, low, middle), _panel(values, middle, high)
        both = [one + two for one, two in zip(*halves, strict=True)]
        size = [max(one, two) for one, two in zip(size, both, strict=True)]
        if all(abs(one - two) <= _CLOSE * much for one, two, much in zip(found, both, size, strict=True)):
            total = [one + two for one, two in zip(total, both, strict=True)]
        else:
            todo += [(middle, high, halves[1]), (low, middle, halves[0])]
    return total


def _panel(values, low, high):
    width, total = high - low, [mp.mpf(0)] * 6
    for node, weight in _rule(24):
        for i, value in enumerate(values(low + width * node)):
            total[i] += weight * value
    return [width * each for each in total]


def finite(load: float, agents: float, aht: float, patience: float | None, capacity: float, within: float) -> Figures:
    """Every measure with at most `capacity` > agents in the system; nobody leaves where patience is None."""
    with mp.workdps(_FINE):  # shares of 1e-150 are differences here
        a, n, h, t = mp.mpf(load), mp.mpf(agents), mp.mpf(aht), mp.mpf(within)
        theta = mp.mpf(0) if patience is None else 1 / mp.mpf(patience)
        places = int(mp.floor(mp.mpf(capacity) - n))
        idle, weight = n / a * inverse_blocking(agents - 1, load), mp.mpf(1)
        sums = {name: mp.mpf(0) for name in ("every", "served", "wait", "wait_served", "virtual", "soon", "served_soon", "queue")}
        stay, drain = mp.exp(-theta * t), n / h
        for j, caller in zip(range(places), _callers(drain, theta, t), strict=False):
            for name, value in caller.items():
                sums[name] += weight * value
            sums["every"] += weight
            sums["queue"] += weight * j
            weight *= a / (n + (j + 1) * theta * h)
        return _roomy(n, idle, weight, sums, stay, places)


def _roomy(n, idle, block, s, stay, places) -> Figures:
    admitted, served, in_time = idle + s["every"], idle + s["served"], idle + s["served_soon"]
    total = admitted + block
    met = idle + s["every"] - stay * (s["every"] - s["soon"])
    left = s["every"] - s["served"]
    found = {
        "p_wait": s["every"] / total,
        "p_block": block / total,
        "p_abandon": left / total,
        "asa_all": s["wait"] / admitted,
        "wait_served": s["wait_served"] / served,
        "virtual_wait": s["virtual"] / admitted,
        "mean_queue": (s["queue"] + block * places) / total,
        "sl_virtual": (idle + s["soon"]) / total,
        "sl_offered": in_time / total,
        "sl_answered": in_time / served,
        "sl_abandons_met": met / total,
        "sl_abandons_excluded": in_time / (admitted - (met - in_time)),
        "p_abandon_within": (met - in_time) / total,
    }
    if left > 0:
        found["wait_abandoned"] = (s["wait"] - s["wait_served"]) / left
    return {name: float(value) if value > mp.mpf(10) ** -310 else 0.0 for name, value in found.items()}


def _callers(drain, theta, t):
    """What becomes of somebody with j = 0, 1, … ahead: first steps for the long run, a sum over the phases passed for T."""
    served, wait, wait_served, virtual = mp.mpf(1), mp.mpf(0), mp.mpf(0), mp.mpf(0)
    slow, fast = _phases(drain, theta, t), _phases(drain + theta, theta, t)
    for j, soon, own_soon in zip(count(), slow, fast, strict=False):
        leave = drain + (j + 1) * theta
        forward = (drain + j * theta) / leave
        served, wait, wait_served = forward * served, 1 / leave + forward * wait, forward * (served / leave + wait_served)
        virtual += 1 / (drain + j * theta)
        yield {
            "served": served,
            "wait": wait,
            "wait_served": wait_served,
            "virtual": virtual,
            "soon": soon,
            "served_soon": served * own_soon,
        }


def _phases(drain, theta, t):
    """P(1, 2, … phases at the rates drain, drain + theta, … are over by t)."""
    over = -mp.expm1(-drain * t)
    passed, x = mp.exp(-drain * t), drain / theta if theta else mp.mpf(0)
    z = -mp.expm1(-theta * t)
    for phase in count(1):
        yield over
        # exactly so many phases over: Poisson, or the negative binomial of a linear birth process
        passed *= z * (x + phase - 1) / phase if theta else drain * t / phase
        over -= passed
