"""From history to numbers with doubt: `forecast`, and `backtest` for how far to trust it."""

from wfm.forecasting.backtest import backtest
from wfm.forecasting.forecast import forecast

__all__ = ["backtest", "forecast"]
