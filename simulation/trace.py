"""What happened, one flat record for each contact; statistics are made later, by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike

from simulation.arrivals import Contacts
from wfm.model.arrays import FloatArray, IntArray, freeze


class Fate(IntEnum):
    """How a contact's waiting ended."""

    ANSWERED = 0
    ABANDONED = 1
    UNANSWERED = 2


@dataclass(frozen=True, eq=False)
class Trace:
    """One replication. Columns of shape (attempts,), in the order of arrival, redials among them; times in seconds since the axis began.

    queue, interval: numbers of the contact's queue and interval of arrival. fate: a `Fate`. wait_s: until answered, given up or sent away.
    agent: number of the agent who answered, −1 for none. service_s: time of the answered with the agent, 0 for the others.
    virtual_s: wait until answered; for those who hung up, until an agent able to take them would have turned to them, everybody
    else doing what they did; inf where that never came.
    late (overruns, 3): agent, from, to: times in which agents were finishing a contact after their time on the queues was over.
    """

    arrival_s: FloatArray
    queue: IntArray
    interval: IntArray
    fate: IntArray
    wait_s: FloatArray
    agent: IntArray
    service_s: FloatArray
    virtual_s: FloatArray
    late: FloatArray

    def __post_init__(self) -> None:
        shape = (len(self.arrival_s),)
        freeze(self, arrival_s=shape, wait_s=shape, service_s=shape, virtual_s=shape, late=(len(self.late), 3))
        freeze(self, dtype="int64", queue=shape, interval=shape, fate=shape, agent=shape)

    @classmethod
    def of(cls, contacts: Contacts, step_s: float, arrival_s: ArrayLike, late: ArrayLike, **columns: ArrayLike) -> Trace:
        """The trace of the attempts that were made. arrival_s (attempts,): inf for the others. columns: fate, wait_s, agent, virtual_s."""
        if len(contacts) == contacts.originals:
            made, interval = slice(None), contacts.interval
        else:
            made = np.argsort(arrival_s, kind="stable")[: np.isfinite(arrival_s).sum()]
            interval = np.where(contacts.interval < 0, np.nan_to_num(arrival_s, posinf=0) // step_s, contacts.interval)
        every = {name: np.asarray(column)[made] for name, column in columns.items()}
        took_s = np.where(every["fate"] == Fate.ANSWERED, contacts.handle_s[made], 0.0)
        return cls(np.asarray(arrival_s)[made], contacts.queue[made], interval[made], service_s=took_s, late=late, **every)

    @property
    def answer_s(self) -> FloatArray:
        """When service began; for the others, when they left."""
        return self.arrival_s + self.wait_s
