"""The roster's rows: who fits a filter, their bars on the canvas, and the table of shifts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from wfm.ui.parts import roster_canvas, style
from wfm.ui.parts.roster_canvas import Bar

WORK = "work"
_WORK_COLOURS = (style.BLUE, style.SKY, "#3A5FA0", "#7FA7D9")
_OTHER_COLOURS = (style.GREEN, style.ORANGE, style.PURPLE, style.RED, style.YELLOW, "#4C9A8A", "#B07C2A", "#A05195")
_REST_COLOURS = ("#C9CDD3", "#AEB4BD", "#DDE0E4")
_COLUMNS = {
    "agent": "Agent",
    "day": st.column_config.TextColumn("Day"),
    "from": "From",
    "to": "To",
    "hours": st.column_config.NumberColumn("Hours", format="%.2f", help="From start to end, breaks included"),
    "work": st.column_config.NumberColumn("On the queues (h)", format="%.2f"),
    "other": "Breaks and activities",
}


def people(roster: pd.DataFrame, agents: Sequence[str], skills: Sequence[str], names: Sequence[str]) -> list[str]:
    """Agents that fit: named ones (all where nobody is named) who serve any of the queues (any where none is given)."""
    served = roster.loc[roster["queue"].map(lambda text: bool(set(str(text).split("|")) & set(skills))), "agent"]
    wanted = set(served) if skills else set(agents)
    return [agent for agent in agents if agent in wanted and (not names or agent in names)]


def drawing(roster: pd.DataFrame, agents: Sequence[str], days: Sequence[str], zone: ZoneInfo) -> dict[str, Any]:
    """What the canvas shows of these people on these days: the shifts that start on them, to the end of the last one."""
    kinds = kinds_of(roster)
    index = {name: i for i, (name, _) in enumerate(kinds)}
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


def kinds_of(roster: pd.DataFrame) -> list[tuple[str, str]]:
    """(name, colour) of everything that occurs: work in blues, breaks in greys, activities in colours of their own."""
    pairs = roster[["activity", "queue", "kind"]].drop_duplicates().sort_values(["kind", "activity", "queue"])
    palettes = {"work": _WORK_COLOURS, "break": _REST_COLOURS}
    found: dict[str, str] = {}
    used = {"work": 0, "break": 0, "activity": 0}
    order = pairs["kind"].map({"work": 0, "activity": 1, "break": 2})
    for row in pairs.loc[order.sort_values(kind="stable").index].itertuples():
        name = kind_name(row.activity, row.queue)
        if name not in found:
            palette = palettes.get(row.kind, _OTHER_COLOURS)
            found[name] = palette[used[row.kind] % len(palette)]
            used[row.kind] += 1
    return list(found.items())


def shifts(roster: pd.DataFrame, agents: Sequence[str], days: Sequence[str]) -> pd.DataFrame:
    """A row for each shift: agent, day, from, to, hours, work, other."""
    rows = roster[roster["agent"].isin(agents) & roster["day"].isin(days)]
    found = [_shift(agent, day, parts) for (agent, day), parts in rows.groupby(["agent", "day"], sort=True)]
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
