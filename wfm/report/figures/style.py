"""One look for every figure: colours, margins, axes in the centre's local time."""

from __future__ import annotations

import html
from typing import Any

import numpy as np
import plotly.graph_objects as go

from wfm.model import TimeAxis
from wfm.model.arrays import IntArray

# Okabe and Ito's colours, told apart by colour-blind readers too
INK, GREY, BLUE, SKY, GREEN, ORANGE, RED, PURPLE = "#1f2933", "#8a8f98", "#0072b2", "#56b4e9", "#009e73", "#e69f00", "#d55e00", "#cc79a7"
YELLOW = "#f0e442"
BAND, LACK = "rgba(86,180,233,0.30)", "rgba(213,94,0,0.45)"
CONFIG = {"showSendToCloud": False, "displaylogo": False, "responsive": True}


def dressed(figure: go.Figure, title: str, x_title: str, y_title: str, height: int = 360) -> go.Figure:
    """The common layout. title and axis titles are text, never markup."""
    figure.update_layout(
        title={"text": plain(title), "x": 0, "xanchor": "left", "xref": "container", "y": 0.97, "yanchor": "top", "font": {"size": 15}},
        height=height,
        margin={"l": 60, "r": 20, "t": 78, "b": 50},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "xanchor": "left"},
        hovermode="x unified",
        template="plotly_white",
        font={"family": "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', sans-serif", "color": INK, "size": 12},
        paper_bgcolor="rgba(0,0,0,0)",
    )
    figure.update_xaxes(title_text=plain(x_title), automargin=True)
    figure.update_yaxes(title_text=plain(y_title), automargin=True)
    return figure


def plain(text: str) -> str:
    """Text for a figure: plotly would read tags in it as markup."""
    return html.escape(text, quote=False)


def clock(axis: TimeAxis, minutes: IntArray) -> np.ndarray:
    """Local wall-clock times of elapsed minutes as datetime64[m]; the hour that autumn repeats stands twice."""
    return np.array([axis.local(int(minute)).replace(tzinfo=None) for minute in minutes], "datetime64[m]")


def spaced(axis: TimeAxis, intervals: IntArray) -> dict[str, Any]:
    """x of consecutive intervals for a trace: start and step where the clock runs evenly (which keeps a page small), else each time in ms.

    The axis must be of type "date": see `time_axis`.
    """
    minutes = intervals * axis.step_minutes
    times = clock(axis, minutes)
    steps = np.diff(times).astype(int)
    if len(times) and np.all(steps == axis.step_minutes):
        return {"x0": str(times[0]), "dx": axis.step_minutes * 60_000}
    return {"x": times.astype("datetime64[ms]").astype(float)}


def time_axis(figure: go.Figure, axis: TimeAxis) -> go.Figure:
    """An x axis of dates that names the day and the hour as deep as one looks."""
    figure.update_xaxes(type="date", title_text=f"local time, {axis.timezone}", hoverformat="%a %d %b %H:%M")
    return figure


def small(values: np.ndarray) -> np.ndarray:
    """Half the bytes: nobody sees the difference in a picture."""
    return np.asarray(values, np.float32)


def days_of(axis: TimeAxis, first_day: int = 0, days: int | None = None) -> IntArray:
    """Indices of the intervals of some local days (None: to the end of the axis)."""
    last = axis.days if days is None else min(first_day + days, axis.days)
    return np.flatnonzero((axis.day >= first_day) & (axis.day < last))
