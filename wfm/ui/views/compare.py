"""Page: plans side by side."""

from __future__ import annotations

import streamlit as st

from wfm.ui import address, runs, session
from wfm.ui.parts import comparison, empty

known = runs.comparable()
st.title("Compare")
st.caption(
    "Plans side by side. Every difference is taken from the first plan chosen; "
    "plans of the same dates, contacts and seed meet the same simulated customers."
)
if len(known) < 2:
    empty.stop(
        "Two finished plans are needed for a comparison. Plan another scenario, a variant with less training for example.",
        "scenario.py",
        "Choose a scenario",
    )
address.restore("compared", known, several=True)
names = st.multiselect(
    "Plans to compare",
    list(known),
    default=None if "compared" in st.session_state else runs.related(st.session_state.get(session.RUN_KEY)),
    format_func=lambda name: known.get(name, name),
    key="compared",
    help="The first one is what the others are measured against.",
)
address.keep("compared", names)
if len(names) < 2:
    st.info("Choose at least two plans. Those of the same dates and contacts can be compared day by day.")
else:
    comparison.show(runs.compared(tuple(names)))
    if any(run is not None and run.mended for run in map(runs.view, names)):
        st.caption("Hours and cost of a mended plan are those of its roster: what the absent are paid while away is not among them.")
