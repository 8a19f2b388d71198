"""Requirement against coverage."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import plotly.graph_objects as go

from wfm.model import Solved
from wfm.report.figures import style


def coverage(solved: Solved, queue: str, first_day: int = 0, days: int | None = None, *, chooser: bool = False) -> go.Figure:
    """Agents required and rostered in each interval of some days, what lacks shaded.

    chooser: a menu that shows a week or a day at a time. Traces: "short" (the shaded lack), "required", "rostered".
    """
    required, axis = solved.required, solved.required.axis
    index, where = required.queues.index(queue), style.days_of(axis, first_day, days)
    need, have = (style.small(table[index, where]) for table in (required.rostered, solved.present))
    x = style.spaced(axis, where)
    step = {"mode": "lines", "line": {"shape": "hv", "width": 0}, "hoverinfo": "skip"}
    figure = go.Figure()
    figure.add_scatter(**x, y=np.minimum(need, have), name="covered", showlegend=False, **step)
    figure.add_scatter(**x, y=need, name="short", fill="tonexty", fillcolor=style.LACK, **step)
    for name, values, colour, width in (("required", need, style.INK, 2), ("rostered", have, style.BLUE, 2)):
        line = {"shape": "hv", "color": colour, "width": width, "dash": "solid" if name == "rostered" else "dot"}
        figure.add_scatter(**x, y=values, name=name, mode="lines", line=line, hovertemplate="%{y:.1f}")
    style.dressed(figure, f"{queue}: agents required and rostered", "", "agents", height=380)
    figure.update_yaxes(rangemode="tozero")
    style.time_axis(figure, axis)
    return _with_chooser(figure, solved, index) if chooser else figure


def _with_chooser(figure: go.Figure, solved: Solved, queue: int) -> go.Figure:
    """A menu of weeks and of the days on which anybody is needed or there; the first such week is shown."""
    axis = solved.required.axis
    busy = np.flatnonzero(axis.by_day(solved.required.rostered[queue] + solved.present[queue]) > 0)
    weeks = sorted({axis.dates[day] - timedelta(days=int(axis.weekday[day])) for day in busy})
    spans = [(f"week of {monday:%d %b}", max(monday, axis.start), monday + timedelta(days=7)) for monday in weeks]
    spans += [(f"{axis.dates[day]:%a %d %b}", axis.dates[day], axis.dates[day] + timedelta(days=1)) for day in busy]
    spans += [("whole plan", axis.start, axis.start + timedelta(days=axis.days))]
    buttons: list[dict[str, Any]] = [
        {"label": name, "method": "relayout", "args": [{"xaxis.range": [begin.isoformat(), end.isoformat()]}]} for name, begin, end in spans
    ]
    figure.update_xaxes(range=buttons[0]["args"][0]["xaxis.range"])
    return figure.update_layout(
        updatemenus=[{"buttons": buttons, "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "bottom", "pad": {"b": 6}, "showactive": True}]
    )
