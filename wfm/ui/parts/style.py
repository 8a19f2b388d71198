"""One look for every figure, and clock axes that keep the centre's own time on days of 23 and 25 hours."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

# Okabe and Ito's colours, told apart by colour-blind readers too
BLUE, ORANGE, GREEN, RED, SKY, PURPLE, YELLOW, GREY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "#8A8F98"
SERIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, RED, YELLOW, GREY)
CONFIG = {"displaylogo": False, "showSendToCloud": False, "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"]}


def fade(colour: str, alpha: float) -> str:
    """A `#rrggbb` colour with transparency, as plotly writes it."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:g})"


def colour_of(names: Sequence[str]) -> dict[str, str]:
    """A colour for each name, the same for the same list."""
    return {name: SERIES[i % len(SERIES)] for i, name in enumerate(names)}


def dress(figure: go.Figure, y_title: str, height: int = 360, **axis: object) -> go.Figure:
    """The common layout: legend above, narrow margins, one hover box; `axis` goes to the y axis."""
    figure.update_layout(
        height=height,
        margin={"l": 10, "r": 10, "t": 30, "b": 10},
        hovermode="x unified",
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "xanchor": "left"},
        bargap=0.25,
    )
    figure.update_yaxes(title=y_title, rangemode="tozero", automargin=True, **axis)
    figure.update_xaxes(automargin=True)
    return figure


def clock_axis(figure: go.Figure, stamps: Sequence[str], every_hours: int = 2) -> go.Figure:
    """An x axis of `clocks(stamps)`, with a label at every full hour that is wanted."""
    named = zip(clocks(stamps), stamps, strict=True)
    ticks = {clock: stamp[11:16] for clock, stamp in named if stamp[14:16] == "00" and int(stamp[11:13]) % every_hours == 0}
    return figure.update_xaxes(type="category", tickmode="array", tickvals=list(ticks), ticktext=list(ticks.values()))


def day_axis(figure: go.Figure, dates: Sequence[str]) -> go.Figure:
    """An x axis of ISO dates: every day named up to two weeks, the first of each week beyond."""
    every = 1 if len(dates) <= 14 else 7
    ticks = {"tick0": dates[0], "dtick": every * 86_400_000}
    return figure.update_xaxes(type="date", tickformat="%a %-d %b", hoverformat="%a %-d %B %Y", **ticks)


def clocks(stamps: Sequence[str]) -> list[str]:
    """Wall-clock times of local ISO stamps, with the offset where a day has the same time twice."""
    times = [stamp[11:16] for stamp in stamps]
    return [f"{time} ({stamp[16:]})" if times.count(time) > 1 else time for time, stamp in zip(times, stamps, strict=True)]
