"""What a page says when it has nothing to show yet: what is missing and where to get it."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from wfm.ui import pages


def stop(text: str, file: str, label: str) -> NoReturn:
    """Say what is missing, link to the page that helps, and end the page."""
    with st.container(border=True):
        st.markdown(text)
        st.page_link(pages.page(file), label=label, icon=":material/arrow_forward:")
    st.stop()


def no_run() -> NoReturn:
    """There is no finished plan to look at."""
    stop("There is no finished plan yet. Choose a scenario, plan it, and its results appear here.", "scenario.py", "Choose a scenario")


def note(text: str) -> None:
    """A quiet line where something will stand later."""
    st.caption(text)
