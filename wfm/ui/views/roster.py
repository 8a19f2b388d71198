"""Page: who works when."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from wfm.ui import runs
from wfm.ui.parts import downloads, empty, ledger, pickers, roster_canvas, roster_table
from wfm.ui.view import View


def choose(run: View) -> tuple[str, str, list[str], list[str]]:
    """Day or week, which one, whose."""
    with st.container(border=True):
        first, second, third, fourth = st.columns([1.2, 1.4, 2, 2])
        with first:
            by = st.segmented_control("Show", ["Day", "Week"], default="Week", required=True, key="roster by", persist_state="session")
        with second:
            day = pickers.day(run.dates) if by == "Day" else pickers.day(weeks(run.dates), label="Week from")
        with third:
            skills = st.multiselect(
                "Skill", run.queues, key="roster skills", placeholder="Everybody", help="People who serve any of these queues"
            )
        with fourth:
            names = st.multiselect("People", list(run.skills), key="roster agents", placeholder="Everybody")
    return by, day, skills, names


def weeks(dates: list[str]) -> list[str]:
    """The first date of each week (Monday to Sunday) that the plan touches."""
    return [day for i, day in enumerate(dates) if i == 0 or date.fromisoformat(day).weekday() == 0]


def days_shown(run: View, by: str, day: str) -> list[str]:
    """The dates on screen."""
    if by == "Day":
        return [day]
    first = date.fromisoformat(day)
    sunday = first + timedelta(days=6 - first.weekday())
    return [d for d in run.dates if first <= date.fromisoformat(d) <= sunday]


st.title("Roster")
run = runs.shown() or empty.no_run()
st.caption(f"Every shift with its breaks, training and other activities. {run.zone_text}")
if run.roster.empty:
    empty.stop("This plan has no shifts: there is nobody to roster, or its hard rules cannot all hold.", "plan.py", "See the plan")
by, day, skills, names = choose(run)
shown = days_shown(run, by, day)
people = roster_table.people(run.skills, skills, names)
drawing = roster_table.drawing(run.roster, people, shown, run.zone)
if people:
    roster_canvas.show(drawing, key="roster canvas")
else:
    st.info("Nobody fits this choice; take a filter away.")
roster_table.show(run.roster, people, shown)
downloads.roster(run)
ledger.show(run.ledger)
