"""The log of a centre, call by call: who asked for an agent when, how long they waited, and who served them for how long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.model.arrays import BoolArray, FloatArray, IntArray, freeze
from wfm.model.axis import TimeAxis


@dataclass(frozen=True, eq=False)
class CallLog:
    """Calls in the order in which they asked for an agent, all arrays (calls,), times in seconds since the axis began.

    kinds, agents, classes: names. kind: number of the call's type. asked_s: when it asked; wait_s: until it was served or hung up.
    served: or else hung up. service_s: of the served, 0 for the others. agent: number, −1 where unknown or none. rank: number of the
    customer's class, the more urgent the higher; `classes` is () where the log knows none. grain_s: what times are rounded to.
    """

    axis: TimeAxis
    kinds: tuple[str, ...]
    agents: tuple[str, ...]
    classes: tuple[str, ...]
    kind: IntArray
    asked_s: FloatArray
    wait_s: FloatArray
    served: BoolArray
    service_s: FloatArray
    agent: IntArray
    rank: IntArray
    grain_s: float = 0.0
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        shape = (len(self.asked_s),)
        freeze(self, asked_s=shape, wait_s=shape, service_s=shape)
        freeze(self, np.int64, kind=shape, agent=shape, rank=shape)
        freeze(self, np.bool_, served=shape)

    def __len__(self) -> int:
        return len(self.asked_s)

    @property
    def begun_s(self) -> FloatArray:
        """When waiting ended, (calls,)."""
        return self.asked_s + self.wait_s

    @property
    def ended_s(self) -> FloatArray:
        """When the caller was gone, (calls,)."""
        return self.asked_s + self.wait_s + self.service_s
