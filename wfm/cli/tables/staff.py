"""A requirement, and the calculator's answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from wfm.cli.tables.base import say, table
from wfm.model import Requirement
from wfm.report.words import figure

HOURS = ("present", "rostered", "paid")


def requirement_document(required: Requirement, written: Sequence[str]) -> dict[str, Any]:
    """Hours required per queue, as JSON-able values."""
    step = required.axis.step_minutes / 60
    return {
        "queues": {
            name: {
                "definition": definition,
                "peak_present": float(required.present[i].max()),
                **{f"{kind}_hours": round(float(getattr(required, kind)[i].sum()) * step, 2) for kind in HOURS},
            }
            for i, (name, definition) in enumerate(zip(required.queues, required.definition, strict=True))
        },
        "written": list(written),
    }


def show_requirement(required: Requirement, written: Sequence[str]) -> None:
    queues = requirement_document(required, written)["queues"]
    rows = [[n, f"{q['peak_present']:.0f}", *(figure(q[f"{kind}_hours"], "h") for kind in HOURS)] for n, q in queues.items()]
    table("Agents required", ["queue", "most at once", *HOURS], rows)
    say([*(f"{name}: {queue['definition']}" for name, queue in queues.items()), *(f"wrote {path}" for path in written)])


CALCULATED = {
    "agents": "agents",
    "sl_offered": "SL offered",
    "sl_answered": "SL answered",
    "sl_abandons_met": "SL abandons met",
    "sl_abandons_excluded": "SL abandons excluded",
    "sl_virtual": "SL virtual",
    "asa_s": "ASA",
    "p_abandon": "abandoned",
    "occupancy": "occupancy",
}


def show_calculator(document: Mapping[str, Any]) -> None:
    rows = [[_cell(key, row) for key in CALCULATED] for row in document["rows"]]
    table(f"Agents for {document['target']}, Erlang {document['model']} (▶ is the least that meets it)", list(CALCULATED.values()), rows)


def _cell(key: str, row: Mapping[str, Any]) -> str:
    if key == "agents":
        return f"{'▶ ' if row['needed'] else ''}{row[key]}"
    return "∞" if row[key] == math.inf else figure(row[key], "s" if key == "asa_s" else "share")
