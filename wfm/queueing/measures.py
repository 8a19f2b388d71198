"""`evaluate`: every measure of Erlang B, C and A for arrays of systems."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wfm.queueing.inputs import flat, numbers
from wfm.queueing.models import MODELS, Formula, without_agents, without_calls
from wfm.queueing.special import Array
from wfm.queueing.system import Figures, System


@dataclass(frozen=True, eq=False)
class Measures:
    """Read-only arrays of the broadcast shape, or floats where every argument was a scalar. Shares 0–1, times in seconds, T inclusive.

    load: offered, Erlang. p_wait: all agents busy on arrival, and admitted. p_block, p_abandon, p_abandon_within: ÷ offered.
    asa_all: mean wait of the admitted, abandoners included. wait_served: ASA of the answered. wait_abandoned: of those who hung up, nan
    where nobody does. virtual_wait: mean wait of somebody admitted who would never leave. mean_queue: number waiting.
    occupancy: busy ÷ agents. sl_virtual: P(admitted and virtual wait ≤ T). sl_offered: served within T ÷ offered.
    sl_answered: ÷ served. sl_abandons_met: (served + abandoned within T) ÷ offered. sl_abandons_excluded: served within T ÷
    (admitted − abandoned within T). Offered includes the blocked.
    """

    load: Array
    p_wait: Array
    p_block: Array
    p_abandon: Array
    asa_all: Array
    wait_served: Array
    wait_abandoned: Array
    virtual_wait: Array
    mean_queue: Array
    occupancy: Array
    sl_virtual: Array
    sl_offered: Array
    sl_answered: Array
    sl_abandons_met: Array
    sl_abandons_excluded: Array
    p_abandon_within: Array

    def __getitem__(self, name: str) -> Array:
        """A measure by name; raises KeyError for an unknown one."""
        if name not in NAMES:
            raise KeyError(name)
        return getattr(self, name)  # type: ignore[no-any-return]


NAMES = tuple(field.name for field in fields(Measures))


def evaluate(
    model: str,
    *,
    calls: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    patience_s: ArrayLike | None = None,
    capacity: ArrayLike | None = None,
    within_s: ArrayLike = 20.0,
) -> Measures:
    """All measures of a steady queue with `calls` per `interval_s`, for model "B" (loss), "C" (patient) or "A" (patience_s needed).

    Arguments broadcast; agents may be fractional; capacity is the most in the system, None or inf for no limit. B and C ignore
    patience_s, B takes its agents as lines. No calls: service level 1, waits 0. Calls but no agents: service level 0 by every
    definition and, under A, everybody abandons. Load ≥ agents under C without a limit: infinite waits, service level 0. nan in, nan
    out. Raises ValueError naming the argument and the first bad index.
    """
    shape, rows = flat(
        numbers("calls", calls),
        numbers("interval_s", interval_s, open_low=True),
        numbers("aht_s", aht_s),
        numbers("agents", agents),
        numbers("patience_s", patience(model, patience_s), endless=True),
        numbers("capacity", np.inf if capacity is None else capacity, endless=True),
        numbers("within_s", within_s),
    )
    calls, interval_s, aht_s, *rest = rows
    load = calls * aht_s / interval_s
    figures = figures_of(model, System(load, rest[0], aht_s, *rest[1:]))
    return Measures(**{name: _shaped(figures[name], shape) for name in NAMES})


def _shaped(values: Array, shape: tuple[int, ...]) -> Any:
    """In the caller's shape, read-only, since equal measures share their memory; a float where all arguments were scalars."""
    if not shape:
        return values.item()
    view = values.reshape(shape)
    view.flags.writeable = False
    return view


def patience(model: str, patience_s: ArrayLike | None) -> ArrayLike:
    """The patience a model uses: inf for B and C. Raises ValueError for an unknown model, and for A without one."""
    if model not in MODELS:
        raise ValueError(f"model is {model!r}, expected one of {', '.join(map(repr, MODELS))}")
    if model == "A" and patience_s is None:
        raise ValueError("patience_s is missing, model 'A' needs it")
    return np.inf if patience_s is None or model != "A" else patience_s


def figures_of(model: str, system: System) -> Figures:
    """The measures of checked rows, edge cases included."""
    if system.everyday():
        return MODELS[model](system) | {"load": system.load}
    known = ~np.isnan(np.sum(list(vars(system).values()), axis=0))
    busy, staffed = known & (system.load > 0), system.agents > 0
    figures = {name: np.full(len(system), np.nan) for name in NAMES}
    figures["load"] = np.where(known, system.load, np.nan)
    system = system.bounded()
    _fill(figures, known & ~busy, without_calls, system)
    _fill(figures, busy & ~staffed, partial(without_agents, model), system)
    _fill(figures, busy & staffed, MODELS[model], system)
    return figures


def _fill(figures: Figures, rows: np.ndarray, formula: Formula, system: System) -> None:
    part = system.take(rows)
    if len(part):
        for name, values in formula(part).items():
            figures[name][rows] = values
