"""How a job stands: in full on the Plan page, small in the side bar of every page."""

from __future__ import annotations

import streamlit as st

from wfm.ui import pages, session
from wfm.ui.jobs import Job, JobState
from wfm.ui.parts import faults
from wfm.ui.parts.text import counted, plain

POLL_S = 0.5

_SAID = {
    JobState.QUEUED: "Waiting",
    JobState.RUNNING: "Planning",
    JobState.DONE: "Finished",
    JobState.AT_FAULT: "The input is at fault",
    JobState.CONTRADICTION: "The rules cannot all hold",
    JobState.BUSY: "Another plan is being written to the same place",
    JobState.FAILED: "Stopped unexpectedly",
    JobState.CANCELLED: "Cancelled",
}


def badge() -> None:
    """In the side bar of pages that do not show it in full: this session's unfinished plan."""
    jobs = [job for job in session.current().jobs.of(session.current().key) if not job.state.ended]
    if jobs:
        st.space("small")
        st.fragment(_badge, run_every=POLL_S)(jobs[0].key)
        st.page_link(pages.page("plan.py"), label="Open the Plan page")


def _badge(key: str) -> None:
    job = session.current().jobs.look(key)
    if job.state.ended:
        _finish(job)
    st.progress(job.share, text=f"{_SAID[job.state]}: {plain(job.name)}")


def live(key: str) -> None:
    """On the Plan page: stage, share, elapsed time and the cancel button, until the job ends."""
    st.fragment(_live, run_every=POLL_S)(key)


def _live(key: str) -> None:
    jobs = session.current().jobs
    job = jobs.look(key)
    if job.state.ended:
        _finish(job)
    with st.container(border=True):
        left, middle, right = st.columns([5, 2, 1], vertical_alignment="center")
        left.progress(job.share, text=headline(job))
        if job.improving and middle.button("Keep the best so far", icon=":material/check:", width="stretch", key=f"keep {key}"):
            jobs.keep_best(key)
            st.rerun(scope="fragment")
        if right.button("Cancel", icon=":material/close:", width="stretch", key=f"cancel {key}"):
            jobs.cancel(key)
            st.rerun(scope="app")
        if job.state is JobState.QUEUED:
            st.caption("It starts by itself as soon as a place is free; few plans run at the same time so that the app stays quick.")
        stages(job)


def _finish(job: Job) -> None:
    """Draw the whole page anew, once, and show the new run from now on."""
    if job.state is JobState.DONE:
        session.show_run(job.out.name)
    st.rerun(scope="app")


def headline(job: Job) -> str:
    """One line: what is being done, how far it is, since when."""
    if job.state is JobState.QUEUED:
        before = f"{job.position} before it" if job.position else "next in line"
        return f"Waiting for a free place, {before}"
    return f"{plain(job.message) or 'starting'} · {job.share:.0%} · {clock(job.elapsed_s)}"


def stages(job: Job, latest: int = 8) -> None:
    """The last things it did and when."""
    if job.stages:
        st.text("\n".join(f"{clock(at):>6}  {message}" for message, at in job.stages[-latest:]))


def outcome(job: Job) -> None:
    """How an ended job ended, for the person who started it."""
    if job.state is JobState.AT_FAULT:
        faults.show_texts(f"{counted(len(job.faults), 'fault')} in the input; nothing was planned.", shown_faults(job))
    elif job.state is JobState.CONTRADICTION:
        faults.show_texts("The hard rules cannot all hold; this is why:", job.conflicts or job.lines)
    elif job.state is JobState.BUSY:
        st.warning("Another plan is being written to the same place. Wait for it, then start again.")
    elif job.state is JobState.CANCELLED:
        st.info(f"Cancelled after {clock(job.elapsed_s)} at {job.share:.0%}. Nothing was written.", icon=":material/cancel:")
    elif job.state is JobState.FAILED:
        st.error("The plan stopped unexpectedly; nothing was written. The log of this job says more.", icon=":material/error:")
        st.download_button(
            "Log of this job", "\n".join(job.lines), f"{job.name}.log", "text/plain", on_click="ignore", icon=":material/download:"
        )


def shown_faults(job: Job) -> list[str]:
    """The job's faults with files named as the reader knows them, not by the server's folders."""
    return [text.replace(f"{job.scenario.parent}/", "") for text in job.faults]


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
