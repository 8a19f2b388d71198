"""The other way round: the most calls that given agents can take and still meet the targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wfm.queueing.inputs import flat, numbers
from wfm.queueing.measures import figures_of, patience
from wfm.queueing.rows import shaped, wanted
from wfm.queueing.special import Array
from wfm.queueing.system import System
from wfm.queueing.targets import Wanted, judged

_ROUNDS = 60
_MOST_LOAD = 1e12


def most_calls(
    model: str,
    *,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    targets: Mapping[str, ArrayLike],
    patience_s: ArrayLike | None = None,
    within_s: ArrayLike = 20.0,
) -> Any:
    """The most calls per interval (a real number) for which `evaluate` meets all targets, such as {"sl_offered": 0.8}.

    Arguments broadcast, aht_s above 0. 0 where even a trickle misses them, inf where they hold for any number, nan in, nan out. Raises
    ValueError as `evaluate`, and for targets unknown or out of reach. All measures but load get worse with every call, so that bisection
    finds the limit.
    """
    aims = wanted(targets)
    shape, rows = flat(
        numbers("interval_s", interval_s, open_low=True),
        numbers("aht_s", aht_s, open_low=True),
        numbers("agents", agents),
        numbers("patience_s", patience(model, patience_s), endless=True),
        numbers("within_s", within_s),
        *aims.values(),
    )
    endless = np.full_like(rows[0], np.inf)
    system = System(np.zeros_like(endless), rows[2], rows[1], rows[3], endless, rows[4])
    goals = tuple(Wanted(name, value, name.startswith("sl_")) for name, value in zip(aims, rows[5:], strict=True))
    return shaped(most_load(model, system, goals) * rows[0] / rows[1], shape)


def most_load(model: str, system: System, targets: tuple[Wanted, ...]) -> Array:
    """The largest load of each row, (rows,), that meets all targets; the load in `system` does not matter."""
    parts = (system.agents, system.patience_s, system.within_s, *(target.value for target in targets))
    known, low = ~np.isnan(sum(parts)), np.zeros(len(system))
    high = 2 * system.agents + 1

    def met(load: Array) -> np.ndarray:
        return np.asarray(judged(targets, figures_of(model, replace(system, load=load)))[0] & known)

    while (more := met(high) & (high < _MOST_LOAD)).any():
        low, high = np.where(more, high, low), np.where(more, 2 * high, high)
    endless = met(high)
    for _ in range(_ROUNDS):
        middle = np.where(low > 0, np.sqrt(low * high), high * 1e-3)
        good = met(middle)
        low, high = np.where(good, middle, low), np.where(good, high, middle)
    # below 1e-100 Erlang nothing is ever met
    return np.where(known, np.where(endless, np.inf, np.where(low > 0, low, 0.0)), np.nan)
