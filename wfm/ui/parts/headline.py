"""The figures a planner reads first, each with its interval and its definition."""

from __future__ import annotations

import streamlit as st

from wfm.model import Measure, Summary
from wfm.report import words
from wfm.ui.parts import faults
from wfm.ui.view import View

ROWS = (
    ("service_level", "day_meets_target", "asa_s", "abandonment", "occupancy"),
    ("paid_hours", "cost", "under_cover_hours", "over_cover_hours", "training_delivered_hours"),
)
"""Names of measures of the whole centre, a row of cards each."""
USELESS = 0.95
"""A gap that says nothing: the bound is next to zero."""


def show(run: View) -> None:
    """Cards for the whole centre, and how the search ended; or why there is no roster."""
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
    gap = solver["gap"]
    if gap is None or gap > USELESS:
        return "The roster keeps every hard rule; how far it is from the best one is not proven."
    return f"The roster keeps every hard rule; the best one could be cheaper by at most {gap:.1%} of its price."


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
