"""The figures a planner reads first, each with its interval and its definition."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wfm.model import Measure, Summary
from wfm.report import words
from wfm.report.nobody import NONE
from wfm.ui.parts import faults
from wfm.ui.parts.text import plain
from wfm.ui.view import View

COLUMNS = {"Service level": "service_level", "Speed of answer": "asa_s", "Abandoned": "abandonment"}
ROWS = (
    ("service_level", "day_meets_target", "asa_s", "abandonment"),
    ("paid_hours", "cost", "under_cover_hours", "over_cover_hours"),
    ("occupancy", "training_delivered_hours"),
)
"""Names of measures of the whole centre, a row of cards each."""
SHORT = {"over_cover_hours": "Agent-hours to spare", "training_delivered_hours": "Training and coaching"}
"""Labels that fit a card."""
USELESS = 0.95
"""A gap that says nothing: the bound is next to zero."""


def show(run: View) -> None:
    """Cards for the whole centre, and how the search ended; or why there is no roster."""
    if run.summary is None:
        faults.show_texts(
            "There is no roster: the hard rules contradict each other, so nothing was simulated.", run.conflicts or run.notes("solver")
        )
        return
    if "" in run.empty:
        st.info("No contact came in any simulated run, so there is no service level or wait to show.")
    for row in ROWS:
        with st.container(horizontal=True):
            for name in row:
                _card(run, run.summary, name)
    st.caption(
        "Small figures are 95 % confidence intervals over the simulated replications; hours, cost and training are exact. "
        "The ? beside a figure holds its definition."
    )
    st.text("\n".join(f"• {line}" for line in [search(run), *run.notes("solver")]))
    st.subheader("By queue", help="Simulated; whether a target is reached is told as far as the replications can tell.")
    st.table(by_queue(run, run.summary).map(plain), border="horizontal", hide_index=True, alt="Service of each queue against its target")


def by_queue(run: View, summary: Summary) -> pd.DataFrame:
    """A row for each queue: its target, whether it is reached, and how long people wait."""
    rows = []
    for queue in run.queues:
        level, share = find(summary, "service_level", queue), run.target_share(queue)
        cells = {name: find(summary, measure, queue) for name, measure in COLUMNS.items()}
        told = {name: words.told(measure, run.empty) if measure else NONE for name, measure in cells.items()}
        reached = words.verdict(level, share, run.empty) if level and share is not None else NONE
        rows.append({"Queue": queue, "Target": run.run.summary["targets"].get(queue, NONE), "Reached": reached, **told})
    return pd.DataFrame(rows, columns=["Queue", "Target", "Reached", *COLUMNS])


def search(run: View) -> str:
    """How the search for the roster ended."""
    solver = run.run.manifest["solver"]
    if solver["reason"] == "optimal":
        return "The roster is proven to be the best one."
    gap = solver["gap"]
    if gap is None or gap > USELESS:
        return "The roster keeps every hard rule; how far it is from the best one is not proven."
    return f"The roster keeps every hard rule; the best one could be cheaper by at most {gap:.1%} of its price."


def _card(run: View, summary: Summary, name: str) -> None:
    measure = find(summary, name)
    if measure is not None:
        value, between = words.shown(measure, run.empty), words.spread(measure, run.empty)
        label = SHORT.get(name, words.LABELS[name])
        st.metric(label, value, between or None, delta_color="off", delta_arrow="off", help=measure.definition, border=True)


def find(summary: Summary, name: str, queue: str = "") -> Measure | None:
    """The measure of this name, None where the run has none."""
    try:
        return summary.find(name, queue)
    except KeyError:
        return None
