"""What a centre is, in tables: queues, people, activities, dates."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wfm.model import OpeningHours, Scenario
from wfm.ui.parts.simulation_figures import duration
from wfm.ui.parts.text import plain

WRAPPED = 25  # rows of a table whose cells wrap; a longer one scrolls
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def show(scenario: Scenario) -> None:
    """The whole scenario: figures first, then a table for each part of the centre."""
    if scenario.description:
        st.text(scenario.description)
    _figures(scenario)
    _table("Queues", queues(scenario), "What customers reach you by, and what you promise them.")
    _table("People", people(scenario), "Agents by contract. Names stay in the roster.")
    _table("Shifts", shifts(scenario), "What a shift may look like.")
    _table(
        "Training, coaching, meetings",
        activities(scenario),
        "Time off the queues that must happen; the planner never drops it to win coverage.",
    )


def _figures(scenario: Scenario) -> None:
    axis, history = scenario.axis, scenario.history
    last = axis.dates[-1]
    with st.container(horizontal=True):
        st.metric("Plan", f"{axis.start:%d %b} – {last:%d %b %Y}", help=f"{axis.days} days, in {axis.timezone} time", border=True)
        st.metric("Interval", f"{axis.step_minutes} min", help="Requirement and coverage are worked out for each interval", border=True)
        st.metric("Agents", len(scenario.workforce.agents), border=True)
        hours = sum(activity.hours for activity in scenario.workforce.activities)
        st.metric("Off-queue work demanded", f"{hours:.0f} h", help="Attendee-hours of training, coaching and meetings", border=True)
    source = f"History: {plain(history.file.name)}" if history else "No history file: each queue has a constant volume while it is open."
    closed = ", ".join(f"{day:%a %d %b}" for day in sorted(scenario.calendar.closed) if axis.start <= day <= last)
    st.caption(f"All times are {axis.timezone} time. {source}" + (f" Closed on {closed}." if closed else ""))


def _table(title: str, rows: pd.DataFrame, text: str) -> None:
    st.subheader(title, help=text)
    if rows.empty:
        st.caption("None in this scenario.")
    elif len(rows) <= WRAPPED:
        shown = rows.map(lambda cell: plain(f"{cell:g}" if isinstance(cell, float) else str(cell)))
        st.table(shown, border="horizontal", hide_index=True, alt=f"{title} of the scenario")
    else:
        st.dataframe(rows, hide_index=True, alt=f"{title} of the scenario")


def queues(scenario: Scenario) -> pd.DataFrame:
    """A row for each queue."""
    return pd.DataFrame(
        {
            "Queue": queue.name,
            "Channel": str(queue.channel),
            "Target": str(queue.target),
            "Skilled agents": sum(queue.name in agent.skills for agent in scenario.workforce.agents),
            "Handle time": duration(queue.handle_s),
            "Patience": "never leave" if queue.patience_s is None else duration(queue.patience_s),
            "Open": opening(queue.hours),
            "At once": queue.concurrency,
        }
        for queue in scenario.queues
    )


def people(scenario: Scenario) -> pd.DataFrame:
    """A row for each contract."""
    agents = scenario.workforce.agents
    return pd.DataFrame(
        {
            "Contract": contract.name,
            "Agents": sum(agent.contract == contract.name for agent in agents),
            "Hours a week": f"{contract.min_hours_week:g}–{contract.max_hours_week:g}",
            "Days a week": contract.max_days_week,
            "Rest between shifts": f"{contract.rest_hours:g} h",
            "Cost an hour": f"{contract.cost_per_hour:g} {scenario.currency}",
        }
        for contract in scenario.workforce.contracts
    )


def shifts(scenario: Scenario) -> pd.DataFrame:
    """A row for each shift template."""
    return pd.DataFrame(
        {
            "Shift": shift.name,
            "Starts": clock(shift.start_from)
            if shift.start_from == shift.start_to
            else f"{clock(shift.start_from)}–{clock(shift.start_to)}",
            "Hours": ", ".join(f"{length / 60:g}" for length in shift.lengths),
            "Breaks": ", ".join(f"{rest.name} {rest.minutes} min{' paid' if rest.paid else ''}" for rest in shift.breaks) or "none",
            "Days": days(shift.weekdays),
        }
        for shift in scenario.workforce.shifts
    )


def activities(scenario: Scenario) -> pd.DataFrame:
    """A row for each activity."""
    return pd.DataFrame(
        {
            "Activity": activity.name,
            "Kind": str(activity.kind),
            "Attendees": len(activity.attendees),
            "Sessions each": activity.sessions,
            "Length": f"{activity.minutes} min",
            "Between": f"{activity.earliest:%d %b} – {activity.latest:%d %b}, {clock(activity.from_minute)}–{clock(activity.to_minute)}",
            "Together": "each alone" if activity.group_size is None else f"groups of {activity.group_size}",
            "Hours": activity.hours,
        }
        for activity in scenario.workforce.activities
    )


def opening(hours: OpeningHours) -> str:
    """Opening hours in a line, weekdays with the same hours together: `Mon–Fri 08:00–18:00, Sat closed`."""
    said = [" and ".join(f"{clock(begin)}–{clock(end)}" for begin, end in spans) or "closed" for spans in hours.week]
    runs: list[list[int]] = []
    for day in range(7):
        if runs and said[runs[-1][0]] == said[day]:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(f"{_span(run)} {said[run[0]]}" for run in runs)


def days(open_on: tuple[bool, ...]) -> str:
    """Weekdays in words."""
    return "every day" if all(open_on) else ", ".join(name for name, is_open in zip(WEEKDAYS, open_on, strict=True) if is_open)


def clock(minute: int) -> str:
    """Minutes after midnight as a time of day; beyond the day it keeps counting, 24:00 is midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _span(run: list[int]) -> str:
    return WEEKDAYS[run[0]] if len(run) == 1 else f"{WEEKDAYS[run[0]]}–{WEEKDAYS[run[-1]]}"
