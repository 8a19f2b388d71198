"""A requirement, and the calculator's answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from wfm.cli.tables.base import say, table
from wfm.model import Requirement
from wfm.report.nobody import NONE, WORDS
from wfm.report.words import figure
from wfm.staffing import Pooled

HOURS = ("present", "rostered", "paid")


def requirement_document(required: Requirement, bound: Pooled | None, written: Sequence[str]) -> dict[str, Any]:
    """Hours required per queue, and those of one queue of all as a bound (None for a single queue), as JSON-able values."""
    step = required.axis.step_minutes / 60
    queues = {
        name: {
            "definition": definition,
            "peak_present": float(required.present[i].max()),
            **{f"{kind}_hours": round(float(getattr(required, kind)[i].sum()) * step, 2) for kind in HOURS},
        }
        for i, (name, definition) in enumerate(zip(required.queues, required.definition, strict=True))
    }
    return {"queues": queues, "pooled": None if bound is None else _bound(required, bound), "written": list(written)}


def _bound(required: Requirement, bound: Pooled) -> dict[str, Any]:
    step, rows = required.axis.step_minutes / 60, [required.queues.index(name) for name in bound.queues]
    return {
        "queues": list(bound.queues),
        "definition": bound.definition,
        "peak_present": float(bound.present.max()),
        "present_hours": round(float(bound.present.sum()) * step, 2),
        "single_queues_present_hours": round(float(required.present[rows].sum()) * step, 2),
    }


def show_requirement(document: Mapping[str, Any]) -> None:
    queues, bound = document["queues"], document["pooled"]
    rows = [[n, f"{q['peak_present']:.0f}", *(figure(q[f"{kind}_hours"], "h") for kind in HOURS)] for n, q in queues.items()]
    if bound:
        rows.append(["if all skills were pooled", f"{bound['peak_present']:.0f}", figure(bound["present_hours"], "h"), "", ""])
    table("Agents required", ["queue", "most at once", *HOURS], rows)
    say(f"{name}: {queue['definition']}" for name, queue in queues.items())
    apart = [name for name in queues if bound and name not in bound["queues"]]
    if apart:
        say([f"not in the pooled row: {', '.join(apart)}, whose work waits until somebody is free"])
    if bound:
        say([f"if all skills were pooled (a bound, beside {bound['single_queues_present_hours']:,.1f} h): {bound['definition']}"])
    say(f"wrote {path}" for path in document["written"])


CALCULATED = {
    "agents": "agents",
    "sl_offered": "SL offered",
    "sl_answered": "SL answered",
    "sl_abandons_met": "SL aband. met",
    "sl_abandons_excluded": "SL aband. excl.",
    "sl_virtual": "SL virtual",
    "asa_s": "ASA",
    "p_abandon": "aband.",
    "occupancy": "occup.",
}
"""Headings of words short enough for a terminal of 80 columns."""


def show_calculator(document: Mapping[str, Any]) -> None:
    title = f"Agents for {document['target']}, Erlang {document['model']} (▶ is the least that meets it)"
    nobody = not document["calls"]
    rows = [[_cell(key, row, nobody) for key in CALCULATED] for row in document["rows"]]
    table(title, list(CALCULATED.values()), rows, [f"{NONE}: {WORDS}"] if nobody else [], tight=True)


def _cell(key: str, row: Mapping[str, Any], nobody: bool) -> str:
    if key == "agents":
        return f"{'▶ ' if row['needed'] else ''}{row[key]}"
    if nobody and key != "occupancy":
        return NONE
    return "∞" if row[key] == math.inf else figure(row[key], "s" if key == "asa_s" else "share")
