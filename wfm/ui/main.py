"""The app's frame: the menu, the run that is shown, and the page that is open. Run as a script by Streamlit."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from wfm.ui import pages, session
from wfm.ui.parts import chooser, progress

PLAN = "plan"
ROOM = "<style>[data-testid='stMainBlockContainer'] { padding: 3rem 2.5rem 4rem; }</style>"  # tables need the width on small screens
ICON = Path(__file__).with_name("icon.svg")  # a file of ours: the browser fetches a named icon from another site


def run() -> None:
    """Draw the page that is open, with the menu and the run chooser beside it."""
    st.set_page_config(page_title="Open WFM", page_icon=ICON.read_text("utf-8"), layout="wide")
    st.html(ROOM)
    session.take_next_run()
    page = pages.navigation()
    with st.sidebar:
        chooser.run_chooser()
        if page.url_path != PLAN:
            progress.badge()
    page.run()


if __name__ == "__main__":  # worker processes import the main script again under another name
    run()
