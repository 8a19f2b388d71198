"""What a reader can take away: the roster in every form the report knows, and the whole run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import streamlit as st

from wfm.report.exports import FORMS
from wfm.ui.view import View

_LABELS = {"csv": "Roster as CSV", "ics": "Calendars (.ics)", "xlsx": "Roster as Excel"}


def roster(run: View) -> None:
    """A button for each form; the file is made when it is asked for."""
    with st.container(horizontal=True):
        for form in FORMS:
            name = f"roster-{form}.zip" if form == "ics" else f"roster.{form}"
            _button(_LABELS.get(form, f"Roster as {form}"), partial(exported, run, form), name)


def whole(run: View) -> None:
    """The report, and the run folder as an archive."""
    with st.container(horizontal=True):
        report = run.run.path / "report.html"
        if report.is_file():
            _button("Report (.html)", report.read_bytes, f"{run.run.path.name}.html")
        _button("Whole run (.zip)", partial(archive, run.run.path), f"{run.run.path.name}.zip")


def exported(run: View, form: str) -> bytes:
    """The roster in a form; several files (a calendar for each agent) come in one archive."""
    files = list(FORMS[form](run.run.roster, Path("roster")))
    return packed((path.name, data) for path, data in files) if form == "ics" else files[0][1]


def archive(folder: Path) -> bytes:
    """A run folder in one archive."""
    return packed((file.name, file.read_bytes()) for file in sorted(folder.iterdir()) if file.is_file())


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in files:
            opened.writestr(name, data)
    return out.getvalue()


def _button(label: str, data: bytes | Callable[[], bytes], name: str) -> None:
    st.download_button(label, data, name, on_click="ignore", icon=":material/download:", key=f"download {name}")
