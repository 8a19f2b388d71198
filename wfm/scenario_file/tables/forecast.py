"""What people know that no history tells: events, edits, and how queues are forecast together."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from wfm.scenario_file.kinds import DaySpan, Name, Title, Window, kind
from wfm.scenario_file.tables.base import Table
from wfm.scenario_file.wrong import wrong


def number(value: Any) -> float:
    """A number, or the text of one (a CSV cell). Raises Wrong."""
    try:
        found = float(value.replace(",", ".") if isinstance(value, str) else value)
    except (ValueError, TypeError):
        found = float("nan")
    if isinstance(value, bool) or not abs(found) <= 1e9:
        raise wrong(value, "a number")
    return found


Value = Annotated[float, *kind(number, "number")]


class ForecastTable(Table):
    """Where the planner's changes of the forecast lie. Method, paths and backtest stand in `[run]`."""

    edits: str | None = Field(
        None,
        min_length=1,
        description="CSV of edits, relative to this file: columns day, action and optionally hours, value, queue, author, reason; each row "
        "is an `[[edit]]`. Replaces all edits of the bases.",
    )
    imported: str | None = Field(
        None,
        min_length=1,
        description="CSV of somebody else's forecast, relative to this file: columns interval_start, mean (or contacts) and, for several "
        'queues, queue. Used where `[run]` has `forecast_method = "imported"`; queues not in it are forecast by the default method.',
    )
    small_below: float = Field(
        50.0,
        ge=0,
        le=1e9,
        description="Contacts a day, over the last eight weeks, below which a queue with a `family` is forecast by its share; 0 for never.",
    )


class EventTable(Table):
    """Days on which something known happens, past and ahead: a campaign, a price letter, pay day."""

    name: Name = Field(description="Name of the event; its effect is learnt from all its past days together.")
    days: list[DaySpan] = Field([], max_length=2000, description="The days, past ones too.")
    monthly: list[Annotated[int, Field(ge=1, le=31)]] = Field(
        [],
        max_length=31,
        description="Days of every month, beside `days`; a month that is too short has it on its last day (31: the last).",
    )
    weekend: Literal["stay", "before", "after"] = Field(
        "stay", description="Where a monthly day on a weekend goes: it stays, to the Friday before, or to the Monday after."
    )
    impact: float | None = Field(None, gt=0, lt=100, description="Factor on the contacts of such a day; learnt where left out.")
    queues: list[Name] = Field([], description="Queues that it moves; all where left out.")


class EditTable(Table):
    """A change that lies over the forecast, or a decision about a day of the history; the rows of the edits CSV are the same."""

    day: DaySpan = Field(description="The day, or several, each of which is changed on its own.")
    hours: Window = Field((0, 1440), description="Part of the day.")
    action: Literal["set", "times", "plus", "keep", "leave_out"] = Field(
        description="On the forecast of the span: set: contacts of the whole span; times: a factor; plus: contacts more (or fewer). On a "
        "day of the history: keep: it stands as it is, whatever the cleaning thinks of it; leave_out: it teaches nothing."
    )
    value: Value | None = Field(None, description="Contacts or factor; none for keep and leave_out.")
    queue: Name | None = Field(None, description="The queue; all of them where left out.")
    author: Title | None = Field(None, description="Who decided it.")
    reason: Title | None = Field(None, description="Why.")
