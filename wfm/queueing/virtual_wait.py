"""The wait of a queue whose callers have any patience law, given what stands below it.

While nobody is free the service drains at a constant rate, so the wait V of somebody who would never leave has the density
λ π exp(λ H(t) − drain·t), with π the probability of the last state that takes an arrival at once and H(t) = E[min(R, t)]
(Baccelli & Hebuterne 1981, "On queues with impatient customers"; Zeltyn & Mandelbaum 2005, QUESTA 51). All measures are positive
integrals over that density, taken by Gauss–Legendre between the law's knots, the peak and T.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.queueing.law import Law, stayed
from wfm.queueing.special import DROP, Array
from wfm.queueing.system import Figures, share

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(32)
_NODES, _WEIGHTS = (_NODES + 1) / 2, _WEIGHTS / 2
_GRADES = np.array([1e-7, 1e-5, 1e-3, 0.02, 0.15])
"""Cuts near t = 0, as shares of the support: laws such as Weibull have powers of t there."""
_BLOCK = 512
_WEIGHED = ("every", "left", "served", "wait", "wait_served", "wait_left")


@dataclass(frozen=True)
class FullHouse:
    """Rows (rows,): arrivals `rate` and service `drain` per second while nobody is free, both > 0, and T.

    log_free: ln of the weight of all states that take an arrival at once, in units of the last of them; −inf where there is none.
    """

    rate: Array
    drain: Array
    log_free: Array
    within_s: Array

    def take(self, rows: slice) -> FullHouse:
        """The chosen rows."""
        return FullHouse(*(values[rows] for values in vars(self).values()))


def waiting(house: FullHouse, law: Law) -> Figures:
    """All measures but load and occupancy, and `log_last_free`, ln of the π of the density above; each (rows,)."""
    blocks = [_block(house.take(slice(at, at + _BLOCK)), law) for at in range(0, len(house.rate), _BLOCK)]
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def waiting_for_ever(house: FullHouse) -> Figures:
    """The same where nobody ever leaves: the wait is exponential past 0; endless, with service level 0, where the drain cannot keep up."""
    spare, zero = house.drain - house.rate, np.zeros_like(house.rate)
    keeps_up = spare > 0
    pace = np.where(keeps_up, spare, 1.0)
    waits = np.where(keeps_up, 1 / (1 + np.exp(np.minimum(np.log(pace / house.rate) + house.log_free, 700.0))), 1.0)
    asa = np.where(keeps_up, waits / pace, np.inf)
    level = np.where(keeps_up, 1 - waits * np.exp(-pace * house.within_s), 0.0)
    names = ("sl_virtual", "sl_offered", "sl_answered", "sl_abandons_met", "sl_abandons_excluded")
    return {
        "p_wait": waits,
        **dict.fromkeys(("p_block", "p_abandon", "p_abandon_within"), zero),
        **dict.fromkeys(("asa_all", "wait_served", "virtual_wait"), asa),
        "wait_abandoned": np.full_like(zero, np.nan),
        "mean_queue": house.rate * asa,
        **dict.fromkeys(names, level),
    }


def _block(house: FullHouse, law: Law) -> Figures:
    peak = _peak(house, law)
    top = _exponent(house, law, peak)
    left, right = _left(house, law, peak, top), _right(house, law, peak, top)
    inner = np.clip(np.broadcast_to(law.knots_s, (len(peak), len(law.knots_s))), left[:, None], right[:, None])
    near = left[:, None] + (right - left)[:, None] * _GRADES
    within = np.clip(house.within_s, left, right)
    edges = np.sort(np.column_stack([left, right, peak, within, inner, near]), axis=1)
    soon, late = _integrals(house, law, edges, top)
    return _figures(house, law, top, soon, late)


def _exponent(house: FullHouse, law: Law, t: Array) -> Array:
    return house.rate * stayed(law, t) - house.drain * t


def _peak(house: FullHouse, law: Law) -> Array:
    """Where P(R > t) falls below drain/rate, the top of the exponent, which bends down everywhere; 0 where it falls from the start."""
    low, high = np.zeros_like(house.rate), np.full_like(house.rate, law.mean_s)
    level = house.drain / house.rate
    while (climbing := law.survival(high) > level).any():
        low, high = np.where(climbing, high, low), np.where(climbing, 2 * high, high)
    for _ in range(40):
        middle = (low + high) / 2
        climbing = law.survival(middle) > level
        low, high = np.where(climbing, middle, low), np.where(climbing, high, middle)
    return np.where(law.survival(np.zeros_like(level)) > level, low, 0.0)


def _left(house: FullHouse, law: Law, peak: Array, top: Array) -> Array:
    """The latest known time before the peak at which the exponent is DROP below it, else 0."""
    low, high = np.zeros_like(peak), peak
    for _ in range(16):
        middle = (low + high) / 2
        far = _exponent(house, law, middle) < top - DROP
        low, high = np.where(far, middle, low), np.where(far, high, middle)
    return low


def _right(house: FullHouse, law: Law, peak: Array, top: Array) -> Array:
    """A time after the peak at which the exponent is DROP below it, not much later than need be."""
    step = DROP / house.drain
    while (near := _exponent(house, law, peak + step) > top - DROP).any():
        step = np.where(near, 2 * step, step)
    low, high = peak + step / 2, peak + step
    for _ in range(5):
        middle = (low + high) / 2
        near = _exponent(house, law, middle) > top - DROP
        low, high = np.where(near, middle, low), np.where(near, high, middle)
    return high


def _integrals(house: FullHouse, law: Law, edges: Array, top: Array) -> tuple[Figures, Figures]:
    """∫ weight·exp(exponent − top) up to T and past it, for each weight of _WEIGHED."""
    row, panel = np.nonzero(np.diff(edges, axis=1) > 0)
    low, width = edges[row, panel], np.diff(edges, axis=1)[row, panel]
    t = low + width * _NODES[:, None]
    survival, gone, gone_wait = law.survival(t), law.left(t), law.left_wait(t)
    height = np.exp(house.rate[row] * (t * survival + gone_wait) - house.drain[row] * t - top[row])
    early = low + width / 2 <= house.within_s[row]
    count = len(top)
    soon: Figures = {}
    late: Figures = {}
    for name, weight in zip(_WEIGHED, (1.0, gone, survival, t, t * survival, gone_wait), strict=True):
        value = (_WEIGHTS @ (weight * height)) * width
        soon[name] = np.bincount(row, np.where(early, value, 0.0), count).astype(np.float64)
        late[name] = np.bincount(row, np.where(early, 0.0, value), count).astype(np.float64)
    return soon, late


def _figures(house: FullHouse, law: Law, top: Array, soon: Figures, late: Figures) -> Figures:
    # past 1e6 nobody ever waits, to every digit
    log_free = np.minimum(house.log_free, 1e6)
    shift = np.maximum(top, log_free)
    free, unit = np.exp(log_free - shift), house.rate * np.exp(top - shift)
    whole = {name: soon[name] + late[name] for name in _WEIGHED}
    total = free + unit * whole["every"]
    served, in_time = free + unit * whole["served"], free + unit * soon["served"]
    stay = law.survival(house.within_s)
    left_soon = unit * (soon["left"] + late["every"] * law.left(house.within_s))
    asa_all = unit * (whole["wait_served"] + whole["wait_left"]) / total
    somebody = whole["left"] > 0
    wait_abandoned = np.where(somebody, whole["wait_left"] / np.where(somebody, whole["left"], 1.0), np.nan)
    return {
        "p_wait": share(unit * whole["every"], total),
        "p_block": np.zeros_like(total),
        "p_abandon": share(unit * whole["left"], total),
        "asa_all": asa_all,
        "wait_served": unit * whole["wait_served"] / served,
        "wait_abandoned": wait_abandoned,
        "virtual_wait": unit * whole["wait"] / total,
        "mean_queue": house.rate * asa_all,
        "sl_virtual": share(free + unit * soon["every"], total),
        "sl_offered": share(in_time, total),
        "sl_answered": share(in_time, served),
        "sl_abandons_met": share(in_time + left_soon, total),
        "sl_abandons_excluded": share(in_time, in_time + unit * late["every"] * stay),
        "p_abandon_within": share(left_soon, total),
        "log_last_free": -shift - np.log(total),
    }
