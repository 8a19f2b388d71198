"""Many days and many people: CPU seconds, wall clock, memory, and what a second thread costs."""

from __future__ import annotations

import resource
import time
from dataclasses import replace
from functools import partial
from statistics import median

import numpy as np
from rich.table import Table

from benchmarks.simulation.centres import AXIS, LINES, forecast_of, rates, roster_of
from benchmarks.simulation.speed import cpu_s
from simulation import simulate
from wfm.model import Experiment, Roster


def threads(rounds: int) -> Table:
    """CPU of 400 days of the routing case by one worker and by two, and the wall clock."""
    shown = Table("400 days, 100 agents, five queues", "CPU seconds", "wall seconds")
    paths = np.random.default_rng(2).poisson(rates(), (400, 5, 96)).astype(float)
    predicted, roster = forecast_of(LINES, rates(), paths), roster_of(100)
    taken: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    for _ in range(rounds):
        for workers, values in taken.items():
            begun = time.perf_counter()
            cpu = cpu_s(partial(simulate, predicted, LINES, roster, Experiment(400, workers=workers)))
            values.append((cpu, time.perf_counter() - begun))
    for workers, values in taken.items():
        shown.add_row(f"{workers} worker{'s' * (workers > 1)}", *(f"{median(column):.2f}" for column in zip(*values, strict=True)))
    ratio = median(two[0] / one[0] for one, two in zip(taken[1], taken[2], strict=True))
    shown.add_row("two ÷ one, median of pairs", f"{ratio:.3f}", "")
    return shown


def thousand_days() -> Table:
    paths = np.random.default_rng(2).poisson(rates(), (1000, 5, 96)).astype(float)
    run = partial(simulate, forecast_of(LINES, rates(), paths), LINES, roster_of(100), Experiment(1000))
    begun = time.perf_counter()
    taken = cpu_s(run)
    shown = Table("1,000 days, 100 agents, five queues, two workers", "")
    shown.add_row("CPU seconds", f"{taken:.2f}")
    shown.add_row("wall seconds", f"{time.perf_counter() - begun:.2f}")
    return shown


def large() -> Table:
    """A day of a million contacts and 10,000 agents: seconds and the greatest memory of the process so far."""
    mean = rates() * (1e6 / rates().sum())
    predicted = forecast_of(LINES, mean, np.random.default_rng(5).poisson(mean)[None].astype(float))
    roster = Roster(AXIS, tuple(replace(one, agent=f"{one.agent} {k:03}") for one in roster_of(100).shifts for k in range(190)))
    taken = cpu_s(partial(simulate, predicted, LINES, roster, Experiment(1, workers=1)))
    shown = Table("a million contacts, 19,000 agents on shifts", "")
    shown.add_row("CPU seconds", f"{taken:.2f}")
    shown.add_row("memory, MB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}")
    return shown
