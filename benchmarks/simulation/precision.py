"""What the same days, and days spread evenly by volume, save."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from rich.table import Table

from benchmarks.simulation.centres import AXIS, LINES, forecast_of, one_queue, rates, roster_of, shift
from simulation import simulate
from wfm.model import Experiment, Outcome, Roster


def service(outcome: Outcome) -> np.ndarray:
    """Share answered in target by replication, (replications,)."""
    return outcome.answered_in_target.sum(axis=(1, 2)) / outcome.offered.sum(axis=(1, 2))


def same_days() -> Table:
    """Variance of a difference between two rosters: independent days ÷ the same days."""
    predicted = forecast_of(LINES, rates(), np.random.default_rng(3).poisson(rates(), (300, 5, 96)).astype(float))
    other = replace(predicted, paths=np.random.default_rng(4).poisson(rates(), (300, 5, 96)).astype(float))
    few, more = (simulate(predicted, LINES, roster_of(agents), Experiment(300, workers=1)) for agents in (100, 105))
    strange = simulate(other, LINES, roster_of(105), Experiment(300, workers=1, seed=2))
    same, apart = service(more) - service(few), service(strange) - service(few)
    return saved("five agents more, difference of the share answered in target, 300 days", "independent days", apart, "the same days", same)


def spread_days() -> Table:
    """Variance of the share answered in target of 64 days of a random volume (spread 19 %): paths by chance ÷ spread evenly; 30 trials."""
    centre, dice = one_queue(), np.random.default_rng(6)
    queues, mean = centre.setting.queues, np.where(np.arange(96) < 40, 150.0, 0.0)[None]
    paths = dice.poisson(dice.gamma(28.7, 1 / 28.7, (6000, 1, 1)) * mean).astype(float)
    roster = Roster(AXIS, tuple(shift(f"agent {k:03}", (0, 600, ("calls",))) for k in range(55)))
    found: dict[int, list[float]] = {64: [], 6000: []}
    for trial in range(30):
        chosen = paths[dice.permutation(6000)]
        for size, levels in found.items():
            outcome = simulate(forecast_of(queues, mean, chosen[:size]), queues, roster, Experiment(64, workers=2, seed=trial))
            levels.append(float(outcome.answered_in_target.sum() / outcome.offered.sum()))
    return saved("64 days of uncertain volume, 30 trials", "by chance", np.array(found[64]), "spread evenly", np.array(found[6000]))


def saved(title: str, first: str, before: np.ndarray, second: str, after: np.ndarray) -> Table:
    shown = Table(title, "standard deviation")
    shown.add_row(first, f"{before.std(ddof=1):.5f}")
    shown.add_row(second, f"{after.std(ddof=1):.5f}")
    shown.add_row("replications saved", f"{(before.std() / after.std()) ** 2:.0f} ×")
    return shown
