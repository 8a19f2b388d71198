"""What happened, one flat record for each contact; statistics are made later, by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike

from simulation.arrivals import Contacts
from wfm.model.arrays import FloatArray, IntArray, freeze


class Fate(IntEnum):
    """How an attempt ended: blocked finds no line or no place to wait, contained is done in the menu, promised took the offer of a call,
    given_up hung up in the menu.
    """

    ANSWERED = 0
    ABANDONED = 1
    UNANSWERED = 2
    BLOCKED = 3
    CONTAINED = 4
    PROMISED = 5
    GIVEN_UP = 6


ANSWERED = int(Fate.ANSWERED)


class Cause(IntEnum):
    """Why an attempt was made; a transfer is a leg of the attempt before."""

    FIRST = 0
    REDIAL = 1
    REPEAT = 2
    TRANSFER = 3
    PROMISE = 4


HUNG_UP, BLOCKED = 1, 2
"""Bits of `simulation.lives.Lives.tries_again`: what the redial follows."""

AFTER = {Fate.ABANDONED: HUNG_UP, Fate.GIVEN_UP: HUNG_UP, Fate.BLOCKED: BLOCKED}


@dataclass(frozen=True, eq=False)
class Trace:
    """One replication. Columns of shape (attempts,), in the order of arrival, redials among them; times in seconds since the axis began.

    queue, interval: numbers of the contact's queue and interval of arrival. fate: a `Fate`. wait_s: until answered, given up or sent away.
    agent: number of the agent who answered, −1 for none. service_s: time of the answered with the agent, 0 for the others.
    virtual_s: wait until answered; for those who hung up, until an agent able to take them would have turned to them, everybody
    else doing what they did; inf where that never came.
    late (overruns, 3): agent, from, to: times in which agents were finishing a contact after their time on the queues was over.
    entered_s: when they came to the queue, the wait counts from then; wrap_s: last part of service_s, for which the customer has gone;
    cause: a `Cause`; origin: row in `Contacts` of the contact's first attempt; trunks: of which a line was held, −1 for none; further
    (pieces, 4): queue, agent, from, to: work laid aside that was taken up again, service_s and agent are then of its first piece;
    absent (breaks, 3): agent, from, to: times on the queues missed by breaks that began late; left_out: rows in `Contacts` of first
    attempts whose redials lack because so many were not drawn; all None where no contact has more to its life than waiting and being
    served.
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
    entered_s: FloatArray | None = None
    wrap_s: FloatArray | None = None
    cause: IntArray | None = None
    origin: IntArray | None = None
    trunks: IntArray | None = None
    further: FloatArray | None = None
    absent: FloatArray | None = None
    left_out: IntArray | None = None

    def __post_init__(self) -> None:
        shape = (len(self.arrival_s),)
        if self.entered_s is not None:
            freeze(self, entered_s=shape, wrap_s=shape, further=(len(self.further), 4), absent=(len(self.absent), 3))
            freeze(self, dtype="int64", cause=shape, origin=shape, trunks=shape)
        freeze(self, arrival_s=shape, wait_s=shape, service_s=shape, virtual_s=shape, late=(len(self.late), 3))
        freeze(self, dtype="int64", queue=shape, interval=shape, fate=shape, agent=shape)

    @classmethod
    def of(
        cls,
        contacts: Contacts,
        step_s: float,
        arrival_s: ArrayLike,
        late: ArrayLike,
        further: ArrayLike = (),
        absent: ArrayLike = (),
        **columns: ArrayLike,
    ) -> Trace:
        """The trace of the attempts that were made. arrival_s (attempts,): inf for the others.

        columns: fate, wait_s, agent, virtual_s; where contacts have `lives` also entered_s, factor: the agent's on the handle time, took_s:
        of the first piece of work that was laid aside, else nan.
        """
        if contacts.lives is None and len(contacts) == contacts.originals:
            took_s = np.where(np.asarray(columns["fate"]) == ANSWERED, contacts.handle_s, 0.0)
            return cls(arrival_s, contacts.queue, contacts.interval, service_s=took_s, late=late, **columns)
        made = np.argsort(arrival_s, kind="stable")[: np.isfinite(arrival_s).sum()]
        interval = np.where(contacts.interval < 0, np.nan_to_num(arrival_s, posinf=0) // step_s, contacts.interval)
        every = {name: np.asarray(column)[made] for name, column in columns.items()}
        factor = every.pop("factor", 1.0)
        took_s = np.where(every["fate"] == Fate.ANSWERED, contacts.handle_s[made] * factor, 0.0)
        if contacts.lives is not None:
            cut_s = every.pop("took_s")
            took_s, every["further"] = np.where(np.isnan(cut_s), took_s, cut_s), further
            every["absent"] = absent
            after = np.array([AFTER.get(fate, 0) for fate in Fate])[np.asarray(every["fate"], np.int64)]
            every["left_out"] = np.unique(contacts.lives.origin[made][(contacts.lives.cut[made] & after) > 0])
            every |= {name: getattr(contacts.lives, name)[made] for name in ("cause", "origin", "trunks")}
            every["wrap_s"] = np.where(every["fate"] == Fate.ANSWERED, contacts.lives.wrap_s[made] * factor, 0.0)
        return cls(np.asarray(arrival_s)[made], contacts.queue[made], interval[made], service_s=took_s, late=late, **every)

    @property
    def answer_s(self) -> FloatArray:
        """When service began; for the others, when they left."""
        return self.asked_s + self.wait_s

    @property
    def asked_s(self) -> FloatArray:
        """When they came to the queue, from which the wait counts."""
        return self.arrival_s if self.entered_s is None else self.entered_s
