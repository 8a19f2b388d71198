"""Figures of the forecast: the mean inside its bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from wfm.ui.parts import style

Bands = Mapping[float, ArrayLike]


def bands(x: Sequence[str], mean: ArrayLike, quantiles: Bands, y_title: str, colour: str = style.BLUE) -> go.Figure:
    """Mean line over nested bands; quantiles: level (0–1) → values of the same length as `x`.

    Levels are paired from outside in (0.1 with 0.9 …), the median is left to the mean's line.
    """
    figure = go.Figure()
    for place, (low, high) in enumerate(pairs(quantiles)):
        bottom, top = (np.asarray(quantiles[level], float) for level in (low, high))
        shared = {"x": x, "line": {"width": 0}, "mode": "lines", "legendgroup": f"{low}"}
        figure.add_scatter(**shared, y=top, showlegend=False, hoverinfo="skip", name=f"{high:.1%}")
        fill = {"fill": "tonexty", "fillcolor": style.fade(colour, 0.14 + 0.1 * place)}
        hover = "%{y:,.1f} – %{customdata:,.1f}"
        figure.add_scatter(**shared, **fill, y=bottom, name=f"{high - low:.0%} band", customdata=top, hovertemplate=hover)
    figure.add_scatter(x=x, y=mean, line={"color": colour, "width": 2}, name="expected", hovertemplate="%{y:.1f}")
    return style.dress(figure, y_title)


def days(dates: Sequence[str], mean: ArrayLike, low: ArrayLike, high: ArrayLike, band: str) -> go.Figure:
    """A bar for each day with its band; low and high may be nan. dates: ISO. band: what the band is, for the reader."""
    middle = np.asarray(mean, float)
    spread = {
        "type": "data",
        "array": np.asarray(high) - middle,
        "arrayminus": middle - np.asarray(low),
        "color": style.GREY,
        "thickness": 2,
    }
    told = np.column_stack([np.asarray(low, float), np.asarray(high, float)])
    hover = f"%{{y:,.0f}}<br>{band} %{{customdata[0]:,.0f}} – %{{customdata[1]:,.0f}}" if np.isfinite(told).any() else "%{y:,.0f}"
    figure = go.Figure()
    colour = style.fade(style.BLUE, 0.55)
    figure.add_bar(x=dates, y=middle, error_y=spread, customdata=told, name="expected", marker_color=colour, hovertemplate=hover)
    return style.day_axis(style.dress(figure, "contacts a day"), dates)


def pairs(quantiles: Bands) -> list[tuple[float, float]]:
    """Levels that mirror each other around the median, widest first."""
    levels = sorted(quantiles)
    return [(low, high) for low in levels for high in levels if low < 0.5 and abs(low + high - 1) < 1e-9]
