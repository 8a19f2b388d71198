"""Figures of requirement against coverage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from wfm.ui.parts import style


def day(stamps: Sequence[str], required: ArrayLike, present: ArrayLike) -> go.Figure:
    """Agents required and agents rostered over one day, missing ones in red. stamps: local ISO, one for each interval.

    Everything is drawn from the start of its interval to its end; "end" is the end of the last one.
    """
    x, need, have = style.clocks(stamps), np.asarray(required, float), np.asarray(present, float)
    figure = go.Figure()
    lack, span = np.maximum(need - have, 0), {"offset": 0, "width": 1}
    figure.add_bar(x=x, y=have, name="rostered", marker_color=style.fade(style.BLUE, 0.45), hovertemplate="%{y:.1f}", **span)
    figure.add_bar(
        x=x, y=lack, base=have, name="missing", marker_color=style.RED, customdata=lack, hovertemplate="%{customdata:.1f}", **span
    )
    line = {"color": "#222222", "width": 2, "shape": "hv"}
    figure.add_scatter(x=[*x, "end"], y=[*need, *need[-1:]], name="required", mode="lines", line=line, hovertemplate="%{y:.1f}")
    style.dress(figure, "agents", 420)
    figure.update_layout(barmode="overlay", bargap=0)
    return style.clock_axis(figure, stamps)


def days(dates: Sequence[str], missing_hours: ArrayLike, spare_hours: ArrayLike) -> go.Figure:
    """Agent-hours missing and spare on each day."""
    figure = go.Figure()
    figure.add_bar(x=dates, y=np.asarray(spare_hours, float), name="more than required", marker_color=style.fade(style.BLUE, 0.45))
    figure.add_bar(x=dates, y=-np.asarray(missing_hours, float), name="missing", marker_color=style.RED)
    style.dress(figure, "agent-hours", 260)
    figure.update_traces(hovertemplate="%{y:.1f} h")
    return style.day_axis(figure, dates).update_layout(barmode="relative")
