"""Run everything and print the tables."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys

from rich.console import Console

from benchmarks.simulation.precision import same_days, spread_days
from benchmarks.simulation.size import large, thousand_days, threads
from benchmarks.simulation.speed import speeds
from benchmarks.simulation.start import starts


def main(rounds: int) -> None:
    show = Console().print
    show(speeds(rounds))
    show(starts())
    show(threads(rounds))
    show(same_days())
    show(spread_days())
    show(thousand_days())
    show(large())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
