"""Who does what when: bars for a day, colours for a week."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from wfm.model import Kind, Roster
from wfm.report.figures import style

COLOURS = {Kind.WORK: style.SKY, Kind.BREAK: style.YELLOW, Kind.ACTIVITY: style.PURPLE}
WORDS = {Kind.WORK: "on the queues", Kind.BREAK: "break", Kind.ACTIVITY: "training, coaching, meeting"}


def roster_day(roster: Roster, day: int, agents: Sequence[str] | None = None) -> go.Figure:
    """Every segment of the shifts that start on a day as a bar, a row for each agent. A trace for each kind."""
    shifts = [shift for shift in roster.shifts if shift.day == day and (agents is None or shift.agent in agents)]
    names = list(dict.fromkeys(shift.agent for shift in sorted(shifts, key=lambda shift: (shift.start, shift.agent))))
    figure = go.Figure()
    for kind, colour in COLOURS.items():
        parts = [(shift.agent, part) for shift in shifts for part in shift.segments if part.kind is kind]
        begins = style.clock(roster.axis, np.array([part.start for _, part in parts], int))
        figure.add_bar(
            y=[style.plain(agent) for agent, _ in parts],
            base=begins.astype("datetime64[s]").astype(str),
            x=[part.minutes * 60_000 for _, part in parts],
            orientation="h",
            name=WORDS[kind],
            marker={"color": colour, "line": {"color": "white", "width": 0.5}},
            customdata=[_told(part.name, part.queues) for _, part in parts],
            hovertemplate="%{y}: %{customdata}, from %{base|%H:%M}<extra></extra>",
        )
    style.dressed(figure, f"Roster of {roster.axis.dates[day]:%A %d %B %Y}", "", "agent", height=150 + 24 * max(len(names), 3))
    style.time_axis(figure, roster.axis)
    figure.update_layout(barmode="overlay", hovermode="closest", bargap=0.25)
    return figure.update_yaxes(categoryorder="array", categoryarray=[style.plain(name) for name in reversed(names)])


def _told(name: str, queues: tuple[str, ...]) -> str:
    return style.plain(f"{name} ({', '.join(queues)})" if queues else name)


def roster_heatmap(roster: Roster, first_day: int = 0, days: int = 7, agents: Sequence[str] | None = None) -> go.Figure:
    """Agents × intervals of some days: 0 off, 1 on the queues, 2 break, 3 activity (whatever takes most of an interval's start)."""
    axis = roster.axis
    names = list(agents) if agents is not None else list(dict.fromkeys(shift.agent for shift in roster.shifts))
    where = style.days_of(axis, first_day, days)
    table = _codes(roster, names)[:, where]
    steps = [(0, "#f2f4f7"), *((i + 1, colour) for i, colour in enumerate(COLOURS.values()))]
    scale = [entry for i, colour in steps for entry in ((i / 4, colour), ((i + 1) / 4, colour))]
    bar = {"tickvals": [0.5, 1.5, 2.5, 3.5], "ticktext": ["off", *WORDS.values()], "orientation": "h", "y": 1, "yanchor": "bottom"}
    shown = {"z": table + 0.5 if table.size else [], "y": [style.plain(name) for name in names], "xgap": 0, "ygap": 1}
    colours = {"zmin": 0, "zmax": 4, "colorscale": scale, "colorbar": {**bar, "thickness": 10, "len": 0.6}}
    figure = go.Figure(go.Heatmap(**style.spaced(axis, where), **shown, **colours, hovertemplate="%{y}, %{x|%a %H:%M}<extra></extra>"))
    style.dressed(figure, "Roster", "", "agent", height=170 + 16 * max(len(names), 5))
    figure.update_yaxes(autorange="reversed")
    return style.time_axis(figure, axis).update_layout(hovermode="closest")


def _codes(roster: Roster, names: list[str]) -> np.ndarray:
    """(agents, intervals): what an agent does when an interval starts."""
    axis, rows = roster.axis, {name: i for i, name in enumerate(names)}
    codes = np.zeros((len(names), axis.n_intervals), np.uint8)
    for shift in roster.shifts:
        for part in shift.segments if shift.agent in rows else ():
            first, last = -(-part.start // axis.step_minutes), -(-part.end // axis.step_minutes)
            codes[rows[shift.agent], first:last] = list(COLOURS).index(part.kind) + 1
    return codes
