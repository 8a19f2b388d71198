"""Many queues in one call: `python -m benchmarks.forecast_batch [QUEUES] [WORKERS]`. Prints CPU seconds a queue, all processes together.

Each queue has a year of half-hourly counts round the clock and is forecast four weeks ahead with 300 paths.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np
import pandas as pd

from wfm.forecasting import forecast_frames


def cpu_s() -> float:
    """Processor time of this process and its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(queues: int, workers: int) -> None:
    index, ahead = (pd.date_range(start, periods=days * 48, freq="30min") for start, days in (("2024-01-01", 366), ("2025-01-01", 28)))
    rng = np.random.default_rng(1)
    level = 20 * (1 + 0.5 * np.sin(2 * np.pi * (index.hour - 6) / 24))
    histories = {f"queue {i}": pd.DataFrame({"interval_start": index, "contacts": rng.poisson(level)}) for i in range(queues)}
    begun, used = time.perf_counter(), cpu_s()
    made = sum(1 for _ in forecast_frames(histories, ahead, step_minutes=30, country="DE", workers=workers))
    print(f"{made} queues, {workers} workers: {(cpu_s() - used) / made:.3f} s CPU each, {time.perf_counter() - begun:.0f} s in all")


if __name__ == "__main__":
    main(*(int(value) for value in (*sys.argv[1:], *("1000", "2")[len(sys.argv) - 1 :])))
