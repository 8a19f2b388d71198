"""Page: plan the chosen scenario, watch it, stop it, and read its key figures."""

from __future__ import annotations

import streamlit as st

from wfm.ui import pages, places, runs, scenarios, session
from wfm.ui.jobs import Job, JobState
from wfm.ui.parts import downloads, empty, headline, ledger, progress
from wfm.ui.parts.text import plain


def start(name: str) -> None:
    """Queue a plan of the chosen scenario."""
    here, chosen = session.current(), session.chosen()
    if chosen is not None:
        kept = {"edits": places.edits_file(name), "archive": places.archive_folder()}
        here.jobs.submit(here.key, name, chosen.path, runs.new_folder(name), **kept)


def offer(unfinished: bool) -> None:
    """The chosen scenario and the button that plans it."""
    chosen = session.chosen()
    if chosen is None:
        st.info("No scenario is chosen in this session.")
        st.page_link(pages.page("scenario.py"), label="Choose a scenario", icon=":material/arrow_forward:")
        return
    read = scenarios.read(chosen.path)
    if read.loaded is None:
        st.error("The chosen scenario has faults; see the Scenario page.")
        return
    scenario = read.loaded.scenario
    with st.container(horizontal=True, vertical_alignment="center"):
        size = f"{scenario.axis.days} days from {scenario.axis.start:%d %B %Y}, {len(scenario.workforce.agents)} agents"
        st.markdown(f"**{plain(scenario.name)}**: {size}")
        st.button(
            "Plan it",
            type="primary",
            icon=":material/play_arrow:",
            on_click=start,
            args=(scenario.name,),
            disabled=unfinished,
            help="Forecast, requirement, schedule, simulation and report, one after the other, in a process of its own.",
        )


def finished(job: Job | None, planning: bool) -> None:
    """How this session's last job ended, then the key figures of the run that is shown. planning: another plan is not finished yet."""
    if job is not None and job.state.ended:
        if job.state is JobState.DONE:
            st.success(f"Planned in {progress.clock(job.elapsed_s)}.", icon=":material/check_circle:")
        progress.outcome(job)
    run = runs.shown()
    if run is None:
        empty.note("When a plan is finished its service level, hours, cost and training stand here.")
        return
    st.header(f"{'Last finished plan:' if planning else 'Key figures of'} {plain(run.title)}", divider="grey")
    if planning:
        st.caption("These figures are not those of the plan that is being made above.")
    headline.show(run)
    ledger.show(run.ledger)
    downloads.whole(run)


st.title("Plan")
mine = session.current().jobs.of(session.current().key)
unfinished = [job for job in mine if not job.state.ended]
offer(bool(unfinished))
for job in reversed(unfinished):
    progress.live(job.key)
finished(mine[0] if mine else None, bool(unfinished))
