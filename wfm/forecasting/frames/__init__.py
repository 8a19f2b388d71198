"""The same forecasts from plain data frames: no scenario, no files."""

from wfm.forecasting.frames.forecast_frame import FrameForecast, forecast_frame
from wfm.forecasting.frames.handle_frame import handle_time_frame

__all__ = ["FrameForecast", "forecast_frame", "handle_time_frame"]
