"""Faults and conflicts as a list people can work through. What a user's file said is shown as text, never as markup."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from wfm.errors import Fault
from wfm.ui.parts.text import counted, file_name, plain

MOST_ROWS = 200


def show_faults(faults: Sequence[Fault]) -> None:
    """Every fault found, a row each."""
    st.error(f"{counted(len(faults), 'fault')} found. Correct the file and upload it again; nothing was planned.", icon=":material/error:")
    rows = [
        {"File": file_name(fault.file), "Where": fault.place, "Found": fault.found, "Expected": fault.expected, "Hint": fault.hint}
        for fault in faults
    ]
    _table(rows, "Faults found in the scenario")


def show_texts(title: str, texts: Sequence[str]) -> None:
    """Sentences under a title, a row each."""
    st.error(title, icon=":material/error:")
    _table([{"What is wrong": text} for text in texts], title)


def show_cautions(texts: Sequence[str]) -> None:
    """What can be planned but hardly is what was meant."""
    for text in texts[:MOST_ROWS]:
        st.warning(plain(text), icon=":material/warning:")


def _table(rows: Sequence[dict[str, str]], alt: str) -> None:
    """A table whose cells wrap, so that a sentence can be read whole."""
    shown = pd.DataFrame([{head: plain(cell) for head, cell in row.items()} for row in rows[:MOST_ROWS]])
    if not shown.empty:
        st.table(shown, border="horizontal", hide_index=True, alt=alt)
    if len(rows) > MOST_ROWS:
        st.caption(f"and {len(rows) - MOST_ROWS} more")
