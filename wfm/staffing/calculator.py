"""The calculator: what three agents fewer, three more and everything between would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from wfm.model import Target
from wfm.queueing import agents_needed, evaluate

AROUND = 3
MOST_ERLANGS = 1e6


@dataclass(frozen=True)
class CalculatorRow:
    """One number of agents. needed: the least that meets the target. Shares 0–1; asa_s: mean wait of the answered, seconds."""

    agents: int
    needed: bool
    sl_offered: float
    sl_answered: float
    sl_abandons_met: float
    sl_abandons_excluded: float
    sl_virtual: float
    asa_s: float
    p_abandon: float
    occupancy: float


def calculator(calls: float, interval_s: float, aht_s: float, target: Target, patience_s: float | None = None) -> tuple[CalculatorRow, ...]:
    """Rows from 3 agents below the need (but none below 0) to 3 above. Erlang A with a patience, else Erlang C.

    Raises ValueError naming the argument that is negative or not finite, and for a load above `MOST_ERLANGS`.
    """
    _refuse_nan(calls=calls, interval_s=interval_s, aht_s=aht_s, patience_s=0.0 if patience_s is None else patience_s)
    if calls * aht_s > MOST_ERLANGS * interval_s and np.isfinite(aht_s):
        raise ValueError(f"a load of at most {MOST_ERLANGS:,.0f} erlangs is calculated, not {calls * aht_s / interval_s:g}")
    model = "C" if patience_s is None else "A"
    queue: dict[str, Any] = {
        "calls": calls,
        "interval_s": interval_s,
        "aht_s": aht_s,
        "patience_s": patience_s,
        "within_s": target.within_s,
    }
    need = int(agents_needed(model, **queue, **_asked(target)))
    agents = np.arange(max(need - AROUND, 0), need + AROUND + 1)
    found = evaluate(model, **queue, agents=agents)
    return tuple(
        CalculatorRow(
            int(number),
            bool(number == need),
            *(float(found[name][i]) for name in ("sl_offered", "sl_answered", "sl_abandons_met", "sl_abandons_excluded", "sl_virtual")),
            *(float(found[name][i]) for name in ("wait_served", "p_abandon", "occupancy")),
        )
        for i, number in enumerate(agents)
    )


def _asked(target: Target) -> dict[str, Any]:
    return {
        "sl_target": target.share,
        "sl_definition": str(target.definition),
        "asa_target": target.asa_s,
        "abandon_target": target.abandonment,
        "max_occupancy": target.max_occupancy if target.max_occupancy < 1 else None,
    }


def _refuse_nan(**values: float) -> None:
    for name, value in values.items():
        if np.isnan(value):
            raise ValueError(f"{name} is not a number")
