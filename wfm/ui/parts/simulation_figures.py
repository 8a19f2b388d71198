"""Figures of what the simulation measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from wfm.ui.parts import style

Interval = tuple[ArrayLike, ArrayLike, ArrayLike]


def shares_by_day(dates: Sequence[str], series: Mapping[str, Interval], y_title: str, target: float | None = None) -> go.Figure:
    """One marker per day and series with its 95 % confidence interval; series: name → (value, low, high), shares 0–1."""
    figure, colours = go.Figure(), style.colour_of(list(series))
    for name, (value, low, high) in series.items():
        middle = np.asarray(value, float)
        error = {"type": "data", "array": np.asarray(high) - middle, "arrayminus": middle - np.asarray(low), "thickness": 1.5, "width": 4}
        figure.add_scatter(
            x=dates, y=middle, error_y=error, name=name, mode="lines+markers", line={"color": colours[name]}, hovertemplate="%{y:.1%}"
        )
    if target is not None:
        line = {"dash": "dash", "color": style.GREY}
        figure.add_scatter(x=dates, y=[target] * len(dates), name=f"target {target:.0%}", mode="lines", line=line, hoverinfo="skip")
        figure.update_layout(showlegend=True)
    style.dress(figure, y_title, 340, tickformat=".0%")
    return style.day_axis(figure, dates)


def waits(edges_s: Sequence[float], shares: Mapping[str, ArrayLike]) -> go.Figure:
    """Share of contacts by wait; edges_s: inclusive upper edges in seconds, shares: queue → one more share than edges."""
    figure, colours = go.Figure(), style.colour_of(list(shares))
    for name, values in shares.items():
        figure.add_bar(x=wait_labels(edges_s), y=values, name=name, marker_color=colours[name], hovertemplate="%{y:.1%}")
    style.dress(figure, "share of contacts", 320, tickformat=".0%")
    return figure.update_xaxes(title="wait until answered or abandoned", type="category")


def wait_labels(edges_s: Sequence[float]) -> list[str]:
    """What each bar stands for: up to the first edge, between two edges, above the last."""
    said = [duration(edge) for edge in edges_s]
    return [f"up to {said[0]}", *(f"{low} to {high}" for low, high in pairwise(said)), f"over {said[-1]}"]


def duration(seconds: float) -> str:
    """Seconds in the unit people would use."""
    if seconds < 120:
        return f"{seconds:.3g} s"
    return f"{seconds / 60:.3g} min" if seconds < 7200 else f"{seconds / 3600:.3g} h"
