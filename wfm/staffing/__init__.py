"""Staffing: a forecast turned into agents present, rostered and paid."""

from wfm.staffing.calculator import CalculatorRow, calculator
from wfm.staffing.require import require

__all__ = ["CalculatorRow", "calculator", "require"]
