"""Somebody is absent: who and when, what would change, and the button that makes it a plan of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

import pandas as pd
import streamlit as st

from scheduling import Repaired, repair
from wfm.errors import InputError
from wfm.ui import runs, session
from wfm.ui.parts import faults, pickers
from wfm.ui.parts.published import Published, short_hours, told
from wfm.ui.parts.text import counted

PRICES = {"Only what must": 10_000.0, "Few": 20.0, "Whatever helps": 1.0}
_FOUND = "what would change"


@dataclass(frozen=True)
class Asked:
    """day: ISO date. first, last: hours of the absence, None for the whole day. before: local time of that day before which nothing may
    change. price: of a changed day.
    """

    run: str
    who: tuple[str, ...]
    day: str
    first: time | None
    last: time | None
    before: time
    price: float

    @property
    def whole_day(self) -> bool:
        return self.first is None or self.last is None

    @property
    def absent(self) -> list[tuple[str, date]]:
        return [(name, date.fromisoformat(self.day)) for name in self.who if self.whole_day]

    @property
    def away(self) -> list[tuple[str, date, int, int]]:
        if self.first is None or self.last is None:
            return []
        begin, end = (clock.hour * 60 + clock.minute for clock in (self.first, self.last))
        return [(name, date.fromisoformat(self.day), begin, end if end > begin else end + 1440) for name in self.who]

    @property
    def begun(self) -> str:
        return f"{self.day}T{self.before:%H:%M}"

    def arguments(self) -> tuple[str, ...]:
        """Of the command line that does the same."""
        span = "" if self.first is None or self.last is None else f"T{self.first:%H:%M}-{self.last:%H:%M}"
        absent = [part for name in self.who for part in ("--away" if span else "--absent", f"{name}:{self.day}{span}")]
        return (*absent, "--from", self.begun, "--change-price", str(self.price))


def show(here: Published) -> None:
    """The whole tab."""
    st.caption(
        "The others' shifts stay wherever possible. Training that is missed gets another time before it is due, for its whole group."
    )
    asked = _ask(here)
    if st.button("Show what would change", type="primary", icon=":material/search:", disabled=not asked.who):
        _look(here, asked)
    known = st.session_state.get(_FOUND)
    if known is None or known[0] != asked:
        return
    if isinstance(known[1], InputError):
        faults.show_texts("This cannot be done:", [str(fault) for fault in known[1].faults])
    else:
        _tell(here, asked, known[1])


def _ask(here: Published) -> Asked:
    first, second, third, fourth = st.columns([3, 2, 1.5, 1.5])
    with first:
        who = st.multiselect("Who is absent", here.people, key="absent people", placeholder="Choose people")
    with second:
        day = pickers.day(here.run.dates, label="On the day")
    with third:
        begin = st.time_input("From", None, key="absent from", step=900, help="Leave both empty for the whole day.")
    with fourth:
        end = st.time_input("Until", None, key="absent until", step=900)
    left, right = st.columns(2)
    help_ = "Everything before this time of that day stays as it is; leave midnight to let the whole day move."
    before = left.time_input("Nothing changes before", time(0), key="absent before", step=900, help=help_)
    how = right.selectbox("Changes for others", list(PRICES), index=1, key="absent price", help="How dear a changed day of anybody's is.")
    return Asked(here.run.run.path.name, tuple(who), day, begin, end, before or time(0), PRICES[how])


def _look(here: Published, asked: Asked) -> None:
    """Mend the roster in memory; nothing is written."""
    axis, scenario = here.scenario.axis, here.scenario
    begun = axis.minute(axis.day_index(date.fromisoformat(asked.day)), asked.before.hour * 60 + asked.before.minute)
    how = {"absences": asked.absent, "away": asked.away, "begun": begun, "change_price": asked.price}
    with told("Looking for the fewest changes") as progress:
        try:
            found: Repaired | InputError = repair(
                here.roster, here.required, scenario.workforce, scenario.scheduling, progress=progress, **how
            )
        except InputError as error:
            found = error
    st.session_state[_FOUND] = (asked, found)


def _tell(here: Published, asked: Asked, found: Repaired) -> None:
    solved = found.solved
    if not solved.roster.shifts and here.roster.shifts:
        why = [conflict.text for conflict in solved.conflicts] or list(solved.notes)
        faults.show_texts("The rules leave no way to do this; nothing was changed:", why)
        return
    st.subheader(f"{counted(len(found.changes), 'day')} would change")
    _changes(found, asked.who)
    left, right = st.columns(2)
    short, now = short_hours(solved), here.short_hours
    change = f"{short - now:+,.1f}" if round(short - now, 1) else None
    left.metric("Agent-hours short afterwards", f"{short:,.1f}", change, delta_color="inverse", border=True)
    right.metric("People whose shifts change", str(len({c.agent for c in found.changes if c.shift} - set(asked.who))), border=True)
    if found.offers:
        with st.expander(f"Overtime that could be offered ({len(found.offers)})"):
            st.text("\n".join(offer.text for offer in found.offers))
            st.caption("Beyond the contract, so it takes their consent; rest, days off in a row and training are kept.")
    st.button("Accept: make it a plan", icon=":material/check:", on_click=_accept, args=(here, asked))
    st.caption("The new plan is simulated and stands beside this one, which stays as it is.")


def _changes(found: Repaired, gone: Sequence[str]) -> None:
    rows = [
        {"Day": f"{c.day:%a %d %b}", "Who": c.agent + (" (absent)" if c.agent in gone else ""), "Before": c.before, "After": c.after}
        for c in found.changes
    ]
    if rows:
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Days that would change: who, before and after")
    else:
        st.info("Nothing has to change: nobody chosen works on that day.")


def _accept(here: Published, asked: Asked) -> None:
    """Queue the repair as a job; its run is shown when it is done."""
    mine, folder, name = session.current(), here.run.run.path, here.scenario.name
    arguments = ("repair", str(folder), *asked.arguments())
    mine.jobs.submit(mine.key, name, folder / "scenario.toml", runs.new_folder(f"{name} mended"), arguments=arguments)
    st.session_state.pop(_FOUND, None)
