"""The same forecasts from plain data frames: no scenario, no files."""

from wfm.forecasting.frames.archive import archived
from wfm.forecasting.frames.batch import forecast_frames
from wfm.forecasting.frames.edits import edited
from wfm.forecasting.frames.forecast_frame import FrameForecast, forecast_frame
from wfm.forecasting.frames.handle_frame import handle_time_frame
from wfm.forecasting.frames.opening import open_intervals
from wfm.forecasting.frames.reforecast_frame import reforecast_frame
from wfm.forecasting.frames.rolling import backtest_frame

__all__ = [
    "FrameForecast",
    "archived",
    "backtest_frame",
    "edited",
    "forecast_frame",
    "forecast_frames",
    "handle_time_frame",
    "open_intervals",
    "reforecast_frame",
]
