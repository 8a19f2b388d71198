"""Staffing: a forecast turned into agents present, rostered and paid."""

from wfm.staffing.calculator import CalculatorRow, calculator
from wfm.staffing.pooled import Pooled, pooled
from wfm.staffing.require import require

__all__ = ["CalculatorRow", "Pooled", "calculator", "pooled", "require"]
