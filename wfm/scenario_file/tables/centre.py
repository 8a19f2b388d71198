"""The centre, the plan's span of time, and where the history lies."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wfm.scenario_file.kinds import Country, Currency, Day, DaySpan, Name, Seconds, Share, Title, Zone
from wfm.scenario_file.tables.base import Table


class CentreTable(Table):
    """What holds for the whole centre."""

    name: Title = Field(description="Name of the scenario, as reports show it.")
    description: str = Field("", max_length=1000, description="A sentence or two for the reader.")
    timezone: Zone = Field(description="IANA time zone in which every time of day in this file is meant.")
    country: Country | None = Field(None, description="Country whose public holidays matter, as the `holidays` library spells it.")
    region: str | None = Field(None, description="Subdivision of the country with holidays of its own; needs `country`.")
    closed: list[DaySpan] = Field([], description="Dates on which every queue is shut and nobody works.")
    public_holidays: Literal["open", "closed"] = Field(
        "open",
        description='"open": holidays are worked and their effect is learnt from the history; "closed": every public holiday of the '
        "country, from ten years before the plan to its end, shuts the centre.",
    )
    currency: Currency = Field("EUR", description="Currency of every cost.")
    absence: Share = Field(
        0.0, description="Share of rostered agents who are away without notice (sickness); each shift is missed with this probability."
    )
    late: Share = Field(0.0, description="Share of shifts that begin later than planned, in the simulation.")
    late_by: Seconds = Field(600.0, description="How late those are on average (exponential).")
    day_spread: float = Field(
        0.0,
        ge=0,
        le=2,
        description="Standard deviation ÷ mean of a factor on all contacts of a day (gamma), beside the doubt that the forecast has.",
    )
    agents: str | None = Field(
        None,
        min_length=1,
        description="CSV of the agents, relative to this file: columns name, contract, skills (parted by | or ; or spaces) and "
        "optionally available, coach. Replaces all agents of the bases.",
    )
    time_off: str | None = Field(
        None,
        min_length=1,
        description="CSV of days off, relative to this file: columns agent, from, to (both ends off). Replaces all time off of the bases.",
    )
    locks: str | None = Field(
        None,
        min_length=1,
        description="CSV of locked days, relative to this file: columns agent, day and optionally shift, start, length; each row is a "
        "`[[lock]]`. Replaces all locks of the bases.",
    )
    worked: str | None = Field(
        None,
        min_length=1,
        description="CSV of shifts before the plan, relative to this file: columns agent, day, start, end and optionally activity, shift; "
        "the roster.csv of the run before will do. Replaces all `[[worked]]` of the bases.",
    )
    wishes: str | None = Field(
        None,
        min_length=1,
        description="CSV of wishes, relative to this file: columns agent, kind and optionally price, from, to, weekdays, between; each row "
        "is a `[[wish]]`. Replaces all wishes of the bases.",
    )


class PlanTable(Table):
    """Which days are planned, and how finely. Give either days or weeks."""

    start: Day = Field(description="First day of the plan; a Monday makes whole contract weeks.")
    days: int | None = Field(None, ge=1, le=400, description="Number of days.")
    weeks: int | None = Field(None, ge=1, le=57, description="Number of weeks, instead of days.")
    step_minutes: Literal[1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60] = Field(15, description="Length of an interval.")


class HistoryTable(Table):
    """Where past contacts lie and what gaps in them mean. Without this section every queue needs contacts_per_hour."""

    file: str = Field(min_length=1, description="History file (CSV or XLSX), relative to this file; it may lie anywhere.")
    missing: Literal["zero", "closed", "lost"] | None = Field(
        None, description="What an interval without a row inside opening hours means; without it such gaps are refused."
    )
    lost: list[DaySpan] = Field([], description="Dates whose numbers are not to be believed (outages, interpolated days).")
    columns: dict[str, str] = Field({}, description='Headers of the file that are not recognised by themselves: {"Calls In" = "offered"}.')
    queue: Name | None = Field(None, description="The queue all rows belong to, where the file has no queue column.")
    layout: Name | None = Field(None, description="Name of the file's layout; recognised by itself where left out.")
    timezone: Zone | None = Field(None, description="Time zone of the stamps in the file; the centre's where left out.")
    step_minutes: Literal[1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60] | None = Field(
        None, description="Interval of the history; recognised by itself where left out."
    )
