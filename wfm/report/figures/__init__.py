"""Figures are functions from data; each gives a plotly figure in the centre's local time."""

from wfm.report.figures.accuracy import accuracy_by_lead, lead_name
from wfm.report.figures.comparison import comparison_chart
from wfm.report.figures.coverage import coverage
from wfm.report.figures.forecast import forecast_by_day, forecast_by_interval
from wfm.report.figures.loop import loop_trace
from wfm.report.figures.roster import roster_day, roster_heatmap
from wfm.report.figures.service import service_days, service_intervals
from wfm.report.figures.style import CONFIG
from wfm.report.figures.training import training_bars

__all__ = [
    "CONFIG",
    "accuracy_by_lead",
    "comparison_chart",
    "coverage",
    "forecast_by_day",
    "forecast_by_interval",
    "lead_name",
    "loop_trace",
    "roster_day",
    "roster_heatmap",
    "service_days",
    "service_intervals",
    "training_bars",
]
