"""Page: change a published roster: somebody is absent, two people swap, or more people are hired."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from wfm.errors import InputError
from wfm.ui import runs, session
from wfm.ui.jobs import JobState
from wfm.ui.parts import absence, empty, hire, mended, progress, swap
from wfm.ui.parts.published import Published, published
from wfm.ui.parts.text import plain
from wfm.ui.view import View

TABS = {"Somebody is absent": absence.show, "Two people swap": swap.show, "Hire people": hire.show}


def read(run: View) -> Published:
    """The run as something to change; ends the page where that cannot be."""
    try:
        found = published(run)
    except InputError as error:
        empty.stop("The roster of this plan cannot be read: " + "; ".join(fault.found for fault in error.faults), "plan.py", "See the plan")
    return found or empty.stop("The scenario of this plan can no longer be read.", "plan.py", "See the plan")


def ended() -> None:
    """How the last change went that was accepted, until another one is."""
    mine = session.current().jobs.of(session.current().key)
    for job in [job for job in mine if job.arguments][:1]:
        if not job.state.ended:
            progress.live(job.key)
        elif job.state is JobState.DONE:
            mended.show(Path(job.arguments[1]).name, job.out.name)
        else:
            progress.outcome(job)


st.title("Change a published roster")
run = runs.shown() or empty.no_run()
ended()
if run.roster.empty:
    empty.stop("This plan has no shifts, so there is nothing to change.", "plan.py", "See the plan")
here = read(run)
st.caption(f"{plain(run.label)} stays as it is: what you accept becomes a plan beside it. {run.zone_text}")
for tab, (_, show) in zip(st.tabs(list(TABS)), TABS.items(), strict=True):
    with tab:
        show(here)
