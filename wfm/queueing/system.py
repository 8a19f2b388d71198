"""What a formula is given: rows of systems, already broadcast, checked and free of the edge cases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.queueing.inputs import nan_of
from wfm.queueing.special import Array

Figures = dict[str, Array]


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
        """Whether every row has calls and agents, and none a nan."""
        if not len(self) or np.isnan(sum(nan_of(values) for values in vars(self).values())):
            return False
        return bool(self.load.min() > 0 and self.agents.min() > 0)

    @property
    def calls_per_s(self) -> Array:
        return self.load / self.aht_s


def share(part: Array, whole: Array) -> Array:
    """part ÷ whole, 0 where both vanish, never above 1."""
    return np.minimum(np.divide(part, whole, out=np.zeros_like(part), where=whole > 0), 1.0)
