"""The simulation in the loop: what the service became with every roster tried."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import plotly.graph_objects as go

from wfm.model import LoopStep
from wfm.report.figures import style

COLOURS = (style.BLUE, style.ORANGE, style.GREEN, style.PURPLE, style.SKY, style.RED)


def loop_trace(steps: Sequence[LoopStep], shares: Mapping[str, float], empty: Collection[str] = ()) -> go.Figure:
    """Service level of each queue with its 95 % interval, by roster; the roster of the plan is marked. shares: targets by queue.
    empty: queues to which nobody came, left out.

    Traces: one for each queue by its name, "target of …" for those known.
    """
    figure, x = go.Figure(), [step.number for step in steps]
    queues = [measure.queue for measure in steps[0].service if measure.queue not in empty] if steps else []
    for n, queue in enumerate(queues):
        found, colour = [next(m for m in step.service if m.queue == queue) for step in steps], COLOURS[n % len(COLOURS)]
        spread = {"type": "data", "array": [m.high - m.value for m in found], "arrayminus": [m.value - m.low for m in found]}
        line = {"mode": "lines+markers", "line": {"color": colour}, "hovertemplate": "%{y:.1%}"}
        figure.add_scatter(x=x, y=[m.value for m in found], error_y=spread, name=style.plain(queue), **line)
        if queue in shares:
            dashed = {"mode": "lines", "line": {"color": colour, "dash": "dash", "width": 1}, "hoverinfo": "skip"}
            figure.add_scatter(x=x, y=[shares[queue]] * len(x), name=f"target of {style.plain(queue)}", **dashed)
    for step in steps:
        if step.chosen:
            figure.add_vline(step.number, line={"color": style.GREY, "dash": "dot"}, annotation_text="the plan")
    style.dressed(figure, "Service level with every roster tried", "roster", "share of contacts", height=340)
    figure.update_xaxes(dtick=1)
    return figure.update_yaxes(tickformat=".0%")
