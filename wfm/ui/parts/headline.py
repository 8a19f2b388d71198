"""The figures a planner reads first, each with its interval and its definition."""

from __future__ import annotations

import streamlit as st

from wfm.model import Measure, Summary
from wfm.report import words
from wfm.ui.parts import faults
from wfm.ui.runs import View

ROWS = (
    ("service_level", "day_meets_target", "asa_s", "abandonment", "occupancy"),
    ("paid_hours", "cost", "under_cover_hours", "training_delivered_hours"),
)
"""Names of measures of the whole centre, a row of cards each."""


def show(run: View) -> None:
    """Cards for the whole centre, the table of queues, and how the search ended; or why there is no roster."""
    if run.summary is None:
        faults.show_texts(
            "There is no roster: the hard rules contradict each other, so nothing was simulated.", run.conflicts or run.notes("solver")
        )
        return
    for row in ROWS:
        with st.container(horizontal=True):
            for name in row:
                _card(run.summary, name)
    st.caption(
        "Small figures are 95 % confidence intervals over the simulated replications; hours, cost and training are exact. "
        "The ? beside a figure holds its definition."
    )
    st.text("\n".join(f"• {line}" for line in [search(run), *run.notes("solver")]))


def search(run: View) -> str:
    """How the search for the roster ended."""
    solver = run.run.manifest["solver"]
    if solver["reason"] == "optimal":
        return "The roster is proven to be the best one."
    bound = find(run.summary, "solver_gap") if run.summary else None
    return (
        f"The roster costs at most {bound.value:.1%} of its price more than the best one could."
        if bound
        else "The roster keeps every hard rule."
    )


def _card(summary: Summary, name: str) -> None:
    measure = find(summary, name)
    if measure is not None:
        value, between = words.figure(measure.value, measure.unit), words.spread(measure)
        label = words.LABELS[name]
        st.metric(label, value, between or None, delta_color="off", delta_arrow="off", help=measure.definition, border=True)


def find(summary: Summary, name: str, queue: str = "") -> Measure | None:
    """The measure of this name, None where the run has none."""
    try:
        return summary.find(name, queue)
    except KeyError:
        return None
