"""The five service levels and the occupancy of Erlang A alone: what most searches ask, from a third of the integrals.

With K(x) = ∫ g and K(x+1) = ∫ e^−u g over the whole stretch and over that past T (see `ladder`) nothing else is needed.
"""

from __future__ import annotations

import numpy as np

from wfm.queueing.erlang_a import BLOCK, impatient, scaled, weights
from wfm.queueing.ladder import climbable
from wfm.queueing.special import Array
from wfm.queueing.system import Figures, System, share

_COUNTS = np.unique(np.ceil(np.geomspace(8, 2048, 80)))
_DROP = 30.0

LEVELS = frozenset(("sl_virtual", "sl_offered", "sl_answered", "sl_abandons_met", "sl_abandons_excluded", "occupancy"))


def levels(system: System) -> Figures:
    """The measures of LEVELS for rows as `impatient` takes them; quickest where neighbours have alike calls per patience."""
    if len(system) > BLOCK:
        parts = [levels(system.take(slice(at, at + BLOCK))) for at in range(0, len(system), BLOCK)]
        return {name: np.concatenate([part[name] for part in parts]) for name in LEVELS}
    x, y, within = scaled(system)
    short = climbable(x, y, np.zeros_like(x))
    if short.all():
        return _short(system, x, y, within)
    if not short.any():
        return impatient(system)
    quick, slow = _short(system.take(short), x[short], y[short], within[short]), impatient(system.take(~short))
    figures = {name: np.empty(len(system)) for name in LEVELS}
    for name in LEVELS:
        figures[name][short], figures[name][~short] = quick[name], slow[name]
    return figures


def _short(system: System, x: Array, y: Array, within: Array) -> Figures:
    keep = np.exp(-within)
    steps = _steps(float(x.min()), float(y.max()))
    (whole, late), (whole_next, late_next) = _climb(x, np.stack([y, y * keep]), steps)
    past = np.exp(-y * np.expm1(-within) - x * within)
    idle, waiting = weights(system, y, np.zeros_like(x))
    late, late_next = waiting * past * late, waiting * past * keep * late_next
    served, total = idle + waiting * whole_next, idle + waiting * whole
    in_time = np.maximum(served - late_next, 0.0)
    left_soon = np.maximum(total - served - (late - late_next), 0.0) + late * -np.expm1(-within)
    return {
        "sl_virtual": share(np.maximum(total - late, 0.0), total),
        "sl_offered": share(in_time, total),
        "sl_answered": share(in_time, served),
        "sl_abandons_met": share(in_time + left_soon, total),
        "sl_abandons_excluded": share(in_time, in_time + late * keep),
        "occupancy": np.minimum(system.load / system.agents * (served / total), 1.0),
    }


def _steps(x: float, y: float) -> int:
    """As `ladder.rungs`, for a block of rows that climb together, and to 1e-13: closer decisions are left to `evaluate`'s own figures."""
    product = _COUNTS * (np.log(y) + 1) - (x + _COUNTS - 0.5) * np.log(x + _COUNTS) + (x - 0.5) * np.log(x)
    return int(_COUNTS[np.argmax(product < -_DROP)])


def _climb(x: Array, y: Array, steps: int) -> tuple[Array, Array]:
    """K(x) and K(x + 1) for both rows of y, each (2, rows), as in `ladder`."""
    rung = x + steps
    per_rung = 1 / rung
    value = np.repeat(per_rung[None, :], 2, axis=0)
    above = value
    for step in range(steps):
        if step == steps - 1:
            above = value.copy()
        rung -= 1
        np.divide(1.0, rung, out=per_rung)
        value *= y
        value += 1
        value *= per_rung
    return value, above
