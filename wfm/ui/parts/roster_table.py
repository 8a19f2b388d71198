"""The roster's rows: who fits a filter, their bars on the canvas, and the table of shifts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from wfm.ui.parts import roster_canvas, style
from wfm.ui.parts.roster_canvas import Bar, Kind

WORK = "work"
_WORK_COLOURS = (style.BLUE, style.SKY, "#3A5FA0", "#9DB8E8")
_COLOURS = {"training": style.GREEN, "coaching": style.ORANGE, "meeting": style.PURPLE, "other": style.RED, "break": "#C9CDD3"}
_COLUMNS = {
    "agent": st.column_config.TextColumn("Agent"),
    "day": st.column_config.TextColumn("Day"),
    "from": st.column_config.TextColumn("From"),
    "to": st.column_config.TextColumn("To"),
    "hours": st.column_config.NumberColumn("Hours", format="%.2f", help="From start to end, breaks included"),
    "work": st.column_config.NumberColumn("On the queues (h)", format="%.2f"),
    "other": st.column_config.TextColumn("Breaks and activities"),
}


def people(skills: Mapping[str, Sequence[str]], wanted: Sequence[str], names: Sequence[str]) -> list[str]:
    """Agents that fit: named ones (all where nobody is named) who can serve any of the wanted queues (any where none is given)."""
    return [agent for agent, own in skills.items() if (not names or agent in names) and (not wanted or set(own) & set(wanted))]


def drawing(roster: pd.DataFrame, agents: Sequence[str], days: Sequence[str], zone: ZoneInfo) -> dict[str, Any]:
    """What the canvas shows of these people on these days: the shifts that start on them, to the end of the last one."""
    kinds = kinds_of(roster)
    index = {name: i for i, (name, _, _) in enumerate(kinds)}
    rows = roster[roster["agent"].isin(agents) & roster["day"].isin(days)]
    bars = [Bar(r.agent, r.start, r.end, index[kind_name(r.activity, r.queue)]) for r in rows.itertuples()]
    return roster_canvas.payload(bars, agents, kinds, span(bars, days, zone), zone)


def span(bars: Sequence[Bar], days: Sequence[str], zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Whole days for a week; for one day the hours in which somebody works, with an hour around them."""
    first = datetime.combine(date.fromisoformat(days[0]), time(), zone)
    last = datetime.combine(date.fromisoformat(days[-1]) + timedelta(days=1), time(), zone)
    if len(days) > 1 or not bars:
        return first, max([last, *(bar.end for bar in bars)])
    hour = timedelta(hours=1)
    start, end = min(bar.start for bar in bars), max(bar.end for bar in bars)
    return _full_hour(start) - hour, _full_hour(end) + 2 * hour


def _full_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def kind_name(activity: str, queue: str) -> str:
    """What a bar is called: work by its queues, everything else by its own name."""
    return f"work: {str(queue).replace('|', ' + ')}" if activity == WORK and queue else str(activity)


def kinds_of(roster: pd.DataFrame) -> list[Kind]:
    """Everything that occurs: work in blues, by its queues while there are few such sets; the rest coloured by its kind."""
    found = roster[["kind", "activity", "queue"]].drop_duplicates().sort_values(["kind", "activity", "queue"])
    names = {kind_name(row.activity, row.queue): row.kind for row in found.itertuples()}
    work = [name for name, kind in names.items() if kind == WORK]
    few = len(work) <= len(_WORK_COLOURS)
    blues = [(name, _WORK_COLOURS[i], name) if few else (name, style.BLUE, "on the queues") for i, name in enumerate(work)]
    order = list(_COLOURS)
    rest = sorted((order.index(kind), name) for name, kind in names.items() if kind in _COLOURS)
    return blues + [(name, _COLOURS[order[place]], order[place]) for place, name in rest]


def shifts(roster: pd.DataFrame, agents: Sequence[str], days: Sequence[str]) -> pd.DataFrame:
    """A row for each shift: agent, day, from, to, hours, work, other."""
    rows = roster[roster["agent"].isin(agents) & roster["day"].isin(days)]
    place = {agent: number for number, agent in enumerate(agents)}
    groups = sorted(rows.groupby(["agent", "day"]), key=lambda group: (place[group[0][0]], group[0][1]))
    found = [_shift(agent, day, parts) for (agent, day), parts in groups]
    return pd.DataFrame(found, columns=list(_COLUMNS))


def _shift(agent: str, day: str, parts: pd.DataFrame) -> dict[str, Any]:
    hours = [(end - start) / timedelta(hours=1) for start, end in zip(parts["start"], parts["end"], strict=True)]
    other = [f"{row.activity} {row.start:%H:%M}" for row in parts.sort_values("start").itertuples() if row.activity != WORK]
    return {
        "agent": agent,
        "day": f"{date.fromisoformat(day):%a %d %b}",
        "from": f"{parts['start'].min():%H:%M}",
        "to": f"{parts['end'].max():%H:%M}",
        "hours": sum(hours),
        "work": sum(h for h, activity in zip(hours, parts["activity"], strict=True) if activity == WORK),
        "other": ", ".join(other),
    }


def show(roster: pd.DataFrame, agents: Sequence[str], days: Sequence[str]) -> None:
    """The table of shifts."""
    with st.expander("Shifts as a table"):
        st.dataframe(shifts(roster, agents, days), hide_index=True, column_config=_COLUMNS, alt="Shifts of the people and days chosen")
