"""From history to numbers with doubt: `forecast`, and `backtest` for how far to trust it; `*_frame` for the same from data frames."""

from wfm.forecasting.backtest import backtest, backtest_by_lead
from wfm.forecasting.forecast import forecast
from wfm.forecasting.frames import (
    FrameForecast,
    archived,
    backtest_frame,
    edited,
    forecast_frame,
    forecast_frames,
    handle_time_frame,
    open_intervals,
    reforecast_frame,
)
from wfm.forecasting.today import RestOfDay, Today, read_today, rest_of_today
from wfm.model import Edit, Event

__all__ = [
    "Edit",
    "Event",
    "FrameForecast",
    "RestOfDay",
    "Today",
    "archived",
    "backtest",
    "backtest_by_lead",
    "backtest_frame",
    "edited",
    "forecast",
    "forecast_frame",
    "forecast_frames",
    "handle_time_frame",
    "open_intervals",
    "read_today",
    "reforecast_frame",
    "rest_of_today",
]
