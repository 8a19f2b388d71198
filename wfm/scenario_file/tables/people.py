"""Contracts, shifts, groups, agents and their time off."""

from __future__ import annotations

from pydantic import Field

from wfm.scenario_file.by_time import ByTime
from wfm.scenario_file.kinds import Available, Clock, Day, Length, Minutes, Name, Offset, Price, Skills, Weekdays
from wfm.scenario_file.tables.base import Table
from wfm.scenario_file.tables.journey import SkillTable
from wfm.scenario_file.week import WHOLE_DAY

WEEK_HOURS = 168
ALWAYS = (WHOLE_DAY,) * 7


class ContractTable(Table):
    """What an employment contract allows; every rule is hard. Weeks run Monday to Sunday."""

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


class GroupTable(Table):
    """Agents who are alike; makes agents called "name 01", "name 02" and so on."""

    name: Name = Field(description="Name of the group; activities can name it as attendee.")
    count: int = Field(ge=1, le=5000, description="How many agents.")
    contract: Name = Field(description="Their contract.")
    skills: Skills = Field(description="Queues they serve, the preferred one first.")
    available: Available = Field(ALWAYS, description="Days and times at which they can work; always where left out.")
    traits: list[SkillTable] = Field([], max_length=200, description="Queues that they serve in a way of their own (see below).")
    on_duty: ByTime = Field(
        (),
        description='How many of them work, by time of day, every day: {"08:00-12:00" = 4, "12:00-17:00" = 6}. A roster given so is what '
        "`wfm simulate` takes where none is named.",
    )


class AgentTable(Table):
    """One named agent; the rows of the agents CSV are the same."""

    name: Name = Field(description="Whatever identifies the person in the roster.")
    contract: Name = Field(description="Their contract.")
    skills: Skills = Field(description="Queues they serve, the preferred one first.")
    available: Available = Field(ALWAYS, description="Days and times at which they can work; always where left out.")
    traits: list[SkillTable] = Field([], max_length=200, description="Queues that they serve in a way of their own (see below).")


class TimeOffTable(Table):
    """Whole days off of one agent; the rows of the time-off CSV are the same."""

    agent: Name = Field(description="The agent.")
    first: Day = Field(alias="from", description="First day off.")
    last: Day = Field(alias="to", description="Last day off.")
