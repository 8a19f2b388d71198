"""Choices kept in the page's address by their plain names, so that a link shows the same thing.

Streamlit's own binding writes the labels of a choice into the address (a run's label holds its date, its name is what stays), and
forbids `st.switch_page` while a bound choice is on the page.
"""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st


def restore(key: str, options: Collection[str], *, several: bool = False) -> None:
    """Before the widget of this key is drawn for the first time: give it what the address asks for, as far as that exists."""
    asked = [name for name in st.query_params.get_all(key) if name in options]
    if asked and key not in st.session_state:
        st.session_state[key] = asked if several else asked[0]


def keep(key: str, value: str | list[str] | None) -> None:
    """After the widget is drawn: write its value into the address."""
    if value:
        st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]
