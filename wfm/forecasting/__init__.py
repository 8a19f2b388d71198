"""From history to numbers with doubt: `forecast`, and `backtest` for how far to trust it; `*_frame` for the same from data frames."""

from wfm.forecasting.backtest import backtest
from wfm.forecasting.forecast import forecast
from wfm.forecasting.frames import FrameForecast, archived, forecast_frame, handle_time_frame, reforecast_frame

__all__ = ["FrameForecast", "archived", "backtest", "forecast", "forecast_frame", "handle_time_frame", "reforecast_frame"]
