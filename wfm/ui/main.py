"""The app's frame: the menu, the run that is shown, and the page that is open. Run as a script by Streamlit."""

from __future__ import annotations

import streamlit as st

from wfm.ui import pages, session
from wfm.ui.parts import chooser, progress

PLAN = "plan"


def run() -> None:
    """Draw the page that is open, with the menu and the run chooser beside it."""
    st.set_page_config(page_title="Open WFM", page_icon=":material/support_agent:", layout="wide")
    session.take_next_run()
    page = pages.navigation()
    with st.sidebar:
        chooser.run_chooser()
        if page.url_path != PLAN:
            progress.badge()
    page.run()


if __name__ == "__main__":  # worker processes import the main script again under another name
    run()
