"""Page: change a published roster: somebody is absent, two people swap, or more people are hired."""

from __future__ import annotations

import streamlit as st

from wfm.errors import InputError
from wfm.ui import runs, session
from wfm.ui.jobs import JobState
from wfm.ui.parts import absence, empty, hire, progress, swap
from wfm.ui.parts.published import Published, published
from wfm.ui.view import View

TABS = {"Somebody is absent": absence.show, "Two people swap": swap.show, "Hire people": hire.show}


def read(run: View) -> Published:
    """The run as something to change; ends the page where that cannot be."""
    try:
        found = published(run)
    except InputError as error:
        empty.stop("The roster of this plan cannot be read: " + "; ".join(fault.found for fault in error.faults), "plan.py", "See the plan")
    return found or empty.stop("The scenario of this plan can no longer be read.", "plan.py", "See the plan")


st.title("Change a published roster")
run = runs.shown() or empty.no_run()
if run.roster.empty:
    empty.stop("This plan has no shifts, so there is nothing to change.", "plan.py", "See the plan")
here = read(run)
st.caption(f"The plan on screen stays as it is: what you accept becomes a plan beside it. {run.zone_text}")
for tab, (_, show) in zip(st.tabs(list(TABS)), TABS.items(), strict=True):
    with tab:
        show(here)
mine = session.current().jobs.of(session.current().key)
for job in [job for job in mine if job.arguments][:1]:
    if not job.state.ended:
        progress.live(job.key)
        continue
    if job.state is JobState.DONE:
        st.success("The mended plan is ready: it is the newest among the plans at the side.", icon=":material/check_circle:")
    progress.outcome(job)
