"""Results as tables for people, on stdout."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from wfm.model import Forecast, Measure, Requirement, Solved

MOST_ROWS = 12


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print one table; the first column reads left, the others right."""
    shown = Table(title=title, title_justify="left", title_style="bold", header_style="")
    for i, name in enumerate(columns):
        shown.add_column(name, justify="right" if i else "left", overflow="fold")
    for row in rows:
        shown.add_row(*row)
    Console().print(shown)


def say(lines: Iterable[str]) -> None:
    for line in lines:
        Console(soft_wrap=True, highlight=False, markup=False).print(line)


def number(value: float | None, unit: str) -> str:
    """A figure with its unit as people read it."""
    if value is None or math.isnan(value):
        return "–"
    if unit == "share":
        return f"{value:.1%}"
    if unit == "s":
        return f"{value:.1f} s"
    return f"{value:,.1f} {unit}" if unit == "h" else f"{value:,.0f} {unit}"


def interval(row: Mapping[str, Any]) -> str:
    """The figure with its 95 % interval where it has one."""
    low, high = row["low"], row["high"]
    text = number(row["value"], row["unit"])
    if low is None or high is None or low == high or math.isnan(low):
        return text
    return f"{text}  ({number(low, row['unit'])} – {number(high, row['unit'])})"


def show_accuracy(predicted: Forecast, written: Sequence[str]) -> None:
    table(
        "Forecast",
        ["queue", "contacts in the plan", "80 % band of a day"],
        [
            [name, f"{row.sum():,.0f}", _day_band(predicted, i)]
            for i, (name, row) in enumerate(zip(predicted.queues, predicted.mean, strict=True))
        ],
    )
    rows = [
        [
            a.queue,
            a.method,
            str(a.origins),
            *(f"{v:.1%}" for v in (a.wape, a.wape_day, a.bias)),
            number(a.cover80, "share"),
            f"{a.floor:.1%}",
        ]
        for a in predicted.accuracy
    ]
    if rows:
        columns = ["queue", "method", "origins", "WAPE interval", "WAPE day", "bias", "in 80 % band", "noise floor"]
        table("Backtest, beside the planner's own baseline", columns, rows)
    say([*(f"note: {note}" for note in predicted.notes), *(f"wrote {path}" for path in written)])


def _day_band(predicted: Forecast, queue: int) -> str:
    """Mean half-width of the 80 % band of an open day's total, as a share of it."""
    days = predicted.axis.by_day(predicted.paths[:, queue, :])
    mean = days.mean(axis=0)
    if not mean.any():
        return "–"
    low, high = np.quantile(days[:, mean > 0], (0.1, 0.9), axis=0)
    return f"± {np.mean((high - low) / 2 / mean[mean > 0]):.0%}"


def requirement_document(required: Requirement, written: Sequence[str]) -> dict[str, Any]:
    hours = required.axis.step_minutes / 60
    return {
        "queues": {
            name: {
                "definition": definition,
                "peak_present": float(required.present[i].max()),
                **{f"{kind}_hours": round(float(getattr(required, kind)[i].sum()) * hours, 2) for kind in ("present", "rostered", "paid")},
            }
            for i, (name, definition) in enumerate(zip(required.queues, required.definition, strict=True))
        },
        "written": list(written),
    }


def show_requirement(required: Requirement, written: Sequence[str]) -> None:
    queues = requirement_document(required, written)["queues"]
    columns = ["queue", "most at once", "present", "rostered", "paid"]
    rows = [
        [n, f"{q['peak_present']:.0f}", *(f"{q[f'{k}_hours']:,.1f} h" for k in ("present", "rostered", "paid"))] for n, q in queues.items()
    ]
    table("Agents required", columns, rows)
    say([*(f"{name}: {queue['definition']}" for name, queue in queues.items()), *(f"wrote {path}" for path in written)])


def show_calculator(document: Mapping[str, Any]) -> None:
    rows = document["rows"]
    columns = [key.replace("sl_", "SL ").replace("_", " ") for key in rows[0]]
    title = f"Agents for {document['target']}, Erlang {document['model']}"
    table(title, columns, [[_cell(key, value) for key, value in row.items()] for row in rows])


def _cell(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "◀" if value else ""
    if key == "agents":
        return f"{value:g}"
    return number(value, "s" if key.endswith("_s") else "share") if math.isfinite(value) else "∞"


def show_solved(solved: Solved, written: Sequence[str]) -> None:
    parts = ", ".join(f"{name} {price:,.0f}" for name, price in solved.cost_parts.items())
    say(
        [
            f"roster: {len(solved.roster.shifts):,} shifts, {solved.reason}",
            f"price {solved.objective:,.0f} ({parts}), proven bound {solved.bound:,.0f}, gap {solved.gap:.1%}",
            *(f"note: {note}" for note in solved.notes),
            *(f"wrote {path}" for path in written),
        ]
    )


def show_measures(measures: Iterable[Measure]) -> None:
    table("Simulation", ["queue", "figure", "value (95 % interval)"], [[m.queue or "all", m.name, interval(vars(m))] for m in measures])


HEADLINES = ("service_level", "asa_s", "abandonment", "occupancy", "day_meets_target")


def show_run(run: Any) -> None:
    """The headline figures of a run folder."""
    measures = run.summary["measures"] if run.summary else []
    rows = [[m["queue"] or "all", m["name"], interval(m)] for m in measures if m["name"] in HEADLINES or not m["queue"]]
    if rows:
        table(f"{run.manifest['scenario']}", ["queue", "figure", "value (95 % interval)"], rows)
        _ledger(run.summary["ledger"])
        _shortfalls(run.summary["shortfalls"])
    say([f"report: {run.path / 'report.html'}"])


def _ledger(rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        hours = ("planned", "delivered", "cancelled", "owed")
        table("Training and other activities", ["activity", *hours], [[r["activity"], *(f"{r[h]:,.1f} h" for h in hours)] for r in rows])


def _shortfalls(rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        say(["no interval is short of agents"])
        return
    worst = sorted(rows, key=lambda r: -r["agent_hours"])[:MOST_ROWS]
    total = sum(r["agent_hours"] for r in rows)
    title = f"Short of agents: {total:,.1f} agent-hours in {len(rows)} stretches, the largest first"
    table(title, ["queue", "from", "to", "agent-hours", "most missing"], [_shortfall(r) for r in worst])


def _shortfall(row: Mapping[str, Any]) -> list[str]:
    return [row["queue"], row["start"], row["end"], f"{row['agent_hours']:,.1f}", f"{row['missing']:g}"]
