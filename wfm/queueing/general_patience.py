"""M/M/n+G: exponential handle times, any patience. Exact, by the integrals of `virtual_wait`.

Zeltyn & Mandelbaum 2005, "Call centers with impatient customers: many-server asymptotics of the M/M/n+G queue", section 4. With
`Exponential` patience this is Erlang A. Lognormal patience of mean 180 s (cv 0.5), 30 agents at 95 % load: P(served within T) lies far
below what Erlang A says with the same mean, as nearly nobody leaves early.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wfm.queueing.erlang_b import log_inverse_blocking
from wfm.queueing.inputs import flat, numbers
from wfm.queueing.law import Law
from wfm.queueing.measures import Measures
from wfm.queueing.models import without_agents, without_calls
from wfm.queueing.rows import Rows, by_case, fewest, measures, wanted, whole_answer
from wfm.queueing.special import Array
from wfm.queueing.system import Figures, System
from wfm.queueing.virtual_wait import FullHouse, waiting


def evaluate_patience(
    law: Law, *, calls: ArrayLike, interval_s: ArrayLike, aht_s: ArrayLike, agents: ArrayLike, within_s: ArrayLike = 20.0
) -> Measures:
    """All measures of `evaluate` for callers with the patience `law`; arguments broadcast, agents may be fractional.

    p_wait counts those who balk, who abandon after no wait. Edge cases and errors as in `evaluate`.
    """
    shape, system = _system(law, calls, interval_s, aht_s, within_s, agents)
    return measures(figures_of(law, system), shape)


def agents_needed_patience(
    law: Law,
    *,
    calls: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    targets: Mapping[str, ArrayLike],
    within_s: ArrayLike = 20.0,
) -> Any:
    """The least whole number of agents meeting all targets, such as {"sl_offered": 0.8, "wait_served": 30}; see `rows.wanted`.

    Raises ValueError as `evaluate_patience`, and for targets unknown or out of reach.
    """
    aims = wanted(targets)
    shape, system = _system(law, calls, interval_s, aht_s, within_s, 0.0, *aims.values())
    values = [np.broadcast_to(value, shape).ravel() for value in aims.values()]

    def figures(rows: Rows, agents: Array) -> Figures:
        return figures_of(law, replace(system.take(rows), agents=agents))

    known = system.load + system.within_s
    return whole_answer(fewest(figures, np.where(np.isnan(known), np.nan, system.load), dict(zip(aims, values, strict=True))), shape)


def _system(law: Law, calls: ArrayLike, interval_s: ArrayLike, aht_s: ArrayLike, within_s: ArrayLike, *more: ArrayLike) -> Any:
    shape, rows = flat(
        numbers("calls", calls),
        numbers("interval_s", interval_s, open_low=True),
        numbers("aht_s", aht_s),
        numbers("within_s", within_s),
        numbers("agents", more[0]),
        *(np.asarray(value, np.float64) for value in more[1:]),
    )
    endless = np.full_like(rows[0], np.inf)
    return shape, System(rows[0] * rows[2] / rows[1], rows[4], rows[2], np.full_like(endless, law.mean_s), endless, rows[3])


def figures_of(law: Law, system: System) -> Figures:
    """The measures of checked rows, edge cases included; patience_s of the system must be the law's mean."""
    known = ~np.isnan(system.load + system.agents + system.within_s)
    busy = known & (system.load > 0)
    cases = [
        (known & ~busy, lambda rows: without_calls(system.take(rows))),
        (busy & (system.agents == 0), lambda rows: _unserved(law, system.take(rows))),
        (busy, lambda rows: _served(law, system.take(rows))),
    ]
    figures = by_case(cases, len(system))
    figures["load"] = np.where(known, system.load, np.nan)
    return figures


def _unserved(law: Law, system: System) -> Figures:
    return without_agents("A", system) | {"p_abandon_within": law.left(system.within_s)}


def _served(law: Law, system: System) -> Figures:
    log_free = log_inverse_blocking(system.agents - 1, system.load)
    figures = waiting(FullHouse(system.calls_per_s, system.agents / system.aht_s, log_free, system.within_s), law)
    occupancy = system.load / system.agents * (1 - figures["p_abandon"])
    return figures | {"occupancy": np.minimum(occupancy, 1.0)}
