"""What people decided about a forecast: days of the history taken back from the cleaning, and changes of the days to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from wfm.errors import InputError, WfmError
from wfm.scenario_file import check
from wfm.scenario_file.planners import edit_key
from wfm.store.layers import COLUMNS, add_row, drop_row, layer_csv, read_layer
from wfm.ui import places
from wfm.ui.parts import faults
from wfm.ui.view import View

ALL = "all queues"
ACTIONS = {"times": "multiply by", "plus": "add (or take away)", "set": "set to"}
_FLAGS = {
    "queue": st.column_config.TextColumn("Queue"),
    "day": st.column_config.TextColumn("Day"),
    "reason": st.column_config.TextColumn("What is odd", width="large"),
    "teaches": st.column_config.TextColumn("Taken", help="What the forecast still learns from the day"),
}


def flags(run: View) -> None:
    """Days that the forecast did not take as they stand, and the way to take each back."""
    st.subheader("Days not taken as they stand", help="Nothing is deleted: the day keeps its numbers, the forecast learns less from it.")
    found = pd.DataFrame(run.flags, columns=["queue", "day", "reason", "weight"])
    if found.empty:
        st.caption("Every day of the history was believed.")
        return
    found["teaches"] = ["without those intervals" if weight else "not at all" for weight in found["weight"]]
    st.dataframe(found[list(_FLAGS)], hide_index=True, column_config=_FLAGS, alt="Days of the history that were not believed")
    choices = {f"{row.queue}, {row.day}: {row.reason}": row for row in found.itertuples() if "left out by" not in row.reason}
    if not choices:
        return
    with st.expander("Take a day back", icon=":material/undo:"), st.form("keep a day", clear_on_submit=True):
        picked = st.selectbox("A day that was right after all", list(choices), key="flag")
        signature = _signature("flag", "Why it counts")
        if st.form_submit_button("Take it as it stands", icon=":material/undo:"):
            row = choices[picked]
            _add(run, {"day": str(row.day), "action": "keep", "queue": str(row.queue), **signature})


def changes(run: View) -> None:
    """The layer of edits: what stands in it, what takes effect when, and the forms to add and to take back."""
    st.subheader("Changes by people", help="They lie over every new forecast of this scenario until somebody takes them back.")
    try:
        rows = read_layer(places.edits_file(run.title))
    except InputError as error:
        faults.show_faults(error.faults)
        return
    waiting = [row for row in rows if not _inside(run, row)]
    if waiting:
        st.info(f"{len(waiting)} of these changes came after this plan; plan the scenario again to see them in it.")
    if rows:
        table = pd.DataFrame([{key: row.get(key, "") for key in COLUMNS} for row in rows])
        table["in this plan"] = ["not yet" if row in waiting else "yes" for row in rows]
        st.dataframe(table, hide_index=True, alt="Changes of the forecast by people")
        _take_back(run, rows)
    else:
        st.caption("Nobody has changed anything here. What stands in the scenario's own files is told in the notes.")
    with st.expander("Change the forecast of a day", icon=":material/edit:"):
        _new(run)


def _take_back(run: View, rows: Sequence[dict[str, str]]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox("A change", range(len(rows)), format_func=lambda i: ", ".join(rows[i].values()), key="edit to take back")
        if st.button("Take it back", icon=":material/undo:"):
            _do(lambda: drop_row(places.edits_file(run.title), rows[number]))
        st.download_button(
            "As edits.csv", layer_csv(list(rows)), "edits.csv", on_click="ignore", help="To lie beside the scenario: `[forecast] edits`"
        )


def _new(run: View) -> None:
    with st.form("new edit", clear_on_submit=True):
        left, right = st.columns(2)
        with left:
            queue = st.selectbox("Queue", [*run.queues, ALL], key="edit queue")
            day = st.selectbox("Day", run.dates, key="edit day")
            hours = st.text_input("Hours, such as 09:00-12:00", key="edit hours", help="Empty for the whole day")
        with right:
            action = st.selectbox("Change", list(ACTIONS), format_func=lambda name: ACTIONS[name], key="edit action")
            value = st.number_input("Contacts, or the factor", value=1.0, key="edit value")
            signature = _signature("edit", "Why")
        if st.form_submit_button("Add the change", icon=":material/add:"):
            where = {"hours": hours.strip(), "queue": "" if queue == ALL else queue}
            _add(run, {"day": day, "action": action, "value": f"{value:g}", **where, **signature})


def _signature(key: str, why: str) -> dict[str, str]:
    author = st.text_input("Your name", key=f"{key} author", value=st.session_state.get("author", ""), max_chars=60)
    reason = st.text_input(why, key=f"{key} reason", max_chars=100)
    st.session_state["author"] = author
    return {"author": author.strip(), "reason": reason.strip()}


def _add(run: View, row: Mapping[str, str]) -> None:
    """Store a change that the scenario can hold; else show what is wrong with it."""
    row = {key: cell for key, cell in row.items() if cell}
    wrong = [fault for fault in check(run.run.path / "scenario.toml", {"edit": [row]}) if fault.place.startswith("edit")]
    if wrong:
        faults.show_texts(
            "This change cannot be made.", [f"{fault.place.split('.')[-1]}: {fault.found}; expected {fault.expected}" for fault in wrong]
        )
    else:
        _do(lambda: add_row(places.edits_file(run.title), row))


def _do(change: Any) -> None:
    try:
        change()
    except InputError as error:
        faults.show_faults(error.faults)
    except WfmError as error:
        st.error(str(error))
    else:
        st.rerun()


def _inside(run: View, row: Mapping[str, str]) -> bool:
    """Whether the plan was made with this change."""
    return edit_key(row) in {edit_key(edit) for edit in run.scenario.get("edit", ())}
