"""What is known of single people and days: locked shifts, shifts worked before the plan, wishes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wfm.scenario_file import rotas
from wfm.scenario_file.kinds import Clock, Day, Length, Name, Weekdays, Window, kind
from wfm.scenario_file.tables.base import Table

Stamp = Annotated[rotas.Stamp, *kind(rotas.stamp, 'time of day, "22:00", or stamp, "2026-03-01T22:00"', rotas.write_stamp)]
Amount = Annotated[float, *kind(rotas.amount, "number, from 0 up to 1,000,000,000")]


class LockTable(Table):
    """A day of an agent that stands fast, whatever the plan needs; the rows of the locks CSV are the same."""

    agent: Name = Field(description="The agent.")
    day: Day = Field(description="The day; one outside the plan is passed over.")
    shift: Name = Field("any", description='"off" for a day off, "any" for some shift, or the name of the shift.')
    start: Clock | None = Field(None, description="Its start; any where left out.")
    length: Length | None = Field(None, description="Its length; any where left out.")


class WorkedTable(Table):
    """A shift before the plan, or a part of one, as far as rest, runs and weekends look back.

    The rows of the `worked` CSV are the same, and so are those of the roster.csv of a run. Days inside the plan, and people who are no
    longer there, are passed over.
    """

    agent: Name = Field(description="The agent.")
    day: Day = Field(description="The day on which the shift starts.")
    start: Stamp = Field(description="Start of the shift or part.")
    end: Stamp = Field(description="Its end; a time of day not after the start is one of the next day.")
    activity: Name = Field("work", description="What it is; unpaid breaks and activities, by their names, are taken off the paid hours.")
    shift: Name | None = Field(None, description="Name of the shift; found by its start and length where left out.")
    queue: str | None = Field(None, exclude=True, description="Passed over; there so that a roster.csv can be given.")


class WishTable(Table):
    """What an agent would like; each day of work without it is priced. The rows of the wishes CSV are the same."""

    agent: Name = Field(description="The agent.")
    kind: Literal["off", "start"] = Field(description='"off": no shift starts on the day; "start": a shift starts inside `between`.')
    price: Amount = Field(10.0, description="Price of a day on which the wish is not met, against under_price and its like.")
    first: Day | None = Field(None, alias="from", description="First day meant; every week of the plan where left out.")
    last: Day | None = Field(None, alias="to", description="Last day meant; `from` where left out.")
    weekdays: Weekdays = Field((True,) * 7, description="Days of the week meant.")
    between: Window | None = Field(None, description='Earliest and latest start, "07:00-09:00"; needed for the kind "start".')
