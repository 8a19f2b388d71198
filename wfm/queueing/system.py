"""What a formula is given: rows of systems, already broadcast, checked and free of the edge cases."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from wfm.queueing.inputs import nan_of
from wfm.queueing.special import Array

Figures = dict[str, Array]

LEAST_LOAD, MOST = 1e-150, 1e100
"""A load below counts as the least, more load or agents as the most: within them the formulas stay within the floats."""


@dataclass(frozen=True)
class System:
    """Flat rows, each (rows,). load in Erlang > 0, agents > 0 (real), times in seconds, patience_s and capacity may be inf."""

    load: Array
    agents: Array
    aht_s: Array
    patience_s: Array
    capacity: Array
    within_s: Array

    def __len__(self) -> int:
        return len(self.load)

    def take(self, rows: np.ndarray | slice) -> System:
        """The chosen rows."""
        return System(*(values[rows] for values in vars(self).values()))

    def everyday(self) -> bool:
        """Whether every row has calls and agents, of neither too many, and none a nan."""
        if not len(self) or np.isnan(sum(nan_of(values) for values in vars(self).values())):
            return False
        within = self.load.min() >= LEAST_LOAD and self.load.max() <= MOST
        return bool(within and self.agents.min() > 0 and self.agents.max() <= MOST)

    def bounded(self) -> System:
        """The same with loads and agents that the formulas can take; a load of 0 stays."""
        load = np.where(self.load > 0, np.clip(self.load, LEAST_LOAD, MOST), self.load)
        return replace(self, load=load, agents=np.minimum(self.agents, MOST))

    @property
    def calls_per_s(self) -> Array:
        return self.load / self.aht_s


def share(part: Array, whole: Array) -> Array:
    """part ÷ whole, 0 where both vanish, never above 1."""
    return np.minimum(np.divide(part, whole, out=np.zeros_like(part), where=whole > 0), 1.0)
