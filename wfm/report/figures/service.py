"""Simulated service level against its target."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from wfm.model import Channel, Outcome, Queue
from wfm.report.daily import ServiceSeries, service_by_day, service_by_interval
from wfm.report.figures import style


def service_days(outcome: Outcome, queue: str) -> go.Figure:
    """Service level of each day with its 95 % interval, against the target. Traces: "service level", "target"."""
    series, axis = service_by_day(outcome, queue), outcome.axis
    x = [day.isoformat() for day in axis.dates]
    figure = go.Figure()
    spread = {
        "type": "data",
        "symmetric": False,
        "array": series.high - series.value,
        "arrayminus": series.value - series.low,
        "color": style.GREY,
    }
    marks = {"color": style.BLUE, "size": 8}
    figure.add_scatter(x=x, y=series.value, name="service level", mode="markers", marker=marks, error_y=spread, hovertemplate="%{y:.1%}")
    _target(figure, {"x": x}, outcome, queue)
    _dress(figure, outcome, queue, "by day")
    return figure.update_xaxes(type="date", title_text="day", hoverformat="%a %d %b")


def service_intervals(outcome: Outcome, queue: str, first_day: int = 0, days: int | None = 1) -> go.Figure:
    """Service level of each interval of some days with its 95 % band, against the target."""
    axis = outcome.axis
    where = style.days_of(axis, first_day, days)
    found = service_by_interval(outcome, queue)
    series = ServiceSeries(found.value[where], found.low[where], found.high[where], found.met[where])
    x = style.spaced(axis, where)
    figure = go.Figure()
    hidden = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    figure.add_scatter(**x, y=series.low, name="low", showlegend=False, **hidden)
    figure.add_scatter(**x, y=series.high, name="95 % interval", fill="tonexty", fillcolor=style.BAND, **hidden)
    line = {"color": style.BLUE, "shape": "hv"}
    figure.add_scatter(**x, y=series.value, name="service level", mode="lines", line=line, hovertemplate="%{y:.1%}")
    _target(figure, x, outcome, queue)
    return style.time_axis(_dress(figure, outcome, queue, "by interval"), axis)


def _dress(figure: go.Figure, outcome: Outcome, queue: str, by: str) -> go.Figure:
    found = _queue(outcome, queue)
    what = "answered within due time" if found.channel is Channel.EMAIL else "service level"
    style.dressed(figure, f"{queue}: {what} {by}, {found.target}", "", "share of contacts")
    return figure.update_yaxes(range=[0, 1.03], tickformat=".0%")


def _target(figure: go.Figure, x: dict[str, Any], outcome: Outcome, queue: str) -> None:
    share = _queue(outcome, queue).target.share
    length = len(x["x"]) if "x" in x else len(figure.data[0].y)
    line = {"color": style.RED, "dash": "dash", "width": 1.5}
    figure.add_scatter(**x, y=[share] * length, name="target", mode="lines", line=line, hovertemplate="%{y:.0%}")


def _queue(outcome: Outcome, queue: str) -> Queue:
    return next(known for known in outcome.queues if known.name == queue)
