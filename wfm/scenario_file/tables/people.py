"""Contracts, shifts, groups, agents and their time off."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from wfm.scenario_file import rotas
from wfm.scenario_file.by_time import ByTime
from wfm.scenario_file.kinds import Available, Clock, Day, Length, Minutes, Name, Offset, Price, Skills, Weekdays, kind
from wfm.scenario_file.tables.base import Table
from wfm.scenario_file.tables.journey import SkillTable
from wfm.scenario_file.week import WHOLE_DAY

WEEK_HOURS = 168
ALWAYS = (WHOLE_DAY,) * 7
Weekends = Annotated[tuple[int, int], *kind(rotas.weekends, 'text, "1 of 3"', rotas.write_weekends)]
Pattern = Annotated[tuple[tuple[str, ...], ...], *kind(rotas.pattern, "list of weeks, each seven entries", rotas.write_pattern)]
Successions = Annotated[tuple[tuple[str, str], ...], *kind(rotas.successions, 'list, ["night > early"]', rotas.write_successions)]


class ContractTable(Table):
    """What an employment contract allows. Weeks run Monday to Sunday; a night is a shift under way at 3:00.

    Every rule is hard; overtime and voluntary leave have a price, and unpopular shifts are shared at one.
    """

    name: Name = Field(description="Name of the contract.")
    shifts: list[Name] | None = Field(None, min_length=1, description="Names of the shifts its people may work; all where left out.")
    min_hours_week: float = Field(
        0.0,
        ge=0,
        le=WEEK_HOURS,
        description="Least paid hours in a whole week. Days of time off count towards it; closed dates and weeks planned in part lower it.",
    )
    max_hours_week: float = Field(40.0, ge=0, le=WEEK_HOURS, description="Most paid hours in a week.")
    max_days_week: int = Field(5, ge=1, le=7, description="Most working days in a week.")
    max_consecutive_days: int = Field(6, ge=1, le=400, description="Most working days in a row.")
    rest_hours: float = Field(11.0, ge=0, le=48, description="Least hours between two shifts.")
    cost_per_hour: Price = Field(0.0, description="Cost of a paid hour.")
    min_days_off: int = Field(1, ge=1, le=14, description="Least days off in a row between days of work.")
    weekends_off: Weekends | None = Field(
        None, description="Of any so many weekends in a row, how many are free of shifts that start on them."
    )
    max_nights: int | None = Field(None, ge=0, le=400, description="Most nights on days in a row; no limit where left out.")
    days_off_after_nights: int = Field(0, ge=0, le=14, description="Least days off between a night and a shift that is none.")
    forward_minutes: Offset | None = Field(
        None, description="How much earlier in the day than the shift of the day before one may start; any where left out, 0 for never."
    )
    forbidden_next: Successions | None = Field(None, description="Pairs of shifts of which the second may not follow on the next day.")
    start_spread: Offset | None = Field(None, description="Most time between the earliest and the latest start of a week.")
    average_weeks: int = Field(
        0, ge=0, le=57, description="Weeks, from the first of the plan, over which hours are averaged; 0 for no such rule."
    )
    min_hours_average: float = Field(0.0, ge=0, le=WEEK_HOURS, description="Least paid hours a week on average over `average_weeks`.")
    max_hours_average: float | None = Field(
        None, ge=0, le=WEEK_HOURS, description="Most paid hours a week on average over `average_weeks`."
    )
    overtime_hours: float = Field(0.0, ge=0, le=WEEK_HOURS, description="Paid hours a week beyond `max_hours_week` that may be worked.")
    overtime_price: Price = Field(0.0, description="Price of an hour of overtime beside its pay.")
    leave_hours: float = Field(0.0, ge=0, le=WEEK_HOURS, description="Hours a week that may lack of `min_hours_week` as voluntary leave.")
    leave_price: Price = Field(0.0, description="Price of an hour of voluntary leave.")
    pattern: Pattern | None = Field(
        None,
        description='Weeks that repeat, each seven entries, Monday first: "off", "any" for some shift, or the name of one; all worked.',
    )
    pattern_from: Day | None = Field(
        None,
        description="A day of the week for which each `pattern_week` is meant; later plans go on there. The plan's first if left out.",
    )
    fairness_price: Price = Field(0.0, description="With n unpopular shifts, earlier ones included, an agent costs half of this × n².")


class BreakTable(Table):
    """A break inside a shift."""

    name: Name = Field(description="Name of the break, as the roster shows it.")
    minutes: Minutes = Field(description="How long it is.")
    earliest: Offset = Field(description="Earliest start, counted from the start of the shift.")
    latest: Offset = Field(description="Latest start, counted from the start of the shift.")
    paid: bool = Field(False, description="Whether the time is paid.")


class ShiftTable(Table):
    """A shift that is allowed: any start between start_from and start_to, with any of the lengths."""

    name: Name = Field(description="Name of the shift.")
    start_from: Clock = Field(description="Earliest start.")
    start_to: Clock | None = Field(None, description="Latest start; start_from where left out.")
    start_step: Minutes = Field(30, description="Minutes between two possible starts.")
    lengths: list[Length] = Field(min_length=1, max_length=40, description="Lengths from start to end, breaks included.")
    breaks: list[BreakTable] = Field([], max_length=10, description="Breaks in the order of the day (see below).")
    break_gap: Offset = Field(60, description="Least time between two breaks.")
    weekdays: Weekdays = Field((True,) * 7, description="Days on which the shift may start.")
    unpopular: bool = Field(False, description="Whether it is to be shared fairly (`fairness_price` of the contract).")


class GroupTable(Table):
    """Agents who are alike; makes agents called "name 01", "name 02" and so on."""

    name: Name = Field(description="Name of the group; activities can name it as attendee.")
    count: int = Field(ge=1, le=5000, description="How many agents.")
    contract: Name = Field(description="Their contract.")
    skills: Skills = Field(description="Queues they serve, the preferred one first.")
    available: Available = Field(ALWAYS, description="Days and times at which they can work; always where left out.")
    traits: list[SkillTable] = Field([], max_length=200, description="Queues that they serve in a way of their own (see below).")
    earliest: Clock | None = Field(None, description="Earliest start of any shift, whatever the day.")
    latest: Clock | None = Field(None, description="Latest end of any shift; one not after `earliest` is meant on the next day.")
    pattern_week: int = Field(
        1,
        ge=1,
        le=60,
        description="Week of the contract's pattern in which the first of them is; each further one is a week ahead.",
    )
    coach: Name | None = Field(None, description='The agent who coaches them, for activities whose trainer is "own coach".')
    on_duty: ByTime = Field(
        (),
        description='How many of them work, by time of day, every day: {"08:00-12:00" = 4, "12:00-17:00" = 6}. A roster given so is what '
        "`wfm simulate` takes where none is named; `wfm plan` makes its own and does not look at it.",
    )


class AgentTable(Table):
    """One named agent; the rows of the agents CSV are the same."""

    name: Name = Field(description="Whatever identifies the person in the roster.")
    contract: Name = Field(description="Their contract.")
    skills: Skills = Field(description="Queues they serve, the preferred one first.")
    available: Available = Field(ALWAYS, description="Days and times at which they can work; always where left out.")
    traits: list[SkillTable] = Field([], max_length=200, description="Queues that they serve in a way of their own (see below).")
    earliest: Clock | None = Field(None, description="Earliest start of any shift, whatever the day.")
    latest: Clock | None = Field(None, description="Latest end of any shift; one not after `earliest` is meant on the next day.")
    pattern_week: int = Field(
        1, ge=1, le=60, description="Week of the contract's pattern in which they are at the start of the plan, or at `pattern_from`."
    )
    unpopular_before: int = Field(0, ge=0, le=10_000, description="Unpopular shifts they had before, as far as they are remembered.")
    coach: Name | None = Field(None, description='The agent who coaches them, for activities whose trainer is "own coach".')


class TimeOffTable(Table):
    """Whole days off of one agent; the rows of the time-off CSV are the same."""

    agent: Name = Field(description="The agent.")
    first: Day = Field(alias="from", description="First day off.")
    last: Day = Field(alias="to", description="Last day off.")
