"""History files of real contact centres (interval exports, spreadsheets, call logs) → History."""

from wfm.intake.call_log import read_call_log
from wfm.intake.layouts import LAYOUTS
from wfm.intake.read import read_history

__all__ = ["LAYOUTS", "read_call_log", "read_history"]
