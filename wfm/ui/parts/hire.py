"""What would newcomers bring? Told by the bound and by a roster in hand."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from scheduling import Hire, WhatIf, what_if_hire
from wfm.aside import aside
from wfm.errors import InputError
from wfm.ui.parts import faults
from wfm.ui.parts.published import Published, told

_FOUND = "what newcomers bring"


def show(here: Published) -> None:
    """The whole tab."""
    st.caption(
        "What newcomers would save and how many agent-hours would stay short: what is proven, and what a roster in hand shows. "
        "It takes seconds for a small centre, minutes for a large one, and changes nothing."
    )
    workforce, queues = here.scenario.workforce, list(here.required.queues)
    left, middle, right = st.columns([2, 2, 1])
    contract = left.selectbox("Contract", [c.name for c in workforce.contracts], key="hire contract")
    skills = middle.multiselect("Skills", queues, default=queues, key="hire skills")
    count = right.number_input("Up to", 1, 50, 5, key="hire count", help="Newcomers, 1 to 50")
    told_contract = workforce.contract_of.get(contract or "")
    if told_contract is not None and told_contract.cost_per_hour:
        most = told_contract.max_hours_week
        pay = f"{most * told_contract.cost_per_hour:,.0f} {here.scenario.currency}"
        st.caption(f"Each is paid at most {pay} a week: {most:g} hours at {told_contract.cost_per_hour:g}.")
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
            return aside(what_if_hire, here.required, workforce, prices, contract, count, skills, progress=progress)
        except InputError as error:
            return error


def _tell(found: WhatIf | InputError) -> None:
    if isinstance(found, InputError):
        faults.show_texts("This cannot be worked out:", [str(fault) for fault in found.faults])
        return
    if not found.rows:
        faults.show_texts("There is no roster to add people to:", [c.text for c in found.solved.conflicts] or list(found.solved.notes))
        return
    st.table(table(found), border="horizontal", hide_index=True, alt="What each number of newcomers would bring, proven and found")
    st.text("\n".join(f"• {line}" for line in SAID))
    today = found.rows[0]
    st.caption(
        f"Today's roster costs {today.price:,.0f} and none costs less than {today.bound:,.0f}: "
        f"{today.price - today.bound:,.0f} of it may be what the search missed, not what people are missing. "
        "Prices are in the units of `under_price` of the scenario: what an agent-hour short counts in the search for a roster."
    )


SAID = (
    "Price, proven: no roster with them costs less. Price, found: of today's roster with them added, nobody else's shifts changed.",
    "Saves, by bound: proven price with proven price, today less with them. Nothing that a search missed is in it; it is an estimate.",
    "Saves, found: found price with found price. Planning everybody anew may save more.",
    "Saving proven: what the best roster with them saves against the best one without lies between these two; "
    "below 0 they may cost more than they save.",
    "Agent-hours short: none has fewer than proven; the roster found has those found. Compare proven with proven and found with found.",
)


def table(found: WhatIf) -> pd.DataFrame:
    """A row for each number of newcomers; like stands beside like, and today's row holds no saving."""
    return pd.DataFrame([_line(row) for row in found.rows])


def _line(row: Hire) -> dict[str, str]:
    low, high = (f"{value:,.0f}" for value in row.saved)
    told = {
        "Saves, by bound": f"{row.saved_by_bound:,.0f}",
        "Saves, found": f"{row.saved_found:,.0f}",
        "Saving proven": low if low == high else f"{low} to {high}",
    }
    return {
        "Newcomers": f"{row.count}" if row.count else "0 (today)",
        "Price, proven": f"{row.bound:,.0f}",
        "Price, found": f"{row.price:,.0f}",
        **(told if row.count else dict.fromkeys(told, "–")),
        "Hours short, proven": f"{row.short_hours[0]:,.1f}",
        "Hours short, found": f"{row.short_hours[1]:,.1f}",
    }
