"""Page: plan the chosen scenario, watch it, stop it, and read its key figures."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from wfm.scenario_file.bundled import bundled
from wfm.ui import address, pages, places, runs, scenarios, session
from wfm.ui.jobs import Job, JobState
from wfm.ui.parts import downloads, empty, headline, ledger, progress
from wfm.ui.parts.text import plain
from wfm.ui.session import Chosen


def start(name: str, path: Path) -> None:
    """Queue a plan of a scenario."""
    here, kept = session.current(), {"edits": places.edits_file(name), "archive": places.archive_folder()}
    here.jobs.submit(here.key, name, path, runs.new_folder(name), **kept)


def chosen_here() -> Chosen | None:
    """The scenario chosen in this session; where none was, as after the page was loaded anew, that of the address or of the plan shown."""
    known, name, run = bundled(), st.query_params.get("bundled", ""), runs.shown()
    if session.chosen() is None and name in known:
        session.choose(Chosen(name, known[name]))
    chosen = session.chosen()
    address.keep("bundled", chosen.name if chosen and known.get(chosen.name) == chosen.path else None)
    return chosen or (Chosen(run.title, run.run.path / "scenario.toml") if run else None)


def offer(unfinished: bool) -> None:
    """The chosen scenario and the button that plans it."""
    chosen = chosen_here()
    if chosen is None:
        st.info("No scenario is chosen in this session.")
        st.page_link(pages.page("scenario.py"), label="Choose a scenario", icon=":material/arrow_forward:")
        return
    read = scenarios.read(chosen.path)
    if read.loaded is None:
        st.error("The chosen scenario has faults, so it cannot be planned.")
        st.page_link(pages.page("scenario.py"), label="See the faults", icon=":material/arrow_forward:")
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
            args=(scenario.name, chosen.path),
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
    st.header(f"{'Last finished plan:' if planning else 'Key figures of'} {plain(run.label)}", divider="grey")
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
