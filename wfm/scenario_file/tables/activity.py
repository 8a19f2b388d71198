"""Work off the queues that must happen: training, coaching, meetings."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wfm.scenario_file.kinds import Attendees, Day, Minutes, Moment, Name, Window
from wfm.scenario_file.tables.base import Table


class ActivityTable(Table):
    """Off-queue work that is placed whole or not at all. Its attendees are named, or chosen by a skill."""

    name: Name = Field(description="Name of the activity, as the roster shows it.")
    kind: Literal["training", "coaching", "meeting", "other"] = Field(description="What it is; training is kept in a ledger.")
    minutes: Minutes = Field(description="Length of a session.")
    attendees: Attendees | None = Field(None, description='"all", or names of agents, groups and contracts.')
    skill: Name | None = Field(None, description="Instead of attendees: everybody who serves this queue.")
    sessions: int | None = Field(None, ge=1, le=1000, description="Sessions for each attendee; 1, or as many as `at` has, where left out.")
    repeat: Literal["once", "weekly"] = Field(
        "once",
        description='"weekly" asks for it anew in every seven days from `earliest` (a shorter rest joins the last week), under '
        'names "… week 1", "… week 2"; somebody who is off all week is left out of that week.',
    )
    earliest: Day | None = Field(None, description="First possible date; the plan's first where left out.")
    latest: Day | None = Field(None, description="Last possible date; the plan's last where left out.")
    window: Window = Field((0, 1440), description="Time of day inside which each session lies wholly.")
    group_size: int | None = Field(
        None, ge=1, le=1000, description="Attendees of one session, in the order given; each attends alone where left out."
    )
    trainer: Name | None = Field(
        None,
        description='An agent who is with every group, one group at a time, or "own coach" for the `coach` of each attendee; each group '
        'becomes an activity of its own, "… group 1", whose hours count the trainer too.',
    )
    room: Name | None = Field(None, description="The `[[room]]` that every session needs.")
    after: list[Name] = Field(
        [],
        max_length=100,
        description="Activities that come before: who attends one of them too has had all its sessions before the first of this one "
        "(of two weekly ones, those of the same week). Trainers are free of it.",
    )
    at: list[Moment] = Field([], max_length=1000, description="Fixed starts, local time, one for each session.")
    paid: bool = Field(True, description="Whether the time is paid.")
