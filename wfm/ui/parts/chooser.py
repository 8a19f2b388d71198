"""The run that is shown, chosen in the side bar of every page and kept in the address."""

from __future__ import annotations

import streamlit as st

from wfm.ui import address, runs, session


def run_chooser() -> None:
    """A list of finished plans, newest first; nothing where there is none yet."""
    known = runs.known()
    if known:
        address.restore(session.RUN_KEY, known)
        name = st.selectbox(
            "Plan shown",
            list(known),
            format_func=lambda name: known.get(name, name),
            key=session.RUN_KEY,
            help="Forecast, coverage, roster and simulation show this plan.",
        )
        address.keep(session.RUN_KEY, name)
