"""Faults and conflicts as a list people can work through. What a user's file said is shown as text, never as markup."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from wfm.errors import Fault

_COLUMNS = {
    "file": st.column_config.TextColumn("File", width="small"),
    "place": st.column_config.TextColumn("Where", width="medium", help="Section and key of the scenario, or line and column of a table"),
    "found": st.column_config.TextColumn("Found", width="medium"),
    "expected": st.column_config.TextColumn("Expected", width="medium"),
    "hint": st.column_config.TextColumn("Hint", width="medium"),
}


def show_faults(faults: Sequence[Fault]) -> None:
    """Every fault found, a row each."""
    st.error(
        f"{counted(len(faults), 'fault')} found. Correct the file and upload it again; nothing has been planned.", icon=":material/error:"
    )
    rows = pd.DataFrame([{**vars(fault), "file": short(fault.file)} for fault in faults])
    st.dataframe(rows, hide_index=True, column_config=_COLUMNS, alt="Faults found in the scenario")


def show_texts(title: str, texts: Sequence[str]) -> None:
    """Sentences under a title, a row each."""
    st.error(title, icon=":material/error:")
    if texts:
        st.dataframe(pd.DataFrame({"What is wrong": list(texts)}), hide_index=True, row_height=42, alt=title)


def counted(number: int, noun: str) -> str:
    """`1 fault`, `3 faults`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def short(path: str) -> str:
    """A file's own name: the folders before it are the server's business."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]
