"""Targets for the least number of agents: how far a system is on the right side of the worst of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wfm.queueing.special import Array
from wfm.queueing.system import Figures

SL_DEFINITIONS = ("offered", "answered", "abandons_met", "abandons_excluded", "virtual")
ASA_MEASURES = {"served": "wait_served", "all": "asa_all", "virtual": "virtual_wait"}

_FAR = 60.0


@dataclass(frozen=True)
class Wanted:
    """One target. measure: a field of `Measures`. value (rows,). at_least: True for service levels, False for what must stay small."""

    measure: str
    value: Array
    at_least: bool

    def take(self, rows: np.ndarray) -> Wanted:
        """The chosen rows."""
        return Wanted(self.measure, self.value[rows], self.at_least)

    def met(self, figures: Figures) -> np.ndarray:
        """Which rows meet it; what is not a number does not. What misses by rounding alone, such as 85 ÷ 0.85, does."""
        found = figures[self.measure]
        return found >= self.value * (1 - 1e-15) if self.at_least else found <= self.value * (1 + 1e-14)

    def slack(self, figures: Figures) -> Array:
        """Positive where met, on a scale on which agents count about evenly, in [−60, 60]: logits for a service level, else logarithms."""
        found = figures[self.measure]
        with np.errstate(divide="ignore", invalid="ignore"):
            distance = _logit(found) - _logit(self.value) if self.at_least else np.log(self.value) - np.log(found)
        return np.clip(np.nan_to_num(distance, nan=-_FAR, posinf=_FAR, neginf=-_FAR), -_FAR, _FAR)


def _logit(share: Array) -> Array:
    return np.asarray(np.log(share) - np.log1p(-share))


def judged(wanted: tuple[Wanted, ...], figures: Figures) -> tuple[np.ndarray, Array]:
    """Which rows meet every target, and the slack of the worst."""
    met = np.logical_and.reduce([target.met(figures) for target in wanted])
    return met, np.minimum.reduce([target.slack(figures) for target in wanted])


Judge = Callable[[np.ndarray, Array], tuple[np.ndarray, Array]]
"""(rows, agents) → (met, slack) for those rows."""
