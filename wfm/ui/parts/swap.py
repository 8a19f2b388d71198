"""Two people want to swap: whether a rule forbids it, and what it does to cover."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from scheduling import Swap, named, swap_allowed
from wfm.errors import InputError
from wfm.ui.parts import pickers
from wfm.ui.parts.published import Published


def show(here: Published) -> None:
    """The whole tab."""
    st.caption("Each hands the shift of the day named to the other; who is off on it hands over nothing. Nothing is changed here.")
    left, right = st.columns(2)
    with left:
        give = _one(here, "First person", "Hands over the shift of", 0)
    with right:
        take = _one(here, "Second person", "For the shift of", 1)
    try:
        found = swap_allowed(here.roster, here.scenario.workforce, give, take, here.required, here.scenario.scheduling)
    except InputError as error:
        st.info("; ".join(f"found {fault.found}, expected {fault.expected}" for fault in error.faults))
        return
    _tell(found)


def _one(here: Published, who: str, when: str, number: int) -> tuple[str, date]:
    people = here.people
    name = st.selectbox(who, people, index=min(number, len(people) - 1), key=f"swap {number}")
    day = pickers.day(here.run.dates, label=when)
    shifts = [s for s in named(here.roster, here.scenario.workforce).of(name) if here.roster.axis.dates[s.day].isoformat() == day]
    local = here.roster.axis.local
    st.text(", ".join(f"{local(s.start):%H:%M}–{local(s.end):%H:%M}" for s in shifts) or "off")
    return name, date.fromisoformat(day)


def _tell(found: Swap) -> None:
    if found.allowed:
        st.success("Allowed: no rule is broken.", icon=":material/check_circle:")
    else:
        st.error("Not allowed:", icon=":material/block:")
        rows = [{"Who": v.agent, "Day": v.day or "–", "What it breaks": f"{v.text} ({v.rule})"} for v in found.violations]
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Rules that the swap would break")
    if found.short_hours:
        before, after = found.short_hours
        change = f"{after - before:+,.1f}" if round(after - before, 1) else None
        st.metric("Agent-hours short", f"{after:,.1f}", change, delta_color="inverse", border=True, width=260)
