"""The same forecasts from plain data frames: no scenario, no files."""

from wfm.forecasting.frames.archive import archived
from wfm.forecasting.frames.forecast_frame import FrameForecast, forecast_frame
from wfm.forecasting.frames.handle_frame import handle_time_frame
from wfm.forecasting.frames.reforecast_frame import reforecast_frame

__all__ = ["FrameForecast", "archived", "forecast_frame", "handle_time_frame", "reforecast_frame"]
