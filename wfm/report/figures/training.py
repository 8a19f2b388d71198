"""The training ledger as bars."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from wfm.model import LedgerRow
from wfm.report.figures import style

PARTS = (("delivered", style.GREEN), ("owed", style.ORANGE), ("cancelled", style.RED))


def training_bars(ledger: Sequence[LedgerRow]) -> go.Figure:
    """Attendee-hours of each activity: delivered, owed and cancelled stacked, what was planned as a mark."""
    names = [style.plain(row.activity) for row in ledger]
    figure = go.Figure()
    for part, colour in PARTS:
        hours = [getattr(row, part) for row in ledger]
        figure.add_bar(y=names, x=hours, name=part, orientation="h", marker_color=colour, hovertemplate="%{x:.1f} h")
    marks = {"symbol": "line-ns-open", "size": 18, "color": style.INK, "line": {"width": 2}}
    planned = [row.planned for row in ledger]
    figure.add_scatter(y=names, x=planned, name="planned", mode="markers", marker=marks, hovertemplate="%{x:.1f} h")
    style.dressed(figure, "Training and other activities", "attendee-hours", "", height=170 + 30 * max(len(names), 2))
    figure.update_layout(barmode="stack", hovermode="y unified")
    return figure.update_yaxes(autorange="reversed")
