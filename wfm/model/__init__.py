"""The nouns: frozen, checked, without I/O."""

from wfm.model.axis import TimeAxis
from wfm.model.calendar import Calendar, OpeningHours
from wfm.model.calls import CallLog
from wfm.model.edits import Edit, Event
from wfm.model.life import LAWS, CustomerSegment, Journey, Law, Menu, Offer, Repeat, Transfer, Trunks
from wfm.model.numbers import QUANTILES, Accuracy, Demand, Flag, Forecast, History, Requirement, State
from wfm.model.outcome import WAIT_EDGES_S, Outcome
from wfm.model.people import Agent, Lock, PastShift, Skill, Wish, WishKind, Workforce
from wfm.model.progress import IMPROVING, Progress, part, silent
from wfm.model.result import Correction, LedgerRow, LoopStep, Measure, Result, Shortfall, Summary
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
from wfm.model.solved import Conflict, Reason, Relief, Solved
from wfm.model.target import ServiceLevel, Target
from wfm.model.terms import Break, Contract, ShiftTemplate
from wfm.model.work import Activity, ActivityKind, Channel, Queue, Room

__all__ = [
    "IMPROVING",
    "LAWS",
    "QUANTILES",
    "WAIT_EDGES_S",
    "Accuracy",
    "Activity",
    "ActivityKind",
    "Agent",
    "Break",
    "Calendar",
    "CallLog",
    "Channel",
    "Conflict",
    "Contract",
    "Correction",
    "CustomerSegment",
    "Demand",
    "Edit",
    "Event",
    "Experiment",
    "Flag",
    "Forecast",
    "ForecastSettings",
    "History",
    "HistorySource",
    "Journey",
    "Kind",
    "Law",
    "LedgerRow",
    "Lock",
    "LoopStep",
    "Measure",
    "Menu",
    "Offer",
    "OpeningHours",
    "Outcome",
    "PastShift",
    "Progress",
    "Queue",
    "Reason",
    "Relief",
    "Repeat",
    "Requirement",
    "Result",
    "Room",
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
    "Skill",
    "Solved",
    "StaffingSettings",
    "State",
    "Summary",
    "Target",
    "TimeAxis",
    "Transfer",
    "Trunks",
    "Wish",
    "WishKind",
    "Workforce",
    "part",
    "silent",
]
