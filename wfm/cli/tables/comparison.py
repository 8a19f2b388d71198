"""Scenarios side by side."""

from __future__ import annotations

import math

from wfm.cli.tables.base import say, table
from wfm.report import Comparison
from wfm.report.comparison import Row
from wfm.report.nobody import NONE, WORDS
from wfm.report.words import figure

SHOWN = (
    "service_level",
    "day_meets_target",
    "asa_s",
    "waiting_over_120s",
    "abandonment",
    "paid_hours",
    "cost",
    "under_cover_hours",
    "over_cover_hours",
    "training_planned_hours",
    "training_delivered_hours",
)


def show_comparison(comparison: Comparison) -> None:
    """The first run's figures, and what the others differ by with 95 % intervals; flags last, so that nobody misses them."""
    columns = ["figure", comparison.runs[0], *(f"{name}: difference" for name in comparison.runs[1:])]
    shown = [row for row in comparison.rows if row.measure in SHOWN and (not row.queue or row.measure == "service_level")]
    title = "Compared on the same simulated days" if comparison.paired else "Compared as independent runs"
    silent = any(comparison.says_nothing(row, run) for row in shown for run in range(len(row.values)))
    table(title, columns, [_line(comparison, row) for row in shown], [f"{NONE}: {WORDS}"] if silent else [])
    say([*(f"note: {note}" for note in comparison.notes), *(f"FLAG: {flag.text}" for flag in comparison.flags)])


def _line(comparison: Comparison, row: Row) -> list[str]:
    name = f"{row.label}, {row.queue}" if row.queue else row.label
    nothing = [comparison.says_nothing(row, run) for run in range(len(row.values))]
    first = NONE if nothing[0] else figure(row.values[0].value, row.unit)
    return [name, first, *(NONE if nothing[0] or nothing[run] else row_difference(row, run) for run in range(1, len(row.values)))]


def row_difference(row: Row, run: int) -> str:
    """A run's difference from the first, with its interval, in words where nothing is shown."""
    difference, verdict = row.differences[run], row.verdict(run)
    if verdict == "same":
        return "the same"
    if not math.isfinite(difference.value):
        return NONE
    text = _signed(difference.value, row.unit)
    if difference.low == difference.high:
        return text
    between = f"{text} ({_signed(difference.low, row.unit)} … {_signed(difference.high, row.unit)})"
    return f"{between}, no difference shown" if verdict == "no difference shown" else between


def _signed(value: float, unit: str) -> str:
    if unit == "share":
        return f"{round(value * 100, 1) + 0.0:+.1f} points"
    text = figure(value, unit)
    return text if text.startswith("-") else f"+{text}"
