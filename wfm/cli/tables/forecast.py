"""A forecast and its backtest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wfm.cli.tables.base import say, table
from wfm.model import Accuracy, Forecast
from wfm.report.words import figure


def show_forecast(predicted: Forecast, written: Sequence[str]) -> None:
    rows = [[name, f"{predicted.mean[i].sum():,.0f}", _day_band(predicted, i)] for i, name in enumerate(predicted.queues)]
    table("Forecast", ["queue", "contacts in the plan", "80 % band of a day"], rows)
    if predicted.accuracy:
        columns = ["queue", "method", "origins", "WAPE interval", "noise floor", "WAPE day", "bias", "in 80 % band"]
        table("Backtest, the planner's own baseline beside it", columns, [_accuracy(row) for row in predicted.accuracy])
    say([*(f"note: {note}" for note in predicted.notes), *(f"wrote {path}" for path in written)])


def _accuracy(row: Accuracy) -> list[str]:
    return [
        row.queue,
        row.method,
        str(row.origins),
        *(figure(v, "share") for v in (row.wape, row.floor, row.wape_day, row.bias, row.cover80)),
    ]


def _day_band(predicted: Forecast, queue: int) -> str:
    """Mean half-width of the 80 % band of an open day's total, as a share of it."""
    days = predicted.axis.by_day(predicted.paths[:, queue, :])
    mean = days.mean(axis=0)
    if not mean.any():
        return "–"
    low, high = np.quantile(days[:, mean > 0], (0.1, 0.9), axis=0)
    return f"± {np.mean((high - low) / 2 / mean[mean > 0]):.0%}"
