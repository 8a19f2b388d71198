"""Where sessions take place."""

from __future__ import annotations

from pydantic import Field

from wfm.scenario_file.kinds import Name
from wfm.scenario_file.tables.base import Table


class RoomTable(Table):
    """A room, or several alike, for the sessions of activities that name it. Each holds one session at a time."""

    name: Name = Field(description="Name of the room.")
    seats: int | None = Field(None, ge=1, le=10_000, description="Most people in a session, the trainer included; no limit where left out.")
    count: int = Field(1, ge=1, le=1000, description="How many rooms of this kind there are.")
