"""Forecasts of real series by rolling origins, and their cost: `python -m benchmarks.forecasting DATA [ORIGINS]`.

DATA holds bank_calls, technion_bank, service_desk, denver_911 and ambulance_daily. Prints one row a series, lead and method.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from wfm.forecasting import backtest_frame, forecast_frame

SERIES = {
    "bank": ("bank_calls/bank_calls_5min.csv", "interval_start", "calls", {"step_minutes": 30, "country": "US"}),
    "technion": ("technion_bank/arrivals_6min.csv.gz", "interval_start", "calls", {"step_minutes": 30, "country": "IL"}),
    "desk": ("service_desk/service_desk_hourly.csv.gz", "hour_start", "offered", {"step_minutes": 60, "country": "DE"}),
    "denver": ("denver_911/denver_911_hourly.csv.gz", "hour_start", "calls", {"step_minutes": 60, "country": "US"}),
    "ambulance": ("ambulance_daily/daily_responses_by_region.csv.gz", "date", "responses", {"step_minutes": 1440, "country": "GB"}),
}
SHOWN = ["wape", "wape_day", "bias", "mase", "cover80", "cover95", "cover80_day", "cover95_day", "floor"]


def series(folder: Path, name: str) -> tuple[pd.DataFrame, dict]:
    file, start, count, how = SERIES[name]
    frame = pd.read_csv(folder / file).rename(columns={start: "interval_start", count: "contacts"})
    if "region" in frame:
        frame = frame[frame.region == "Trust"]
    return frame[["interval_start", "contacts"]], how


def accuracy(folder: Path, origins: int) -> None:
    ratios = []
    for name in SERIES:
        frame, how = series(folder, name)
        leads = (7, 84) if name == "ambulance" else (1, 7, 28)
        table = backtest_frame(frame, **how, leads=leads, origins=origins)
        print(f"\n{name}\n{table.set_index(['lead_days', 'method'])[SHOWN].sort_index().round(3).to_string()}")
        wape = table.pivot_table(index="lead_days", columns="method", values="wape")
        ratios.append(np.log(wape["profile"] / wape["mean4"]))
    print("\ngeometric mean of WAPE against the mean of four same weekdays, by lead:")
    print(np.exp(pd.concat(ratios, axis=1).mean(axis=1)).round(3).to_string())


def speed(folder: Path) -> None:
    frame, how = series(folder, "bank")
    ahead = pd.date_range("2003-07-19", periods=28 * 48, freq="30min")
    ahead = ahead[(ahead.day_of_week < 5) & (ahead.hour >= 7) & (ahead.hour < 21)]
    forecast_frame(frame, ahead, **how)
    begun = time.process_time()
    forecast_frame(frame, ahead, **how)
    print(f"\nfour weeks of the bank at 30 minutes, 300 paths: {time.process_time() - begun:.2f} s CPU")
    year = pd.date_range("2024-01-01", periods=366 * 288, freq="5min")
    long = pd.DataFrame({"interval_start": year, "contacts": np.random.default_rng(1).poisson(20, len(year))})
    begun = time.process_time()
    forecast_frame(long, pd.date_range("2025-01-01", periods=28 * 288, freq="5min"), step_minutes=5)
    print(f"a year of 5-minute history, four weeks ahead at 5 minutes: {time.process_time() - begun:.2f} s CPU")
    begun = time.process_time()
    for seed in range(20):
        forecast_frame(frame, ahead, **how, seed=seed)
    print(f"one of twenty queues like the bank: {(time.process_time() - begun) / 20:.2f} s CPU")


if __name__ == "__main__":
    data = Path(sys.argv[1])
    accuracy(data, int(sys.argv[2]) if len(sys.argv) > 2 else 8)
    speed(data)
