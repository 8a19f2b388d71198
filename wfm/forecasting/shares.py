"""Small queues as shares of their family: numbers in, numbers out.

A family's total is forecast well where its queues are mostly noise, and their shares of it move slowly. A share is the queue's base ×
its time of day × its weekday, each drawn to "no difference" as far as contacts are few, over the queues that are open. Day by day
shares scatter more than chance alone: Dirichlet-multinomial, its one parameter by moments.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.forecasting.views import Horizon, Past
from wfm.model.arrays import BoolArray, FloatArray

HALF_LIFE_DAYS = 56.0
PRIOR_CONTACTS = 30.0
"""Contacts of the family that a slot or weekday is believed to have had without any difference."""
SMOOTH_MINUTES = 90.0
LEAST_SCATTER = 1e-6
SCATTER_DAYS = 84
"""Days that show the scatter: earlier ones had other shares."""


@dataclass(frozen=True, eq=False)
class Shares:
    """weight (queues, 7, slots): shares before they are brought to 1 over the open queues. scatter: 0–1, correlation of contacts of one
    day in their choice of queue; 0 where chance alone rules."""

    weight: FloatArray
    scatter: float

    def on(self, horizons: list[Horizon]) -> FloatArray:
        """Shares on the horizon's intervals, (queues, intervals): columns sum to 1 where any queue is open, else to 0."""
        laid = np.stack([horizon.spread(weight) * horizon.is_open for weight, horizon in zip(self.weight, horizons, strict=True)])
        total = laid.sum(axis=0)
        alone = np.stack([horizon.is_open for horizon in horizons]).astype(float)
        laid = np.where(total > 0, laid, alone)
        return laid / np.maximum(laid.sum(axis=0), 1e-300)


def together(pasts: list[Past]) -> tuple[Past, FloatArray]:
    """The family's past, and each queue's counts on its days, (queues, days, slots), 0 where a queue was closed.

    A slot of the family is known where no queue's is lost.
    """
    pasts = [past for past in pasts if past.days]
    first = min(past.first for past in pasts)
    last = max(int(past.ordinals[-1]) for past in pasts)
    shape = (last - first.toordinal() + 1, pasts[0].counts.shape[1])
    counts, lost, is_open = np.zeros((len(pasts), *shape)), np.zeros(shape, bool), np.zeros(shape, bool)
    known = np.zeros(shape, bool)
    for row, past in enumerate(pasts):
        days = slice(past.first.toordinal() - first.toordinal(), past.first.toordinal() - first.toordinal() + past.days)
        seen = np.isfinite(past.counts)
        counts[row, days] = np.where(seen, past.counts, 0.0)
        known[days] |= seen
        lost[days] |= past.is_open & ~seen
        is_open[days] |= past.is_open
    usable = known & ~lost
    return Past(first, np.where(usable, counts.sum(axis=0), np.nan), is_open), np.where(usable, counts, 0.0)


def learnt_shares(family: Past, counts: FloatArray) -> Shares:
    """Shares of the queues from their counts (queues, days, slots) on the family's days."""
    weight = 0.5 ** ((family.ordinals[-1] - family.ordinals) / HALF_LIFE_DAYS)
    recent = counts * weight[:, None]
    base = recent.sum(axis=(1, 2)) + 0.5
    base /= base.sum()
    by_slot = _smooth(recent.sum(axis=1))
    by_weekday = np.stack([recent[:, family.weekday == day].sum(axis=(1, 2)) for day in range(7)], axis=1)
    share = base[:, None, None] * _relative(by_weekday, base)[:, :, None] * _relative(by_slot, base)[:, None, :]
    return Shares(share, _scatter(family, counts, share))


def _relative(number: FloatArray, base: FloatArray) -> FloatArray:
    """Share of each queue in each cell ÷ its base, (queues, cells), drawn to 1."""
    prior = PRIOR_CONTACTS * base[:, None]
    return (number + prior) / (number.sum(axis=0) + PRIOR_CONTACTS) / base[:, None]


def _smooth(by_slot: FloatArray) -> FloatArray:
    """Counts (queues, slots) averaged over neighbouring slots of the day."""
    slots = by_slot.shape[1]
    apart = np.abs(np.arange(slots)[:, None] - np.arange(slots)[None, :])
    apart = np.minimum(apart, slots - apart) * (1440 / slots)
    kernel = np.maximum(1 - apart / SMOOTH_MINUTES, 0.0)
    return by_slot @ kernel.T


def _scatter(family: Past, counts: FloatArray, share: FloatArray) -> float:
    """Extra variance of day totals beyond multinomial: E Σ (N−np)²/np = (queues − 1)(1 + (n − 1) scatter)."""
    due = share[:, family.weekday] * (counts.sum(axis=0) > 0)
    due = due / np.maximum(due.sum(axis=0), 1e-300) * counts.sum(axis=0)
    expected, actual = due.sum(axis=2), counts.sum(axis=2)
    total = actual.sum(axis=0)
    usable = (total > 1) & (expected > 0).all(axis=0) & (family.ordinals > family.ordinals[-1] - SCATTER_DAYS)
    free = (len(counts) - 1) * usable.sum()
    if not free:
        return 0.0
    chi2 = ((actual - expected) ** 2)[:, usable] / expected[:, usable]
    excess = float(chi2.sum() - free) / float((len(counts) - 1) * (total[usable] - 1).sum())
    return float(np.clip(excess, 0.0, 0.5))


def split_paths(paths: FloatArray, share: FloatArray, day: FloatArray, scatter: float, rng: np.random.Generator) -> FloatArray:
    """Counts of the family (paths, intervals) dealt to its queues, (paths, queues, intervals); they sum to the family's exactly.

    share (queues, intervals), columns of sum 1 (0 where nothing is open). day (intervals,): day of each interval.
    """
    chances = np.broadcast_to(share, (len(paths), *share.shape))
    if scatter > LEAST_SCATTER:
        chances = chances * _day_factors(paths, share, day, scatter, rng)[:, :, day]
        total = chances.sum(axis=1, keepdims=True)
        chances = np.where(total > 0, chances / np.where(total > 0, total, 1.0), share)
    dealt = np.zeros((len(paths), *share.shape))
    left = paths.astype(np.int64)
    for queue in range(len(share) - 1):
        mine, later = chances[:, queue], chances[:, queue + 1 :].sum(axis=1)
        won = rng.binomial(left, np.where(mine > 0, mine / np.where(mine > 0, mine + later, 1.0), 0.0))
        dealt[:, queue], left = won, left - won
    dealt[:, -1] = left
    return dealt


def _day_factors(paths: FloatArray, share: FloatArray, day: FloatArray, scatter: float, rng: np.random.Generator) -> FloatArray:
    """How each queue's share of a day stands to the usual one, (paths, queues, days): Dirichlet round it."""
    days = int(day[-1]) + 1
    usual = np.stack([np.bincount(day, row, minlength=days) for row in share])
    usual = usual / np.maximum(usual.sum(axis=0), 1e-300)
    pull = usual * (1 / scatter - 1)
    drawn = rng.standard_gamma(np.broadcast_to(pull, (len(paths), *pull.shape)))
    drawn = drawn / np.maximum(drawn.sum(axis=1, keepdims=True), 1e-300)
    return np.where(usual > 0, drawn / np.where(usual > 0, usual, 1.0), 1.0)


def any_open(horizons: list[Horizon]) -> BoolArray:
    """(intervals,) where any of the queues is open."""
    return np.any([horizon.is_open for horizon in horizons], axis=0)
