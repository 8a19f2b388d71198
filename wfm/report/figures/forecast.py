"""The forecast with its bands."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from wfm.model import Forecast
from wfm.model.arrays import FloatArray
from wfm.report.figures import style

BANDS = ((0.025, 0.975), (0.1, 0.9))


def forecast_by_day(forecast: Forecast, queue: str) -> go.Figure:
    """Contacts of each day with the 80 and 95 % bands; a day's bands come from the sample paths, never from summed quantiles."""
    index, axis = forecast.queues.index(queue), forecast.axis
    totals = axis.by_day(forecast.paths[:, index])
    figure = go.Figure()
    x = [day.isoformat() for day in axis.dates]
    for low, high in BANDS:
        if len(totals):
            _band(figure, {"x": x}, np.quantile(totals, low, axis=0), np.quantile(totals, high, axis=0), low, high)
    mean = axis.by_day(forecast.mean[index])
    figure.add_scatter(x=x, y=style.small(mean), name="expected", mode="lines+markers", line={"color": style.BLUE, "width": 2})
    style.dressed(figure, f"{queue}: contacts by day", "day", "contacts")
    figure.update_yaxes(rangemode="tozero")
    return figure.update_xaxes(type="date", hoverformat="%a %d %b")


def forecast_by_interval(forecast: Forecast, queue: str, first_day: int = 0, days: int | None = 7) -> go.Figure:
    """Contacts of each interval of some days with the bands that the forecast holds."""
    index, axis = forecast.queues.index(queue), forecast.axis
    where = style.days_of(axis, first_day, days)
    x = style.spaced(axis, where)
    figure = go.Figure()
    for low, high in BANDS:
        if low in forecast.levels and high in forecast.levels:
            bottom, top = (forecast.quantiles[forecast.levels.index(level), index, where] for level in (low, high))
            _band(figure, x, bottom, top, low, high)
    figure.add_scatter(
        **x, y=style.small(forecast.mean[index, where]), name="expected", mode="lines", line={"color": style.BLUE, "width": 2}
    )
    style.dressed(figure, f"{queue}: contacts by interval", "", f"contacts per {axis.step_minutes} min")
    figure.update_yaxes(rangemode="tozero")
    return style.time_axis(figure, axis)


def _band(figure: go.Figure, x: dict[str, Any], bottom: FloatArray, top: FloatArray, low: float, high: float) -> None:
    name = f"{high - low:.0%} band"
    shared = {"mode": "lines", "line": {"width": 0}, "legendgroup": name, "hovertemplate": "%{y:.1f}"}
    figure.add_scatter(**x, y=style.small(bottom), name=f"{name}, low", showlegend=False, **shared)
    figure.add_scatter(**x, y=style.small(top), name=name, fill="tonexty", fillcolor=style.BAND, **shared)
