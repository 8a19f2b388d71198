"""The contacts of a replication: when each arrives, how long it takes, how long it would wait, and whether it would call again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.streams import exponential, handle_factor, key, uniforms
from wfm.model import Channel, Queue
from wfm.model.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Contacts:
    """One row for each attempt to reach the centre; its number is its row. First `originals` rows in the order of arrival, then the
    redials that there would be if every attempt before them failed. All shapes (attempts,).

    arrival_s: since the axis began, inf for redials. queue: number of the queue. interval: of arrival, −1 for redials. handle_s: this
    contact's own handle time, whoever serves it. patience_s: longest wait it accepts, inf for one that never leaves. again: the row that
    follows when this one hangs up, −1 for none. delay_s: time from hanging up until then.
    """

    arrival_s: FloatArray
    queue: IntArray
    interval: IntArray
    handle_s: FloatArray
    patience_s: FloatArray
    again: IntArray | None = None
    delay_s: FloatArray | None = None
    originals: int = -1

    def __post_init__(self) -> None:
        if self.again is None:
            object.__setattr__(self, "again", np.full(len(self.arrival_s), -1))
            object.__setattr__(self, "delay_s", np.zeros(len(self.arrival_s)))
        if self.originals < 0:
            object.__setattr__(self, "originals", len(self.arrival_s))

    def __len__(self) -> int:
        return len(self.arrival_s)


def draw_contacts(queues: tuple[Queue, ...], counts: IntArray, handle_s: FloatArray, step_s: int, seed: int, replication: int) -> Contacts:
    """All contacts of one replication.

    counts, handle_s (queues, intervals): contacts and their mean handle time. Contacts lie uniformly inside their interval, so
    that Poisson counts make a Poisson process. All draws of a redial belong to its contact and attempt.
    """
    run = (seed, replication)
    columns = [_of_queue(queue, number, counts[number], handle_s[number], step_s, run) for number, queue in enumerate(queues)]
    arrival_s, queue, interval, handle, patience_s = (np.concatenate(column) for column in zip(*columns, strict=True))
    order = np.argsort(arrival_s, kind="stable")  # so that of those who come at one instant the lower queue is first
    return Contacts(arrival_s[order], queue[order], interval[order], handle[order], patience_s[order])


def _of_queue(
    queue: Queue, number: int, counts: IntArray, handle_s: FloatArray, step_s: int, run: tuple[int, int]
) -> tuple[FloatArray | IntArray, ...]:
    interval = np.repeat(np.arange(len(counts)), counts)

    def draws(purpose: str) -> FloatArray:
        return uniforms(len(interval), key(*run, purpose, queue.name))

    arrival_s = np.sort((interval + draws("arrival")) * step_s)
    handle = handle_s[interval] * handle_factor(draws("handle"), queue.handle_cv)
    return arrival_s, np.full(len(interval), number), interval, handle, patience_of(queue, len(interval), run)


def patience_of(queue: Queue, size: int, run: tuple[int, int], attempt: str = "") -> FloatArray:
    """Exponential; 0 for those who leave unless they are served at once; inf where nobody leaves. Shape (size,), contact by contact."""
    patience_s = np.full(size, np.inf)
    if queue.channel is Channel.EMAIL:
        return patience_s
    if queue.patience_s is not None:
        patience_s = queue.patience_s * exponential(uniforms(size, key(*run, f"patience{attempt}", queue.name)))
    if queue.balk_share:
        patience_s[uniforms(size, key(*run, f"balking{attempt}", queue.name)) < queue.balk_share] = 0.0
    return patience_s
