"""What would newcomers bring? Told by the bound, without a search."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from scheduling import WhatIf, what_if_hire
from wfm.errors import InputError
from wfm.ui.parts import faults
from wfm.ui.parts.published import Published, told

_FOUND = "what newcomers bring"


def show(here: Published) -> None:
    """The whole tab."""
    st.caption(
        "Between the best anybody could do with so many more people and a roster known to exist. It takes seconds and changes nothing."
    )
    workforce, queues = here.scenario.workforce, list(here.required.queues)
    left, middle, right = st.columns([2, 2, 1])
    contract = left.selectbox("Contract", [c.name for c in workforce.contracts], key="hire contract")
    skills = middle.multiselect("Skills", queues, default=queues, key="hire skills")
    count = right.number_input("Up to", 1, 50, 5, key="hire count")
    asked = (here.run.run.path.name, contract, tuple(skills), int(count))
    if st.button("Work it out", type="primary", icon=":material/calculate:", disabled=not (skills and workforce.contracts)):
        st.session_state[_FOUND] = (asked, _work_out(here, contract, int(count), tuple(skills)))
    known = st.session_state.get(_FOUND)
    if known is not None and known[0] == asked:
        _tell(known[1])


def _work_out(here: Published, contract: str, count: int, skills: tuple[str, ...]) -> WhatIf | InputError:
    workforce, prices = here.scenario.workforce, here.scenario.scheduling
    with told("Working it out") as progress:
        try:
            return what_if_hire(here.required, workforce, prices, contract, count, skills, progress)
        except InputError as error:
            return error


def _tell(found: WhatIf | InputError) -> None:
    if isinstance(found, InputError):
        faults.show_texts("This cannot be worked out:", [str(fault) for fault in found.faults])
        return
    if not found.rows:
        faults.show_texts("There is no roster to add people to:", [c.text for c in found.solved.conflicts] or list(found.solved.notes))
        return
    rows = [
        {
            "Newcomers": row.count,
            "Agent-hours short": _span(row.short_hours, 1),
            "Saves, units of price": _span(row.saved, 0),
        }
        for row in found.rows
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="What each number of newcomers would bring")
    st.caption("The truth lies between the two figures. The units of price are those of `under_price` in the scenario.")


def _span(pair: tuple[float, float], digits: int) -> str:
    """Both figures, or the one where they are the same."""
    low, high = (f"{value:,.{digits}f}" for value in pair)
    return low if low == high else f"{low} – {high}"
