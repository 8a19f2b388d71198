"""Forecasts and backtests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from wfm.cli.tables.base import say, table
from wfm.model import Accuracy, Forecast
from wfm.report.words import figure

if TYPE_CHECKING:
    from wfm.forecasting import FrameForecast


def show_forecast(predicted: Forecast, written: Sequence[str]) -> None:
    rows = [[name, f"{predicted.mean[i].sum():,.0f}", _day_band(predicted, i)] for i, name in enumerate(predicted.queues)]
    table("Forecast", ["queue", "contacts in the plan", "80 % band of a day"], rows)
    if predicted.accuracy:
        columns = ["queue", "method", "origins", "WAPE", "floor", "WAPE day", "bias", "in 80 %"]
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


def show_frame(predicted: FrameForecast, written: Sequence[str]) -> None:
    days = predicted.mean.groupby(predicted.mean.index.date).sum()
    rows = [[f"{day:%a %Y-%m-%d}", f"{contacts:,.0f}"] for day, contacts in days.items()]
    table("Forecast", ["day", "contacts"], [*rows, ["all", f"{predicted.mean.sum():,.0f}"]])
    say([*(f"note: {note}" for note in predicted.caveats), *(f"wrote {path}" for path in written)])


def show_backtest(rows: Sequence[dict[str, Any]], written: Sequence[str]) -> None:
    """One table for each lead, so that the methods stand under each other; all but MASE in percent."""
    for lead in sorted({row["lead_days"] for row in rows}):
        same = [row for row in rows if row["lead_days"] == lead]
        title = (
            f"{lead} day{'s' if lead > 1 else ''} ahead, {same[0]['origins']} origins; noise floor {same[0]['floor']:.1%}; in % but MASE"
        )
        table(title, ["method", *BACKTEST], [[row["method"], *(_cell(row[key], key) for key in BACKTEST.values())] for row in same])
    say(f"wrote {path}" for path in written)


BACKTEST = {
    "WAPE": "wape",
    "day": "wape_day",
    "bias": "bias",
    "MASE": "mase",
    "pinb": "pinball",
    "80": "cover80",
    "95": "cover95",
    "d80": "cover80_day",
    "d95": "cover95_day",
    "over": "agents_over",
    "under": "agents_under",
}
"""Errors of intervals and days, pinball loss, what the bands held of intervals and days, agents too many and too few; fits 80 columns."""


def _cell(value: float, key: str) -> str:
    if not np.isfinite(value):
        return "–"
    if key == "mase":
        return f"{value:.2f}"
    return f"{100 * value:.0f}" if key.startswith("cover") else f"{100 * value:.1f}"


def show_leads(rows: Sequence[Accuracy], notes: Sequence[str]) -> None:
    """One table for each queue: what stands in a row looked that many days ahead."""
    for queue in dict.fromkeys(row.queue for row in rows):
        mine = [row for row in rows if row.queue == queue]
        told = [[f"{row.lead_days} {row.method}", *(_cell(getattr(row, key), key) for key in LEADS.values())] for row in mine]
        table(f"{queue}, by days ahead, {max(row.origins for row in mine)} origins; in % but MASE", ["days, method", *LEADS], told)
    say(f"note: {note}" for note in notes)


LEADS = {"WAPE": "wape", "floor": "floor", **{name: key for name, key in BACKTEST.items() if name not in ("WAPE", "pinb", "d95")}}
