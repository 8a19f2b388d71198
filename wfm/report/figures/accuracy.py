"""How good past forecasts were, by how far ahead they looked."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from wfm.model import Accuracy
from wfm.report.figures import style

COLOURS = (style.BLUE, style.ORANGE, style.GREEN, style.PURPLE)


def accuracy_by_lead(leads: Sequence[Accuracy], queue: str) -> go.Figure:
    """Error by interval of one queue against days ahead, a line for each method, and the noise floor below which nobody can be."""
    mine = [row for row in leads if row.queue == queue]
    figure = go.Figure()
    methods = list(dict.fromkeys(row.method for row in mine))
    for place, method in enumerate(methods):
        rows = [row for row in mine if row.method == method]
        _line(figure, rows, [row.wape for row in rows], method, COLOURS[place % len(COLOURS)])
    rows = [row for row in mine if row.method == methods[0]] if methods else []
    _line(figure, rows, [row.floor for row in rows], "noise floor", style.GREY, dash="dot")
    style.dressed(figure, f"{queue}: error by days ahead", "how far ahead the forecast looked", "error by interval (WAPE)")
    figure.update_yaxes(rangemode="tozero", tickformat=".0%", hoverformat=".1%")
    return figure.update_xaxes(type="category")


def _line(figure: go.Figure, rows: Sequence[Accuracy], values: Sequence[float], name: str, colour: str, dash: str = "solid") -> None:
    x = [lead_name(row.lead_days) for row in rows]
    figure.add_scatter(x=x, y=values, name=style.plain(name), mode="lines+markers", line={"color": colour, "width": 2, "dash": dash})


def lead_name(days: int) -> str:
    """`1 day`, `7 days`."""
    return f"{days} day{'' if days == 1 else 's'}"
