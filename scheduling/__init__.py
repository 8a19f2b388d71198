"""Scheduling: named people, every rule, every training hour, a proven bound, and a reason where it cannot be had."""

from scheduling.checker import check
from scheduling.price import Price, objective
from scheduling.rules import RULES, Violation
from scheduling.solve import schedule

__all__ = ["RULES", "Price", "Violation", "check", "objective", "schedule"]
