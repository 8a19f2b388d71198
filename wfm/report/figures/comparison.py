"""Runs against the first: differences with their intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from wfm.report.comparison import Comparison, Row
from wfm.report.figures import style

COLOURS = (style.INK, style.BLUE, style.ORANGE, style.GREEN, style.PURPLE, style.SKY, style.RED)
MEASURES = ("service_level", "asa_s", "abandonment", "day_meets_target")


def comparison_chart(comparison: Comparison, measure: str = "service_level") -> go.Figure:
    """The measure of each run with its 95 % interval, a trace for the centre and each queue."""
    rows = [row for row in comparison.rows if row.measure == measure]
    share = bool(rows) and rows[0].unit == "share"
    figure = go.Figure()
    for n, row in enumerate(rows):
        values = [None if comparison.says_nothing(row, run) else _number(value.value) for run, value in enumerate(row.values)]
        spread = _spread(row)
        form = "%{y:.1%}" if share else "%{y:,.1f}"
        name = style.plain(row.queue or "centre")
        marks = {"size": 10, "symbol": "diamond" if not row.queue else "circle", "color": COLOURS[n % len(COLOURS)]}
        figure.add_scatter(x=_names(comparison.runs), y=values, error_y=spread, name=name, mode="markers", marker=marks, hovertemplate=form)
    label, unit = (rows[0].label, rows[0].unit) if rows else (measure, "")
    style.dressed(figure, f"{label} by run", "run", "share of contacts" if share else unit)
    figure.update_layout(scattermode="group")
    return figure.update_yaxes(tickformat=".0%" if share else None, rangemode="normal" if share else "tozero")


def _names(runs: Sequence[str]) -> list[str]:
    return [style.plain(run) for run in runs]


def _spread(row: Row) -> dict[str, Any]:
    up = [_number(value.high - value.value) for value in row.values]
    down = [_number(value.value - value.low) for value in row.values]
    return {"type": "data", "symmetric": False, "array": up, "arrayminus": down, "color": style.GREY}


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
