"""The setting: centre, roster and experiment in numbers, small enough to be sent to another process."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.preferences import PREFERENCES
from simulation.presence import Spans, Stint, stints_of, unserved
from simulation.routing import POLICIES, Levels
from wfm.model import Channel, Experiment, Forecast, Queue, Roster, TimeAxis
from wfm.model.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Setting:
    """What every replication shares.

    handle_s (queues, intervals): mean handle time of contacts arriving then. agents: names, an agent's number is the place here; in
    the same way a queue's number is its place in `queues`. stints: the roster as planned.
    """

    axis: TimeAxis
    queues: tuple[Queue, ...]
    handle_s: FloatArray
    agents: tuple[str, ...]
    stints: tuple[Stint, ...]
    routing: str
    absence: float
    seed: int
    preference: str = "longest_idle"

    @property
    def step_s(self) -> int:
        return self.axis.step_minutes * 60

    @property
    def horizon_s(self) -> float:
        """Length of the axis in seconds."""
        return self.axis.minutes * 60.0

    @property
    def day_starts_s(self) -> IntArray:
        """Local midnights, shape (days + 1,)."""
        return self.axis.day_starts * 60

    def deferred(self, queue: int) -> bool:
        """Whether the queue's contacts wait across days."""
        return self.queues[queue].channel is Channel.EMAIL

    def closings(self, stints: tuple[Stint, ...], queue: int) -> Spans:
        """Times in which the queue is not served any more; at the start of each, whoever waits is sent away."""
        return ((self.horizon_s, np.inf),) if self.deferred(queue) else unserved(stints, queue, self.day_starts_s)

    def levels(self, served: tuple[int, ...]) -> Levels:
        """The queues somebody serves, in the order in which the routing policy makes them work."""
        return POLICIES[self.routing](served, self.queues)

    def rank(self, served: tuple[int, ...], queue: int) -> int:
        """How soon a contact of the queue takes an agent who serves these: the lowest first."""
        return PREFERENCES[self.preference](served, queue)


def prepare(predicted: Forecast, queues: tuple[Queue, ...], roster: Roster, experiment: Experiment) -> Setting:
    """The setting of nouns that were checked before. Queues without a handle time in the forecast take their own."""
    rows = [predicted.queues.index(queue.name) for queue in queues]
    own = np.array([[queue.handle_s] for queue in queues]).reshape(-1, 1)
    handle_s = np.where(predicted.handle_s[rows] > 0, predicted.handle_s[rows], own)
    agents = tuple(sorted({shift.agent for shift in roster.shifts}))
    stints = stints_of(roster, agents, tuple(queue.name for queue in queues))
    how = (experiment.routing, experiment.absence, experiment.seed, experiment.preference)
    return Setting(predicted.axis, queues, handle_s, agents, stints, *how)
