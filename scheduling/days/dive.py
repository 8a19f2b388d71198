"""Dives: fix the cells (person, day, shift or off) the linear programme has nearly decided, price again, take back what fails."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduling.days.columns import Generated, Generator
from scheduling.days.kernel import INF
from scheduling.days.problem import OFF, Rota
from wfm.model.arrays import FloatArray, IntArray

SURE = 0.8  # a cell with this share is fixed together with others
BATCH = 0.1  # at most this part of the open cells at once
ROUNDS = 8  # of pricing after each batch
FLIPS = 30  # cells forbidden before the dive gives up


@dataclass(frozen=True)
class DiveSettings:
    """noise: standard deviation added to the shares, so that a second dive goes elsewhere. batch, rounds, flips: see the constants."""

    noise: float = 0.0
    batch: float = BATCH
    rounds: int = ROUNDS
    flips: int = FLIPS


class Dive:
    """One dive in one patch; its prices are given back as they were."""

    def __init__(self, generator: Generator, cutoff: float, random: np.random.Generator, settings: DiveSettings | None = None):
        self.generator, self.patch, self.cutoff, self.random = generator, generator.patch, cutoff, random
        self.settings = settings or DiveSettings()
        people, days, shifts = self.patch.price.shape
        self.fixed = np.zeros((people, days), bool)
        self.noise = random.normal(0, self.settings.noise, (people, days, shifts + 1)) if self.settings.noise else 0.0

    def run(self, root: Generated) -> Rota | None:
        """Rows of a cost below the cutoff, or None. Raises Spent."""
        before = self.patch.price.copy(), self.patch.rest.copy()
        try:
            return self._descend(root)
        finally:
            self.patch.price, self.patch.rest = before
            self.generator.restrict()

    def _descend(self, state: Generated) -> Rota | None:
        flips = 0
        while True:
            shares = self.generator.shares(state.relaxed)
            rows = self._whole(shares)
            if rows is not None and not state.relaxed.missing:
                return rows if self.patch.price_of(rows) < self.cutoff - 1e-6 else None
            cells = self._choose(shares)
            if not len(cells):
                return None
            deeper = self._try(cells) or (self._try(cells[:1]) if len(cells) > 1 else None)
            while deeper is None:
                flips += 1
                if flips > self.settings.flips:
                    return None
                deeper = self._forbid(cells[0])
                if deeper is None:
                    return None
            state = deeper

    def _whole(self, shares: FloatArray) -> Rota | None:
        """The rows, if nobody's days are shared between two any more."""
        chosen = shares.argmax(axis=2)
        if shares.max(axis=2).min(initial=1.0) < 1 - 1e-6:
            return None
        return np.where(chosen == self.patch.price.shape[2], OFF, chosen).astype(np.int16)

    def _choose(self, shares: FloatArray) -> IntArray:
        """(cells, 3): person, day, choice; surest first."""
        worth = np.where(self.fixed[:, :, None], -INF, shares + self.noise * (shares > 1e-6))
        best = worth.max(axis=2)
        choice = worth.argmax(axis=2)
        order = np.argsort(-best, axis=None, kind="stable")
        order = order[best.ravel()[order] > -INF]
        sure = int((best.ravel()[order] >= SURE).sum())
        count = min(sure, int(self.settings.batch * len(order)))
        people, days = np.unravel_index(order[: max(count, 1)], best.shape)
        return np.stack([people, days, choice[people, days]], axis=1)

    def _try(self, cells: IntArray) -> Generated | None:
        """Fix the cells and price again; None, and nothing changed, where the bound reaches the cutoff."""
        return self._changed(cells, self._fix, True)

    def _forbid(self, cell: IntArray) -> Generated | None:
        return self._changed(cell[None], self._close, False)

    def _changed(self, cells: IntArray, change, fixes: bool) -> Generated | None:
        before = self.patch.price.copy(), self.patch.rest.copy()
        for person, day, choice in cells:
            change(person, day, choice)
        self.generator.restrict()
        state = self.generator.run(self.cutoff, self.settings.rounds, 0.0)
        if state.bound >= self.cutoff or state.relaxed.missing:
            self.patch.price, self.patch.rest = before
            self.generator.restrict()
            return None
        if fixes:
            self.fixed[cells[:, 0], cells[:, 1]] = True
        return state

    def _fix(self, person: int, day: int, choice: int) -> None:
        last = self.patch.price.shape[2]
        kept = self.patch.price[person, day, choice] if choice < last else INF
        self.patch.price[person, day] = INF
        if choice < last:
            self.patch.price[person, day, choice] = kept
            self.patch.rest[person, day] = INF

    def _close(self, person: int, day: int, choice: int) -> None:
        if choice < self.patch.price.shape[2]:
            self.patch.price[person, day, choice] = INF
        else:
            self.patch.rest[person, day] = INF
