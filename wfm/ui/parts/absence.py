"""Somebody is away: who and when, and the search for the fewest changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

import streamlit as st

from scheduling import Repaired, idle_absences, repair, until
from wfm.errors import InputError
from wfm.ui.parts import faults, pickers, repaired
from wfm.ui.parts.published import Published, told
from wfm.ui.parts.text import counted, plain
from wfm.ui.view import short

PRICES = {"Only what must": 10_000.0, "Few": 20.0, "Whatever helps": 1.0}
MOST_TOLD = 8  # lines about shifts of the absent
_FOUND = "what would change"


@dataclass(frozen=True)
class Asked:
    """days: ISO dates. first, last: hours of the absence on each of them, None for whole days. before: local time of the first day before
    which nothing may change. price: of a changed day.
    """

    run: str
    who: tuple[str, ...]
    days: tuple[str, ...]
    first: time | None
    last: time | None
    before: time
    price: float

    @property
    def whole_day(self) -> bool:
        return self.first is None or self.last is None

    @property
    def each(self) -> list[tuple[str, date]]:
        """Everybody on each day."""
        return [(name, date.fromisoformat(day)) for name in self.who for day in self.days]

    @property
    def absent(self) -> list[tuple[str, date]]:
        return self.each if self.whole_day else []

    @property
    def away(self) -> list[tuple[str, date, int, int]]:
        if self.first is None or self.last is None:
            return []
        begin, end = (clock.hour * 60 + clock.minute for clock in (self.first, self.last))
        return [(name, day, begin, until(begin, end)) for name, day in self.each]

    @property
    def begun(self) -> str:
        return f"{self.days[0]}T{self.before:%H:%M}"

    def arguments(self) -> tuple[str, ...]:
        """Of the command line that does the same."""
        span = "" if self.first is None or self.last is None else f"T{self.first:%H:%M}-{self.last:%H:%M}"
        absent = [part for name, day in self.each for part in ("--away" if span else "--absent", f"{name}:{day}{span}")]
        return (*absent, "--from", self.begun, "--change-price", str(self.price))

    @property
    def words(self) -> str:
        """Who is away when."""
        days = short(self.days[0]) + (f" to {short(self.days[-1])}" if len(self.days) > 1 else "")
        hours = "" if self.first is None or self.last is None else f", {self.first:%H:%M}–{self.last:%H:%M}"
        return f"{', '.join(self.who)}: away {days}{hours}"


def show(here: Published) -> None:
    """The whole tab."""
    st.caption(
        "The others' shifts stay wherever possible. Training that is missed gets another time before it is due, for its whole group."
    )
    asked = _ask(here)
    _shifts(here, asked)
    half = (asked.first is None) != (asked.last is None)
    if half:
        st.warning("Give both a beginning and an end of the hours away, or neither for whole days.", icon=":material/schedule:")
    if st.button("Show what would change", type="primary", icon=":material/search:", disabled=not asked.who or half):
        _look(here, asked)
    known = st.session_state.get(_FOUND)
    if known is None or known[0] != asked:
        return
    if isinstance(known[1], InputError):
        faults.show_texts("This cannot be done:", [str(fault) for fault in known[1].faults])
    else:
        repaired.show(here, asked, known[1], lambda: st.session_state.pop(_FOUND, None))


def _ask(here: Published) -> Asked:
    dates, now = here.run.dates, here.now()
    first, second, third = st.columns([3, 2, 2])
    with first:
        who = st.multiselect("Who is away", here.people, key="absent people", placeholder="Choose one or several people")
    with second:
        day = pickers.day(dates, label="First day", begin=now.date().isoformat())
    with third:
        last_day = pickers.day(dates[dates.index(day) :], label="Last day")
    days = tuple(dates[dates.index(day) : dates.index(last_day) + 1])
    one, two, three, four = st.columns([1.5, 1.5, 2, 2])
    begin = one.time_input("Away from", None, key="absent from", step=900, help="Leave both empty for whole days.")
    end = two.time_input("Until", None, key="absent until", step=900, help="An end that is earlier is one on the day after.")
    at = time(now.hour, now.minute // 15 * 15) if day == now.date().isoformat() else time(0)
    help_ = "Everything before this time of the first day stays as it is; midnight lets the whole day move. Today it begins with now."
    before = three.time_input("Nothing changes before", at, key=f"absent before {day}", step=900, help=help_)
    help_ = "How dear a changed day of anybody's is against people missing: dearer means fewer changes and more people missing."
    how = four.selectbox("Changes for others", list(PRICES), index=1, key="absent price", help=help_)
    return Asked(here.run.run.path.name, tuple(who), days, begin, end, before or time(0), PRICES[how])


def _shifts(here: Published, asked: Asked) -> None:
    """What the absent were to work, and a warning for days on which they do not."""
    every = [(name, day, here.shift(name, day)) for name in asked.who for day in asked.days]
    worked = [f"{name} was to work {short(day)}, {shift}" for name, day, shift in every if shift]
    if worked:
        more = [f"and {counted(len(worked) - MOST_TOLD, 'shift')} more"] if len(worked) > MOST_TOLD else []
        st.text("\n".join([*worked[:MOST_TOLD], *more]))
    if idle := idle_absences(here.roster, asked.absent, asked.away):
        rest = [f"and {len(idle) - MOST_TOLD} more"] if len(idle) > MOST_TOLD else []
        st.warning("  \n".join(plain(line) for line in (*idle[:MOST_TOLD], *rest)), icon=":material/event_busy:")


def _look(here: Published, asked: Asked) -> None:
    """Mend the roster in memory; nothing is written."""
    axis, scenario = here.scenario.axis, here.scenario
    begun = axis.minute(axis.day_index(date.fromisoformat(asked.days[0])), asked.before.hour * 60 + asked.before.minute)
    with told("Looking for the fewest changes") as progress:
        try:
            found: Repaired | InputError = repair(
                here.roster,
                here.required,
                scenario.workforce,
                scenario.scheduling,
                absences=asked.absent,
                away=asked.away,
                begun=begun,
                change_price=asked.price,
                progress=progress,
            )
        except InputError as error:
            found = error
    st.session_state[_FOUND] = (asked, found)
