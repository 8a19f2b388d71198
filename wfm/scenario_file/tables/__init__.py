"""The sections of the scenario file, in the order of the reference. A new section is one table and one line here."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.scenario_file.tables.activity import ActivityTable
from wfm.scenario_file.tables.base import Table
from wfm.scenario_file.tables.centre import CentreTable, HistoryTable, PlanTable
from wfm.scenario_file.tables.forecast import EditTable, EventTable, ForecastTable
from wfm.scenario_file.tables.journey import TrunksTable
from wfm.scenario_file.tables.people import AgentTable, ContractTable, GroupTable, ShiftTable, TimeOffTable
from wfm.scenario_file.tables.queue import QueueTable
from wfm.scenario_file.tables.room import RoomTable
from wfm.scenario_file.tables.rota import LockTable, WishTable, WorkedTable
from wfm.scenario_file.tables.settings import RoutingTable, RunTable, StaffingTable

__all__ = ["NAMED", "SECTIONS", "Section", "Table"]


@dataclass(frozen=True)
class Section:
    """name: as written. many: an array of tables [[name]], else one table [name]. required: must be there."""

    name: str
    model: type[Table]
    many: bool = False
    required: bool = False

    @property
    def heading(self) -> str:
        return f"[[{self.name}]]" if self.many else f"[{self.name}]"


SECTIONS = {
    section.name: section
    for section in (
        Section("centre", CentreTable, required=True),
        Section("plan", PlanTable, required=True),
        Section("history", HistoryTable),
        Section("queue", QueueTable, many=True, required=True),
        Section("trunks", TrunksTable, many=True),
        Section("forecast", ForecastTable),
        Section("event", EventTable, many=True),
        Section("edit", EditTable, many=True),
        Section("contract", ContractTable, many=True),
        Section("shift", ShiftTable, many=True),
        Section("group", GroupTable, many=True),
        Section("agent", AgentTable, many=True),
        Section("time_off", TimeOffTable, many=True),
        Section("lock", LockTable, many=True),
        Section("worked", WorkedTable, many=True),
        Section("wish", WishTable, many=True),
        Section("room", RoomTable, many=True),
        Section("activity", ActivityTable, many=True),
        Section("staffing", StaffingTable),
        Section("routing", RoutingTable),
        Section("run", RunTable),
    )
}
NAMED = tuple(section.name for section in SECTIONS.values() if "name" in section.model.model_fields and section.many)
