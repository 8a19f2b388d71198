"""From history to numbers with doubt: `forecast`, and `backtest` for how far to trust it; `*_frame` for the same from data frames."""

from wfm.forecasting.backtest import backtest
from wfm.forecasting.forecast import forecast
from wfm.forecasting.frames import (
    Edit,
    FrameForecast,
    archived,
    backtest_frame,
    edited,
    forecast_frame,
    handle_time_frame,
    open_intervals,
    reforecast_frame,
)
from wfm.forecasting.views import Event

__all__ = [
    "Edit",
    "Event",
    "FrameForecast",
    "archived",
    "backtest",
    "backtest_frame",
    "edited",
    "forecast",
    "forecast_frame",
    "handle_time_frame",
    "open_intervals",
    "reforecast_frame",
]
