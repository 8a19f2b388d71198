"""Page: choose a bundled scenario or upload one, and see what the centre is."""

from __future__ import annotations

import streamlit as st

from wfm.errors import InputError
from wfm.scenario_file import fields
from wfm.scenario_file.bundled import bundled
from wfm.scenario_file.cautions import cautions
from wfm.ui import address, pages, scenarios, session, uploads
from wfm.ui.parts import centre, faults
from wfm.ui.parts.text import plain
from wfm.ui.session import Chosen

BUNDLED, UPLOADED = "Bundled", "Upload"
MOST_MB = 25


def choose_bundled() -> Chosen | None:
    """One of the scenarios that come with the app."""
    known = bundled()
    if not known:
        st.info("This installation has no bundled scenarios; upload one.")
        return None
    address.restore("bundled", known)
    name = st.selectbox("Scenario", list(known), key="bundled", persist_state="session", help="Whole small centres to try things on.")
    address.keep("bundled", name)
    return Chosen(name, known[name]) if name else None


def choose_uploaded() -> Chosen | None:
    """A scenario from the reader's own files."""
    given = st.file_uploader(
        "Scenario file (.toml) with its tables (.csv, .xlsx), or all of it in one .zip",
        type=list(uploads.KINDS),
        accept_multiple_files=True,
        max_upload_size=MOST_MB,
        key="upload",
        help="Files stay in a private folder of this session and are removed when you close the tab.",
    )
    if given:
        take(tuple(sorted(file.file_id for file in given)), [uploads.Given(file.name, file.getvalue()) for file in given])
    folder = st.session_state.get("upload folder")
    if folder is None:
        st.caption("Nothing uploaded yet. The bundled scenarios are good ones to start from.")
        with st.expander("Every section and key of a scenario file"):
            st.code(fields(), language="markdown", height=500)
        return None
    files = uploads.main_files(folder)
    main = (
        st.selectbox("Which file is the scenario?", files, format_func=lambda path: str(path.relative_to(folder)))
        if len(files) > 1
        else files[0]
    )
    return Chosen(main.stem if main.stem != "scenario" else "uploaded scenario", main)


def take(ids: tuple[str, ...], given: list[uploads.Given]) -> None:
    """Store an upload once; its faults are shown until other files come."""
    if st.session_state.get("upload ids") != ids:
        st.session_state["upload ids"], st.session_state["upload faults"], st.session_state["upload folder"] = ids, (), None
        try:
            st.session_state["upload folder"] = uploads.store(given, session.current().folder)
        except InputError as error:
            st.session_state["upload faults"] = error.faults
    if st.session_state["upload faults"]:
        faults.show_faults(st.session_state["upload faults"])


SOURCES = {BUNDLED: choose_bundled, UPLOADED: choose_uploaded}

st.title("Scenario")
st.caption("What the centre is: queues with their targets, people with their contracts, training that must happen, the days to plan.")
source = st.segmented_control("Where from", list(SOURCES), default=BUNDLED, required=True, key="source", persist_state="session")
chosen = SOURCES[source]()
if chosen is not None:
    result = scenarios.read(chosen.path)
    session.choose(chosen)
    if result.loaded is None:
        faults.show_faults(result.faults)
    else:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(plain(result.loaded.scenario.name))
            if st.button("Plan this scenario", type="primary", icon=":material/arrow_forward:", help="Opens the Plan page"):
                st.switch_page(pages.page("plan.py"))
        faults.show_cautions(cautions(result.loaded.scenario))
        centre.show(result.loaded.scenario)
