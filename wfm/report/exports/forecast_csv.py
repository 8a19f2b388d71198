"""forecast.csv: expected contacts, their quantiles and the handle time of each interval and queue."""

from __future__ import annotations

from wfm.model import Forecast, Result
from wfm.report.exports.text import csv_bytes, guard, number


def forecast_csv(forecast: Forecast) -> bytes:
    """Columns interval_start, queue, mean, a quantile in per mille each (q025 is 2.5 %), handle_s."""
    axis = forecast.axis
    levels = [f"q{round(level * 1000):03d}" for level in forecast.levels]
    names = [guard(queue) for queue in forecast.queues]
    rows = (
        [axis.stamp(int(minute)), name, *map(number, [forecast.mean[q, i], *forecast.quantiles[:, q, i], forecast.handle_s[q, i]])]
        for i, minute in enumerate(axis.interval_minutes)
        for q, name in enumerate(names)
    )
    return csv_bytes(["interval_start", "queue", "mean", *levels, "handle_s"], rows)


def of_result(result: Result) -> bytes:
    return forecast_csv(result.forecast)
