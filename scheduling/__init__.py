"""Scheduling: named people, every rule, every training hour, a proven bound, and a reason where it cannot be had."""

from scheduling.checker import check
from scheduling.hiring import Hire, WhatIf, verify_hire, what_if_hire
from scheduling.price import Price, objective
from scheduling.repair import Change, Repaired, Swap, changes, idle_absences, named, repair, swap_allowed, until
from scheduling.rules import RULES, Violation
from scheduling.solve import schedule

__all__ = [
    "RULES",
    "Change",
    "Hire",
    "Price",
    "Repaired",
    "Swap",
    "Violation",
    "WhatIf",
    "changes",
    "check",
    "idle_absences",
    "named",
    "objective",
    "repair",
    "schedule",
    "swap_allowed",
    "until",
    "verify_hire",
    "what_if_hire",
]
