"""Page: what happened when this roster met simulated customers."""

from __future__ import annotations

import streamlit as st

from wfm.report.service import DEFINITIONS
from wfm.ui import runs
from wfm.ui.parts import empty, loop, measures, pickers, simulation_figures, style
from wfm.ui.view import View

OWN = "service_level"
CENTRE = "Whole centre"


def definition() -> str:
    """Which service level is meant; the name of the measure."""
    options = {OWN: "Each queue's own", **{f"service_level_{name}": str(name).replace("_", " ").capitalize() for name in DEFINITIONS}}
    return st.selectbox(
        "Service level defined as",
        list(options),
        format_func=lambda name: options[name],
        key="definition",
        persist_state="session",
        help="The same day shows quite different service levels by definition; compare only like with like.",
    )


def service(run: View, queues: list[str], name: str) -> None:
    """Service level by day and queue."""
    series = {queue: measures.by_day(run.totals, name, queue, run.dates) for queue in queues}
    st.subheader("Service level by day", help="Markers with their 95 % confidence intervals over the simulated replications")
    st.caption(measures.definition(name))
    target = run.target_share(queues[0]) if len(queues) == 1 else None
    figure = simulation_figures.shares_by_day(run.dates, series, "service level", target)
    st.plotly_chart(
        figure, config=style.CONFIG, key="service by day", alt="Simulated service level by day and queue with confidence intervals"
    )


def waits(run: View, queues: list[str]) -> None:
    """How long people wait."""
    st.subheader("How long people wait", help="Contacts answered or abandoned, whole plan")
    figure = simulation_figures.waits(*measures.waits(run.totals, queues))
    st.plotly_chart(figure, config=style.CONFIG, key="waits", alt="Share of contacts by wait and queue")


def abandonment(run: View, queues: list[str]) -> None:
    """Who gave up."""
    st.subheader("Abandonment by day", help="Contacts abandoned ÷ contacts offered")
    series = {queue: measures.by_day(run.totals, "abandonment", queue, run.dates) for queue in queues}
    figure = simulation_figures.shares_by_day(run.dates, series, "abandoned")
    st.plotly_chart(figure, config=style.CONFIG, key="abandonment", alt="Simulated abandonment by day and queue")


def occupancy(run: View) -> None:
    """How busy people are."""
    st.subheader("Occupancy by day", help="Time spent on contacts ÷ time present on the queues, whole centre")
    figure = simulation_figures.shares_by_day(run.dates, {CENTRE: measures.by_day(run.totals, "occupancy", "", run.dates)}, "occupancy")
    st.plotly_chart(figure, config=style.CONFIG, key="occupancy", alt="Simulated occupancy by day")


st.title("Simulation")
run = runs.shown() or empty.no_run()
if run.summary is None:
    empty.stop("This plan was not simulated: it ended without a roster.", "plan.py", "See why")
st.caption(f"The whole plan was simulated {run.replications} times with exactly this roster. {run.zone_text}")
with st.container(border=True):
    left, right = st.columns(2)
    with left:
        queue = pickers.queue(run.queues, "All queues")
    with right:
        name = definition()
queues = list(run.queues) if queue == "All queues" else [queue]
if not run.empty.issuperset(queues):
    service(run, queues, name)
    waits(run, queues)
    abandonment(run, queues)
else:
    st.info("No contact came in any simulated run, so there is no service level, wait or abandonment to show.")
occupancy(run)
measures.table(run.summary, queues)
loop.show(run.loop, {queue: share for queue in run.queues if (share := run.target_share(queue)) is not None}, run.empty)
