"""Column generation over one patch: the linear bound, and the shares from which dives read which cells are nearly decided."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scheduling.days.case import Patch
from scheduling.days.clock import Clock
from scheduling.days.kernel import INF
from scheduling.days.master import Master, Relaxed
from scheduling.days.problem import Rota
from wfm.model.arrays import FloatArray, IntArray

STEP_WORK = 8e-8  # of one simplex step, for each row
COLUMN_WORK = 1e-6  # of each column in one solve, what Python does included
STATE_WORK = 0.8e-9  # of one state of the compiled programme
SMOOTH = 0.7  # weight of the prices that gave the best bound
PART = 40  # people priced at once; more than twice as many are priced in turns
KEPT = 40  # columns kept for each person when the programme is thinned out


@dataclass(frozen=True, eq=False)
class Generated:
    """relaxed: the last linear programme. bound: proven least cost of the patch. worth (days, shifts): the prices that prove it."""

    relaxed: Relaxed
    bound: float
    worth: FloatArray


class Generator:
    """Prices rows of everybody against the linear programme until nothing is missing, or a bound says that it is in vain."""

    def __init__(self, patch: Patch, clock: Clock, worth: FloatArray | None = None, rows: Rota | None = None):
        """worth (days, shifts): prices to begin with. rows: one row for each person, to begin with."""
        self.patch, self.clock = patch, clock
        self.master = Master(patch)
        self.everyone = np.arange(len(patch.people))
        self.turn = 0
        self.row_work = STATE_WORK * states_of(patch)
        self.centre = patch.clipped(np.zeros(patch.need.shape) if worth is None else worth)
        if rows is not None:
            self.master.add(self.everyone, rows)
        self._price(self.everyone, self.centre)

    def run(self, cutoff: float = INF, rounds: int = 10_000, smooth: float = SMOOTH) -> Generated:
        """Generate until the bound reaches what the programme costs or `cutoff`, or for so many rounds.

        Raises Spent when the clock says so.
        """
        bound, worth, alpha = -INF, self.centre, smooth
        while True:
            relaxed = self._solve()
            rounds -= 1
            if rounds < 0 or bound >= min(cutoff, self._tight(relaxed.cost)):
                break
            asked = self.patch.clipped(relaxed.worth)
            alpha = smooth if alpha > 0.05 else alpha
            added = 0
            while not added and bound < cutoff:
                prices = alpha * self.centre + (1 - alpha) * asked if alpha else asked
                found, added = self._round(prices)
                if found > bound:
                    bound, worth = found, prices
                if alpha == 0.0:
                    break
                alpha = alpha / 2 if alpha > 0.1 else 0.0
            self.centre = worth if bound > -INF else prices
            if not added:
                break
        return Generated(relaxed, bound, worth)

    def restrict(self) -> None:
        """After the patch changed: switch off the columns that are forbidden now, on those that are not, and limit the cover."""
        self.centre = self.patch.clipped(self.centre)
        self.master.allow(np.isfinite(self.patch.price_of_rows(self.master.who, self.master.rows)))
        self.master.limit_cover()

    def shares(self, relaxed: Relaxed) -> FloatArray:
        """(people, days, shifts + 1): share of each cell, the last for a day off."""
        people, days, shifts = self.patch.price.shape
        shares, master = np.zeros((people, days, shifts + 1)), self.master
        used = np.flatnonzero(relaxed.share[: len(master.who)] > 1e-9)
        np.add.at(shares, (master.who[used, None], np.arange(days), master.rows[used]), relaxed.share[used, None])
        return shares

    def thin(self, found: Generated) -> Generated:
        """Forget the dearest columns where there are many; those in use stay. Returns `found` in terms of those that are left."""
        many, count = KEPT * len(self.everyone), len(self.master.who)
        if count <= 2 * many:
            return found
        share = found.relaxed.share[:count]
        reduced = self.master.reduced(found.worth)
        reduced -= _least_of_each(self.master.who, reduced, len(self.everyone))[self.master.who]
        reduced[share > 0] = -INF
        gone = reduced > np.partition(reduced, many)[many]
        self.master.drop(gone)
        return replace(found, relaxed=replace(found.relaxed, share=share[~gone]))

    def _tight(self, cost: float) -> float:
        """The bound from which on more columns prove no more."""
        return float(np.ceil(cost - 1e-6)) - 1 + 2e-3 if self.patch.case.whole else cost - 1e-6

    def _solve(self) -> Relaxed:
        before = self.master.steps
        relaxed = self.master.solve(self.clock.seconds_left)
        steps = self.master.steps - before + 10
        self.clock.spend(STEP_WORK * steps * (len(self.everyone) + self.patch.need.size) + COLUMN_WORK * len(self.master.who))
        return relaxed

    def _round(self, prices: FloatArray) -> tuple[float, int]:
        """(bound, -inf where not everybody was asked; rows added)."""
        total, count = self.patch.cover_bound(prices) + self.patch.fixed, len(self.everyone)
        parts = 1 if count <= 2 * PART else -(-count // PART)
        for _ in range(parts):
            bounds, added = self._price(self.everyone[self.turn % parts :: parts], prices)
            total += float(bounds.sum())
            self.turn += 1
            if added and parts > 1:
                return -INF, added
        return total, added

    def _price(self, who: IntArray, prices: FloatArray) -> tuple[FloatArray, int]:
        costs, bounds, rows = self.patch.best_rows(who, prices)
        self.clock.spend(self.row_work * len(who))
        there = costs < INF
        return bounds, self.master.add(who[there], rows[there])


def _least_of_each(who: IntArray, values: FloatArray, people: int) -> FloatArray:
    least = np.full(people, INF)
    np.minimum.at(least, who, values)
    return least


def states_of(patch: Patch) -> float:
    """About how many states the compiled programme looks at for one person, transitions counted."""
    _, _, high, weekends, _, _ = patch.edges
    longest = patch.case.pack.length[patch.people].max(axis=1)
    minutes = np.minimum(high.max(axis=(1, 2)), patch.days * longest).mean() + 1
    return float(patch.days * high.shape[1] * (weekends.mean() + 1) * minutes * (patch.case.pack.classes[patch.people].mean() + 1))
