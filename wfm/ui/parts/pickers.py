"""Choosing a queue and a day, kept while the reader goes from page to page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

WHOLE = "All days"


def queue(queues: Sequence[str], whole: str | None = None) -> str:
    """The chosen queue; `whole` is the name of all queues together, which then stands first."""
    options = [*([whole] if whole else []), *queues]
    return st.selectbox("Queue", options, key=f"queue of {len(options)}", persist_state="session")


def day(dates: Sequence[str], whole: str | None = None, label: str = "Day", begin: str = "") -> str:
    """The chosen day as an ISO date; `whole` stands first where there is one. begin: the day shown at first, if it is among them."""
    options = [*([whole] if whole else []), *dates]
    index = options.index(begin) if begin in options else 0
    return st.selectbox(label, options, index, format_func=named, key=f"{label} of {dates[0]} {whole}", persist_state="session")


def named(day: str) -> str:
    """A date with its weekday; anything else as it is."""
    try:
        return f"{date.fromisoformat(day):%a %d %b %Y}"
    except ValueError:
        return day
