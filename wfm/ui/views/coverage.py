"""Page: the requirement against the people rostered."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wfm.ui import runs
from wfm.ui.parts import coverage_figures, empty, pickers, style
from wfm.ui.parts.text import plain
from wfm.ui.view import View

_SHORTFALLS = {
    "from": st.column_config.TextColumn("From"),
    "to": st.column_config.TextColumn("To"),
    "agent_hours": st.column_config.NumberColumn("Agent-hours missing", format="%.1f"),
    "missing": st.column_config.NumberColumn("Most missing at once", format="%.1f", help="Agents"),
}
FIRST = 12


def one_day(run: View, queue: str, day: str) -> None:
    """Requirement and coverage by interval."""
    rows = run.cover(queue, day)
    figure = coverage_figures.day(list(rows["interval_start"]), rows["required_rostered"], rows["present"])
    st.plotly_chart(
        figure, config=style.CONFIG, key="coverage day", alt=f"Agents required and rostered for {queue} on {pickers.named(day)}"
    )


def all_days(run: View, queue: str) -> None:
    """Agent-hours missing and spare by day."""
    rows = run.cover_days(queue)
    figure = coverage_figures.days(list(rows["day"]), rows["missing"], rows["spare"])
    st.plotly_chart(figure, config=style.CONFIG, key="coverage days", alt=f"Agent-hours missing and spare for {queue} by day")


def shortfalls(run: View, queue: str) -> None:
    """Where people are missing, the greatest first."""
    rows = run.shortfalls(queue)
    st.subheader("Shortfalls", help="Runs of intervals with fewer people rostered than required, the greatest first.")
    if rows.empty:
        st.success("Nobody is missing: the requirement is covered in every interval.", icon=":material/check_circle:")
        return
    if rows["relief"].str.strip().any():
        st.caption("What would help: one more agent, or one person let off one rule; told for the worst.")
    st.table(told(rows.head(FIRST)), border="horizontal", hide_index=True, alt=f"The greatest shortfalls of {queue}")
    if len(rows) > FIRST:
        with st.expander(f"All {len(rows)} shortfalls"):
            st.dataframe(rows.drop(columns="relief"), hide_index=True, column_config=_SHORTFALLS, alt=f"Every shortfall of {queue}")


def told(rows: pd.DataFrame) -> pd.DataFrame:
    """Shortfalls as text that wraps, so that a sentence can be read whole."""
    return pd.DataFrame(
        {
            "From": rows["from"].map(plain),
            "To": rows["to"].map(plain),
            "Agent-hours missing": rows["agent_hours"].map("{:,.1f}".format),
            "Most missing at once": rows["missing"].map("{:,.1f}".format),
            "What would help": rows["relief"].map(plain),
        }
    )


st.title("Coverage")
run = runs.shown() or empty.no_run()
st.caption(f"Agents required against agents on the queue, breaks and training taken off. {run.zone_text}")
with st.container(border=True):
    left, right = st.columns(2)
    with left:
        queue = pickers.queue(run.queues)
    with right:
        day = pickers.day(run.dates)
one_day(run, queue, day)
for note in run.requirement_of(queue):
    st.caption(f"Required: {plain(note)}")
st.subheader("Day by day")
all_days(run, queue)
shortfalls(run, queue)
