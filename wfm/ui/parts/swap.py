"""Two people want to swap: whether a rule forbids it, and what it does to cover."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from scheduling import Swap, swap_allowed
from wfm.errors import InputError
from wfm.report.exports import FORMS
from wfm.ui.parts import mending, pickers
from wfm.ui.parts.published import Published
from wfm.ui.parts.text import counted, plain
from wfm.ui.view import short

_FOUND = "the swap's answer"
Day = tuple[str, str]


def show(here: Published) -> None:
    """The whole tab."""
    st.caption("Each hands the shift of the day named to the other; who is off on it hands over nothing. Nothing is changed here.")
    left, right = st.columns(2)
    with left:
        give = _one(here, "First person", "Hands over the shift of", 0)
    with right:
        take = _one(here, "Second person", "For the shift of", 1)
    asked = (here.run.run.path.name, give, take)
    if st.button("May they swap?", type="primary", icon=":material/swap_horiz:", disabled=give[0] == take[0]):
        st.session_state[_FOUND] = (asked, _look(here, give, take))
    known = st.session_state.get(_FOUND)
    if known is not None and known[0] == asked:
        _tell(here, give, take, known[1])


def _one(here: Published, who: str, when: str, number: int) -> Day:
    people = here.people
    name = st.selectbox(who, people, index=min(number, len(people) - 1), key=f"swap {number}")
    day = pickers.day(here.run.dates, label=when, begin=here.now().date().isoformat())
    st.text(here.shift(name, day) or "off")
    return name, day


def _look(here: Published, give: Day, take: Day) -> Swap | InputError:
    try:
        return swap_allowed(
            here.roster,
            here.scenario.workforce,
            (give[0], date.fromisoformat(give[1])),
            (take[0], date.fromisoformat(take[1])),
            here.required,
            here.scenario.scheduling,
        )
    except InputError as error:
        return error


def _tell(here: Published, give: Day, take: Day, found: Swap | InputError) -> None:
    if isinstance(found, InputError):
        st.info("; ".join(f"found {fault.found}, expected {fault.expected}" for fault in found.faults))
        return
    names = f"{plain(give[0])}, {short(give[1])}, and {plain(take[0])}, {short(take[1])}"
    if found.allowed:
        st.success(f"**Yes, they may swap**: {names}. No rule is broken.", icon=":material/check_circle:")
    else:
        broken = counted(len(found.violations), "rule is", "rules are")
        st.error(f"**No, they may not swap**: {names}. {broken} broken.", icon=":material/block:")
        rows = [{"Who": v.agent, "Day": short(v.day) if v.day else "–", "What it breaks": f"{v.text} ({v.rule})"} for v in found.violations]
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Rules that the swap would break")
    _effect(here, found)
    if found.allowed:
        ((path, data),) = FORMS["csv"](found.roster, Path("roster-swapped"))
        st.download_button("Roster after the swap (CSV)", data, f"{path.name}.csv", on_click="ignore", icon=":material/download:")


def _effect(here: Published, found: Swap) -> None:
    """What it does to cover and to pay."""
    bears = mending.effect(here.roster, found.roster, here.scenario.workforce, ())
    with st.container(horizontal=True):
        if found.short_hours:
            before, after = found.short_hours
            change = f"{after - before:+,.1f}" if round(after - before, 1) else None
            help_ = "People missing × hours, all queues, whole plan; the small figure is the difference the swap makes."
            st.metric("Agent-hours short", f"{after:,.1f}", change, delta_color="inverse", border=True, help=help_)
        pay = f"{bears.pay:+,.0f} {here.scenario.currency}" if round(bears.pay) else "as before"
        st.metric("Pay", pay, border=True, help="Paid hours × the contract's cost an hour, of both")
