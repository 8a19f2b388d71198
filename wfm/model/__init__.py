"""The nouns: frozen, checked, without I/O."""

from wfm.model.axis import TimeAxis
from wfm.model.calendar import Calendar, OpeningHours
from wfm.model.numbers import QUANTILES, Accuracy, Demand, Forecast, History, Requirement, State
from wfm.model.outcome import WAIT_EDGES_S, Outcome
from wfm.model.people import Agent, Break, Contract, ShiftTemplate, Workforce
from wfm.model.progress import Progress, part, silent
from wfm.model.result import LedgerRow, Measure, Result, Shortfall, Summary
from wfm.model.roster import Kind, Roster, Segment, Shift
from wfm.model.scenario import (
    Experiment,
    ForecastSettings,
    HistorySource,
    Scenario,
    ScheduleSettings,
    Shrinkage,
    ShrinkageWindow,
    StaffingSettings,
)
from wfm.model.solved import Conflict, Reason, Solved
from wfm.model.work import Activity, ActivityKind, Channel, Queue, ServiceLevel, Target

__all__ = [
    "QUANTILES",
    "WAIT_EDGES_S",
    "Accuracy",
    "Activity",
    "ActivityKind",
    "Agent",
    "Break",
    "Calendar",
    "Channel",
    "Conflict",
    "Contract",
    "Demand",
    "Experiment",
    "Forecast",
    "ForecastSettings",
    "History",
    "HistorySource",
    "Kind",
    "LedgerRow",
    "Measure",
    "OpeningHours",
    "Outcome",
    "Progress",
    "Queue",
    "Reason",
    "Requirement",
    "Result",
    "Roster",
    "Scenario",
    "ScheduleSettings",
    "Segment",
    "ServiceLevel",
    "Shift",
    "ShiftTemplate",
    "Shortfall",
    "Shrinkage",
    "ShrinkageWindow",
    "Solved",
    "StaffingSettings",
    "State",
    "Summary",
    "Target",
    "TimeAxis",
    "Workforce",
    "part",
    "silent",
]
