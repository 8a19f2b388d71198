"""What a calibration says: the estimates, and real against simulated figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from wfm.calibration import MEASURES, Calibrated, Row
from wfm.cli.tables.base import say, table
from wfm.report.words import duration, figure

TITLES = {"mean_wait_s": "mean wait", "abandoned": "abandoned", "in_time": "in time"}
UNITS = {"mean_wait_s": "s", "abandoned": "share", "in_time": "share"}
ENOUGH = 0.1


def calibration_document(centre: Calibrated, rows: Sequence[Row], written: list[str]) -> dict[str, Any]:
    """Everything as JSON-able values."""
    return {
        "calls": len(centre.log),
        "notes": centre.log.notes,
        "turn_round_s": centre.turn_round_s,
        "seen_turn_round_s": centre.seen_turn_round_s,
        "hours_on_duty": float(centre.on_duty().sum()) * centre.log.axis.step_minutes / 60,
        "kinds": [_kind(centre, kind) for kind in range(len(centre.queues))],
        "credits_s": dict(zip(centre.log.classes, centre.credits_s.tolist(), strict=False)),
        "agents": {agent.name: agent.traits[0].handle_factor if agent.traits else 1.0 for agent in centre.agents},
        "rows": [vars(row) | {"off": row.off} for row in rows],
        "written": written,
    }


def _kind(centre: Calibrated, kind: int) -> dict[str, Any]:
    queue, patience = centre.queues[kind], centre.patience[kind]
    mean = vars(patience.mean) if patience else None
    return {"name": queue.name, "calls": int((centre.log.kind == kind).sum()), "handle_s": queue.handle_s, "mean_patience_s": mean}


def show_calibration(centre: Calibrated, rows: Sequence[Row], written: list[str]) -> None:
    """For people."""
    say(centre.log.notes)
    _estimates(centre)
    days = [row for row in rows if row.day]
    _against("Real and simulated, the whole log and by kind of call", "calls of", [row for row in rows if not row.day])
    _against("Real and simulated, by day", "day", days)
    near = ", ".join(f"{TITLES[m]} {sum(abs(row.off) <= ENOUGH for row in days if row.measure == m)}" for m in MEASURES)
    say([f"days of {len(days) // len(MEASURES)} within 10 % of the real figure: {near}", *(f"written: {path}" for path in written)])


def _estimates(centre: Calibrated) -> None:
    rows = []
    for kind in range(len(centre.queues)):
        told = _kind(centre, kind)
        patience = _patience(told["mean_patience_s"])
        rows.append([told["name"], f"{told['calls']:,}", duration(told["handle_s"]), patience])
    table("Estimated", ["calls of", "number", "handle time", "mean patience, 95 % interval"], rows)
    hours = float(centre.on_duty().sum()) * centre.log.axis.step_minutes / 60
    say([f"on duty: {hours:,.0f} agent-hours of {len(centre.agents)} agents, {hours / centre.log.axis.days:.1f} a day"])
    say([f"turn-round after a call: {centre.turn_round_s:.1f} s fitted, {centre.seen_turn_round_s:.1f} s seen while somebody waited"])
    if len(centre.credits_s) > 1:
        heads = ", ".join(f"{name} {head:g} s" for name, head in zip(centre.log.classes, centre.credits_s, strict=True))
        say([f"head start in the line by class of customer: {heads}"])


def _patience(mean: dict[str, float] | None) -> str:
    if not mean or not math.isfinite(mean["value"]):
        return "–"
    return f"{duration(mean['value'])} ({duration(mean['low'])} – {duration(mean['high'])})"


def _against(title: str, what: str, rows: Iterable[Row]) -> None:
    lines: dict[str, list[str]] = {}
    for row in rows:
        line = lines.setdefault(row.day or row.kind or "all", [f"{row.calls:,}"])
        off = "" if math.isnan(row.off) else f"{row.off:+.0%}"
        line.append(f"{figure(row.real, UNITS[row.measure])} → {figure(row.simulated, UNITS[row.measure])} {off:>5}")
    table(title, [what, "calls", *TITLES.values()], [[name, *line] for name, line in lines.items()])
